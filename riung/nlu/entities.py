"""The entities of a question, found by rules alone: patterns and the lists of kamus/.

Every function takes a cleaned text and gives spans of it. Spans are true to the original when the
caller turns them with `CleanText.span`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from riung.nlu.cleaning import CleanText, clean
from riung.nlu.dates import find_dates
from riung.nlu.numbers import find_references
from riung.nlu.vocabulary import Kinds, Places, alternatives, vocabulary
from riung.nlu.word_lists import Vocabulary


@dataclass(frozen=True)
class Entity:
    """An entity of the original text.

    `value` is the standard name for the kinds (jenis_*), the bare number for nomor_permohonan, and
    the text as written for tanggal and kantor.
    """

    name: str
    value: str
    start: int
    end: int


Found = tuple[str, str | None, int, int]
"""Entity name, standard value (None: as written), and the span in the clean text."""


def find_entities(text: str, places: frozenset[str] = frozenset()) -> list[Entity]:
    """All entities of `text` that the citizen means, in order, none overlapping.

    Args:
        text: the citizen's text.
        places: names of offices and service points beside the cities of kamus/kota.yml.
    """
    cleaned = clean(text)
    taken: list[tuple[int, int]] = []
    entities = []
    for name, value, start, end in _all(cleaned, text, places):
        if any(start < other_end and other_start < end for other_start, other_end in taken):
            continue
        taken.append((start, end))
        if _is_denied(cleaned.text[:start]):
            continue
        first, last = cleaned.span(start, end)
        entities.append(Entity(name, value or text[first:last], first, last))
    return sorted(entities, key=lambda entity: entity.start)


def _is_denied(before: str) -> bool:
    """Whether the words right before take back what follows: "bukan hari (senin)"."""
    denial, between = _listed(Kinds, "sangkal"), _listed(Kinds, "antara")
    return bool(re.search(rf"\b(?:{denial})\s+(?:(?:{between})\s+){{0,2}}$", before[-40:]))


def _all(cleaned: CleanText, text: str, places: frozenset[str]) -> Iterator[Found]:
    for reference in find_references(cleaned, text):
        yield "nomor_permohonan", reference.value, reference.start, reference.end
    for start, end in find_dates(cleaned):
        yield "tanggal", None, start, end
    yield from _document_kinds(cleaned.text)
    yield from _application_kinds(cleaned.text)
    for start, end in find_places(cleaned.text, places):
        yield "kantor", None, start, end


def find_places(text: str, places: frozenset[str] = frozenset()) -> Iterator[tuple[int, int]]:
    """Names of cities, offices and service points in a clean text, the longest name first."""
    marker, road = _listed(Places, "penanda"), _listed(Places, "jalan")
    for match in _place_pattern(places).finditer(text):
        before = text[max(0, match.start() - 24) : match.start()]
        if re.search(rf"\b(?:{road})\.?\s+(?:raya\s+)?$", before):
            continue
        doubtful = match.group() in vocabulary(Places).ragu
        if not doubtful or re.search(rf"\b(?:{marker})\s+(?:saya\s+|sy\s+)?$", before):
            yield match.span()


def _document_kinds(text: str) -> Iterator[Found]:
    words, document = vocabulary(Kinds), _listed(Kinds, "dokumen")
    for name, match in _matches(text, "jenis_dokumen"):
        if re.search(rf"\b(?:{_listed(Kinds, 'bukan_jenis')})\s+$", text[: match.start()]):
            continue
        named = re.match(rf"(?:{document})\s+", match.group())
        start = match.start() + (named.end() if named else 0)
        yield words.entitas_dokumen, name, start, match.end()


def _application_kinds(text: str) -> Iterator[Found]:
    words = vocabulary(Kinds)
    other, document = _listed(Kinds, "bukan_dokumen"), _listed(Kinds, "kata_dokumen")
    for name, match in _matches(text, "jenis_permohonan"):
        before, after = text[: match.start()], text[match.end() :]
        if re.match(rf"\s+(?:{other})\b", after):
            continue
        if match.group() in words.butuh_dokumen and (
            _said_of(other, before) or not _near(document, name, before, after)
        ):
            continue
        yield "jenis_permohonan", name, *match.span()
    for name, followed in words.bila_diikuti.items():
        said, by = alternatives(followed.kata), alternatives(followed.oleh)
        for match in re.finditer(rf"\b(?:{said})(?=\s+(?:{by})\b)", text):
            yield "jenis_permohonan", name, *match.span()


def _said_of(things: str, before: str) -> bool:
    """Whether the words right before name another thing: "datanya (tiba-tiba) hilang"."""
    return bool(
        re.search(rf"\b(?:{things})(?:nya|ku)?(?:\s+(?:saya|nya|kok|tiba-tiba))?\s+$", before)
    )


def _near(document: str, name: str, before: str, after: str) -> bool:
    """Whether a word for our document stands by: within a few words, or right beside (`tepat`)."""
    beside = vocabulary(Kinds).tepat.get(name)
    if beside:
        earlier, later = alternatives(beside.sesudah), alternatives(beside.sebelum)
        return bool(
            re.search(rf"\b(?:{document}|{earlier})\s+$", before)
            or re.match(rf"\s+(?:atau|dan|sama)\s+(?:{later})", after)
        )
    window = " ".join(before.split()[-6:])
    return bool(
        re.search(rf"\b(?:{document})\b", window)
        or re.match(rf"(?:\s+\S+){{0,2}}\s+(?:{document})\b", after)
    )


def _matches(text: str, kind: str) -> Iterator[tuple[str, re.Match[str]]]:
    for name, pattern in _kind_patterns(kind):
        for match in pattern.finditer(text):
            yield name, match


@lru_cache(maxsize=4)
def _kind_patterns(kind: str) -> list[tuple[str, re.Pattern[str]]]:
    words = vocabulary(Kinds).groups(kind)
    return [
        (name, re.compile(rf"(?<![\w-])(?:{alternatives(forms)})(?=nya\b|(?!\w))(?!-)"))
        for name, forms in words.items()
    ]


@lru_cache(maxsize=4)
def _place_pattern(places: frozenset[str]) -> re.Pattern[str]:
    names = {*vocabulary(Places).kota, *places}
    return re.compile(rf"(?<![\w-])(?:{alternatives(names)})(?=nya\b|(?!\w))(?!-)")


@lru_cache(maxsize=32)
def _listed(shape: type[Vocabulary], key: str) -> str:
    """A pattern for any word of one list of the lexicon."""
    return alternatives(vocabulary(shape).group(key))
