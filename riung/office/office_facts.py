"""What an office's file states under `fakta:`: fees, the words of each stage, days of keeping."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Extra, Field, root_validator, validator

from riung.office.fees import Fees
from riung.validation import CODE_LENGTH, Edited, EditError, unknown

Service = Annotated[str, Field(regex=r"^[a-z][a-z0-9_]*$", max_length=CODE_LENGTH)]
"""What a place can be visited for; the phrases `jenis_<service>` name them to citizens."""

_STEP = "langkah"
"""Begins the keys that say what to do next; `aturan/tahap.yml` names one for each route."""


class StageWords(Edited, extra=Extra.allow):
    """What a citizen reads at a stage, and the intents that are offered after it."""

    tanda: str = ""
    label: str = Field(min_length=1)
    penjelasan: str = Field(min_length=1)
    langkah: str = Field(min_length=1)
    en_label: str = Field(min_length=1)
    en_penjelasan: str = Field(min_length=1)
    en_langkah: str = Field(min_length=1)
    tombol: tuple[str, ...] = ()

    @root_validator(pre=True)
    def _other_keys_are_steps(cls, values: dict[str, Any]) -> dict[str, Any]:
        for key, text in values.items():
            if key in cls.__fields__:
                continue
            if not str(key).removeprefix("en_").startswith(f"{_STEP}_"):
                raise ValueError(f"kunci '{key}' {unknown(str(key), cls.__fields__)}")
            if not isinstance(text, str) or not text:
                raise ValueError(f"'{key}' harus kalimat")
        return values

    @validator("tombol", each_item=True)
    def _is_an_intent(cls, intent: str) -> str:
        if not intent.isidentifier():
            raise ValueError(f"'{intent}' bukan nama maksud; contoh: cara_bayar")
        return intent


class Limits(Edited, extra=Extra.allow):
    """Limits in words, and two that the program reads: for how many days the office keeps who was
    booked, and up to how many hours ago a stage was seen to be told while the data is away (0: it
    is not told).
    """

    simpan_antrean: int = Field(default=30, ge=1, le=3650)
    status_terakhir: int = Field(default=0, ge=0, le=168)

    @root_validator(pre=True)
    def _others_are_words(cls, values: dict[str, Any]) -> dict[str, Any]:
        for key, value in values.items():
            if key not in cls.__fields__ and not isinstance(value, str):
                raise EditError(f"'{key}' harus kata-kata, misalnya '4 hari kerja'", key)
        return values


class OfficeFacts(Fees, extra=Extra.allow):
    """The typed part of `fakta:`; other keys are free, for placeholders."""

    batas: Limits = Limits()
    tahap: dict[str, StageWords] = {}
    bawaan: dict[Service, tuple[str, ...]] = {}
    bawaan_anak: dict[Service, tuple[str, ...]] = {}
