"""Reading which documents a citizen has: "KTP sudah, KK sudah, akta belum"."""

from __future__ import annotations

import re
from functools import lru_cache

from riung.dialogue.follow_up_table import follow_ups
from riung.nlu.normalizer import Normalizer

HAVE, LACK, DOCUMENT, OTHERWISE = "have", "lack", "document", "otherwise"


def read_checklist(text: str) -> dict[str, bool]:
    """Document → whether it is there; empty when the message ticks nothing off.

    A mark belongs to the documents before it ("KTP sudah"), or, where none stand before it, to
    those that follow ("belum punya akta").
    """
    found: dict[str, bool] = {}
    waiting: list[str] = []
    ahead: bool | None = None
    for kind, name in _parts(text):
        if kind == OTHERWISE:
            return {}
        if kind == DOCUMENT and ahead is None:
            waiting.append(name)
        elif kind == DOCUMENT:
            found[name] = bool(ahead)
        elif waiting:
            found |= dict.fromkeys(waiting, kind == HAVE)
            waiting = []
        else:
            ahead = kind == HAVE
    return found


def _parts(text: str) -> list[tuple[str, str]]:
    line = " ".join(word.text for word in _normalizer().words(text))
    return [_known()[match[0]] for match in _pattern().finditer(line)]


@lru_cache(maxsize=1)
def _known() -> dict[str, tuple[str, str]]:
    """Normalised phrase → what it is; a document's words win over a mark's."""
    table = follow_ups().checklist
    groups = [
        *((DOCUMENT, name, one.words) for name, one in table.documents.items()),
        (OTHERWISE, "", table.otherwise),
        (LACK, "", table.lack),
        (HAVE, "", table.have),
    ]
    known: dict[str, tuple[str, str]] = {}
    for kind, name, words in groups:
        for phrase in words:
            plain = " ".join(word.text for word in _normalizer().words(phrase))
            known.setdefault(plain, (kind, name))
    return known


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    longest = sorted(_known(), key=lambda phrase: (-len(phrase), phrase))
    return re.compile(rf"(?<!\S)(?:{'|'.join(map(re.escape, longest))})(?!\S)")


@lru_cache(maxsize=1)
def _normalizer() -> Normalizer:
    return Normalizer()
