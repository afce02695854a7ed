"""The offices of `offices/`, read again when a file changes, and which of them a number means."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import structlog

from riung.office.model import Office, OfficeError, Place, read_office
from riung.settings import EDITED, settings
from riung.validation import Location
from riung.yaml_files import YamlError

log = structlog.get_logger()

DEMO_PHONE_NUMBER_ID = "000000000000000"
"""The WhatsApp number of the default office in demo mode; the simulator writes to it."""

DRAFT_PHONE_NUMBER_ID = "000000000000100"
"""The number at which the simulator reaches the draft; no office has it."""


@dataclass
class OfficeBook:
    """The offices of one folder, read again when a file's time or size changes."""

    folder: Path
    look_every: float = 0.0
    """Seconds between two looks at the files: a message asks for its office some ten times."""
    _next_look: float = 0.0
    _read: dict[str, Office] = field(default_factory=dict)
    _signature: frozenset[tuple[str, int, int]] | None = None
    broken: dict[str, YamlError] = field(default_factory=dict)
    """Office id → why its file cannot be used."""

    def all(self) -> dict[str, Office]:
        """Office id → office.

        A file that cannot be used is logged and stops no other office: what was read of it before
        stays in force, and an office never read is left out until its file is mended.

        Raises:
            OfficeError: no office can be used.
        """
        now = time.monotonic()
        if now < self._next_look:
            return self._read
        signature = self._stat()
        if signature != self._signature:
            self._read = self._read_all()
            self._signature = signature
        self._next_look = now + self.look_every
        return self._read

    def _stat(self) -> frozenset[tuple[str, int, int]]:
        with os.scandir(self.folder) as entries:
            files = [(one.name, one.stat()) for one in entries if one.name.endswith(".yml")]
        return frozenset((name, stat.st_mtime_ns, stat.st_size) for name, stat in files)

    def _read_all(self) -> dict[str, Office]:
        found, broken = read_offices(self.folder)
        self.broken = {error.path.stem: error for error in broken}
        for error in broken:
            log.error("offices.not_used", reason=str(error))
        there = {path.stem for path in _office_files(self.folder)}
        kept = {name: office for name, office in self._read.items() if name in there - {*found}}
        usable = {**kept, **found}
        known = without_conflicts(usable, first=self._in_force(usable))
        if not known:
            raise next(iter(broken), OfficeError(self.folder, 1, "belum ada berkas kantor"))
        return dict(sorted(known.items()))

    def _in_force(self, usable: Mapping[str, Office]) -> tuple[str, ...]:
        """Who keeps what two offices claim: the chosen one, those read before, the main one, then
        older files.
        """
        older = sorted(_office_files(self.folder), key=lambda path: path.stat().st_mtime_ns)
        main = [one.id for one in usable.values() if one.utama]
        return (settings().office, *self._read, *main, *(path.stem for path in older))


def read_offices(folder: Path) -> tuple[dict[str, Office], list[YamlError]]:
    """The offices that can be used, and what is wrong with the files of the others."""
    found, broken = {}, []
    for path in _office_files(folder):
        try:
            found[path.stem] = read_office(path)
        except YamlError as error:
            broken.append(error)
    return found, broken


def without_conflicts(read: Mapping[str, Office], first: Sequence[str] = ()) -> dict[str, Office]:
    """The offices that share neither a number nor a place with one before; `first` go first."""
    order = [*dict.fromkeys(name for name in (*first, *sorted(read)) if name in read)]
    known: dict[str, Office] = {}
    for name in order:
        clash = next(clashes(known, read[name]), None)
        if clash:
            log.error("offices.not_used", office=name, reason=clash.message)
        else:
            known[name] = read[name]
    return known


@dataclass(frozen=True)
class Clash:
    """Something of an office that only one may have: where it stands, and what is wrong."""

    where: Location
    message: str


def clashes(known: Mapping[str, Office], one: Office) -> Iterator[Clash]:
    """What the office has that one of the known offices has too."""
    for other in known.values():
        numbers = other.whatsapp.phone_number_ids
        for place, number in enumerate(one.whatsapp.phone_number_ids):
            if number in numbers:
                words = f"nomor '{number}' sudah dipakai kantor {other.id}; tulis nomor kantor ini"
                yield Clash(("whatsapp", "phone_number_ids", place), words)
        for place, here in enumerate(one.tempat):
            if other.place(here.id):
                words = f"tempat '{here.id}' sudah dipakai kantor {other.id}; beri id lain"
                yield Clash(("tempat", place, "id"), words)


def _office_files(folder: Path) -> list[Path]:
    return [path for path in sorted(folder.glob("*.yml")) if _is_office(path)]


def _is_office(path: Path) -> bool:
    """A file without `id:` is a base that offices build on (`dasar:`)."""
    return re.search(r"^id:", path.read_text("utf-8", "replace"), re.MULTILINE) is not None


_book = OfficeBook(EDITED / "offices", look_every=0.25)


def offices() -> dict[str, Office]:
    """All offices by id, up to date with their files."""
    return _book.all()


def office(office_id: str) -> Office:
    """One office.

    Raises:
        OfficeError: there is no such office; the message lists those there are.
        YamlError: there is, but its file cannot be used.
    """
    found = offices().get(office_id)
    if found is None and office_id in _book.broken:
        raise _book.broken[office_id]
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


def service_point(name: str) -> Place | None:
    """The place of that name that is not an office itself: an MPP, a ULP."""
    wanted = name.casefold()
    for candidate in offices().values():
        if wanted in candidate.sebutan:
            return None
        for place in candidate.tempat:
            is_office = place.alamat in candidate.alamat.lengkap
            if not is_office and (wanted == place.nama.casefold() or wanted in place.sebutan):
                return place
    return None


def default_office() -> Office:
    """The office of conversations that name none: `RIUNG_OFFICE`, the main one, or the first.

    Raises:
        YamlError: none is the main one, and a file that cannot be used may be; nobody gets the
            answers of another office by that.
    """
    known = offices()
    chosen = settings().office or next((one.id for one in known.values() if one.utama), "")
    if not chosen and _book.broken:
        raise next(iter(_book.broken.values()))
    return office(chosen or next(iter(known)))


def demo_numbers() -> dict[str, str]:
    """Phone number id → office id in demo mode, for offices that have no number of their own yet.

    The default office has `DEMO_PHONE_NUMBER_ID`; the others follow in the order of their ids.
    """
    default = default_office().id
    others = {o.id for o in offices().values() if not o.whatsapp.phone_number_ids} - {default}
    numbers = {f"{101 + place:015}": office_id for place, office_id in enumerate(sorted(others))}
    return {DEMO_PHONE_NUMBER_ID: default, **numbers}


def office_for_phone_number_id(phone_number_id: str) -> Office | None:
    """The office that a WhatsApp number belongs to; None for a number that is not ours."""
    for candidate in offices().values():
        if phone_number_id in candidate.whatsapp.phone_number_ids:
            return candidate
    if settings().draft and phone_number_id == DRAFT_PHONE_NUMBER_ID:
        return default_office()
    demo_office = demo_numbers().get(phone_number_id) if settings().demo else None
    return office(demo_office) if demo_office else None
