"""An address and a telephone number in what a citizen wrote: "eh salah, di Jl Kodeco" → a place."""

from __future__ import annotations

import re
from functools import lru_cache

from actions.jawaban import says, says_beside
from riung.digits import digits_of, plain_digits
from riung.nlu.vocabulary import FormAnswers, alternatives, vocabulary

FEWEST_DIGITS = 8
"""Digits of a phone number, with its area code."""

LONGEST_PLACE, LONGEST_CONTACT = 300, 200

FEW = 6
"""Words of a correction of one number."""

_PHONE = re.compile(r"\+?\d(?:[ .()-]{0,2}\d){7,16}")


_LANE = re.compile(r"\bgg\b\.?\s+[^\W\d_]{3,}", re.IGNORECASE)
"""A lane's short form before its name; alone it is short for a denial, too."""


def names_place(text: str) -> bool:
    """Whether a word of an address is in the text; who cannot walk ("jalan") names none."""
    return says_beside(text, "alamat", "bukan_alamat") or bool(_LANE.search(text))


def address_in(text: str) -> str:
    """The place alone: without the words before it, what it corrects, and a phone number."""
    words = _PHONE.sub(" ", " ".join(text.split()))
    clauses = [one.strip() for one in words.split(",")]
    if says(text, "ralat"):  # "eh salah, dia sudah di rumah, jl melati 5"
        while len(clauses) > 1 and not names_place(clauses[0]):
            clauses.pop(0)
    place = _bare(", ".join(filter(None, clauses)), "sebelum_alamat")
    return place[:LONGEST_PLACE].strip(" ,.")


def contact_in(text: str) -> str:
    """The number, with whose it is where that is told: "Siti anaknya 0812…"; after a slip of the
    hand the last number alone.
    """
    words = " ".join(text.split())
    numbers = [one for one in _PHONE.findall(plain_digits(words)) if _is_whole(one)]
    if numbers and (len(numbers) > 1 or says(words, "ralat")):
        return str(numbers[-1]).strip()
    return _bare(words, "sebelum_kontak")[:LONGEST_CONTACT]


_BUT = r"(?:,|\b(?:tapi|tp|melainkan|but)\b)"
_INSTEAD = re.compile(
    rf"\b(?:bukan|not)\s+(?P<wrong>[\w ]+?)\s*{_BUT}\s*(?P<right>[^,.]+)", re.IGNORECASE
)


def mended_in(place: str, text: str) -> str | None:
    """The place with what the text corrects in it: "bukan anggrek tapi mawar no 4"."""
    if part := _mended_part(place, text):
        return part
    found = _INSTEAD.search(text)
    at = place.casefold().find(found["wrong"].casefold()) if found and place else -1
    if found is None or at < 0:
        return None
    rest = place[at + len(found["wrong"]) :]
    right = found["right"].strip()
    same = re.match(r"\W*(\w+\W*\d+)$", rest)  # "no 4", told twice
    return place[:at] + right + ("" if same and same[1] in right else rest)


_PART = re.compile(r"\b(?P<what>rt|rw|no|nomor|blok|km)\b[. ]*(?P<number>\w*\d\w*)", re.IGNORECASE)


def _mended_part(place: str, text: str) -> str | None:
    """The place with another number of it, where a correction names only that: "eh salah rt 5"."""
    told = _PART.search(text) if says(text, "ralat") and len(text.split()) <= FEW else None
    parts = (one for one in _PART.finditer(place) if told)
    old = next((one for one in parts if told and one["what"].lower() == told["what"].lower()), None)
    return place[: old.start()] + told[0] + place[old.end() :] if old and told else None


def without_numbers(text: str) -> str:
    """The text without "no 4", in which the "no" denies nothing."""
    return re.sub(r"\bno\.?\s*\d+", " ", text, flags=re.IGNORECASE)


def has_phone(text: str) -> bool:
    """Whether the text has as many digits as a telephone number."""
    return _is_whole(text)


def _is_whole(number: str) -> bool:
    return len(digits_of(number)) >= FEWEST_DIGITS


def _bare(text: str, group: str) -> str:
    before, left = None, text
    while left != before:
        before, left = left, _before(group).sub("", left).strip(" ,:;=!")
    return left or text


@lru_cache(maxsize=2)
def _before(group: str) -> re.Pattern[str]:
    words = alternatives(vocabulary(FormAnswers).group(group))
    return re.compile(rf"^(?:{words})[\s,:;=.]+(?=\S)", re.IGNORECASE)
