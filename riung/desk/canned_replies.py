"""The words of `kalimat/meja.yml`: what the desk says by itself, and officers' canned replies."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import structlog

from riung.office.model import Office
from riung.settings import ROOT
from riung.yaml_files import YamlError, line_of, read_yaml

log = structlog.get_logger()

PATH = ROOT / "kalimat" / "meja.yml"
AUTOMATIC = (
    "diambil",
    "dipindahkan",
    "belum_ada_petugas",
    "kembali_antre",
    "ditutup",
    "ringkasan",
)
"""The automatic messages the desk needs."""

FILLED = {
    "otomatis": frozenset({"petugas", "menit", "isi", "ringkasan"}),
    "siap_pakai": frozenset({"petugas"}),
}
"""Part of the file → what the desk fills in there, beside `{kantor.…}`."""

_PLACEHOLDER = re.compile(r"\{([a-z][a-z0-9_.]*)\}")


@dataclass(frozen=True)
class CannedReply:
    """A reply an officer picks, reads again, and sends."""

    id: str
    title: str
    text: str


@dataclass(frozen=True)
class Replies:
    """The file, checked."""

    automatic: dict[str, str]
    survey_buttons: tuple[dict[str, str], ...]
    canned: tuple[CannedReply, ...]


def read_replies(path: Path = PATH) -> Replies:
    """Read and check the file.

    Raises:
        YamlError: with file, line and what to write instead.
    """
    content = read_yaml(path)
    automatic = content.get("otomatis") or {}
    for name in AUTOMATIC:
        if not isinstance(automatic.get(name), str):
            raise YamlError(path, line_of(content, ("otomatis",)), f"'{name}' belum ditulis")
    canned: list[CannedReply] = []
    for position, entry in enumerate(content.get("siap_pakai") or ()):
        where = line_of(content, ("siap_pakai", position))
        if not all(isinstance(entry.get(key), str) for key in ("id", "judul", "teks")):
            raise YamlError(path, where, "tiap balasan butuh 'id', 'judul', dan 'teks'")
        if entry["id"] in [reply.id for reply in canned]:
            raise YamlError(path, where, f"id '{entry['id']}' dipakai dua kali")
        canned.append(CannedReply(entry["id"], entry["judul"], entry["teks"]))
    buttons = tuple(
        {key: str(value) for key, value in button.items()}
        for button in content.get("tombol_penilaian") or ()
    )
    return Replies({key: str(text) for key, text in automatic.items()}, buttons, tuple(canned))


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


def placeholders(text: str) -> list[str]:
    """The names between curly brackets in a text."""
    return _PLACEHOLDER.findall(text)


def fill(text: str, office: Office, **values: object) -> str:
    """Put values and the office's facts into a text; what is not known is left out and logged."""

    def value(found: re.Match[str]) -> str:
        name = found[1]
        try:
            known: Any = office.value(name[7:]) if name.startswith("kantor.") else values[name]
        except KeyError:
            log.error("desk.placeholder_empty", placeholder=name, office=office.id)
            return ""
        return str(known)

    return _PLACEHOLDER.sub(value, text)


def automatic(name: str, office: Office, **values: object) -> str:
    """An automatic message, filled."""
    return fill(replies().automatic[name], office, **values)


def canned(office: Office, officer: str) -> list[CannedReply]:
    """The canned replies, filled for this office and officer."""
    return [
        CannedReply(reply.id, reply.title, fill(reply.text, office, petugas=officer))
        for reply in replies().canned
    ]
