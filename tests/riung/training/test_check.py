"""`make check`: every mistake a trainer can make is one Indonesian line with its place."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from riung.settings import ROOT
from riung.training import word_files
from riung.training.check import problems

FILES = {
    "config.yml": "language: id\n",
    "domain.yml": """\
version: "3.1"
intents: [menu, biaya_paspor, rincian]
actions: [action_menu]
""",
    "kalimat/label_intent.yml": "id: {biaya_paspor: Biaya}\nen: {}\n",
    "kamus/keadaan.yml": "kecuali: []\nkeadaan: {}\n",
    "kamus/jawaban.yml": "menu: [menu]\n",
    "aturan/lanjutan.yml": """\
menit: 30
awalan: {id: "Untuk {pokok}:", en: "For {pokok}:"}
penanda: {pembuka: [], ralat: [], bukan: [], lagi: [], paspor: [], boleh: []}
bagian: {}
pokok: {}
""",
    "kalimat/meja.yml": """\
otomatis:
  diambil: Halo dari {kantor.nama}
  dipindahkan: x
  belum_ada_petugas: x
  kembali_antre: x
  ditutup: x
  ringkasan: x
tombol_penilaian: []
siap_pakai:
- {id: salam, judul: Salam, teks: "Saya {petugas}"}
""",
    "offices/uji.yml": """\
id: uji
nama: Kantor Uji
nama_singkat: Imigrasi Uji
sebutan: [uji]
zona_waktu: Asia/Jakarta
alamat: {lengkap: Jl. Contoh No. 1}
kontak: {telepon: null, teks: "Hubungi {kantor.kontak.telepon}"}
jam: {petugas: {teks: "Senin"}}
teks: {panjang: "%s"}
fakta: {harga: Rp650.000}
modul: {antrean_whatsapp: false, pengaduan: true, kunjungan_rumah: false, kirim_pos: false,
  percepatan: false}
sumber: {fakta.harga: {fakta: [harga_paspor]}, alamat: {fakta: [alamat_uji]}}
menu:
  judul: Menu
  kembali: Kembali
  pilihan:
  - id: info
    label: Informasi
    judul: Informasi
    pilihan:
    - {id: biaya, label: Biaya, tanya: biaya_paspor}
  - {id: rinci, label: Rincian, tanya: rincian, isi: {topik: biaya}}
"""
    % ("kata " * 300),
    "fakta/uji.yml": """\
harga_paspor: {teks: Rp650.000, sumber: [PP], diperiksa: 2026-11-28, keyakinan: verified}
alamat_uji: {teks: Jl. Contoh No. 1, sumber: [laman], diperiksa: 2026-11-28, keyakinan: seed}
""",
    "data/umum/responses.yml": """\
version: "3.1"
responses:
  utter_biaya_paspor:
  - text: Biayanya {kantor.fakta.harga}.
    buttons:
    - {title: Rincian, payload: '/rincian{"topik": "biaya"}'}
  utter_rincian_biaya:
  - text: Rinciannya.
""",
    "data/umum/rules.yml": """\
version: "3.1"
rules:
- rule: Menu
  steps:
  - intent: menu
  - action: action_menu
- rule: Biaya
  steps:
  - intent: biaya_paspor
  - action: utter_biaya_paspor
- rule: Rincian
  steps:
  - intent: rincian
  - action: utter_rincian_biaya
stories:
- story: Dua langkah
  steps:
  - intent: menu
  - action: action_menu
""",
    "data/umum/nlu.yml": """\
version: "3.1"
nlu:
- intent: biaya_paspor
  examples: |
    # yang ditanya: harga
    - berapa biayanya
    - harga [e-paspor](jenis_paspor)

    - tarif satu
    - tarif dua
    - tarif tiga
    - tarif empat
    - tarif lima
    - tarif enam
    - tarif tujuh
    - tarif delapan
""",
}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A small project without a mistake."""
    for name, content in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, "utf-8")
    for name in word_files.SHAPES.keys() - FILES.keys():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    return tmp_path


def edit(project: Path, name: str, old: str, new: str) -> None:
    content = (project / name).read_text("utf-8")
    assert old in content
    (project / name).write_text(content.replace(old, new, 1), "utf-8")


def only(found: list[str]) -> str:
    assert len(found) == 1, found
    return found[0]


def line_with(project: Path, name: str, text: str) -> int:
    lines = (project / name).read_text("utf-8").splitlines()
    return next(number for number, line in enumerate(lines, start=1) if text in line)


def test_a_project_without_a_mistake_has_no_problem(project: Path) -> None:
    assert problems(project) == []


def test_riungs_own_files_are_in_order() -> None:
    assert problems() == []


RESPONSES, RULES, NLU = "data/umum/responses.yml", "data/umum/rules.yml", "data/umum/nlu.yml"
OFFICE, DOMAIN = "offices/uji.yml", "domain.yml"


