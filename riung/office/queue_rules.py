"""How a place deals with its queue: `aturan:` of a place in an office's file."""

from __future__ import annotations

from typing import Any

from pydantic import Field, root_validator

from riung.office.opening_hours import CLOCK_TIME, in_order
from riung.validation import Edited


class Limit(Edited):
    """A moment before the day of service: that many days before, at that time."""

    hari_sebelum: int = Field(..., ge=0, le=30)
    jam: str = Field(..., regex=CLOCK_TIME)


class WritingHours(Edited):
    """From when until when the place may write by itself."""

    mulai: str = Field(..., regex=CLOCK_TIME)
    selesai: str = Field(..., regex=CLOCK_TIME)

    @root_validator(skip_on_failure=True)
    def _ends_after_it_began(cls, values: dict[str, Any]) -> dict[str, Any]:
        return in_order(values, "mulai", "selesai")


class QueueRules(Edited):
    """Everything has a default, as no source states these (wab_alur).

    `menit_per_orang` is a guess until the day has its own pace; `jawab_menit` are the minutes to
    accept an offered place; `hari_ke_depan` says how far ahead days are offered;
    `pengingat_hari_kerja` is how many working days before the service `pengingat_sehari` reminds;
    `orang_per_nomor` is how many people may be booked from one WhatsApp number, such as parents
    with their children.
    """

    batal_sampai: Limit = Limit(hari_sebelum=1, jam="15:00")
    pindah_maks: int = Field(default=1, ge=0)
    jawab_menit: int = Field(default=120, ge=5)
    jam_pesan: WritingHours | None = None
    pengingat_sehari: str = Field(default="10:00", regex=CLOCK_TIME)
    pengingat_hari_kerja: int = Field(default=1, ge=1, le=5)
    pengingat_pagi: str = Field(default="06:30", regex=CLOCK_TIME)
    prioritas_dulu: bool = True
    menit_per_orang: int = Field(default=20, ge=1)
    orang_per_nomor: int = Field(default=1, ge=1, le=10)
    hari_ke_depan: int = Field(default=35, ge=1, le=92)

    @root_validator(skip_on_failure=True)
    def _reminds_while_it_can_be_cancelled(cls, values: dict[str, Any]) -> dict[str, Any]:
        limit, days = values["batal_sampai"], values["pengingat_hari_kerja"]
        reminder, hours = values["pengingat_sehari"], values["jam_pesan"]
        if hours:  # it waits until the place may write
            reminder = min(max(reminder, hours.mulai), hours.selesai)
        if (limit.hari_sebelum, reminder) >= (days, limit.jam):
            raise ValueError(
                f"pengingat_sehari {reminder} datang sesudah batas batal "
                f"({limit.hari_sebelum} hari sebelumnya, {limit.jam}), jadi tombol "
                "[Batalkan] di dalamnya tidak berlaku lagi; "
                "majukan pengingatnya atau undurkan batal_sampai"
            )
        return values
