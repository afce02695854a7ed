"""What an office's file says: `offices/<office>.yml`, read and checked.

An office names the file it builds on with `dasar:`; its own values win over those of that file.
Errors are Indonesian and name file and line, because trainers edit these files.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, Literal
from zoneinfo import ZoneInfo

from pydantic import Field, PrivateAttr, ValidationError, conlist, root_validator, validator
from pydantic.fields import ModelField

from riung.office.facts import Support
from riung.office.menu_tree import Menu
from riung.office.modules import Modules
from riung.office.office_facts import OfficeFacts, Service
from riung.office.opening_hours import CLOCK_TIME, WEEKDAYS, Day, Hours
from riung.office.queue_rules import QueueRules
from riung.validation import CODE_LENGTH, Edited, EditError, Location, explain, unknown
from riung.yaml_faults import NO_LIST
from riung.yaml_files import YamlError, YamlMapping, line_of, merge, read_yaml

_FEES = ("fakta.tarif.", "fakta.jumlah.")
"""Amounts in rupiah; all other values are texts."""


class OfficeError(YamlError):
    """An office file cannot be used."""


_MOST_DEGREES = {"lat": 90, "lon": 180}

_SOUTH, _NORTH, _WEST, _EAST = -11.1, 6.1, 94.9, 141.1
"""Indonesia's outermost degrees, rounded outwards."""


class Coordinates(Edited):
    """WGS 84 degrees. `contoh` marks a position that the office has not confirmed."""

    lat: float
    lon: float
    contoh: bool = False

    @validator("lat", "lon")
    def _is_on_earth(cls, degrees: float, field: ModelField) -> float:
        if abs(degrees) > _MOST_DEGREES[field.name]:
            raise ValueError("lat -90 sampai 90, lon -180 sampai 180; periksa titik atau tertukar")
        return degrees


class Site(Coordinates):
    """Where an office stands: in Indonesia."""

    @root_validator(skip_on_failure=True)
    def _is_in_the_country(cls, values: dict[str, Any]) -> dict[str, Any]:
        if not (_SOUTH <= values["lat"] <= _NORTH and _WEST <= values["lon"] <= _EAST):
            raise ValueError(
                "letaknya di luar Indonesia; lat -11 sampai 6, lon 95 sampai 141: "
                "periksa tanda minus, atau barangkali lat dan lon tertukar"
            )
        return values


class Address(Edited):
    """Where citizens go; the full line is what they read."""

    lengkap: str
    koordinat: Site | None = None


class OpeningMoment(Edited):
    """When a service day's places are opened: that weekday and time, so many weeks before."""

    hari: Day
    jam: str = Field(regex=CLOCK_TIME)
    minggu_sebelum: int = Field(default=1, ge=0, le=8)


class ClassPlaces(Edited):
    """Places a day for each class."""

    reguler: int = Field(default=0, ge=0)
    prioritas: int = Field(default=0, ge=0)
    percepatan: int = Field(default=0, ge=0)


class Quota(Edited):
    """The quota rule of a place. `contoh` marks example figures that no source states."""

    hari: conlist(Day, min_items=1)  # type: ignore[valid-type]
    kelas: ClassPlaces
    dibuka: OpeningMoment
    jam_datang: str = Field(default="08:00", regex=CLOCK_TIME)
    contoh: bool = False

    @validator("kelas")
    def _has_a_place(cls, places: ClassPlaces) -> ClassPlaces:
        if not any(places.dict().values()):
            raise ValueError("butuh paling sedikit satu tempat; tanpa kuota: tulis 'kuota: null'")
        return places

    @root_validator(skip_on_failure=True)
    def _opens_before_people_come(cls, values: dict[str, Any]) -> dict[str, Any]:
        opening: OpeningMoment = values["dibuka"]
        opened = (WEEKDAYS.index(opening.hari) - 7 * opening.minggu_sebelum, opening.jam)
        for day in values["hari"]:
            if opened >= (WEEKDAYS.index(day), values["jam_datang"]):
                words = f"kuota hari {day} baru dibuka sesudah jam datangnya"
                raise EditError(f"{words}; besarkan minggu_sebelum, atau ganti harinya", "dibuka")
        return values


