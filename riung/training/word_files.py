"""The files of words beside `data/`: do the programs that read them find what they need?

`kamus/`, `kalimat/` and `aturan/`. First the shape, then the reader of the program
itself, then what only the whole project can tell.
"""

from __future__ import annotations

import string
from collections.abc import Callable, Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError, create_model

from riung import clock, limits
from riung.backend.applications.stages import read_stage_order
from riung.desk.canned_replies import FILLED, placeholders, read_replies
from riung.nik import read_regions
from riung.nlu.situations import read_situations
from riung.office.model import Office
from riung.office.modules import read_module_rules
from riung.office.national_holidays import missing_years, read_decrees
from riung.validation import explain
from riung.whatsapp.errors import read_error_table
from riung.whatsapp.templates import read_templates
from riung.whatsapp.words import read_words
from riung.yaml_files import YamlError, YamlMapping, line_of, read_yaml

_Lists = dict[str, list[str]]
_Phrases = dict[str, dict[str, str]]
_Mixed = dict[str, list[str] | dict[str, list[str]]]
_Entries = list[dict[str, Any]]

_TOPICS = ("urusan_lain", "urusan_kita", "kata_mengurus", "dokumen_lain")
_DATES = ("bulan", "hari", "relatif", "rentang", "depan", "bilangan", "hari_besar")
_ANSWERS = ("ya", "tidak", "ya_meski_tidak", "ragu", "tanpa_nama", "dengan_nama")
_QUESTIONS = ("kata_tanya", "pokok_tanya", "penutup", "tanpa_pokok", "pembuka", "penghubung")

SHAPES: dict[str, tuple[Any, tuple[str, ...]]] = {
    "kalimat/balas_salam.yml": (_Lists, ()),
    "kamus/bahasa.yml": (_Lists, ("id", "en", "minta_id", "minta_en")),
    "kamus/dilindungi.yml": (_Lists, ()),
    "kamus/entitas.yml": (_Mixed, ("jenis_permohonan", "jenis_paspor")),
    "kalimat/frasa.yml": (_Phrases, ()),
    "kamus/isian.yml": (_Lists, _ANSWERS),
    "kamus/jawaban.yml": (_Lists, ("menu",)),
    "kamus/keadaan.yml": (dict[str, Any], ("kecuali", "keadaan")),
    "kamus/kosakata.yml": (dict[str, str], ()),
    "kamus/kota.yml": (_Lists, ("kota",)),
    "kalimat/label_intent.yml": (_Phrases, ("id", "en")),
    "kamus/luar_topik.yml": (_Lists, _TOPICS),
    "kamus/nada.yml": (dict[str, str], ("keluhan", "pujian")),
    "kamus/pilihan.yml": (_Mixed, ("angka", "awalan", "akhiran")),
    "kamus/sapaan.yml": (_Lists, ("sapaan", "basa_basi", "salam")),
    "kamus/singkatan.yml": (_Phrases, ()),
    "kamus/tanggal.yml": (_Mixed, _DATES),
    "kamus/tanya.yml": (_Lists, _QUESTIONS),
    "kalimat/gambar_antrean.yml": (
        dict[str, str],
        ("judul", "nomor", "kode", "datang", "kaki"),
    ),
    "aturan/libur.yml": (dict[int, dict[str, Any]], ()),
    "aturan/simpan.yml": (dict[str, int], ()),
    "aturan/tahap_paspor.yml": (dict[str, dict[str, dict[str, Any]]], ("jalur", "cabang")),
    "aturan/wilayah.yml": (dict[str, Any], ("sumber", "provinsi")),
    "aturan/modul.yml": (dict[str, dict[str, Any]], ()),
    "aturan/tiket.yml": (dict[str, dict[str, int]], ("batas_hari_kerja",)),
    "aturan/galat_whatsapp.yml": (dict[str, _Entries], ("errors",)),
    "kalimat/saluran.yml": (dict[str, str], ()),
    "kalimat/templat.yml": (dict[str, dict[str, Any]], ()),
    "kalimat/meja.yml": (
        dict[str, dict[str, str] | list[dict[str, str]]],
        ("otomatis", "tombol_penilaian", "siap_pakai"),
    ),
}
"""File → its shape and the keys that must be there."""

READERS: dict[str, Callable[[Path], object]] = {
    "aturan/libur.yml": read_decrees,
    "aturan/modul.yml": read_module_rules,
    "aturan/tahap_paspor.yml": read_stage_order,
    "aturan/wilayah.yml": read_regions,
    "aturan/galat_whatsapp.yml": read_error_table,
    "kalimat/saluran.yml": read_words,
    "kalimat/templat.yml": read_templates,
    "kalimat/meja.yml": read_replies,
    "kamus/keadaan.yml": read_situations,
}
"""File → the strict reader of the program that uses it."""


