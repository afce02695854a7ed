"""What an office is: `offices/<office>.yml`, checked and read again when a file changes.

An office names the file it builds on with `dasar:`; its own values win over those of that file.
Errors are Indonesian and name file and line, because trainers edit these files.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Literal
from zoneinfo import ZoneInfo

import structlog
from pydantic import BaseModel, Extra, Field, ValidationError, root_validator, validator

from riung import limits
from riung.settings import ROOT, settings
from riung.validation import explain
from riung.yaml_files import YamlError, line_of, merge, read_yaml

log = structlog.get_logger()

DEMO_PHONE_NUMBER_ID = "000000000000000"
"""The WhatsApp number of the default office in demo mode (contract)."""

Day = Literal["senin", "selasa", "rabu", "kamis", "jumat", "sabtu", "minggu"]
WEEKDAYS: tuple[str, ...] = ("senin", "selasa", "rabu", "kamis", "jumat", "sabtu", "minggu")
"""Indonesian weekday names in the order of `date.weekday()`."""

_CLOCK_TIME = r"^([01]\d|2[0-3]):[0-5]\d$"


class OfficeError(YamlError):
    """An office file cannot be used."""


class _Part(BaseModel):
    class Config:
        extra = Extra.forbid
        allow_mutation = False


class Break(_Part):
    """A pause inside opening hours, on the given weekdays."""

    hari: tuple[Day, ...]
    mulai: str = Field(regex=_CLOCK_TIME)
    selesai: str = Field(regex=_CLOCK_TIME)


class Hours(_Part):
    """Opening hours of one service; `teks` is what the citizen reads.

    `contoh` marks hours that no source states and that the office has to confirm.
    """

    hari: tuple[Day, ...] = ()
    buka: str | None = Field(None, regex=_CLOCK_TIME)
    tutup: str | None = Field(None, regex=_CLOCK_TIME)
    istirahat: tuple[Break, ...] = ()
    teks: str
    contoh: bool = False


class Coordinates(_Part):
    """WGS 84 degrees. `contoh` marks a position that the office has not confirmed."""

    lat: float
    lon: float
    contoh: bool = False


class Address(_Part):
    """Where citizens go; the full line is what they read."""

    lengkap: str
    koordinat: Coordinates | None = None


class OpeningMoment(_Part):
    """When a service day's places are opened: that weekday and time, so many weeks before."""

    hari: Day
    jam: str = Field(regex=_CLOCK_TIME)
    minggu_sebelum: int = Field(1, ge=0, le=8)


class ClassPlaces(_Part):
    """Places a day for each class."""

    reguler: int = Field(0, ge=0)
    prioritas: int = Field(0, ge=0)
    percepatan: int = Field(0, ge=0)


class Quota(_Part):
    """The quota rule of a place. `contoh` marks example figures that no source states."""

    hari: tuple[Day, ...]
    kelas: ClassPlaces
    dibuka: OpeningMoment
    jam_datang: str = Field("08:00", regex=_CLOCK_TIME)
    contoh: bool = False


class Place(_Part):
    """A counter with its own queue: the office itself or a service point."""

    id: str = Field(regex=r"^[a-z][a-z0-9_]*$")
    nama: str
    sebutan: tuple[str, ...] = ()
    alamat: str
    koordinat: Coordinates | None = None
    pendaftaran: Literal["whatsapp", "m_paspor", "datang_langsung"]
    layanan: tuple[str, ...] = ()
    datang_awal_menit: int = Field(30, ge=0)
    kuota: Quota | None = None
    teks_kuota: str = ""
    aturan: dict[str, Any] = {}


class MenuOption(_Part):
    """One line of a menu: a branch with `pilihan`, or a leaf that asks an intent (`tanya`)."""

    id: str = Field(regex=r"^[a-z][a-z0-9_]*$")
    label: str
    keterangan: str = ""
    judul: str = ""
    tanya: str = ""
    isi: dict[str, str] = {}
    pilihan: tuple[MenuOption, ...] = ()

    @root_validator(skip_on_failure=True)
    def _branch_or_leaf(cls, values: dict[str, Any]) -> dict[str, Any]:
        if bool(values["tanya"]) == bool(values["pilihan"]):
            raise ValueError("isi salah satu: 'tanya' (sebuah intent) atau 'pilihan' (submenu)")
        if values["pilihan"] and not values["judul"]:
            raise ValueError("submenu butuh 'judul', kalimat di atas pilihannya")
        _check_options(values["pilihan"])
        return values

    @validator("label")
    def _label_fits(cls, label: str) -> str:
        return _fits(label, limits.ROW_TITLE)

    @validator("keterangan")
    def _description_fits(cls, text: str) -> str:
        return _fits(text, limits.ROW_DESCRIPTION)


