"""The columns of a status list by their headings, and what a line says in them.

Offices' lists name a column in several ways, some have two that could be meant ("No." and "Nomor
Permohonan"), some an hour in a column of its own.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from riung.backend.applications.moments import CLOCK

COLUMNS = {
    "nomor": "number",
    "no": "number",
    "nomor_permohonan": "number",
    "no_permohonan": "number",
    "nopermohonan": "number",
    "kantor": "office",
    "kanim": "office",
    "jenis": "kind",
    "jenis_permohonan": "kind",
    "jalur": "route",
    "tahap": "stage",
    "tahapan": "stage",
    "status": "stage",
    "status_permohonan": "stage",
    "waktu": "updated_at",  # the name an officer is told
    "tanggal": "updated_at",
    "tgl": "updated_at",
    "jam": "updated_at",
    "pukul": "updated_at",
}
"""Headings as people write them and the field each stands for; the English names count as well."""

_NUMBER = re.compile(
    r"^(no|nomor|nomer|kode|id)_?(reg|registrasi|pendaftaran|daftar|permohonan|pemohonan|berkas|aplikasi)"
    r"(_(permohonan|dokumen))?$"
)
_STAGE = re.compile(
    r"^(status|tahap|tahapan|posisi|proses)(_(permohonan|dokumen|berkas|proses))?"
    r"(_(terakhir|terkini|sekarang|saat_ini|akhir))?$"
)
"""Other names of two columns that nobody leaves out; the status of a payment is none."""

_OFFICE = re.compile(r"^((nama|kode|id)_)?(kantor|kanim|satker|upt|unit_kerja)(_\w+)?$")

_OF_THE_STATUS = re.compile(
    r"^(tanggal|tgl|waktu|jam)_(status|tahap|tahapan|perubahan|proses|pembaruan|update|diperbarui)"
    r"(_\w+)?$|^(last|terakhir)_(update|diperbarui)$|^update_terakhir$"
)
"""When the stage began; the day somebody was born or applied is another day."""

_VAGUE = ("no", "nomor", "status", "tanggal", "tgl")
"""Headings that mean something else when another column names the field plainly."""

_HOURS = ("waktu", "jam", "pukul")
"""Headings of an hour that belongs to the day in another column."""

NEEDED = ("number", "office", "stage")


def column_name(field: str) -> str:
    """The heading people know a field by."""
    return next(heading for heading, name in COLUMNS.items() if name == field)


def is_heading(cell: str) -> bool:
    """Whether a cell names a column of ours."""
    return _field(_name(cell)) in {*COLUMNS.values()}


@dataclass(frozen=True)
class Columns:
    """The fields of a list's columns, from left to right; empty where a column is none of ours."""

    fields: tuple[str, ...]

    @classmethod
    def named(cls, cells: Sequence[str]) -> Columns:
        """By their headings; of two for one field the one that says more counts."""
        named = [(_name(cell), _field(_name(cell))) for cell in cells]
        exact = {field for name, field in named if name not in _VAGUE + _HOURS}
        return cls(
            tuple("" if name in _VAGUE and field in exact else field for name, field in named)
        )

    @property
    def missing(self) -> list[str]:
        """Fields without which no line can be taken."""
        return [name for name in NEEDED if name not in self.fields]

    def read(self, cells: Sequence[str]) -> dict[str, str]:
        """Field → what the line says.

        Raises:
            ValueError: two columns of one field say different things.
        """
        said: dict[str, list[str]] = {}
        for field, cell in zip(self.fields, map(cleaned, cells), strict=False):
            if field and cell and cell not in said.setdefault(field, []):
                said[field].append(cell)
        return {field: _one(field, values) for field, values in said.items()}


def _one(field: str, values: list[str]) -> str:
    hours = [value for value in values if field == "updated_at" and CLOCK.match(value)]
    rest = [value for value in values if value not in hours]
    if len(rest) > 1 or len(hours) > 1:
        raise ValueError(f"ada lebih dari satu kolom '{column_name(field)}', isinya berbeda")
    return " ".join([*(_MIDNIGHT.sub("", day) if hours else day for day in rest), *hours])


_MIDNIGHT = re.compile(r"[ T]0?0[.:]00([.:]00)?$")
"""What a workbook keeps behind a day that has its hour in another cell."""


def _name(heading: str) -> str:
    without_remark = re.sub(r"\([^)]*\)|[,:].*", " ", heading, flags=re.DOTALL)
    return "_".join(re.findall(r"[^\W_]+", without_remark.casefold()))


def _field(name: str) -> str:
    if name in COLUMNS:
        return COLUMNS[name]
    meant = (field for field, names in _OTHER_NAMES.items() if names.match(name))
    return next(meant, name)


_OTHER_NAMES = {"number": _NUMBER, "office": _OFFICE, "stage": _STAGE, "updated_at": _OF_THE_STATUS}


_FORMULA = re.compile(r'^="(.*)"$', re.DOTALL)
_QUOTES = "'\"`´‘’‚“”„"
_INVISIBLE = "".join(map(chr, (0x00AD, *range(0x200B, 0x2010), *range(0x202A, 0x202F), 0xFEFF)))


def cleaned(cell: str) -> str:
    """Without the marks by which a spreadsheet keeps a number as text."""
    plain = unicodedata.normalize("NFKC", cell.translate(dict.fromkeys(map(ord, _INVISIBLE))))
    plain = plain.strip()
    if formula := _FORMULA.match(plain):
        plain = formula[1]
    return plain.strip(_QUOTES + " \t\r\n")