@pytest.mark.parametrize(
    ("file", "old", "new", "at", "words"),
    [
        (RESPONSES, "{kantor.fakta.harga}", "{kantor.fakta.hraga}", "hraga", "kantor.fakta.hraga"),
        (RESPONSES, "Rinciannya.", "'{kantor.kontak.teks}'", "kontak.teks", "kontak.telepon"),
        (
            RESPONSES,
            "Rinciannya.",
            "'{kantor.teks.panjang}{kantor.teks.panjang}{kantor.teks.panjang}'",
            "panjang",
            "terlalu panjang untuk WhatsApp",
        ),
        (RESPONSES, "Biayanya {kantor.fakta.harga}.", "'{kantor.teks.panjang}'", "panjang", "1024"),
        (RESPONSES, "title: Rincian", f"title: {'x' * 21}", "Biayanya", "20 huruf"),
        (RESPONSES, "title: Rincian", 'title: ""', "Biayanya", "20 huruf"),
        (RESPONSES, '/rincian{"topik": "biaya"}', "rincian biaya", "Biayanya", "/nama_intent"),
        (RESPONSES, '/rincian{"topik": "biaya"}', '/rincian{"topik": biaya}', "Biayanya", "JSON"),
        (RESPONSES, '/rincian{"topik": "biaya"}', "/rincin", "Biayanya", "'rincin' tidak ada"),
        (RESPONSES, '"topik": "biaya"', '"topik": "bayar"', "Biayanya", "utter_rincian_bayar"),
        (RESPONSES, "- text: Rinciannya.", "- kalimat: Rinciannya.", "kalimat", "butuh 'text'"),
        (RESPONSES, "- text: Rinciannya.", "- Rinciannya.", "- Rinciannya", "kunci: nilai"),
        (
            RULES,
            "action: utter_biaya_paspor",
            "action: utter_biaya",
            "rule: Biaya",
            "'utter_biaya'",
        ),
        (RULES, "intent: biaya_paspor", "intent: biaya", "rule: Biaya", "'biaya' tidak ada"),
        (
            RULES,
            "story: Dua langkah\n  steps:\n  - intent: menu",
            "story: Dua langkah\n  steps:\n  - intent: mneu",
            "story: Dua",
            "'mneu' tidak ada",
        ),
        (NLU, "intent: biaya_paspor", "intent: biaya", "examples", "'biaya' tidak ada"),
        (NLU, "    - tarif satu\n    - tarif dua\n", "", "examples", "paling sedikit 10"),
        (OFFICE, "tanya: biaya_paspor", "tanya: biaya", "id: biaya", "'biaya' tidak ada"),
        (OFFICE, "{topik: biaya}", "{topik: bayar}", "id: rinci", "utter_rincian_bayar"),
        (OFFICE, "label: Informasi", f"label: {'x' * 25}", "label: xxx", "24 huruf"),
    ],
)
def test_a_mistake_is_told_with_file_and_line(
    project: Path, file: str, old: str, new: str, at: str, words: str
) -> None:
    edit(project, file, old, new)

    found = [problem for problem in problems(project) if words in problem]

    assert found, problems(project)
    assert str(project / file) in found[0] or file in found[0]
    assert f":{line_with(project, file, at)}: " in found[0]


def test_an_intent_without_a_rule_is_told(project: Path) -> None:
    edit(project, DOMAIN, "rincian]", "rincian, cek_status]")

    assert "'cek_status' belum punya aturan" in only(problems(project))


def test_an_example_under_two_intents_is_told_where_it_stands(project: Path) -> None:
    more = "- intent: menu\n  examples: |\n" + "".join(f"    - menu {n}\n" for n in range(10))
    path = project / NLU
    path.write_text(path.read_text() + more + "    - Harga e-paspor\n")

    problem = only(problems(project))

    assert f":{line_with(project, NLU, '- Harga e-paspor')}: " in problem
    assert f":{line_with(project, NLU, '- harga [e-paspor]')})" in problem


def test_the_examples_of_an_intent_are_counted_over_all_its_files(project: Path) -> None:
    few = 'version: "3.1"\nnlu:\n- intent: biaya_paspor\n  examples: |\n    - ongkosnya piro\n'
    (project / "data/umum/nlu_2026_11_sari.yml").write_text(few)

    assert problems(project) == []


def test_too_many_buttons_are_told(project: Path) -> None:
    button = '    - {title: Rincian, payload: \'/rincian{"topik": "biaya"}\'}\n'
    edit(project, RESPONSES, button, button * 11)

    assert "paling banyak 10 tombol" in only(problems(project))


def test_every_broken_file_is_told_at_once(project: Path) -> None:
    for name in (RULES, NLU, "kalimat/frasa.yml"):
        path = project / name
        path.write_text(path.read_text() + "rusak: [\n")

    found = problems(project)

    assert len(found) == 3
    assert all("YAML rusak" in problem for problem in found)


@pytest.mark.parametrize("name", ["config.yml", "domain.yml"])
def test_a_missing_file_is_told(project: Path, name: str) -> None:
    (project / name).unlink()

    assert name in only(problems(project))


MISSHAPEN = ["kata", "[a, b]", "{a: b}", "[[a]]", "[{a: b}]", "3", "null", "[null]", "true"]


@pytest.mark.parametrize("value", MISSHAPEN)
@pytest.mark.parametrize(
    ("file", "content"),
    [
        (RESPONSES, "responses: {value}"),
        (RESPONSES, "responses: {{utter_x: {value}}}"),
        (RESPONSES, "responses: {{utter_x: [{{text: a, buttons: {value}}}]}}"),
        (RULES, "rules: {value}"),
        (RULES, "rules: [{{rule: a, steps: {value}}}]"),
        (RULES, "stories: {value}"),
        (NLU, "nlu: {value}"),
        (NLU, "nlu: [{{intent: menu, examples: {value}}}]"),
        (NLU, "- {value}"),
        (DOMAIN, "intents: {value}"),
        (DOMAIN, "actions: {value}"),
        (OFFICE, "id: uji\nmenu: {value}"),
    ],
)
def test_a_misshapen_file_never_ends_in_a_traceback(
    project: Path, file: str, content: str, value: str
) -> None:
    (project / file).write_text(content.format(value=value) + "\n")

    assert all("\n" not in problem for problem in problems(project))
