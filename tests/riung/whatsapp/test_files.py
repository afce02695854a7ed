"""The channel's YAML: words, error table and templates are checked with file and line."""

from __future__ import annotations

import json
from datetime import date
from functools import partial
from pathlib import Path

import pytest

from riung.formatting import say_date
from riung.localized import Localized, Value, in_both
from riung.validation import read_as
from riung.whatsapp.errors import read_error_table
from riung.whatsapp.templates import TemplateFile, read_templates
from riung.whatsapp.words import PATH as WORDS_PATH
from riung.whatsapp.words import read_words
from riung.yaml_files import YamlError
from tests.graph_standin import SAMPLES

SPEC_CODES = [
    *(1, 2, 131000, 131016, 133004, 4, 80007, 130429, 131057, 131056, 131048, 131064, 131053),
    *(131047, 131026, 130403, 131050, 131049, 130472, 131021, 190, 0, 3, 10, 200, 250, 299),
    *(131005, 368, 130497, 131031, 131042, 131045, 133010, 100, 131008, 131009, 131051, 131062),
    *(132000, 132012, 132016, 135000, 131037, 133006, 132015),
]


@pytest.mark.parametrize("code", SPEC_CODES)
def test_each_known_code_has_its_own_rule_and_a_sentence(code: int) -> None:
    table = read_error_table()
    assert table[str(code)] is not table["other"]
    assert table[str(code)].officer.endswith(".")


def test_an_unknown_code_has_a_rule_too() -> None:
    assert read_error_table()["987654"].then == "failed"


RULE = "  - {codes: [1], scope: message, then: failed, officer: Galat.}\n"


@pytest.mark.parametrize(
    ("broken", "line", "said"),
    [
        ("errors:\n  - {codes: [1], scope: bulan}\n", 2, "pilih salah satu: message"),
        (f"errors:\n{RULE}{RULE}", 3, "kode 1 ada dua kali"),
        (f"errors:\n{RULE}", 1, "wajib ada"),
        ("errors: [3]\n", 1, "harus berisi"),
        ("errors: [\n", 2, "YAML rusak"),
    ],
)
def test_a_broken_error_table_is_told(tmp_path: Path, broken: str, line: int, said: str) -> None:
    path = tmp_path / "errors.yml"
    path.write_text(broken, "utf-8")
    with pytest.raises(YamlError, match=said) as raised:
        read_error_table(path)
    assert raised.value.line == line


def test_a_number_is_paused_for_ever_longer_and_a_message_given_up() -> None:
    table = read_error_table()
    assert [table["130429"].pause(n) for n in (1, 2, 7, 8, 50)] == [1, 2, 60, 60, 60]
    assert [table["131056"].pause(n) for n in (1, 2, 3, 4, 5)] == [1, 4, 16, 64, None]
    assert table["131026"].pause(1) is None


def test_the_words_are_there_and_fit() -> None:
    words = read_words()
    assert words.lihat_pilihan.in_language("en") == "See the choices"
    assert words.gangguan.id


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("gangguan:", "ganguan:"), "'ganguan' tidak dikenal"),
        (("id: Lihat pilihan", "id: ''"), "tidak boleh kosong"),
        (("Lihat pilihan,", "Lihat semua pilihan yang ada,"), "lebih dari 20 huruf"),
    ],
)
def test_wrong_words_are_told_with_their_line(
    tmp_path: Path, change: tuple[str, str], said: str
) -> None:
    path = tmp_path / "kata.yml"
    path.write_text(WORDS_PATH.read_text("utf-8").replace(*change), "utf-8")
    with pytest.raises(YamlError, match=said) as raised:
        read_words(path)
    assert raised.value.line > 1


def test_the_offices_templates_are_there_with_examples() -> None:
    templates = read_templates()
    assert set(templates) == {
        "pengingat_antrean",
        "pengingat_hari_ini",
        "status_berubah",
        "kuota_dibuka",
        "batas_bayar",
        "paspor_habis",
        "jawaban_petugas",
        "hari_ditutup",
        "hari_dibuka_lagi",
        "tempat_ditawarkan",
        "tawaran_habis",
        "langkah_berubah",
        "langkah_dikembalikan",
    }
    reminder = templates["pengingat_antrean"]
    assert reminder.variables == {"siapa", "tempat", "tanggal", "jam", "nomor"}
    assert "{{1}}" in reminder.registered_body("id")
    assert "{tempat}" not in reminder.registered_body("id")


