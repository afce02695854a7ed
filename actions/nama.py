"""A person's name in what a citizen wrote: "nama anak saya Putri Ayu" → Putri Ayu."""

from __future__ import annotations

import re
from functools import lru_cache

from riung.nlu.vocabulary import FormAnswers, alternatives, vocabulary

MOST_WORDS = 7
"""Words from which on capitals are a headline rather than a name with its titles."""

LONGEST = 100
"""Letters that the backend keeps of a name."""

_NAME = re.compile(r"[^\W\d_](?:[^\W\d_]|[ .,'’`/-])*")
"""Letters with the marks of names and titles: "S/O", "S.Pd", "Nur'aini", "Al-Amin"."""


_REMARK = re.compile(r"\s*\([^()]*\)")
"""What stands in brackets: "(istri saya)"."""

_DECORATION = re.compile(r"[^\w\s.,:;=!?'’`/()#&@+-]|[*_~]")
"""Signs of WhatsApp's formatting, quotation marks and little pictures."""

_FULL_STOP = re.compile(r"(?<=[^\W\d_.]{3})\s*\.$")
"""The end of a sentence, and not of a title such as "S.E."."""

_AGE = re.compile(
    r"[\s,(]+(?:(?:umur|usia|aged?)\s*)?\d{1,2}\s*(?:th|thn|tahun|bln|bulan|y\.?o|years?)\b.*$",
    re.IGNORECASE,
)
"""What follows a name: "umur 4 thn"."""


def name_in(text: str) -> str | None:
    """The name alone, or None when the message holds a question, a yes or anything but a name.

    Words before it ("a.n.", "eh salah, namanya") and after it ("ya min") are no part of it; one
    that never stands in a name makes the message another one.
    """
    name = _bare(" ".join(text.split()))
    if not _NAME.fullmatch(name) or len(name) > LONGEST:
        return None
    words = [word.strip(".,'’`/-").casefold() for word in name.split()]
    told = {word for word in words if len(word) > 1 or len(words) == 1}  # "Bambang P."
    is_whose = {word.casefold() for word in words} <= _listed("hanya_siapa")
    return None if is_whose or told & _listed("bukan_nama") else name


def name_beside_number(text: str) -> str | None:
    """The name of "Sri Wahyuni, nik 3325…", which answers two questions at once."""
    clauses = (part for one in _clauses(text) for part in one.split(":"))
    return next(filter(None, map(name_in, filter(str.strip, clauses))), None)


def name_told(text: str) -> str | None:
    """The name of a message that tells other things too: "selasa, atas nama Sri Wahyuni, baru".

    It stands after a word for it, or, capitalised, after whose it is: "saya Rini".
    """
    for clause in _clauses(text):
        name = name_in(clause) if is_introduced(clause) else None
        if name and (_says_name(clause) or all(word[0].isupper() for word in name.split())):
            return name
    return None


def name_written(text: str) -> str | None:
    """The first part of the message that is nothing but a capitalised name."""
    return next(filter(is_written_name, _clauses(text)), None)


def _clauses(text: str) -> list[str]:
    listed = vocabulary(FormAnswers)
    words, opening = alternatives(listed.kolom_nik), alternatives(listed.atas_nama)
    pattern = rf"[,;\n]|\d[\d .-]*|\b(?:{words})\b|(?<=\s)(?=(?:{opening})\s)"
    return [one.strip(" :=") for one in re.split(pattern, text, flags=re.IGNORECASE) if one.strip()]


def _says_name(clause: str) -> bool:
    words = alternatives(vocabulary(FormAnswers).kolom_nama)
    return bool(re.search(rf"(?<!\w)(?:{words})(?!\w)", clause, re.IGNORECASE))


def is_introduced(text: str) -> bool:
    """Whether words say that a name follows: "buat anak saya Putri Ayu"."""
    told = " ".join(text.split())
    return bool(_before("sebelum_nama").match(told) or _whose().match(told))


def is_written_name(text: str) -> bool:
    """Whether it is nothing but two to six capitalised words: "Siti Rohmah", "H. Rizki, S.Kom"."""
    words = text.split()
    is_name = len(words) in range(2, MOST_WORDS) and all(word[0].isupper() for word in words)
    return is_name and not text.isupper() and name_in(text) == text.strip()


def _bare(text: str) -> str:
    text = _REMARK.sub("", _DECORATION.sub(" ", text))
    text, before = _AGE.sub("", " ".join(text.split())), None
    while text != before:
        before = text
        text = _before("sebelum_nama").sub("", _whose().sub("", text))
        text = _after("sesudah_nama").sub("", text).strip(" ,:;=!")
        text = _spelling().sub("", text)
    return _FULL_STOP.sub("", text)


@lru_cache(maxsize=1)
def _whose() -> re.Pattern[str]:
    """Whose the name is: "suami sy", "anak gw"; a family's word alone may begin a name."""
    listed = vocabulary(FormAnswers)
    family, owner = alternatives(listed.keluarga), alternatives(listed.pemilik)
    for_whom = alternatives(listed.sekitar_siapa)
    return re.compile(
        rf"^(?:(?:{for_whom})\s+)?(?:{family})\s+(?:{owner})(?:[\s,:;=.]+)(?=\S)", re.IGNORECASE
    )


@lru_cache(maxsize=1)
def _before(group: str) -> re.Pattern[str]:
    words = alternatives(vocabulary(FormAnswers).group(group))
    return re.compile(rf"^(?:{words})(?:[\s,:;=.]+)(?=\S)", re.IGNORECASE)


@lru_cache(maxsize=1)
def _after(group: str) -> re.Pattern[str]:
    words = alternatives(vocabulary(FormAnswers).group(group))
    return re.compile(rf"(?<=\S)[\s,.]+(?:{words})[\s!.]*$", re.IGNORECASE)


@lru_cache(maxsize=1)
def _spelling() -> re.Pattern[str]:
    """A remark on how the name is spelt: "Siti Rochmah pakai ch", "Nur Hayati dipisah"."""
    words = alternatives(vocabulary(FormAnswers).ejaan_nama)
    return re.compile(rf"(?<=\S)[\s,.]+(?:{words})(?!\w).*$", re.IGNORECASE)


@lru_cache(maxsize=1)
def _listed(group: str) -> frozenset[str]:
    return frozenset(vocabulary(FormAnswers).group(group))
