"""Reading which documents a citizen has: "KTP sudah, KK sudah, akta belum"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from riung.dialogue.follow_up_table import follow_ups
from riung.nlu.date_spans import has_any
from riung.nlu.lexicon import lexicon
from riung.nlu.normalizer import normalizer

HAVE, LACK, LOST, DOCUMENT, OTHERWISE = "have", "lack", "lost", "document", "else"
PAUSE, TURN, ALL, REST = "pause", "turn", "all", "rest"

_TURNS = re.compile(r"\b(?:tapi|tpi|tp|but)\b", re.IGNORECASE)
"""Words after which another thing is said: a document before them has no mark after them."""

_PAUSES = re.compile(r"[,;\n]|\.(?!\w)")

Groups = Sequence[Sequence[str]]
"""What a subject needs: one document of each group."""

_Part = tuple[str, str]


def needs_of(subject: str | None) -> Groups | None:
    """What the subject needs; None where it has no list."""
    return follow_ups().checklist.needs.get(subject or "")


def general_list(text: str) -> str | None:
    """The subject whose documents are ticked where no list was asked for: "ktp ibu" is a child's
    matter.
    """
    table, line = follow_ups().checklist, normalizer().line(text)
    named = (name for name, words in table.in_general_if.items() if has_any(line, words))
    return next(named, table.in_general)


def read_checklist(text: str, needed: Groups = (), begun: bool = False) -> dict[str, bool]:
    """Document → whether it is there; empty when the message ticks nothing off.

    A mark belongs to the documents before it ("KTP sudah"), or, where one follows at once, to those
    that follow ("belum punya akta"). After "sudah ada KTP, KK, akta belum" the last mark is the
    last clause's. "Semua sudah ada" and "yang lain ada" mean what is needed. "KK hilang" alone is
    missing in a list that has begun; before that it is a matter of its own.
    """
    parts = list(_parts(text))
    kinds = {kind for kind, _ in parts}
    if OTHERWISE in kinds:
        return {}
    if ALL in kinds and DOCUMENT not in kinds:
        is_whole = not kinds & {LACK, LOST} and _says_nothing_else(text)
        return _others(needed, {}, True) if is_whole else {}
    found = _marked(part for part in parts if part[0] not in (ALL, REST))
    if REST in kinds and (found or kinds & {HAVE, LACK}):
        after = [kind for kind, _ in parts[parts.index((REST, "")) :]]
        is_there = next((kind == HAVE for kind in after if kind in (HAVE, LACK)), True)
        found |= _others(needed, found, is_there)
    is_of_list = begun and _says_nothing_else(text)
    return found if LOST not in kinds or any(found.values()) or is_of_list else {}


def asked_document(text: str) -> str | None:
    """The one document that a message asks about: "buku nikah?", "ijazah sd boleh?"."""
    kinds = [part for part in _parts(text) if part[0] not in (PAUSE, TURN)]
    asks = {*follow_ups().checklist.asked_for}
    left = {*re.findall(r"\w+", _pattern().sub("", _line(text)))}
    if len(kinds) != 1 or kinds[0][0] != DOCUMENT or not ("?" in text or left & asks):
        return None
    return kinds[0][1] if _only_around(" ".join(left - asks)) else None


def only_marked(text: str) -> bool | None:
    """Whether a document just asked about is there: "ada", "belum punya"; None for more words."""
    kinds = {kind for kind, _ in _parts(text)} - {PAUSE, TURN}
    if kinds not in ({HAVE}, {LACK}) or "?" in text or not _says_nothing_else(text):
        return None
    return kinds == {HAVE}


def asked_instead(text: str) -> str | None:
    """The one document in whose place another is looked for: "kalo akta ga ada bisa pake apa"."""
    named = {name for kind, name in _parts(text) if kind == DOCUMENT}
    asks = has_any(_line(re.sub(r"[?!.,]", " ", text)), follow_ups().checklist.asked_instead)
    return named.pop() if asks and len(named) == 1 else None


def asks_for_list(text: str) -> bool:
    """Whether the message wants a list to tick off: "ceklis paspor anak dong"."""
    return has_any(_line(text), follow_ups().checklist.wished)


def asks_again(text: str) -> bool:
    """Whether the message asks what is still missing: "kurang apa lagi?"."""
    return _asks_only(text, _phrases(follow_ups().checklist.asked_again))


def asks_later(text: str) -> bool:
    """The same in words that can mean nothing else, however long ago it was: "tadi kurang apa?"."""
    return _asks_only(text, _phrases(follow_ups().checklist.asked_later))


def _asks_only(text: str, phrases: Sequence[str]) -> bool:
    line = _line(re.sub(r"[?!.,]", " ", text))
    asked = next((one for one in phrases if f" {one} " in f" {line} "), None)
    return asked is not None and _only_around(line.replace(asked, " ", 1))


@lru_cache(maxsize=2)
def _phrases(words: tuple[str, ...]) -> tuple[str, ...]:
    known = {_line(phrase) for phrase in words}
    return tuple(sorted(known, key=lambda phrase: (-len(phrase), phrase)))


def _marked(parts: Iterator[_Part]) -> dict[str, bool]:
    """The documents that have a mark of their own."""
    found: dict[str, bool] = {}
    waiting: list[str] = []
    clause: list[str] = []
    ahead: bool | None = None
    for (kind, name), (following, _) in pairwise([*parts, (PAUSE, "")]):
        if kind in (PAUSE, TURN):
            clause, waiting = [], waiting if kind == PAUSE else []
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


def _others(needed: Groups, named: dict[str, bool], is_there: bool) -> dict[str, bool]:
    """The first document of each group of which none is named."""
    return {group[0]: is_there for group in needed if not {*group} & {*named}}


def _says_nothing_else(text: str) -> bool:
    """Whether all words are marks, or stand around them without a meaning of their own."""
    return _only_around(_pattern().sub("", _line(text)))


def _only_around(line: str) -> bool:
    words = lexicon()
    around = {*follow_ups().checklist.around, *words.address, *words.filler}
    return not {*re.findall(r"\w+", line)} - around


def _line(text: str) -> str:
    return " ".join(word.text for word in normalizer().words(text))


def _parts(text: str) -> Iterator[_Part]:
    for part in _TURNS.split(text):
        for clause in _PAUSES.split(part):
            yield from (_known()[match[0]] for match in _pattern().finditer(_line(clause)))
            yield PAUSE, ""
        yield TURN, ""


@lru_cache(maxsize=1)
def _known() -> dict[str, _Part]:
    """Normalised phrase → what it is; a document's words win over a mark's."""
    table = follow_ups().checklist
    groups = [
        *((DOCUMENT, name, one.words) for name, one in table.documents.items()),
        (OTHERWISE, "", table.otherwise),
        (ALL, "", table.all_of_them),
        (REST, "", table.the_others),
        (LOST, "", table.lost),
        (LACK, "", table.lack),
        (HAVE, "", table.have),
    ]
    known: dict[str, _Part] = {}
    for kind, name, words in groups:
        for phrase in words:
            known.setdefault(_line(phrase), (kind, name))
    return known


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    longest = sorted(_known(), key=lambda phrase: (-len(phrase), phrase))
    return re.compile(rf"(?<!\S)(?:{'|'.join(map(re.escape, longest))})(?!\S)")