def test_a_template_has_the_shape_of_the_sample(tmp_path: Path) -> None:
    path = tmp_path / "templates.yml"
    path.write_text(
        "tiket:\n  nama: tiket_selesai\n  kategori: UTILITY\n"
        "  isi: {id: 'Halo {nama}, tiket {tiket} selesai.', en: 'Ticket {tiket} of {nama}.'}\n"
        "  contoh: {id: {nama: Sari, tiket: A}, en: {nama: Sari, tiket: A}}\n"
        "  tombol:\n    - {judul: {id: Buka, en: Open}, payload: /buka_tiket}\n",
        "utf-8",
    )
    template = read_as(path, TemplateFile).__root__["tiket"]
    values: dict[str, Value] = {"nama": "Sari", "tiket": "HD-2026-0042"}
    sample = json.loads((SAMPLES / "out_template.json").read_bytes())

    assert template.body(values, "id") == {"type": "template", "template": sample["template"]}
    english = template.body(values, "en")["template"]
    assert english["language"] == {"code": "en"}
    assert [one["text"] for one in english["components"][0]["parameters"]] == [
        "HD-2026-0042",
        "Sari",
    ]


def test_a_value_is_told_in_the_templates_language() -> None:
    template = read_templates()["tawaran_habis"]
    day = Localized.parse_obj(in_both(partial(say_date, date(2026, 11, 24))))

    said = template.bubble({"siapa": "you", "tempat": "MPP Batang", "tanggal": day}, "en")

    assert "MPP Batang on Tuesday 24 November 2026" in said.text
    assert [choice.title for choice in said.choices] == ["Book a place", "Places left"]


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ("nama: Besar\n  kategori: UTILITY\n  isi: {id: a, en: a}\n  CONTOH", "huruf kecil"),
        ("nama: a\n  kategori: PROMO\n  isi: {id: a, en: a}\n  CONTOH", "kategori"),
        (
            "nama: a\n  kategori: UTILITY\n  isi: {id: 'Hai {b} ya', en: a}\n  CONTOH",
            "kedua bahasa",
        ),
        (
            "nama: a\n  kategori: UTILITY\n  isi: {id: 'Hai {b} ya', en: 'Hi {b}!'}\n  CONTOH",
            "beda: b",
        ),
        ("nama: a\n  kategori: UTILITY\n  isi: {id: 'Hai {b}', en: a}\n  CONTOH", "berakhir"),
        ("nama: a\n  kategori: UTILITY\n  isi: {id: a}\n  CONTOH", "'contoh.isi.en' wajib diisi"),
        ("nama: a\n  kategori: UTILITY\n  CONTOH", "wajib diisi"),
        (
            "nama: a\n  kategori: UTILITY\n  isi: {id: a, en: a}\n  CONTOH\n"
            "  tombol: [{judul: {id: Tombol yang terlalu panjang, en: a}, payload: /a}]",
            "lebih dari 20",
        ),
        (
            "nama: a\n  kategori: UTILITY\n  isi: {id: a, en: a}\n  CONTOH\n"
            "  tombol: [{judul: {id: Buka, en: Open}, payload: buka}]",
            "/nama_intent",
        ),
    ],
)
def test_a_wrong_template_is_told_with_its_line(tmp_path: Path, entry: str, said: str) -> None:
    path = tmp_path / "templates.yml"
    entry = entry.replace("CONTOH", "contoh: {id: {}, en: {}}")
    path.write_text(f"# templat\n\ncontoh:\n  {entry}\n", "utf-8")
    with pytest.raises(YamlError, match=said) as raised:
        read_as(path, TemplateFile)
    assert 3 <= raised.value.line <= len(path.read_text("utf-8").splitlines())
