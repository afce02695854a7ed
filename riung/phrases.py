"""Short pieces of wording of kamus/: in lists and sentences, names of intents, greetings."""

from __future__ import annotations

import string
from functools import lru_cache
from pathlib import Path

from riung import limits
from riung.settings import ROOT
from riung.validation import Edited, read_as, unknown
from riung.yaml_files import YamlError, YamlMapping, line_of, read_yaml

FILE = ROOT / "kalimat" / "frasa.yml"
LABELS = ROOT / "kalimat" / "label_intent.yml"


PHRASES: dict[str, str] = {
    "tidak_ditemukan": "",
    "nomor_salah": "",
    "sisa": "kapasitas sisa",
    "penuh": "kapasitas",
    "tutup": "",
    "dibuka": "waktu",
    "belum_ada": "",
    "masih_ada": "",
    "sisa_singkat": "kapasitas sisa",
    "penuh_tunggu": "",
    "antrean_baris": "jam_datang kode nomor_antrean tanggal tempat",
    "antrean_baris_tutup": "kode tanggal tempat",
    "kira_menit": "menit",
    "segera": "",
    "sudah_dipanggil": "",
    "sedang_melayani": "nomor tempat",
    "kabari": "",
    "ingatkan": "",
    "jenis_baru": "",
    "jenis_penggantian_habis": "",
    "jenis_penggantian_penuh": "",
    "jenis_penggantian_hilang": "",
    "jenis_penggantian_rusak": "",
    "jenis_perubahan_data": "",
    "aduan_pelayanan": "",
    "aduan_antrean": "",
    "aduan_pungli": "",
    "aduan_sistem": "",
    "aduan_lainnya": "",
    "aduan_bernama": "",
    "aduan_tanpa_nama": "",
    "kuota_terdekat": "kapasitas sisa tanggal tempat",
    "kuota_tidak_ada": "",
    "tunggu_baris": "tanggal tempat urutan",
    "tunggu_ditawari": "batas tanggal tempat",
    "diteruskan": "",
    "diteruskan_di_luar_jam": "buka",
    "tiket_open": "",
    "tiket_in_progress": "",
    "tiket_answered": "",
    "tiket_closed": "",
    "dijawab_di_sini": "",
    "dibaca_mulai": "buka",
    "jawaban_petugas": "jawaban",
    "dijawab_sampai": "batas",
    "hari_ini": "",
    "tutup_libur": "alasan hari lagi",
    "tutup_hari": "hari lagi",
    "tutup_sekarang": "bagian hari lagi tutup",
    "istirahat": "bagian hari lagi",
    "buka_sekarang": "bagian hari tutup",
    "buka_hari": "bagian buka hari tutup",
    "buka_lagi": "waktu",
    "loket": "",
    "meja_informasi": "",
    "alasan_tutup": "alasan",
    "mulai_lagi": "",
    "tetap_disimpan": "",
    "tetap_antrean": "jumlah",
    "tetap_tiket": "jumlah",
    "nilai_5": "",
    "nilai_4": "",
    "nilai_3": "",
    "nilai_2": "",
    "nilai_1": "",
}
"""Name → its placeholders. Whoever says a new phrase adds it here."""


class Labels(Edited):
    """The short names of intents by language; each fits a button."""

    id: dict[str, str]
    en: dict[str, str]


def phrase(name: str, language: str = "id", **values: object) -> str:
    """The phrase in that language, Indonesian where there is no other, with its values filled.

    Raises:
        KeyError: there is no phrase of that name.
    """
    entry = _phrases()[name]
    return entry.get(language, entry["id"]).format(**values)


@lru_cache(maxsize=2)
def intent_labels(language: str = "id") -> dict[str, str]:
    """Intent → the short name a citizen reads (kalimat/label_intent.yml)."""
    labels = read_labels()
    return labels.en if language == "en" else labels.id


def greeting_back(text: str) -> str:
    """The answer to a regional or religious greeting (`balas_salam.yml`), empty for others."""
    words = text.casefold()
    replies = _greetings().items()
    return next((back for back, said in replies if any(part in words for part in said)), "")


@lru_cache(maxsize=1)
def _greetings() -> dict[str, list[str]]:
    content = read_yaml(ROOT / "kalimat" / "balas_salam.yml")
    return {str(back): [str(part) for part in said] for back, said in content.items()}


@lru_cache(maxsize=1)
def _phrases() -> dict[str, dict[str, str]]:
    return read_phrases()


def read_phrases(path: Path = FILE) -> dict[str, dict[str, str]]:
    """Phrase → its text by language, with the placeholders that the programs fill and no other.

    Raises:
        YamlError: with file, line and what to write instead.
    """
    content = read_yaml(path)
    if not isinstance(content, YamlMapping):
        raise YamlError(path, 1, "berkas harus berisi 'nama: {id: …, en: …}'")
    for name in PHRASES:
        if name not in content:
            near = unknown(name, content.keys() - PHRASES.keys())
            raise YamlError(path, 1, f"frasa '{name}' dipakai program; tulis lagi ({near})")
    for name, entry in content.items():
        problem = _phrase_problem(str(name), entry)
        if problem:
            raise YamlError(path, line_of(content, (name,)), f"'{name}' {problem}")
    return {str(name): dict(entry) for name, entry in content.items()}


def _phrase_problem(name: str, entry: object) -> str:
    """What is wrong with a phrase; empty when nothing is."""
    if not isinstance(entry, dict) or not entry.get("id"):
        return "belum punya kalimat Indonesia (id)"
    known = set(PHRASES[name].split()) if name in PHRASES else _fields(entry["id"])
    for language, text in entry.items():
        if language not in ("id", "en") or not isinstance(text, str):
            return f"({language}) harus 'id' atau 'en' dengan sebuah kalimat"
        fields = _fields(text)
        if fields is None or known is None:
            return "kurung kurawal tidak berpasangan"
        if fields - known:
            there = ", ".join(f"{{{field}}}" for field in sorted(known)) or "tanpa kurung"
            field = min(fields - known)
            return f"({language}): {{{field}}} tidak ada di kalimat ini; yang ada: {there}"
    return ""


def _fields(text: object) -> set[str] | None:
    """The names in curly brackets; None when the brackets do not match."""
    try:
        return {name for _, name, _, _ in string.Formatter().parse(str(text)) if name is not None}
    except ValueError:
        return None


def read_labels(path: Path = LABELS) -> Labels:
    """The short names of intents.

    Raises:
        YamlError: not of that shape, or a name that does not fit a button.
    """
    labels = read_as(path, Labels)
    for language, names in labels.dict().items():
        for intent, label in names.items():
            if not 0 < limits.length(label) <= limits.BUTTON_TITLE:
                words = f"label '{label}' harus 1 sampai {limits.BUTTON_TITLE} huruf"
                raise YamlError(path, line_of(read_yaml(path), (language, intent)), words)
    return labels
