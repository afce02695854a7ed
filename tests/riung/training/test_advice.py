"""Advice of `make check`: told with its place, and never in the way."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from riung import cli
from riung.training.advice import advice, shadowed_intents
from riung.training.check import problems
from riung.training.project import read_project
from tests.paths import ROOT
from tests.riung.training.test_check import edit, line_with

TODAY = date(2026, 11, 29)
EXAMPLES = "data/kantor/nlu.yml"


def add_examples(project: Path, intent: str, examples: list[str]) -> None:
    """A further block of examples, at the end of the file."""
    lines = [f"  - intent: {intent}", "    examples: |", *(f"      - {text}" for text in examples)]
    path = project / EXAMPLES
    path.write_text(path.read_text("utf-8") + "\n".join(lines) + "\n", "utf-8")


def told(project: Path, words: str) -> list[str]:
    """The advice that says these words; the check itself finds nothing wrong."""
    assert problems(project) == []
    return [piece for piece in advice(project, TODAY) if words in piece]


def test_two_intents_with_the_same_words_but_for_shorthand(project: Path) -> None:
    add_examples(project, "jam_layanan", ["gerbang timur dmn ya"])
    add_examples(project, "lokasi_kantor", ["gerbang timur di mana ya"])

    (piece,) = told(project, "sama dengan contoh jam_layanan")

    line = line_with(project, EXAMPLES, "gerbang timur di mana ya")
    assert piece.startswith(f"{project / EXAMPLES}:{line}: ")


def test_a_block_whose_examples_change_one_word_only(project: Path) -> None:
    cities = ["ambon", "bogor", "cirebon", "depok", "garut", "jambi", "malang", "padang", "solo"]
    add_examples(project, "jam_layanan", [f"loket {city} mulai pukul berapa" for city in cities])

    assert len(told(project, "9 dari 9 contoh 'jam_layanan' hanya beda satu kata")) == 1


@pytest.mark.parametrize(
    ("example", "words"),
    [
        ("nik saya 3273010101900001 sudah benar", "memuat NIK"),
        ("nik saya 3273 0101 0190 0001 sudah benar", "memuat NIK"),
        ("hubungi 081234567890 ya", "memuat nomor HP"),
        ("hubungi 0812-3456-7890 ya", "memuat nomor HP"),
        ("wa saya +6281234567890", "memuat nomor HP"),
    ],
)
def test_an_example_with_a_persons_number(project: Path, example: str, words: str) -> None:
    add_examples(project, "jam_layanan", [example])

    assert len(told(project, words)) == 1


def test_a_new_intent_whose_examples_a_situation_answers(project: Path) -> None:
    asked = ["ada lahan parkir gak min", "bayar parkir berapa", "bisa parkir motor di dalam"]
    lines = "".join(f"      - {text}\n" for text in asked)
    (project / "data" / "kantor" / "nlu_baru.yml").write_text(
        f'version: "3.1"\nnlu:\n  - intent: parkir_kantor\n    examples: |\n{lines}', "utf-8"
    )

    (piece,) = shadowed_intents(read_project(project)[0])

    assert "dari 3 contoh 'parkir_kantor' dijawab 'fasilitas'" in piece.message
    assert piece.line == 3


def test_a_place_that_is_booked_by_chat_where_booking_is_off(project: Path) -> None:
    path = project / "offices" / "pemalang.yml"
    text = path.read_text("utf-8")
    path.write_text(text.replace("antrean_whatsapp: true", "antrean_whatsapp: false"), "utf-8")

    (piece,) = told(project, "'MPP Batang' tidak bisa didaftar lewat chat")

    line = int(piece.split(":")[1])
    assert "pendaftaran: whatsapp" in text.splitlines()[line - 1]


def test_the_number_of_an_application_is_none_of_a_person(project: Path) -> None:
    add_examples(project, "cek_status", ["nomor saya 1179000000001208"])

    assert told(project, "memuat") == []


def test_an_answer_that_nothing_names(project: Path) -> None:
    edit(
        project,
        "data/kantor/responses.yml",
        "responses:\n",
        "responses:\n  utter_lupa:\n  - text: Halo\n  utter_lupa_en:\n  - text: Hello\n",
    )

    assert len(told(project, "'utter_lupa' tidak dipakai di mana pun")) == 1


def test_an_answer_without_its_english(project: Path) -> None:
    edit(
        project,
        "data/kantor/responses.yml",
        "  utter_beda_domisili_en:\n",
        "  utter_beda_domisili_inggris:\n",
    )

    assert (
        len(
            told(
                project,
                "'utter_beda_domisili' belum ada Inggrisnya; sebaiknya tulis",
            )
        )
        == 1
    )


def test_shorthand_for_a_protected_word(project: Path) -> None:
    edit(project, "kamus/dilindungi.yml", "\n", "\nuji: [blngk]\n")
    edit(project, "kamus/singkatan.yml", "\n", "\nuji:\n  blngk: blangko\n")

    (piece,) = told(project, "'blngk' dilindungi")

    assert f"{project / 'kamus/singkatan.yml'}:" in piece


def test_facts_past_the_limit_of_the_offices(project: Path) -> None:
    assert told(project, "lebih tua dari 24 bulan")


def test_the_project_itself_gets_no_advice_but_to_look_at_old_facts() -> None:
    assert [piece for piece in advice(ROOT, TODAY) if "lebih tua dari" not in piece] == []


def test_the_check_passes_in_spite_of_advice(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["check"]) == 0
    few = capsys.readouterr().out
    assert cli.main(["check", "--all"]) == 0

    assert "saran lain: make check SEMUA=1" in few
    assert len(capsys.readouterr().out.splitlines()) > len(few.splitlines())
