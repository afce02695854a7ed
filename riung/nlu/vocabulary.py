"""How citizens write: the files of `kamus/`, each with its typed model.

Attributes are named as the keys that trainers edit. `riung.nlu.situations` reads `keadaan.yml`, and
`riung.office.menu` reads `pilihan.yml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any, Literal

from pydantic import BaseModel, Field, validator

from riung.nlu.form_answers import FormAnswers as FormAnswers
from riung.nlu.word_lists import Vocabulary, Words
from riung.validation import (
    Edited,
    EditError,
    File,
    edited_file,
    read_as,
    refuse_twice,
    unknown,
)


class Languages(Vocabulary):
    """`bahasa.yml`: words that tell a message's language, and requests to change it."""

    id: Words
    id_lemah: Words
    en: Words
    en_sendiri: Words
    salam_asing: Words
    dua_bahasa: Words
    minta_id: Words
    minta_en: Words


class Protected(BaseModel):
    """`dilindungi.yml`: words that nothing may rewrite, in groups of any name."""

    __root__: dict[str, Words]


class RightBeside(Edited):
    """A kind's words that count only right after or before one of these words."""

    sesudah: Words
    sebelum: Words


class Followed(Edited):
    """Words that name a kind when one of the others follows."""

    kata: Words
    oleh: Words


class Kinds(Vocabulary):
    """`entitas.yml`: kinds of applications and documents, and what looks like one and is none."""

    jenis_permohonan: dict[str, Words]
    entitas_dokumen: str = Field("jenis_dokumen", regex=r"^[a-z][a-z_]*$")
    jenis_dokumen: dict[str, Words]
    layanan: dict[str, str] = {}
    dokumen: Words
    sesudah_e: Words = ()
    kata_kantor: Words = ("kantor",)
    butuh_dokumen: Words
    kata_dokumen: Words
    bukan_dokumen: Words
    tepat: dict[str, RightBeside] = {}
    bila_diikuti: dict[str, Followed] = {}
    bukan_jenis: Words
    sangkal: Words
    antara: Words
    umpatan: Words

    @validator("layanan", "tepat", "bila_diikuti")
    def _are_of_known_kinds(
        cls, of_kinds: dict[str, Any], values: dict[str, dict[str, Words]]
    ) -> dict[str, Any]:
        known = values.get("jenis_permohonan", {})
        for name in of_kinds:
            if name not in known:
                raise EditError(f"jenis permohonan '{name}' {unknown(name, known)}", name)
        return of_kinds


class Shortcuts(BaseModel):
    """`jawaban.yml`: intent → whole messages that mean it for certain."""

    __root__: dict[str, Words]

    @validator("__root__")
    def _mean_one_thing(cls, shortcuts: dict[str, Words]) -> dict[str, Words]:
        refuse_twice(shortcuts)
        return shortcuts


class ServiceShortcuts(Shortcuts):
    """`jawaban_layanan.yml`: the same, of the services that only this assistant's office has."""


class Spelling(BaseModel):
    """`kosakata.yml`: words that are spelt right, in blocks of any name."""

    __root__: dict[str, str]


class RightWords(BaseModel):
    """`kata_dasar.yml`: further right words and roots, in blocks of any name."""

    __root__: dict[str, str]


class Places(Vocabulary):
    """`kota.yml`: names of places, and the words beside which a doubtful one is a place."""

    kota: Words
    ragu: Words
    bukan_kota: Words = ()
    penanda: Words
    jalan: Words


class OtherAuthorities(Vocabulary):
    """`luar_topik.yml`: matters of other authorities, and the words that make one ours."""

    urusan_lain: Words
    urusan_kita: Words
    kata_mengurus: Words
    dokumen_lain: Words


class Tones(Vocabulary):
    """`nada.yml`: words of grievance and of praise, in one block each."""

    keluhan: str
    pujian: str


class Address(Vocabulary):
    """`sapaan.yml`: forms of address, particles, and words of greeting."""

    sapaan: Words
    basa_basi: Words
    salam: Words
    pembuka: Words


class Shorthand(BaseModel):
    """`singkatan.yml`: chat spelling → standard word or words, in groups of any name."""

    __root__: dict[str, dict[str, str]]


class Units(Edited):
    """What is counted in "3 hari lagi"."""

    hari: Words
    minggu: Words
    bulan: Words


class Ranges(Edited):
    """Weeks and months counted from today, and the days on which a week ends."""

    minggu_ini: Words
    minggu_depan: Words
    akhir_pekan: Words = ()
    bulan_ini: Words
    bulan_depan: Words


class PartsOfMonth(Edited):
    """The beginning, middle and end of a month."""

    awal: Words
    tengah: Words
    akhir: Words