def broken(root: Path) -> Iterator[YamlError]:
    """The first mistake of each file that its program could not read."""
    for name, (shape, needed) in SHAPES.items():
        path = root / name
        try:
            content = read_yaml(path)
        except YamlError as error:
            yield error
            continue
        yield from _misshapen(path, content, shape, needed) or _unread(path, READERS.get(name))


def _misshapen(path: Path, content: Any, shape: Any, needed: Collection[str]) -> list[YamlError]:
    if not isinstance(content, YamlMapping):
        return [YamlError(path, 1, "berkas harus berisi 'kunci: nilai', bukan daftar")]
    missing = [key for key in needed if key not in content]
    if missing:
        return [YamlError(path, 1, f"'{missing[0]}' belum ditulis")]
    model: type[BaseModel] = create_model("File", __root__=(shape, ...))
    try:
        model.parse_obj(dict(content))
    except ValidationError as error:
        where, words = explain(error)
        return [YamlError(path, line_of(content, where), words)]
    return []


def _unread(path: Path, read: Callable[[Path], object] | None) -> list[YamlError]:
    if read is None:
        return []
    try:
        read(path)
    except YamlError as error:
        if isinstance(error.__cause__, ValidationError):
            return [YamlError(path, error.line, explain(error.__cause__)[1])]
        return [error]
    return []


def mistakes(
    root: Path, intents: Collection[str], offices: Collection[Office]
) -> Iterator[YamlError]:
    """What does not fit the rest of the project, in files that are readable."""
    yield from _labels(root / "kalimat" / "label_intent.yml", intents)
    yield from _answers(root / "kamus" / "jawaban.yml", intents)
    yield from _phrases(root / "kalimat" / "frasa.yml")
    yield from _replies(root / "kalimat" / "meja.yml", offices)
    yield from _holidays(root / "aturan" / "libur.yml")


def _holidays(path: Path) -> Iterator[YamlError]:
    for year in missing_years(clock.today(), path):
        yield YamlError(path, 1, f"libur {year} belum ditulis; isi dari keputusan tiga menteri")


def _labels(path: Path, intents: Collection[str]) -> Iterator[YamlError]:
    content = read_yaml(path)
    for language, labels in content.items():
        for intent, label in labels.items():
            line = line_of(content, (language, intent))
            if intent not in intents:
                yield YamlError(path, line, f"intent '{intent}' tidak ada di domain.yml")
            if limits.length(label) > limits.BUTTON_TITLE:
                words = f"label '{label}' lebih dari {limits.BUTTON_TITLE} huruf"
                yield YamlError(path, line, words)


def _answers(path: Path, intents: Collection[str]) -> Iterator[YamlError]:
    content = read_yaml(path)
    seen: dict[str, str] = {}
    for intent, phrases in content.items():
        line = line_of(content, (intent,))
        if intent not in intents:
            yield YamlError(path, line, f"intent '{intent}' tidak ada di domain.yml")
        for phrase in map(str, phrases):
            other = seen.setdefault(phrase.casefold(), intent)
            if other != intent:
                yield YamlError(path, line, f"'{phrase}' juga ada di {other}; pilih satu")


def _phrases(path: Path) -> Iterator[YamlError]:
    content = read_yaml(path)
    for name, languages in content.items():
        line = line_of(content, (name,))
        if "id" not in languages:
            yield YamlError(path, line, f"'{name}' belum punya kalimat Indonesia (id)")
            continue
        known = _fields(languages["id"])
        if known is None or any(_fields(text) is None for text in languages.values()):
            yield YamlError(path, line, f"'{name}': kurung kurawal tidak berpasangan")
            continue
        for language, text in languages.items():
            extra = (_fields(text) or set()) - known
            if extra:
                words = f"'{name}' ({language}): {{{min(extra)}}} tidak ada di kalimat Indonesianya"
                yield YamlError(path, line, words)


def _fields(text: str) -> set[str] | None:
    """The names in curly brackets; None when the brackets do not match."""
    try:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}
    except ValueError:
        return None


def _replies(path: Path, offices: Collection[Office]) -> Iterator[YamlError]:
    content = read_yaml(path)
    for where, text in _reply_texts(content):
        line = line_of(content, where)
        for name in placeholders(text):
            if name.startswith("kantor."):
                yield from (
                    YamlError(path, line, f"{{{name}}} belum diisi di offices/{office.id}.yml")
                    for office in offices
                    if not _has(office, name.removeprefix("kantor."))
                )
            elif name not in FILLED[str(where[0])]:
                yield YamlError(path, line, f"{{{name}}} tidak dikenal di sini")


def _has(office: Office, name: str) -> bool:
    try:
        office.value(name)
    except KeyError:
        return False
    return True


def _reply_texts(content: Mapping[str, Any]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    for name, text in content["otomatis"].items():
        yield ("otomatis", name), text
    for place, reply in enumerate(content["siap_pakai"]):
        yield ("siap_pakai", place), reply["teks"]