class Place(Edited):
    """A counter with its own queue: the office itself or a service point."""

    id: str = Field(regex=r"^[a-z][a-z0-9_]*$", max_length=CODE_LENGTH)
    nama: str = Field(min_length=1)
    sebutan: tuple[str, ...] = ()
    alamat: str
    koordinat: Site | None = None
    pendaftaran: Literal["whatsapp", "aplikasi", "datang_langsung"]
    layanan: tuple[Service, ...] = ()
    datang_awal_menit: int = Field(default=30, ge=0, le=240)
    kuota: Quota | None = None
    teks_kuota: str = ""
    aturan: QueueRules = QueueRules()

    @root_validator(skip_on_failure=True)
    def _has_what_a_booking_asks(cls, values: dict[str, Any]) -> dict[str, Any]:
        if values["pendaftaran"] == "whatsapp" and not values["layanan"]:
            raise EditError("antrean lewat WhatsApp butuh paling sedikit satu layanan", "layanan")
        if values["pendaftaran"] == "whatsapp" and not values["kuota"]:
            words = "antrean lewat WhatsApp butuh 'kuota': hari dan jumlah tempatnya"
            raise EditError(f"{words}; tulis, atau ubah 'pendaftaran'", "kuota")
        return values

    @root_validator(skip_on_failure=True)
    def _reminds_before_people_come(cls, values: dict[str, Any]) -> dict[str, Any]:
        quota, reminder = values["kuota"], values["aturan"].pengingat_pagi
        if values["pendaftaran"] == "whatsapp" and quota and reminder >= quota.jam_datang:
            words = f"pengingat_pagi {reminder} datang sesudah jam datang {quota.jam_datang}"
            raise EditError(f"{words}; majukan pengingatnya", "aturan", "pengingat_pagi")
        return values


class WhatsAppNumbers(Edited):
    """The Cloud API ids of the office's numbers (dashboard: "Phone number ID")."""

    phone_number_ids: tuple[str, ...] = ()

    @validator("phone_number_ids", pre=True, each_item=True)
    def _is_an_id(cls, written: Any) -> str:
        digits = str(written)
        if not re.fullmatch(r"\d{5,20}", digits):
            raise ValueError('nomor id hanya angka, dalam tanda kutip, misalnya "123456789012345"')
        return digits


class Closure(Edited):
    """A day the office is closed beside the national holidays."""

    tanggal: date
    alasan: str


class DeskRules(Edited):
    """Minutes of the desk's clocks, and whether it shares out what waits by itself.

    The figures are ours: no source gives one for any.
    """

    janji_menit: int = Field(default=10, ge=1, le=1440)
    balas_menit: int = Field(default=15, ge=1, le=1440)
    diam_menit: int = Field(default=30, ge=1, le=1440)
    survei_menit: int = Field(default=15, ge=1, le=1440)
    bagi_otomatis: bool = False
    bagi_paling_banyak: int = Field(default=5, ge=1, le=100)


_QUEUE = ("modul", "antrean_whatsapp")


class Office(Edited):
    """One office. `raw` is the merged file, for placeholders of free-form keys."""

    id: str = Field(max_length=CODE_LENGTH)
    dasar: str | None = None
    nama: str = Field(min_length=1)
    nama_singkat: str = Field(min_length=1)
    sebutan: tuple[str, ...]
    zona_waktu: str
    whatsapp: WhatsAppNumbers = WhatsAppNumbers()
    alamat: Address
    kontak: dict[str, str | None]
    jam: dict[str, Hours]
    teks: dict[str, str]
    fakta: dict[str, Any] = {}
    modul: Modules
    meja: DeskRules = DeskRules()
    tempat: tuple[Place, ...] = ()
    libur: tuple[Closure, ...] = ()
    tutup_cuti_bersama: bool = True
    utama: bool = False
    umur_fakta_bulan: int = Field(24, ge=1)
    menu: Menu
    sumber: dict[str, Support] = {}
    raw: dict[str, Any]
    _facts: OfficeFacts = PrivateAttr()

    def __init__(self, **values: Any) -> None:
        super().__init__(**values)
        self._facts = OfficeFacts.parse_obj(self.fakta)

    @validator("zona_waktu")
    def _zone_exists(cls, name: str) -> str:
        try:
            ZoneInfo(name)
        except Exception as error:
            raise ValueError(f"zona waktu '{name}' tidak dikenal; contoh: Asia/Jakarta") from error
        return name

    @validator("menu")
    def _menu_names_the_office(cls, menu: Menu, values: dict[str, Any]) -> Menu:
        name = values.get("nama_singkat", "")
        english = menu.en.named(name) if menu.en else None
        return menu.named(name).copy(update={"en": english})

    @validator("tempat")
    def _places_have_names_of_their_own(cls, places: tuple[Place, ...]) -> tuple[Place, ...]:
        meant: dict[str, str] = {}
        for number, place in enumerate(places):
            for at, name in enumerate(place.sebutan):
                if meant.setdefault(name.casefold(), place.id) != place.id:
                    words = f"sebutan '{name}' juga dipakai tempat {meant[name.casefold()]}"
                    raise EditError(f"{words}; tulis di satu tempat saja", number, "sebutan", at)
        return places

    @root_validator(skip_on_failure=True)
    def _queue_has_a_place(cls, values: dict[str, Any]) -> dict[str, Any]:
        booked = any(place.pendaftaran == "whatsapp" for place in values["tempat"])
        if values["modul"].whatsapp_queue and not booked:
            words = (
                "belum ada tempat dengan 'pendaftaran: whatsapp', jadi tidak ada yang bisa didaftar"
            )
            raise EditError(f"{words}; tulis tempatnya, atau 'false' di sini", *_QUEUE)
        return values

    @validator("fakta")
    def _facts_are_typed(cls, facts: dict[str, Any]) -> dict[str, Any]:
        OfficeFacts.parse_obj(facts)
        return facts

    @property
    def facts(self) -> OfficeFacts:
        """What the office states, typed: fees, stages, days of keeping."""
        return self._facts

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
            return self.facts.said(path.removeprefix("fakta."))
        found: Any = self.raw
        for part in path.split("."):
            found = found.get(part) if isinstance(found, Mapping) else None
        if found is None or isinstance(found, (Mapping, list)):
            raise KeyError(path)
        return str(found)


