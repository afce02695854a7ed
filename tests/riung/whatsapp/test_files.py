"""The channel's YAML: words, error table and templates are checked with file and line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from riung.whatsapp.errors import read_error_table
from riung.whatsapp.templates import read_templates
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
        ("errors:\n  - {codes: [1], scope: bulan}\n", 2, "tidak bisa dipakai"),
        (f"errors:\n{RULE}{RULE}", 3, "kode 1 ada dua kali"),
        (f"errors:\n{RULE}", 1, "wajib ada"),
        ("errors: [3]\n", 1, "tidak bisa dipakai"),
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
    assert len(words.lihat_pilihan) <= 20
    assert words.gangguan


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("gangguan:", "ganguan:"), "'ganguan' tidak dikenal"),
        (("lihat_pilihan: Lihat pilihan", "lihat_pilihan: ''"), "wajib diisi"),
        (("Lihat pilihan\n", "Lihat semua pilihan yang ada\n"), "lebih dari 20 huruf"),
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
        "status_berubah",
        "kuota_dibuka",
        "jawaban_petugas",
        "hari_ditutup",
        "tempat_ditawarkan",
        "tawaran_habis",
    }
    reminder = templates["pengingat_antrean"]
    assert reminder.variables == ("tempat", "tanggal", "jam", "nomor")
    assert "{{1}}" in reminder.registered_body
    assert "{tempat}" not in reminder.registered_body


def test_a_template_has_the_shape_of_the_sample(tmp_path: Path) -> None:
    path = tmp_path / "templates.yml"
    path.write_text(
        "tiket:\n  nama: tiket_selesai\n  kategori: UTILITY\n"
        "  isi: Halo {nama}, tiket {tiket} selesai.\n  contoh: {nama: Sari, tiket: A}\n"
        "  tombol:\n    - {judul: Buka, payload: /buka_tiket}\n",
        "utf-8",
    )
    body = read_templates(path)["tiket"].body({"nama": "Sari", "tiket": "HD-2026-0042"})
    sample = json.loads((SAMPLES / "out_template.json").read_bytes())
    assert body == {"type": "template", "template": sample["template"]}


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ("nama: Besar\n  kategori: UTILITY\n  isi: a\n  contoh: {}", "huruf kecil"),
        ("nama: a\n  kategori: PROMO\n  isi: a\n  contoh: {}", "kategori"),
        ("nama: a\n  kategori: UTILITY\n  isi: Halo {b} ya\n  contoh: {}", "beda: b"),
        ("nama: a\n  kategori: UTILITY\n  isi: 'Halo {b}'\n  contoh: {b: c}", "berakhir"),
        ("nama: a\n  kategori: UTILITY\n  contoh: {}", "wajib diisi"),
        (
            "nama: a\n  kategori: UTILITY\n  isi: a\n  contoh: {}\n"
            "  tombol: [{judul: Tombol yang terlalu panjang, payload: /a}]",
            "lebih dari 20",
        ),
        (
            "nama: a\n  kategori: UTILITY\n  isi: a\n  contoh: {}\n"
            "  tombol: [{judul: Buka, payload: buka}]",
            "/nama_intent",
        ),
    ],
)
def test_a_wrong_template_is_told_with_its_line(tmp_path: Path, entry: str, said: str) -> None:
    path = tmp_path / "templates.yml"
    path.write_text(f"# templat\n\ncontoh:\n  {entry}\n", "utf-8")
    with pytest.raises(YamlError, match=said) as raised:
        read_templates(path)
    assert 3 <= raised.value.line <= len(path.read_text("utf-8").splitlines())
