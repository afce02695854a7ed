"""What a form's open question is answered with: yes and no, in any words, and somebody's age.

The classifier has to tell "tidak" from everything a citizen may ever say; while a form asks, only
two meanings are left, and the words of `kamus/isian.yml` tell them apart.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import dropwhile

from riung.nlu.lexicon import lexicon
from riung.nlu.normalizer import normalizer
from riung.nlu.vocabulary import Asking, Dates, FormAnswers, shortcuts, vocabulary

LONGEST_ANSWER = 6
"""Words; a longer message tells something, and its "tidak" is no answer."""


def plain(text: str) -> str:
    """The normalised words of `text`, with a blank around each: " tidak boleh "."""
    line = normalizer(repair=False).line(text.replace("-", " "))
    return f" {' '.join(_WORD.findall(line.casefold()))} "


ANSWERS = frozenset({"no", "nope"})
"""Words that answer a question and deny nothing that follows."""

_WORD = re.compile(r"[^\W_]+")


def wants_no_name(text: str) -> bool | None:
    """Whether a complaint is to stay without a name; None when the words don't say.

    "Jangan dirahasiakan" refuses the secret, "jangan sebut nama saya" the name; "no, keep me
    anonymous" answers the question before it says how.
    """
    said = plain(text)
    speaks_of_it = _has(said, "tanpa_nama") or _has(said, "dengan_nama")
    words = said.split()
    if (
        "?" in text
        or (
            len(words) > 1 and words[-1] in vocabulary(FormAnswers).tanya_bukan
        )  # "itu penipuan bukan"
        or _has(said, "ragu")
        or _asks_whether(words)  # "ada jalan lain ga"
        or (_has(said, "ingin_mengadu") and not speaks_of_it)  # "mau diadukan resmi" is no yes
        or (len(said.split()) > LONGEST_ANSWER and not speaks_of_it)
    ):
        return None
    refused = _has(said, "tidak") and not _has(said, "ya_meski_tidak")
    if _has(said, "tanpa_nama"):
        return not any(map(_refuses_secret, re.split(r"[,.;!\n]", text)))
    if refused:
        return True
    agrees = (_has(said, "ya") and not asks_in_words(text)) or _has(said, "ya_meski_tidak")
    agreed = speaks_of_it or agrees
    return False if agreed and not _has(said, "mengapa") else None


def _asks_whether(words: list[str]) -> bool:
    """Whether a "tidak" at their end only asks if something is there, or may be done."""
    asking = vocabulary(Asking)
    closed = len(words) > 1 and words[-1] in asking.penutup
    return closed and not {*asking.ada_tidak}.isdisjoint(words[:-1])


def asks_in_words(said: str) -> bool:
    """Whether a word asks, that never agrees: "mau lapor bagaimana" is no yes."""
    asking = {*vocabulary(Asking).kata_tanya} - {*vocabulary(FormAnswers).ya}
    return not asking.isdisjoint(plain(said).split())


def told_of(text: str, group: str) -> str:
    """What a list of things says of the one that the group names; all of it where it is no list."""
    clauses = [one for one in re.split(r"[,;\n]+", text) if one.strip()]
    told = [one for one in clauses if says(one, group)]
    return ", ".join(told) if told and len(clauses) > len(told) else text


def ends_asking(said: str) -> bool:
    """Whether the word that closes it asks: "kena denda ga"; a name never ends so."""
    words = plain(said).split()
    return len(words) > 1 and words[-1] in vocabulary(Asking).penutup


def says_only_whether_named(text: str) -> bool:
    """Whether it is only the wish to stay without a name, told before it was asked for; fear makes
    it longer: "saya takut ketahuan, bisa gak usah pakai nama".
    """
    said = plain(text)
    longest = LONGEST_ANSWER * (2 if _has(said, "khawatir") else 1)
    is_short = len(said.split()) <= longest
    return is_short and _has(said, "tanpa_nama") and wants_no_name(text) is not None


FEWEST_MORE = 3
"""From how many words on a sentence after the story goes on with it."""

LONG_NUMBER = 6
"""Digits from which on a number that is told belongs to the story."""

_ASKS_NOTHING = re.compile(r"\b(?:jam(?= +\d)|minta)\b", re.IGNORECASE)
"""In a story "dari jam 7" and "petugas minta 500rb" ask nothing."""

_NUMBERED = re.compile(r"\bno\b(?=[^,.;]*\d)", re.IGNORECASE)
"""The "no" of "no antrean 12", which denies nothing."""


def without_numbers(text: str) -> str:
    """The text without the "no" that stands before a number."""
    return _NUMBERED.sub(" ", text)


def tells_more(text: str) -> bool:
    """Whether it goes on with a story: many words, and none of them asks."""
    asks = "?" in text or asks_in_words(_ASKS_NOTHING.sub(" ", text)) or says(text, "mengapa")
    is_long = len(text.split()) >= FEWEST_MORE or sum(map(str.isdigit, text)) >= LONG_NUMBER
    return is_long and not asks


def _refuses_secret(clause: str) -> bool:
    """Whether the "tidak" stands before the secret itself; a "no" never does."""
    between = "|".join(vocabulary(FormAnswers).sebelum_rahasia)
    secret, said = _pattern("tanpa_nama").pattern, plain(clause)
    said = _pattern("ya_meski_tidak").sub("", said)  # "tidak apa, anonim saja" refuses nothing
    denials = (one for one in _pattern("tidak").finditer(said) if one[0] not in ANSWERS)
    return any(re.match(rf"(?: (?:{between}))* {secret}", said[one.end() :]) for one in denials)


def said_to_cancel(text: str) -> bool:
    """Whether the words confirm a cancelling: "iya batalkan aja", and not "gak jadi batal"."""
    said = plain(text)
    return _has(said, "membatalkan") and not _has(said, "urung")


def begins_with(text: str, group: str) -> bool:
    """Whether the text begins with words of that group, after words of address and particles."""
    words = lexicon()
    without_meaning = words.address | words.filler | words.opening
    said = [*dropwhile(without_meaning.__contains__, plain(text).split())]
    return bool(_pattern(group).match(f" {' '.join(said)} ", 1))


def meant_by(said: str) -> str | None:
    """The intent that these words mean for certain (`kamus/jawaban.yml`)."""
    return next((intent for intent, words in shortcuts().items() if said in words), None)


def says(text: str, group: str) -> bool:
    """Whether any word of that group of `kamus/isian.yml` is in the text."""
    return _has(plain(text), group)


def says_beside(text: str, group: str, others: str) -> bool:
    """Whether any word of the group stands in the text outside of the phrases of `others`."""
    return _has(_pattern(others).sub("", plain(text)), group)


def _has(said: str, group: str) -> bool:
    return bool(_pattern(group).search(said))


@lru_cache(maxsize=16)
def _pattern(group: str) -> re.Pattern[str]:
    """Any of a group's words, as whole words of a plain line; "rahasiain" is "rahasia" too."""
    words = {plain(phrase).strip() for phrase in vocabulary(FormAnswers).group(group)}
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    return re.compile(
        rf"(?<= )(?:di)?(?:{'|'.join(map(re.escape, longest_first))})(?:in|kan)?(?= )"
    )


