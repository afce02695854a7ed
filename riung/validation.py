"""What pydantic finds wrong in a file that people edit, in Indonesian."""

from __future__ import annotations

from typing import Any

from pydantic import ValidationError

_WORDS = {
    "value_error.missing": "wajib diisi",
    "type_error.none.not_allowed": "wajib diisi",
    "value_error.extra": "tidak dikenal; periksa ejaannya",
    "value_error.str.regex": "bentuknya salah (jam: 08:00, id: huruf_kecil)",
    "value_error.const": "'{given}' tidak dikenal; pilih salah satu: {choices}",
    "value_error.any_str.max_length": "paling banyak {limit_value} huruf",
    "value_error.number.not_ge": "paling kecil {limit_value}",
    "value_error.number.not_le": "paling besar {limit_value}",
    "value_error.date": "harus tanggal, misalnya 2026-12-25",
    "type_error.integer": "harus angka bulat",
    "type_error.float": "harus angka",
    "type_error.bool": "harus true atau false",
    "value_error.strictbool": "harus true atau false",
    "type_error.str": "harus kata atau kalimat",
    "type_error.tuple": "harus daftar, misalnya [satu, dua]",
    "type_error.list": "harus daftar, misalnya [satu, dua]",
    "type_error.dict": "harus berisi 'kunci: nilai' di baris-baris bawahnya",
}
"""pydantic's error type → what to write instead. Our own validators raise Indonesian messages."""


def explain(error: ValidationError) -> tuple[tuple[str | int, ...], str]:
    """Where the first mistake stands, and what is wrong there."""
    first = error.errors()[0]
    where = tuple(part for part in first["loc"] if part != "__root__")
    return where, f"'{'.'.join(map(str, where))}' {_say(first)}"


def _say(mistake: Any) -> str:
    words = _WORDS.get(mistake["type"])
    if words is None:
        return str(mistake["msg"]) if mistake["type"] == "value_error" else "isinya tidak cocok"
    known = mistake.get("ctx", {})
    return words.format(**known, choices=", ".join(map(str, known.get("permitted", ()))))