class Dates(Vocabulary):
    """`tanggal.yml`: names of days, months, numbers and feasts. Monday is 0."""

    bulan: dict[int, Words]
    hari: dict[int, Words]
    relatif: dict[int, Words]
    rentang: Ranges
    depan: Words
    depan_lagi: Words
    penanda: Words
    berulang: Words
    bukan_tanggal: Words
    kini: Words
    awalan_depan: Words
    kata_minggu: Words
    bilangan: dict[int, Words]
    bagian_bilangan: Words
    satuan: Units
    lagi: Words
    bukan_tahun: Words
    bagian: PartsOfMonth
    tahun: Words
    hari_besar: dict[str, Words]

    @validator("bulan")
    def _has_every_month(cls, months: dict[int, Words]) -> dict[int, Words]:
        return _numbered(months, range(1, 13))

    @validator("hari")
    def _has_every_day(cls, days: dict[int, Words]) -> dict[int, Words]:
        return _numbered(days, range(7))


def _numbered(groups: dict[int, Words], numbers: range) -> dict[int, Words]:
    for number in groups:
        if number not in numbers:
            raise EditError(f"hanya dari {numbers[0]} sampai {numbers[-1]}, bukan {number}", number)
    for number in numbers:
        if number not in groups:
            raise ValueError(f"{number} belum ditulis")
        if not groups[number]:
            raise EditError("butuh paling sedikit satu kata", number)
    refuse_twice(groups)
    return groups


class Asking(Vocabulary):
    """`tanya.yml`: words by which two or three questions in one message show."""

    kata_tanya: Words
    pokok_tanya: Words
    penutup: Words
    ada_tidak: Words
    berapa: Words
    tanpa_pokok: Words
    pembuka: Words
    mau_bertanya: Words
    penghubung: Words
    menanyakan_waktu: Words
    menandai_tanya: Words
    menyebut_nomor: Words
    kata_tugas: Words
    termasuk: dict[str, Words]


class Reminders(Vocabulary):
    """`ingatkan.yml`: words by which a wish to be told of something later shows."""

    minta: Words
    bayar: Words
    habis: Words
    jadi: Words
    urung: Words
    sesudah: dict[str, Literal["bayar", "habis", "jadi", "kuota"]]
    habis_saja: Words
    bukan: Words
    kuota: Words
    bukan_kuota: Words


class Party(Vocabulary):
    """`rombongan.yml`: for whom a price is asked, and words that hold a number of people."""

    tambah: Words
    dewasa: Words
    anak: Words
    orang: Words
    hilang: Words
    rusak: Words
    bersama: dict[int, Words]
    pasangan: Words
    terpisah: Words
    dengan_anak: Words
    sepuluh_tahun: Words

    @validator("bersama")
    def _are_several(cls, groups: dict[int, Words]) -> dict[int, Words]:
        for number in groups:
            if not 2 <= number <= 20:
                raise EditError(f"jumlah orang dari 2 sampai 20, bukan {number}", number)
        return groups


FILES: dict[str, type[BaseModel]] = {
    "bahasa.yml": Languages,
    "dilindungi.yml": Protected,
    "entitas.yml": Kinds,
    "ingatkan.yml": Reminders,
    "isian.yml": FormAnswers,
    "jawaban.yml": Shortcuts,
    "jawaban_layanan.yml": ServiceShortcuts,
    "kata_dasar.yml": RightWords,
    "kosakata.yml": Spelling,
    "kota.yml": Places,
    "luar_topik.yml": OtherAuthorities,
    "nada.yml": Tones,
    "rombongan.yml": Party,
    "sapaan.yml": Address,
    "singkatan.yml": Shorthand,
    "tanggal.yml": Dates,
    "tanya.yml": Asking,
}
"""File of `kamus/` → its model."""


def vocabulary(shape: type[File]) -> File:
    """The file of that model, read once; what is wrong in it is raised with file and line."""
    return _read(shape)  # type: ignore[return-value]


def shortcuts() -> dict[str, Words]:
    """Intent → whole messages that mean it for certain: those of all assistants and one's own."""
    common, own = vocabulary(Shortcuts).__root__, vocabulary(ServiceShortcuts).__root__
    return {intent: common.get(intent, ()) + own.get(intent, ()) for intent in {**common, **own}}


def alternatives(words: Iterable[str]) -> str:
    """A pattern for any of `words`, the longest first, with any blanks between their parts."""
    longest_first = sorted(map(re.escape, words), key=len, reverse=True)
    return "|".join(word.replace(r"\ ", r"\s+") for word in longest_first) or r"(?!)"  # nowhere


@lru_cache(maxsize=len(FILES))
def _read(shape: type[BaseModel]) -> BaseModel:
    name = next(name for name, model in FILES.items() if model is shape)
    return read_as(edited_file(f"kamus/{name}"), shape)
