"""The offices of `offices/`, read again when a file changes, and which of them a number means."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import structlog

from riung.office.model import Office, OfficeError, Place, read_office
from riung.settings import ROOT, settings
from riung.yaml_files import YamlError

log = structlog.get_logger()

DEMO_PHONE_NUMBER_ID = "000000000000000"
"""The WhatsApp number of the default office in demo mode (contract)."""


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