class MenuTree(_Part):
    """A menu in one language."""

    judul: str
    kembali: str = Field(..., max_length=limits.ROW_TITLE)
    petunjuk: str = ""
    pilihan: tuple[MenuOption, ...]

    @validator("pilihan")
    def _options_fit(cls, options: tuple[MenuOption, ...]) -> tuple[MenuOption, ...]:
        _check_options(options)
        return options


class Menu(MenuTree):
    """The office's menu, with an optional English one for foreigners."""

    en: MenuTree | None = None


class WhatsAppNumbers(_Part):
    """The Cloud API ids of the office's numbers (dashboard: "Phone number ID")."""

    phone_number_ids: tuple[str, ...] = ()


class Closure(_Part):
    """A day the office is closed beside the national holidays."""

    tanggal: date
    alasan: str


class Office(_Part):
    """One immigration office. `raw` is the merged file, for placeholders of free-form keys."""

    id: str
    dasar: str | None = None
    nama: str
    nama_singkat: str
    sebutan: tuple[str, ...]
    zona_waktu: str
    whatsapp: WhatsAppNumbers = WhatsAppNumbers()
    alamat: Address
    kontak: dict[str, str | None]
    jam: dict[str, Hours]
    teks: dict[str, str]
    fakta: dict[str, Any] = {}
    modul: dict[str, bool]
    tempat: tuple[Place, ...] = ()
    libur: tuple[Closure, ...] = ()
    menu: Menu
    sumber: dict[str, Any] = {}
    raw: dict[str, Any]

    @validator("zona_waktu")
    def _zone_exists(cls, name: str) -> str:
        try:
            ZoneInfo(name)
        except Exception as error:
            raise ValueError(f"zona waktu '{name}' tidak dikenal; contoh: Asia/Jakarta") from error
        return name

    @property
    def zone(self) -> ZoneInfo:
        """The office's time zone."""
        return ZoneInfo(self.zona_waktu)

    def place(self, place_id: str) -> Place | None:
        """The place with that id, if the office has it."""
        return next((place for place in self.tempat if place.id == place_id), None)

    def value(self, path: str) -> str:
        """The text behind a placeholder: `value("alamat.lengkap")` for `{kantor.alamat.lengkap}`.

        Raises:
            KeyError: the file has no such value, or it is empty.
        """
        if path == "jam":  # every service's hours, line by line
            return "\n".join(dict.fromkeys(f"• {hours.teks}" for hours in self.jam.values()))
        found: Any = self.raw
        for part in path.split("."):
            found = found.get(part) if isinstance(found, Mapping) else None
        if found is None or isinstance(found, (Mapping, list)):
            raise KeyError(path)
        return str(found)


def _fits(text: str, limit: int) -> str:
    if limits.length(text) > limit:
        raise ValueError(f"'{text}' lebih dari {limit} huruf, batas WhatsApp")
    return text


def _check_options(options: tuple[MenuOption, ...]) -> None:
    if len(options) > limits.LIST_ROWS - 1:
        raise ValueError(f"paling banyak {limits.LIST_ROWS - 1} pilihan; baris ke-10 untuk kembali")
    for key in ("id", "label"):
        values = [getattr(option, key) for option in options]
        twice = {value for value in values if values.count(value) > 1}
        if twice:
            raise ValueError(f"{key} dipakai dua kali: {', '.join(sorted(twice))}")


MenuOption.update_forward_refs()


