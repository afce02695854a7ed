"""The dialogues written in `docs/dialogues.md` and `docs/dialogues/`, as lines to replay.

They are played as the conversation tests of trainers are (`riung.training.conversation_tests`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from tests.paths import ROOT

PAGES = [ROOT / "docs" / "dialogues.md", *sorted((ROOT / "docs" / "dialogues").glob("*.md"))]

Line = tuple[str, str]


def dialogues(pages: list[Path] = PAGES) -> Iterator[list[Line]]:
    """(what the citizen writes, what the answer holds) of each block of each page."""
    for page in pages:
        for block in re.findall(r"```\n(.*?)```", page.read_text("utf-8"), re.DOTALL):
            said = re.findall(r"^warga: (.*)$", block, re.MULTILINE)
            answered = re.findall(r"^bot:   (.*)$", block, re.MULTILINE)
            assert len(said) == len(answered) > 0, f"{page.name}: {block}"
            yield list(zip(said, answered, strict=True))


def name(lines: list[Line]) -> str:
    """What a dialogue is called in a report: its first and last message."""
    return " | ".join(dict.fromkeys((lines[0][0], lines[-1][0])))
