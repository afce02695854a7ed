"""How many days what is kept (`aturan/simpan.yml`)."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from pydantic import Field

from riung.validation import Edited, edited_file, read_as

KEEP_FILE = edited_file("aturan/simpan.yml")


class DaysToKeep(Edited):
    """Days for each kind of data; none may be left out, and none is kept for ever."""

    percakapan: int = Field(ge=1, le=3650)
    tiket_selesai: int = Field(ge=1, le=3650)
    layanan_selesai: int = Field(ge=1, le=3650)
    pemberitahuan: int = Field(ge=1, le=3650)
    tanda_curang: int = Field(ge=1, le=3650)
    permohonan_selesai: int = Field(ge=1, le=3650)
    impor: int = Field(ge=1, le=3650)
    nomor_warga: int = Field(ge=1, le=3650)
    berkas_petugas: int = Field(ge=1, le=3650)
    unggahan: int = Field(ge=1, le=3650)


@lru_cache(maxsize=1)
def days_to_keep() -> dict[str, int]:
    """Days by kind of data."""
    return read_days_to_keep().dict()


def read_days_to_keep(path: Path = KEEP_FILE) -> DaysToKeep:
    """The file, typed.

    Raises:
        YamlError: with file, line and what to write instead.
    """
    return read_as(path, DaysToKeep)
