"""Where dates stand in a text: one pattern for all written forms, from `kamus/tanggal.yml`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache

from riung.nlu.cleaning import CleanText
from riung.nlu.vocabulary import Asking, Dates, alternatives, vocabulary

_FULL_NAME = 4
"""Names of days from this length on are recognised alone; "sel", "min", "jum" only after "hari"."""

_LOOKS_LIKE_A_VERB = "march"


def find_dates(cleaned: CleanText) -> list[tuple[int, int]]:
    """Spans of dates in a cleaned text, as indices of the clean text."""
    return [match.span("found") for match in _finder().finditer(cleaned.text)]


def names(kind: str) -> Iterator[str]:
    """All names of one list of groups: bulan, hari, bilangan, relatif, rentang …"""
    for group in vocabulary(Dates).groups(kind).values():
        yield from group


def has_any(text: str, words: Iterable[str]) -> bool:
    """Whether any of the words stands in the text as a whole word."""
    return bool(_any_of(tuple(words)).search(text))


@cache
def _any_of(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{alternatives(words)})\b")


@lru_cache(maxsize=1)
def number() -> str:
    """A pattern for a day's number, in digits or in words."""
    words = alternatives(names("bilangan"))
    longer = alternatives(vocabulary(Dates).bagian_bilangan)
    return rf"(?:\d{{1,2}}|(?:{words})(?!\s+(?:{longer}|{words})\b))"


@lru_cache(maxsize=1)
def ahead() -> str:
    """A pattern for "3 hari lagi", "seminggu lagi", "in 2 weeks"."""
    words = vocabulary(Dates)
    units, later = alternatives(names("satuan")), alternatives(words.lagi)
    counted = rf"(?:{number()}\s*(?:{units})|se(?:{units}))"
    return rf"{counted}\s+(?:{later})|in\s+{counted}"


@lru_cache(maxsize=1)
def ordinal_dates() -> re.Pattern[str]:
    """A pattern for "3rd of december" (groups 1, 2) and "december 3rd", "dec 3" (groups 3, 4)."""
    months, ordinal = alternatives(names("bulan")), r"(\d{1,2})(?:st|nd|rd|th)"
    bare = rf"(\d{{1,2}})(?:st|nd|rd|th|{_no_count()})"
    of = r"\s+(?:of\s+)?"
    return re.compile(rf"\b{ordinal}{of}({months})\b|(?<!\d )\b({months})\s+(?:the\s+)?{bare}\b")


def _no_count() -> str:
    """What follows a day's number: neither more figures nor what they would count."""
    return rf"(?![\d.,:/\-]*\d)(?!\s*(?:{alternatives(vocabulary(Dates).bukan_tahun)})\b)"


@lru_cache(maxsize=1)
def day_pairs() -> re.Pattern[str]:
    """A pattern for two days of one month: "24 sama 25 desember" (groups 1, 2 and 3)."""
    words = vocabulary(Dates)
    marker, months = alternatives(words.penanda), alternatives(names("bulan"))
    day = rf"(?:(?:{marker})\.?\s*)?(0?[1-9]|[12]\d|3[01])"
    joins = alternatives(vocabulary(Asking).penghubung)
    between = rf"\s*(?:{joins}|[,&/\-]|s/d)\s*"
    return re.compile(rf"\b{day}{between}{day}\s+({months})\b")


@lru_cache(maxsize=1)
def weekends() -> re.Pattern[str]:
    """A pattern for the two days on which a week ends: "sabtu minggu", not "sabtu minggu depan"."""
    words = vocabulary(Dates)
    later = alternatives([*words.depan, *words.depan_lagi, *words.kini])
    named = alternatives(words.rentang.akhir_pekan) if words.rentang.akhir_pekan else r"(?!)"
    return re.compile(rf"\b(?:{named})\b(?!\s+(?:{later})\b)")


@lru_cache(maxsize=1)
def numbered_weekday() -> re.Pattern[str]:
    """A pattern for a weekday and the day's number: "senin 28" (groups 1, 2)."""
    days = alternatives(day for day in _full("hari") if day != "minggu")
    return re.compile(rf"\b({days})\s*,?\s*(0?[1-9]|[12]\d|3[01])\b{_no_count()}")


@lru_cache(maxsize=1)
def _finder() -> re.Pattern[str]:
    """The pattern; its group `found` is the entity's span."""
    words = vocabulary(Dates)
    repeating = "".join(rf"(?<!\b{w} )(?<!\b{w} hari )" for w in words.berulang)
    lengths = "".join(rf"(?<!\b{w} )" for w in words.bukan_tanggal)
    numeric = "|".join(_numeric_forms())
    written = (*_written_forms(), *_relative_forms(), *_day_forms())
    forms = "|".join((rf"{_weekday_before()}(?:{numeric})", *written))
    either = rf"{lengths}(?:{forms})|{alternatives(_near_days())}"  # "jam berapa besok"
    return re.compile(rf"{repeating}(?<![\w/\-])(?P<found>{either})(?![\w/])")


