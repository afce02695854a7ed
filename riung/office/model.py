"""What an office's file says: `offices/<office>.yml`, read and checked.

An office names the file it builds on with `dasar:`; its own values win over those of that file.
Errors are Indonesian and name file and line, because trainers edit these files.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, Literal
from zoneinfo import ZoneInfo

from pydantic import BaseModel, Extra, Field, ValidationError, root_validator, validator

from riung import limits
from riung.office.fees import Fees
from riung.office.modules import Modules
from riung.validation import explain
from riung.yaml_files import YamlError, line_of, merge, read_yaml

Day = Literal["senin", "selasa", "rabu", "kamis", "jumat", "sabtu", "minggu"]
WEEKDAYS: tuple[str, ...] = ("senin", "selasa", "rabu", "kamis", "jumat", "sabtu", "minggu")
"""Indonesian weekday names in the order of `date.weekday()`."""

_CLOCK_TIME = r"^([01]\d|2[0-3]):[0-5]\d$"


_FEES = ("fakta.tarif.", "fakta.jumlah.")
"""Amounts in rupiah; all other values are texts."""


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
    modul: Modules
    tempat: tuple[Place, ...] = ()
    libur: tuple[Closure, ...] = ()
    tutup_cuti_bersama: bool = True
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

    @validator("fakta")
    def _fees_are_amounts(cls, facts: dict[str, Any]) -> dict[str, Any]:
        Fees.parse_obj(facts)
        return facts

    @property
    def fees(self) -> Fees:
        """What the office's services cost."""
        return Fees.parse_obj(self.fakta)

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
        if path.startswith(_FEES):
            return self.fees.said(path.removeprefix("fakta."))
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
