"""Short pieces of wording: in lists and sentences, names of intents, greetings (`kalimat/`)."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from pydantic import BaseModel, validator

from riung.localized import ButtonTitle, Localized
from riung.validation import (
    EditError,
    edited_file,
    name_keys,
    read_as,
    refuse_twice,
    unknown,
)

FILE = edited_file("kalimat/frasa.yml")
LABELS = edited_file("kalimat/label_intent.yml")
GREETINGS = edited_file("kalimat/balas_salam.yml")


PHRASES: dict[str, str] = {
    "biaya_baris": "jumlah untuk harga hasil",
    "biaya_dewasa": "",
    "biaya_anak": "",
    "biaya_orang": "",
    "biaya_percepatan": "",
    "biaya_denda_hilang": "",
    "biaya_denda_rusak": "",
    "biaya_10_tahun": "harga total",
    "libur_dilewati": "daftar",
    "libur_tidak_ada": "",
    "tidak_ditemukan": "",
    "sesudah_tahap": "tahap",
    "nomor_salah": "",
    "sisa": "kapasitas sisa",
    "penuh": "kapasitas",
    "tutup": "",
    "dibuka": "waktu",
    "belum_ada": "",
    "masih_ada": "",
    "sisa_singkat": "kapasitas sisa",
    "penuh_tunggu": "",
    "antrean_baris": "jam_datang kode nama nomor_antrean tanggal tempat",
    "antrean_baris_tutup": "kode tanggal tempat",
    "antrean_pilihan": "nomor_antrean tanggal tempat",
    "antrean_pilihan_tutup": "tanggal tempat",
    "bawa_berkas": "bawaan",
    "ya_daftarkan": "",
    "ya_coba_lagi": "",
    "satu_per_nomor": "",
    "hari_yang_bisa": "hari",
    "lainnya_satu": "",
    "lainnya_beberapa": "jumlah",
    "orang_per_nomor": "jumlah",
    "kira_menit": "menit",
    "segera": "",
    "sudah_dipanggil": "",
    "sedang_melayani": "nomor tempat",
    "kabari": "",
    "ingatkan": "",
    "aduan_pelayanan": "",
    "aduan_antrean": "",
    "aduan_pungli": "",
    "aduan_sistem": "",
    "aduan_lainnya": "",
    "aduan_bernama": "",
    "aduan_tanpa_nama": "",
    "kuota_terdekat": "kapasitas sisa tanggal tempat",
    "kuota_tidak_ada": "",
    "tunggu_baris": "nama tanggal tempat urutan",
    "tunggu_ditawari": "batas nama tanggal tempat",
    "tunggu_pilihan": "tanggal tempat",
    "anda": "",
    "hari_itu": "",
    "diteruskan": "",
    "pokok_umum": "",
    "diteruskan_di_luar_jam": "buka",
    "tiket_open": "",
    "tiket_in_progress": "",
    "tiket_answered": "",
    "tiket_closed": "",
    "dijawab_di_sini": "",
    "dokumen_tanya_wajib": "dokumen",
    "dokumen_tanya_pengganti": "dokumen pengganti",
    "dokumen_tanya_tanpa_pengganti": "dokumen",
    "dokumen_tanya_pilihan": "dokumen pengganti",
    "dokumen_tanya_tidak": "dokumen",
    "dijawab_kapan": "jam",
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
    "hari_layanan": "hari",
    "buka_lagi": "waktu",
    "loket": "",
    "meja_informasi": "",
    "alasan_tutup": "alasan",
    "mulai_lagi": "",
    "dokumen_ada": "dokumen",
    "dokumen_belum": "dokumen",
    "dokumen_perlu": "dokumen",
    "dokumen_tidak_perlu": "dokumen",
    "dokumen_belum_atau": "dokumen pengganti",
    "dokumen_perlu_atau": "dokumen pengganti",
    "data_antrean": "kode",
    "data_tunggu": "kode",
    "data_layanan": "kode",
    "data_aduan": "kode",
    "data_lain_kosong": "",
    "tetap_disimpan": "",
    "tetap_antrean": "jumlah",
    "tetap_tiket": "jumlah",
    "tetap_layanan": "jumlah",
    "nilai_5": "",
    "nilai_4": "",
    "nilai_3": "",
    "nilai_2": "",
    "nilai_1": "",
    "kunjungan_diri": "",
    "kunjungan_keluarga": "",
    "kunjungan_orang_lain": "",
    "kunjungan_sakit": "",
    "kunjungan_disabilitas": "",
    "kunjungan_lansia": "",
    "kunjungan_tidak_datang": "",
    "kunjungan_bisa_datang": "",
    "kunjungan_lengkap": "",
    "kunjungan_belum_surat": "",
    "kunjungan_nomor_ini": "",
    "kunjungan_titik": "",
    "kunjungan_kirim": "",
    "kunjungan_jangan": "",
    "layanan_baris": "arti kode layanan sejak tahap",
    "sambang_lansia": "",
    "sambang_disabilitas": "",
    "sambang_ibu_hamil": "",
    "sambang_balita": "",
    "sambang_di_sini": "",
    "sambang_hari_ini": "",
    "sambang_nomor_belum": "",
    "layanan_batalkan": "",
    "layanan_ya_batalkan": "",
}
"""Name → its placeholders. Whoever says a new phrase adds it here."""


SERVICE = "jenis_"
"""Begins the names of what places may be visited for (`tempat.layanan` of an office)."""

_ON_BUTTONS = (SERVICE, "ya_", "nilai_", "aduan_", "kunjungan_", "sambang_", "layanan_ya_")
_NOT_ON_BUTTONS = ("kunjungan_titik",)
_BUTTONS = ("kabari", "ingatkan", "mulai_lagi", "layanan_batalkan")


def _is_choice(name: str) -> bool:
    """Whether citizens tap it, as a button or as a row of a list."""
    begins = name.startswith(_ON_BUTTONS) and name not in _NOT_ON_BUTTONS
    return begins or name in _BUTTONS


class Phrases(BaseModel):
    """`frasa.yml`: every phrase that the programs say, and no other."""

    __root__: dict[str, Localized]

    @validator("__root__")
    def _are_those_that_are_said(cls, phrases: dict[str, Localized]) -> dict[str, Localized]:
        for name, words in phrases.items():
            if name not in PHRASES and not name.startswith(SERVICE):
                raise EditError(f"frasa '{name}' {unknown(name, PHRASES.keys() - phrases)}", name)
            values = PHRASES.get(name, "").split()
            words.require(values, name)
            words.require_all(values, name)
            if _is_choice(name):
                words.fit_a_row(name)
        for name in PHRASES:
            if name not in phrases:
                raise ValueError(f"frasa '{name}' dipakai program; tulis lagi")
        return phrases

    class Config:
        """An editor completes the names."""

        @staticmethod
        def schema_extra(schema: dict[str, Any]) -> None:
            """Name the phrases."""
            each = schema["additionalProperties"]
            name_keys(schema, PHRASES)
            schema["patternProperties"] = {f"^{SERVICE}": each}


class Labels(BaseModel):
    """`label_intent.yml`: the short names of intents; each fits a button."""

    __root__: dict[str, ButtonTitle]

    @validator("__root__")
    def _stand_once(cls, labels: dict[str, ButtonTitle]) -> dict[str, ButtonTitle]:
        refuse_twice({intent: {title.id} for intent, title in labels.items()})
        return labels


class Greetings(BaseModel):
    """`balas_salam.yml`: our answer → parts of the greetings that it answers."""

    __root__: dict[str, tuple[str, ...]]


def phrase(name: str, language: str, **values: object) -> str:
    """The phrase in that language, with its values.

    Raises:
        KeyError: there is no phrase of that name, or a value is missing.
    """
    return _phrases()[name].say(language, **values)


def intent_labels(language: str) -> dict[str, str]:
    """Intent → the short name a citizen reads."""
    return {intent: label.in_language(language) for intent, label in _labels().items()}


def greeting_back(text: str) -> str:
    """The answer to a regional or religious greeting, empty for others."""
    words = text.casefold()
    replies = _greetings().items()
    return next((back for back, said in replies if any(part in words for part in said)), "")


@lru_cache(maxsize=1)
def _greetings() -> dict[str, tuple[str, ...]]:
    return read_as(GREETINGS, Greetings).__root__


@lru_cache(maxsize=1)
def _labels() -> dict[str, ButtonTitle]:
    return read_as(LABELS, Labels).__root__


@lru_cache(maxsize=1)
def _phrases() -> dict[str, Localized]:
    return read_as(FILE, Phrases).__root__
