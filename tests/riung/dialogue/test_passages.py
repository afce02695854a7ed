"""The line of an answer that a question is about."""

from __future__ import annotations

import pytest

from riung.dialogue.passages import Rarity, answers_about
from riung.dialogue.topic import Topic

LOST = """Paspor hilang: *lapor polisi dulu*. Sesudah itu datang langsung ke kantor imigrasi.

Bawa:
• Surat kehilangan dari kepolisian
• e-KTP dan Kartu Keluarga
• Fotokopi paspor yang hilang, bila ada

Ada pemeriksaan (BAP). Biayanya denda Rp1.000.000 ditambah paspor baru."""
OVERSTAY = """Go to an immigration office at once.

Less than 60 days: Rp1.000.000 per day.
More than 60 days, or unable to pay: deportation and re-entry ban."""
OTHERS = [f"Jawaban {number}: datang dengan e-KTP." for number in range(100)]
RARITY = Rarity.of([LOST, OVERSTAY, *OTHERS])


@pytest.mark.parametrize(
    ("question", "line"),
    [
        ("bap itu apaan", "Ada pemeriksaan (BAP)."),
        ("fotokopi yg ilang ga punya gmn", "Fotokopi paspor yang hilang, bila ada"),
        ("barunya ditambah juga?", "Biayanya denda Rp1.000.000 ditambah paspor baru."),
    ],
)
def test_the_line_that_has_the_words_of_the_question_is_found(question: str, line: str) -> None:
    assert RARITY.line_about(question, [LOST, OVERSTAY]) == line


def test_what_is_listed_under_a_line_comes_with_it() -> None:
    found = RARITY.line_about("trus bawa apa", [LOST])
    assert found is not None
    assert found.splitlines()[:2] == ["Bawa:", "• Surat kehilangan dari kepolisian"]


def test_two_lines_that_have_the_words_are_both_told() -> None:
    found = RARITY.line_about("and if its more than 60 days?", [LOST, OVERSTAY])
    assert found is not None
    assert [one.split()[0] for one in found.splitlines()] == ["Less", "More"]


@pytest.mark.parametrize(
    "question",
    ["resep rendang gimana", "surat nikah dari kua", "", "gimana dong", "kantor pos", "ktp saya"],
)
def test_a_question_whose_words_stand_in_no_line_finds_none(question: str) -> None:
    assert RARITY.line_about(question, [LOST, OVERSTAY]) is None


def test_the_answers_about_a_topic_are_those_of_its_subject_and_its_situations() -> None:
    assert {"utter_syarat_paspor_hilang", "utter_rincian_lama_bap"} <= answers_about(
        Topic("hilang", "syarat")
    )


def test_the_answers_about_an_aspect_alone_are_those_of_its_questions() -> None:
    assert "utter_cara_bayar" in answers_about(Topic(aspect="bayar"))
