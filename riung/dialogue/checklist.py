"""Reading which documents a citizen has: "KTP sudah, KK sudah, akta belum"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from riung.dialogue.follow_up_table import follow_ups
from riung.nlu.normalizer import normalizer

HAVE, LACK, DOCUMENT, OTHERWISE, PAUSE = "have", "lack", "document", "otherwise", "pause"

_PAUSES = re.compile(r"[,;\n]|\.(?!\w)|\b(?:tapi|but)\b", re.IGNORECASE)


def read_checklist(text: str) -> dict[str, bool]:
    """Document → whether it is there; empty when the message ticks nothing off.

    A mark belongs to the documents before it ("KTP sudah"), or, where one follows at once, to those
    that follow ("belum punya akta"). After "sudah ada KTP, KK, akta belum" the last mark is the
    last clause's.
    """
    parts = list(_parts(text))
    if any(kind == OTHERWISE for kind, _ in parts):
        return {}
    found: dict[str, bool] = {}
    waiting: list[str] = []
    clause: list[str] = []
    ahead: bool | None = None
    for (kind, name), (following, _) in pairwise([*parts, (PAUSE, "")]):
        if kind == PAUSE:
            clause = []
        elif kind == DOCUMENT:
            clause.append(name)
            waiting.append(name)
            if ahead is not None:
                found[waiting.pop()] = ahead
        elif waiting or (clause and following != DOCUMENT):
            found |= dict.fromkeys(waiting or clause, kind == HAVE)
            waiting, clause = [], []
        else:
            ahead = kind == HAVE
    return found


def _parts(text: str) -> Iterator[tuple[str, str]]:
    for clause in _PAUSES.split(text):
        line = " ".join(word.text for word in normalizer().words(clause))
        yield from (_known()[match[0]] for match in _pattern().finditer(line))
        yield PAUSE, ""


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
            plain = " ".join(word.text for word in normalizer().words(phrase))
            known.setdefault(plain, (kind, name))
    return known


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    longest = sorted(_known(), key=lambda phrase: (-len(phrase), phrase))
    return re.compile(rf"(?<!\S)(?:{'|'.join(map(re.escape, longest))})(?!\S)")
