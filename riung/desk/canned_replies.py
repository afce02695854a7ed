"""The words of `kalimat/meja.yml`: what the desk says by itself, and officers' canned replies."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import structlog
from pydantic import Field, validator

from riung.localized import ButtonTitle, Localized
from riung.office.model import Office
from riung.validation import Edited, EditError, edited_file, read_as
from riung.yaml_files import YamlError

log = structlog.get_logger()

PATH = edited_file("kalimat/meja.yml")
_SCORE = '"nilai"'
OFFICE = "kantor."
"""How the names of an office's values begin."""


class AutomaticMessages(Edited):
    """What the desk says by itself."""

    diambil: Localized
    dipindahkan: Localized
    belum_ada_petugas: Localized
    kembali_antre: Localized
    ditutup: Localized
    ringkasan: Localized
    jawaban_aduan: Localized

    @validator("*")
    def _is_filled(cls, words: Localized) -> Localized:
        return _only_filled(words, {"petugas", "menit", "isi", "ringkasan", "nomor"})


def _is_whole(payload: str) -> bool:
    """Whether the brackets match; what is wrong else is told by whoever reads all payloads."""
    return payload.count("{") == payload.count("}") and payload.count('"') % 2 == 0


class RatingButton(Edited):
    """A button below the desk's last message."""

    title: ButtonTitle
    angka: str = Field(regex=r"^\d$")
    payload: str

    @validator("payload")
    def _means_its_digit(cls, payload: str, values: dict[str, Any]) -> str:
        digit = values.get("angka")
        if (
            _SCORE in payload
            and digit
            and f'{_SCORE}: "{digit}"' not in payload
            and _is_whole(payload)
        ):
            raise ValueError(f'payload dan angka harus sama: tulis {{{_SCORE}: "{digit}"}}')
        return payload

    def in_language(self, language: str) -> dict[str, str]:
        """The button as Rasa's messages carry it."""
        title = self.title.in_language(language)
        return {"title": title, "angka": self.angka, "payload": self.payload}


class CannedReply(Edited):
    """A reply an officer picks, reads again, and sends."""

    id: str
    title: str = Field(alias="judul")
    text: Localized = Field(alias="teks")

    @validator("text")
    def _is_filled(cls, words: Localized) -> Localized:
        return _only_filled(words, {"petugas"})


class Replies(Edited):
    """The file."""

    automatic: AutomaticMessages = Field(alias="otomatis")
    rating_buttons: tuple[RatingButton, ...] = Field(alias="tombol_penilaian")
    canned: tuple[CannedReply, ...] = Field(alias="siap_pakai")
    suggestions: tuple[str, ...] = Field((), alias="pengumuman")

    @validator("rating_buttons")
    def _digits_stand_once(cls, buttons: tuple[RatingButton, ...]) -> tuple[RatingButton, ...]:
        digits = [button.angka for button in buttons]
        for place, digit in enumerate(digits):
            if digit in digits[:place]:
                raise EditError(f"angka '{digit}' sudah dipakai tombol di atasnya", place, "angka")
        return buttons

    @validator("canned")
    def _ids_stand_once(cls, canned: tuple[CannedReply, ...]) -> tuple[CannedReply, ...]:
        ids = [reply.id for reply in canned]
        for place, name in enumerate(ids):
            if name in ids[:place]:
                raise EditError(f"id '{name}' dipakai dua kali", place)
        return canned


def _only_filled(words: Localized, known: set[str]) -> Localized:
    named = {name for name in words.placeholders() if name.startswith(OFFICE)}
    words.require(known | named)
    return words


def read_replies(path: Path = PATH) -> Replies:
    """The file, typed.

    Raises:
        YamlError: with file, line and what to write instead.
    """
    return read_as(path, Replies)


def replies() -> Replies:
    """The file's words, read again when it changes; while it is broken, the last good ones."""
    return _replies(PATH.stat().st_mtime_ns)


_last_good: list[Replies] = []


@lru_cache(maxsize=2)
def _replies(_mtime: int) -> Replies:
    try:
        found = read_replies()
    except YamlError as error:
        if not _last_good:
            raise
        log.error("desk.replies_not_reloaded", reason=str(error))
        return _last_good[-1]
    _last_good[:] = [found]
    return found


def _say(words: Localized, office: Office, language: str, **values: object) -> str:
    """The words with values and the office's facts; what is not known is left out and logged."""
    known = {name: _value(name, office, values) for name in words.placeholders()}
    return words.say(language, **known)


def _value(name: str, office: Office, values: Mapping[str, object]) -> str:
    try:
        return str(office.value(name[len(OFFICE) :]) if name.startswith(OFFICE) else values[name])
    except KeyError:
        log.error("desk.placeholder_empty", placeholder=name, office=office.id)
        return ""


def automatic(name: str, office: Office, language: str, **values: object) -> str:
    """An automatic message, filled."""
    return _say(getattr(replies().automatic, name), office, language, **values)


@dataclass(frozen=True)
class FilledReply:
    """A canned reply as it would be sent."""

    id: str
    title: str
    text: str


def canned(office: Office, officer: str, language: str) -> list[FilledReply]:
    """The canned replies, filled for this office and officer."""
    return [
        FilledReply(one.id, one.title, _say(one.text, office, language, petugas=officer))
        for one in replies().canned
    ]