OLDEST = 120
"""Years; a higher figure counts something else."""

ELDERLY = 60
"""Years from which a waiting room serves somebody as elderly (fact rentan_umur_lansia)."""

FRAIL = 66
"""Years from which a visit is for the elderly (fact micin_siapa: above 65)."""

TODDLER = 4
"""Years up to which a child is a toddler (fact rentan_umur_anak)."""


def age_in(text: str) -> int | None:
    """The age that the text names, in years; a baby's months are none."""
    found = _age().search(plain(text))
    if found is None:
        return None
    years = 0 if found["months"] else int(found["years"] or found["bare"])
    return years if years <= OLDEST else None


@lru_cache(maxsize=1)
def _age() -> re.Pattern[str]:
    """A figure before its years or months, or not far behind the word "age": "nomor 45" is none."""
    years, months, aged = (
        "|".join(re.escape(word) for word in words)
        for words in (
            vocabulary(FormAnswers).umur_tahun,
            vocabulary(Dates).satuan.bulan,
            vocabulary(FormAnswers).umur,
        )
    )
    behind = rf"(?:(?P<years>\d{{1,3}}) (?:{years})|(?P<months>\d{{1,2}}) (?:{months}))"
    return re.compile(rf" (?:{behind}|(?:{aged})(?: [^\W\d]+){{0,2}} (?P<bare>\d{{1,3}}))(?= )")
