"""Reference numbers in a text: application numbers, billing codes, booking codes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from riung.application_number import number_shape
from riung.digits import digits_of
from riung.nlu.cleaning import CleanText, clean
from riung.nlu.vocabulary import Kinds, vocabulary

_BLOCKS = re.compile(r"\d+(?:(?:\s?[.\-]\s?|\s)\d+)*")
_PHONE = re.compile(r"(?:0|62)8\d{7,11}")
_NOT_OURS = re.compile(r"(?:\b(?:nik|ktp|e-ktp|kk|hp|wa|telp|telepon|rek|rekening|nip|rp)\W*|\+)$")
_BOOKING_CODE = re.compile(
    r"(?<![\w-])(?=[A-Z0-9-]*\d)(?=[A-Z0-9-]*[A-Z]{2})[A-Z0-9]{3,5}-?[A-Z0-9]{3,6}(?![\w-])"
)
_AFTER_CODE_WORD = re.compile(
    r"\bkode\s+(?:booking|boking|antrean|antrian|pesanan|daftar)?\s*:?\s*"
    r"(?P<code>(?=[a-z\-]*\d)(?=[\d\-]*[a-z])[a-z0-9\-]{5,12})(?![\w-])"
)

_CODE_INSIDE = re.compile(
    r"(?<![\w-])(?P<code>(?=[a-z]*\d)(?![wkhx\d]+\b)[cdfghjkmnpqrtvwxy]{2}[cdfghjkmnpqrtvwxy34679]{4})"
    r"(?![\w-])"
)
"""A word of just the letters and digits that our codes are made of; laughter ("wkwk77") is none."""

_CODE_ALONE = re.compile(r"\W*(?P<code>(?=[a-z]*\d)[^\W\d_aeiou]{2}[^\W_aeiou01258]{4})\W*")
"""A whole message with the form of our codes (`riung.backend.codes`): few words have no vowel, and
no digit in a code looks like a letter."""


@dataclass(frozen=True)
class Reference:
    """A reference number: its span in the clean text and its bare form (digits, or upper case)."""

    start: int
    end: int
    value: str


def find_references(cleaned: CleanText, original: str) -> list[Reference]:
    """Application numbers, billing codes and booking codes, in the order they stand.

    Left out: what follows "NIK", "HP" and the like, phone numbers, amounts.
    """
    found = [*_long_numbers(cleaned.text), *_booking_codes(cleaned, original)]
    return sorted(found, key=lambda reference: reference.start)


def bare_number(text: str) -> str | None:
    """The digits of a message that is nothing but one number with marks between the digits."""
    text = clean(text).text
    if not re.fullmatch(r"[\s#]*\d(?:[\s.,\-/]{0,3}\d)*[\s.]*", text):
        return None
    digits = digits_of(text)
    return digits if len(digits) <= number_shape().longest else None


def _long_numbers(text: str) -> Iterator[Reference]:
    shape = number_shape()
    for run in _BLOCKS.finditer(text):
        for start, end in _parted(run):
            digits = digits_of(text[start:end])
            if not shape.shortest <= len(digits) <= shape.longest or _PHONE.fullmatch(digits):
                continue
            if not _NOT_OURS.search(text[max(0, start - 20) : start]):
                yield Reference(start, end, digits)


def _parted(run: re.Match[str]) -> Iterator[tuple[int, int]]:
    """Split a run of digit blocks into numbers: blocks join until a whole number is together."""
    full, shortest = number_shape().length, number_shape().shortest
    start, end, length = run.start(), run.start(), 0
    for block in re.finditer(r"\d+", run.group()):
        size = len(block.group())
        if length and (length >= full or (length >= shortest and length + size > full)):
            yield start, end
            start, length = run.start() + block.start(), 0
        end, length = run.start() + block.end(), length + size
    yield start, end


def _booking_codes(cleaned: CleanText, original: str) -> Iterator[Reference]:
    """Codes in capitals anywhere; in any case after the word "kode", as the whole message, or where
    they have the form of ours.
    """
    forms = (_AFTER_CODE_WORD, _CODE_INSIDE)
    spans = [match.span("code") for form in forms for match in form.finditer(cleaned.text)]
    if alone := _CODE_ALONE.fullmatch(cleaned.text):
        spans.append(alone.span("code"))
    as_written = "".join(original[index] for index in cleaned.origin)
    if len(as_written) == len(cleaned.text):
        spans += [match.span() for match in _BOOKING_CODE.finditer(as_written)]
    for start, end in sorted(set(spans)):
        if _is_swearing(cleaned.text[start:end]):
            continue
        yield Reference(start, end, cleaned.text[start:end].upper())


_AS_LETTERS = str.maketrans("01345679", "oieasgtg")


def _is_swearing(code: str) -> bool:
    """Whether a word with digits is a curse whose letters were replaced: "b4ngs4t"."""
    letters = re.sub(r"(.)\1+", r"\1", code.casefold().translate(_AS_LETTERS))
    plain = re.sub(r"(.)\1+", r"\1", re.sub(r"\d", "", code.casefold()))
    return any(curse in letters or curse in plain for curse in vocabulary(Kinds).umpatan)
