"""The play's people and props: `simulasi.yml`, and the WhatsApp numbers of the offices."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, validator

from riung.office.offices import default_office, demo_numbers, offices
from riung.validation import Edited, EditError, edited_file, read_as

SCRIPT = edited_file("kalimat/simulasi.yml")

PHONE = r"^62899000\d{5}$"
USER_ID = r"^ID\.9000000000\d{5}$"
"""Invented people only: ranges that belong to nobody (the samples' README)."""


class Citizen(Edited):
    """An invented citizen: known by number, by business-scoped user id, or by both."""

    id: str = Field(regex=r"^[a-z0-9_]+$")
    nama: str
    tentang: str
    nomor: Annotated[str | None, Field(regex=PHONE)] = None
    bsuid: Annotated[str | None, Field(regex=USER_ID)] = None
    username: Annotated[str | None, Field(regex=r"^@[a-z0-9._]+$")] = None

    @validator("bsuid", always=True)
    def _can_be_reached(cls, user_id: str | None, values: Mapping[str, object]) -> str | None:
        if not user_id and not values.get("nomor"):
            raise ValueError("warga butuh 'nomor' atau 'bsuid'")
        return user_id


class Try(Edited):
    """Something to try: one message, or several sent in quick succession."""

    judul: str
    keterangan: str = ""
    kirim: tuple[str, ...]


class TryGroup(Edited):
    """A heading with things to try below it; `nomor_contoh` adds the demo applications."""

    judul: str
    keterangan: str = ""
    nomor_contoh: bool = False
    butir: tuple[Try, ...] = ()


class Spot(Edited):
    """A place a citizen can send as a location (WGS 84 degrees)."""

    nama: str
    alamat: str
    lat: float
    lon: float


class Fault(Edited):
    """A failure that can be provoked: where it happens and with which code of Meta's."""

    id: str
    judul: str
    keterangan: str
    cara: Literal["tidak_ada", "jawaban", "status", "lambat", "mati"]
    kode: int = 0
    http: int = 400
    rincian: str = ""


class Script(Edited):
    """Everything `simulasi.yml` holds."""

    warga: tuple[Citizen, ...]
    coba: tuple[TryGroup, ...]
    tempat: tuple[Spot, ...]
    gangguan: tuple[Fault, ...]
    kata: dict[str, str]

    @validator("warga", "gangguan")
    def _stand_once(cls, entries: tuple[Any, ...]) -> tuple[Any, ...]:
        names = [entry.id for entry in entries]
        for place, name in enumerate(names):
            if name in names[:place]:
                raise EditError(f"id '{name}' sudah dipakai di atas; ganti salah satu", place, "id")
        return entries

    @validator("warga")
    def _are_somebody_each(cls, people: tuple[Citizen, ...]) -> tuple[Citizen, ...]:
        for key in ("nomor", "bsuid"):
            ids = [getattr(one, key) for one in people]
            for place, known_as in enumerate(ids):
                if known_as and known_as in ids[:place]:
                    raise EditError(f"{key} ini sudah dipakai warga di atas", place, key)
        return people

    def fault(self, fault_id: str) -> Fault | None:
        """The fault with that id."""
        return next((fault for fault in self.gangguan if fault.id == fault_id), None)


class Line(Edited):
    """A WhatsApp number of an office; the phone number itself is invented."""

    phone_number_id: str
    display_phone_number: str
    office: str
    nama: str
    nama_singkat: str


def read_script(path: Path = SCRIPT) -> Script:
    """Read and check the script.

    Raises:
        YamlError: with file, line and what is wrong.
    """
    return read_as(path, Script)


@lru_cache(maxsize=1)
def script() -> Script:
    """The script of this process."""
    return read_script()


def lines() -> list[Line]:
    """The offices' numbers, the default office first."""
    known = offices()
    owners = demo_numbers()
    for office in known.values():
        owners |= dict.fromkeys(office.whatsapp.phone_number_ids, office.id)
    first = default_office().id
    ordered = sorted(owners.items(), key=lambda item: (item[1] != first, item))
    return [
        Line(
            phone_number_id=phone_number_id,
            display_phone_number=f"62899000{99999 - index:05}",
            office=office_id,
            nama=known[office_id].nama,
            nama_singkat=known[office_id].nama_singkat,
        )
        for index, (phone_number_id, office_id) in enumerate(ordered)
    ]


def guest(number: str | None, user_id: str | None) -> Citizen | None:
    """A citizen for an invented address nobody in the script has; None for any other address."""
    if number and re.match(PHONE, number):
        return Citizen(
            id=f"tamu_{number[-5:]}", nama=f"Tamu {number[-5:]}", tentang="", nomor=number
        )
    if user_id and re.match(USER_ID, user_id):
        tail = user_id[-5:]
        return Citizen(id=f"tamu_id_{tail}", nama=f"Tamu {tail}", tentang="", bsuid=user_id)
    return None
