"""A conversation written down as a test: `tests/percakapan/*.yml`, played by `riung uji`."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.scalarstring import LiteralScalarString

from riung.simulator.chats import Bubble, Chat

Line = tuple[str, str]
"""Who speaks (`warga`, `ketuk` for a tapped button, `bot`) and the words."""

FIRST_LINE = "# yaml-language-server: $schema=../../skema/percakapan.json\n"

_CODE = re.compile(r"(?<![A-Z0-9])(?=[A-Z]*\d)(?=\d*[A-Z])[A-Z0-9]{4,8}(?![A-Z0-9])")
"""The number of a ticket or booking: new each time, so any will do."""


def as_test(name: str, office: str, moment: datetime, said: Iterable[Line]) -> str:
    """The file's text.

    Args:
        name: what the conversation is called.
        office: the office's id.
        moment: when it happened; the test takes place then.
        said: what was said; an answer's codes are replaced by `…`.
    """
    lines = [{who: _words(who, words)} for who, words in said]
    one = {"nama": name, "kantor": office, "waktu": moment.replace(microsecond=0).isoformat()}
    out = io.StringIO()
    writer = YAML()
    writer.width = 4096  # type: ignore[assignment]
    writer.dump({"percakapan": [{**one, "isi": lines}]}, out)
    return FIRST_LINE + out.getvalue()


def _words(who: str, words: str) -> str:
    shown = _CODE.sub("…", words) if who == "bot" else words
    return LiteralScalarString(shown) if "\n" in shown else shown


def lines_of(chat: Chat) -> Iterator[Line]:
    """What was said in a chat of the simulator; bubbles without words are left out."""
    for bubble in chat.bubbles:
        who, words = _line(bubble)
        if words:
            yield who, words


def _line(bubble: Bubble) -> Line:
    kind, content = str(bubble.content.get("type")), bubble.content
    part: Mapping[str, Any] = content.get(kind) or {}
    if bubble.by == "citizen" and kind in ("interactive", "button"):
        chosen = part.get(str(part.get("type"))) or {}
        return "ketuk", str(chosen.get("title") or part.get("text") or "")
    if bubble.by == "citizen":
        return "warga", str(part.get("body") or "") if kind == "text" else ""
    if bubble.by == "office" and bubble.status != "failed":
        body = part.get("body")
        words = body.get("text") if isinstance(body, Mapping) else body or part.get("caption")
        return "bot", str(words or "")
    return "", ""