def read_office(path: Path) -> Office:
    """Read and check one office file.

    Raises:
        OfficeError: with file, line and what to write instead.
    """
    if not re.fullmatch(r"[a-z][a-z0-9_]*", path.stem):
        raise OfficeError(path, 1, f"ganti nama berkas '{path.name}': {_FILE_NAMES}")
    own = read_yaml(path)
    if not isinstance(own, YamlMapping):
        raise OfficeError(path, 1, NO_LIST)
    if own.get("id") != path.stem:
        where = line_of(own, ("id",))
        raise OfficeError(path, where, f"'id' harus '{path.stem}', sama dengan nama berkas")
    base = _base_of(path, own)
    for content in (own, base):
        for key in content:
            if key not in _KEYS:
                words = f"kunci '{key}' {unknown(str(key), _KEYS)}"
                raise OfficeError(content.path, line_of(content, (key,)), words)
    merged = merge(base, own)
    try:
        return Office(**merged, raw=merged)
    except ValidationError as error:
        broken, words = explain(error)
        file = _written_in(own, base, broken)
        raise OfficeError(file.path, line_of(file, broken), words) from error


_FILE_NAMES = "huruf kecil, angka, dan garis bawah saja, misalnya tanjung_priok.yml"
_KEYS = frozenset(Office.__fields__) - {"raw"}


def _base_of(path: Path, own: YamlMapping) -> YamlMapping:
    """The file that the office builds on; an empty one when it names none."""
    base_name = own.get("dasar")
    if base_name and not re.fullmatch(r"[a-z0-9_]+", str(base_name)):
        words = f"'{base_name}' bukan nama berkas kantor; tulis misalnya nasional"
        raise OfficeError(path, line_of(own, ("dasar",)), words)
    if base_name == path.stem:
        words = "kantor tidak bisa mewarisi dirinya sendiri; tulis misalnya nasional"
        raise OfficeError(path, line_of(own, ("dasar",)), words)
    if not base_name:
        base = YamlMapping()
        base.path = path
        return base
    base_path = path.with_name(f"{base_name}.yml")
    if not base_path.exists():
        raise OfficeError(path, line_of(own, ("dasar",)), f"berkas {base_path.name} tidak ada")
    base = read_yaml(base_path)
    if not isinstance(base, YamlMapping):
        raise OfficeError(base_path, 1, NO_LIST)
    return base


def _written_in(own: YamlMapping, base: YamlMapping, where: Location) -> YamlMapping:
    """The file that has more of that place; the office's own when both have as much."""
    return base if _depth(base, where) > _depth(own, where) else own


def _depth(content: Any, where: Location) -> int:
    for depth, part in enumerate(where):
        try:
            content = content[part]
        except (KeyError, IndexError, TypeError):
            return depth
    return len(where)