def read_office(path: Path) -> Office:
    """Read and check one office file.

    Raises:
        OfficeError: with file, line and what to write instead.
    """
    own = read_yaml(path)
    if own.get("id") != path.stem:
        where = line_of(own, ("id",))
        raise OfficeError(path, where, f"'id' harus '{path.stem}', sama dengan nama berkas")
    base: Mapping[str, Any] = {}
    if base_name := own.get("dasar"):
        base_path = path.with_name(f"{base_name}.yml")
        if not base_path.exists():
            raise OfficeError(path, line_of(own, ("dasar",)), f"berkas {base_path.name} tidak ada")
        base = read_yaml(base_path)
    merged = merge(base, own)
    known = {key: value for key, value in merged.items() if key in Office.__fields__}
    for key in own:
        if key not in Office.__fields__ and key not in base:
            raise OfficeError(path, line_of(own, (key,)), f"kunci '{key}' tidak dikenal")
    try:
        return Office(**known, raw=merged)
    except ValidationError as error:
        broken, words = explain(error)
        raise OfficeError(path, line_of(own, broken), words) from error


@dataclass
class OfficeBook:
    """The offices of one folder, read again when a file's time or size changes."""

    folder: Path
    _read: dict[str, Office] = field(default_factory=dict)
    _signature: frozenset[tuple[str, int, int]] | None = None

    def all(self) -> dict[str, Office]:
        """Office id → office.

        A file that stops being valid while the program runs is logged, and what was read before
        stays in force; only the first reading raises.

        Raises:
            OfficeError: a file cannot be used and nothing was read before.
        """
        signature = self._stat()
        if signature != self._signature:
            try:
                self._read = self._read_all()
            except YamlError as error:
                if not self._read:
                    raise
                log.error("offices.not_reloaded", reason=str(error))
            self._signature = signature
        return self._read

    def _stat(self) -> frozenset[tuple[str, int, int]]:
        with os.scandir(self.folder) as entries:
            files = [(one.name, one.stat()) for one in entries if one.name.endswith(".yml")]
        return frozenset((name, stat.st_mtime_ns, stat.st_size) for name, stat in files)

    def _read_all(self) -> dict[str, Office]:
        paths = [path for path in sorted(self.folder.glob("*.yml")) if _is_office(path)]
        if not paths:
            raise OfficeError(self.folder, 1, "belum ada berkas kantor")
        read = {path.stem: read_office(path) for path in paths}
        _check_place_ids(self.folder, read)
        return read


def _check_place_ids(folder: Path, read: Mapping[str, Office]) -> None:
    seen: dict[str, str] = {}
    for office_id, found in read.items():
        for place in found.tempat:
            if place.id in seen:
                message = f"tempat '{place.id}' sudah dipakai kantor {seen[place.id]}"
                raise OfficeError(folder / f"{office_id}.yml", 1, message)
            seen[place.id] = office_id


def _is_office(path: Path) -> bool:
    """A file without `id:` is a base that offices build on (`dasar:`)."""
    return re.search(r"^id:", path.read_text("utf-8", "replace"), re.MULTILINE) is not None


_book = OfficeBook(ROOT / "offices")


def offices() -> dict[str, Office]:
    """All offices by id, up to date with their files."""
    return _book.all()


def office(office_id: str) -> Office:
    """One office.

    Raises:
        OfficeError: there is no such office; the message lists those there are.
    """
    found = offices().get(office_id)
    if found is None:
        known = ", ".join(sorted(offices()))
        raise OfficeError(_book.folder, 1, f"kantor '{office_id}' tidak ada; yang ada: {known}")
    return found


def find_place(place_id: str) -> tuple[Office, Place] | None:
    """The place with that id and the office it belongs to; ids are unique over all offices."""
    for candidate in offices().values():
        place = candidate.place(place_id)
        if place:
            return candidate, place
    return None


def default_office() -> Office:
    """The office of conversations that name none (`RIUNG_OFFICE`)."""
    return office(settings().office)


def demo_numbers() -> dict[str, str]:
    """Phone number id → office id in demo mode, for offices that have no number of their own yet.

    The default office has the contract's id; the others follow in the order of their ids.
    """
    default = settings().office
    others = {o.id for o in offices().values() if not o.whatsapp.phone_number_ids} - {default}
    numbers = {f"{101 + place:015}": office_id for place, office_id in enumerate(sorted(others))}
    return {DEMO_PHONE_NUMBER_ID: default, **numbers}


def office_for_phone_number_id(phone_number_id: str) -> Office | None:
    """The office that a WhatsApp number belongs to; None for a number that is not ours."""
    for candidate in offices().values():
        if phone_number_id in candidate.whatsapp.phone_number_ids:
            return candidate
    demo_office = demo_numbers().get(phone_number_id) if settings().demo else None
    return office(demo_office) if demo_office else None