def _near_days() -> Iterator[str]:
    """Words for one day, and no length of time, whatever stands before them: "besok", "lusa"."""
    return (word for word in names("relatif") if word.split()[-1] not in vocabulary(Dates).kini)


def _numeric_forms() -> Iterator[str]:
    yield r"20\d\d-\d{1,2}-\d{1,2}"
    yield r"\d{1,2}(?P<mark>[/\-._])\d{1,2}(?P=mark)(?:\d{4}|\d{2})"
    yield r"(?:0?[1-9]|[12]\d|3[01]) (?:0?[1-9]|1[0-2]) 20\d\d"
    yield r"(?:0?[1-9]|[12]\d|3[01])/(?:0?[1-9]|1[0-2])"


def _weekday_before() -> str:
    """A weekday that may stand before a day's number: "senin 7/12", "senin tanggal 7 desember"."""
    days, marker = alternatives(names("hari")), alternatives(vocabulary(Dates).penanda)
    return rf"(?:(?:{days})\s*,?\s*(?:(?:{marker})\.?\s*)?)?"


def _written_forms() -> Iterator[str]:
    """A day with its number ("7 desember", "tgl 5 bulan depan"), also with a weekday before it."""
    ranges = vocabulary(Dates).rentang
    months = alternatives(names("bulan"))
    of_month = alternatives([*ranges.bulan_ini, *ranges.bulan_depan])
    days, marker = alternatives(names("hari")), alternatives(vocabulary(Dates).penanda)
    weekday = rf"(?:(?:hari\s+)?(?:{days})\s*,?\s*)?"
    counted = alternatives(vocabulary(Dates).bukan_tahun)
    year = rf"(?:\s+20\d\d|\s*'?2\d(?!\d|[.:]\d|\s*(?:{counted})\b))?"
    yield _ungrouped(ordinal_dates())
    yield _ungrouped(day_pairs())
    yield weekends().pattern
    yield rf"{weekday}(?:{marker})\.?\s*{number()}\s+(?:{of_month})"
    yield rf"(?<=hari ){weekday}{number()}\s*(?:{months})\b{year}"
    yield rf"{_weekday_before()}{number()}\s*(?:{months})\b{year}"
    dated = rf"(?:{marker})\.?\s*{number()}(?!\d|[.\-/_]\d|\s*(?:{months})\b)"
    yield rf"(?:(?:{days})\s*,?\s*)?{dated}"


def _relative_forms() -> Iterator[str]:
    parts, ranges = alternatives(names("bagian")), alternatives(names("rentang"))
    months, years = alternatives(names("bulan")), alternatives(vocabulary(Dates).tahun)
    plain_month = rf"(?:the\s+)?(?:{alternatives(vocabulary(Dates).groups('satuan')['bulan'])})\b"
    full_days = alternatives(day for day in _full("hari") if day != "minggu")
    yield ahead()
    yield rf"(?:{alternatives(names('relatif'))})\s+(?:hari\s+)?(?:{full_days})"  # "besok senin"
    yield rf"(?:{parts})\s+(?:{ranges}|{years}|(?:bulan\s+)?(?:{months})|{plain_month})"
    weekend = vocabulary(Dates).rentang.akhir_pekan
    relative = [*names("relatif"), *(one for one in names("rentang") if one not in weekend)]
    counted = [word for word in relative if word.split()[-1] in vocabulary(Dates).kini]
    yield rf"(?<!\d )(?:{alternatives(counted)})"
    yield alternatives(word for word in relative if word not in counted)
    feasts = alternatives(names("hari_besar"))
    yield rf"(?:{feasts})(?:\s+(?:{feasts}))?"


def _day_forms() -> Iterator[str]:
    words, ranges = vocabulary(Dates), alternatives(names("rentang"))
    days, months = alternatives(names("hari")), alternatives(_full("bulan"))
    full_days = alternatives(day for day in _full("hari") if day != "minggu")
    later, before = alternatives(words.depan), alternatives(words.awalan_depan)
    tomorrow = alternatives(words.relatif[1])
    when = rf"(?:\s+(?:{alternatives(words.depan_lagi)}|{ranges}|{later}|{tomorrow}))?"
    yield _ungrouped(numbered_weekday())
    yield rf"(?<=hari )(?:{days}){when}"
    yield rf"(?<!\d )minggu(?=\s+(?:{later}|ini)\b)(?:\s+(?:{later}))?"
    yield rf"(?:(?:{before})\s+)?(?:{full_days}){when}"
    yield rf"(?:{months})(?:\s+20\d\d)?"


def _ungrouped(pattern: re.Pattern[str]) -> str:
    """The pattern to stand in another one, without groups of its own."""
    return re.sub(r"(?<!\\)\((?!\?)", "(?:", pattern.pattern)


def _full(kind: str) -> Iterator[str]:
    """Names that mean a day or month without any word before them."""
    for name in names(kind):
        if (len(name) >= _FULL_NAME and name != _LOOKS_LIKE_A_VERB) or name == "mei":
            yield name
