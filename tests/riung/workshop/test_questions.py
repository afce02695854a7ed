"""A new question is written into every file that an intent needs, and the check takes it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from riung.training.check import problems
from riung.workshop.questions import FEWEST, NewQuestion, QuestionError, add, topics
from tests.versions import working_copy

EXAMPLES = [
    "ada parkir mobil ga di kantor",
    "parkirannya luas tidak min",
    "motor ditaruh mana ya kalau ke imigrasi",
    "tempat parkir di kanim gimana",
    "kalau bawa mobil bisa masuk halaman kantor?",
    "parkir bayar atau gratis",
    "boleh parkir dari pagi sampai sore?",
    "bawa bus rombongan parkir sebelah mana",
    "ada lahan buat kendaraan roda empat?",
    "takut ga dapat tempat markir",
]


def question(**more: Any) -> NewQuestion:
    given = {
        "topic": "kantor",
        "label": "Parkir kantor",
        "label_en": "Parking",
        "answer": "Ada tempat parkir di halaman kantor.\n\nBila penuh, tanya petugas.",
        "answer_en": "There is parking in front of the office.",
        "examples": EXAMPLES,
    }
    return NewQuestion(**{**given, **more})


@pytest.fixture
def work(tmp_path: Path) -> Path:
    return working_copy(tmp_path / "kerja")


def test_the_check_takes_what_is_written(work: Path) -> None:
    changed = add(work, question(), "sari")

    names = [str(path.relative_to(work)) for path in changed]
    assert names[:4] == [
        "domain.yml",
        "data/kantor/rules.yml",
        "data/kantor/responses.yml",
        "kalimat/label_intent.yml",
    ]
    assert problems(work) == []


def test_a_name_that_is_taken_changes_nothing(work: Path) -> None:
    before = (work / "domain.yml").read_text("utf-8")

    with pytest.raises(QuestionError, match="sudah ada"):
        add(work, question(label="Biaya paspor"), "sari")

    assert (work / "domain.yml").read_text("utf-8") == before


def test_an_example_of_another_intent_is_told(work: Path) -> None:
    with pytest.raises(QuestionError, match="sudah ada di maksud biaya_paspor"):
        add(work, question(examples=["biaya paspor berapa", *EXAMPLES]), "sari")


def test_too_few_examples_and_a_long_name_are_told() -> None:
    with pytest.raises(ValidationError, match=f"paling sedikit {FEWEST}"):
        question(examples=EXAMPLES[:3])
    with pytest.raises(ValidationError, match="paling banyak 20 huruf"):
        question(label="Tempat parkir kendaraan roda empat")


def test_only_topics_with_rules_and_answers_are_offered(work: Path) -> None:
    assert "kantor" in topics(work)
    assert "modul" not in topics(work)
