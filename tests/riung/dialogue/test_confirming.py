"""Questions that only want to be sure."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from rasa.shared.core.events import BotUttered
from rasa.shared.core.trackers import DialogueStateTracker

from riung.dialogue.claims import figures, sentences
from riung.dialogue.confirming import confirmed
from riung.dialogue.message import Understood
from riung.dialogue.topic import ABOUT, Topic

FEES = "Biaya paspor:\n• E-paspor 5 tahun: *Rp650.000*\n• E-paspor 10 tahun: *Rp950.000*"


def sure(text: str, subject: str | None = "baru", *said: str) -> dict[str, Any] | None:
    """The question that a message makes after such answers."""
    message = Understood(text, "nlu_fallback", 0.4, (), date(2026, 11, 20), 1.0)
    before = Topic(subject, "syarat", at=1.0) if subject else None
    events = [BotUttered(answer) for answer in said]
    return confirmed(message, before, DialogueStateTracker.from_events("warga", events, []))


def verdict(text: str, subject: str) -> str | None:
    question = sure(text, subject)
    return question[ABOUT].get("verdict") if question else None


@pytest.mark.parametrize(
    ("text", "subject", "expected"),
    [
        ("brarti tetep daftar online dulu?", "baru", "yes"),
        ("jd ga usah daftar dulu ya", "baru", "wrong"),
        ("berarti ga perlu daftar mpaspor?", "prioritas", "right"),
        ("oh berarti harus daftar m-paspor dulu ya min", "hilang", "no"),
        ("langsung datang aja kan?", "rusak", "yes"),
        ("kena denda ga ya?", "rusak", "yes"),
        ("berarti kena denda?", "penggantian", "no"),
        ("ga kena denda kan", "penggantian", "right"),
        ("katanya bs cepet?", "rusak", "no"),
        ("so both of us must come?", "anak", "yes"),
    ],
)
def test_a_claim_is_confirmed_or_denied(text: str, subject: str, expected: str) -> None:
    assert verdict(text, subject) == expected


@pytest.mark.parametrize("text", ["jadi 650 ya?", "berarti 650rb kan", "650 ribu ya", "so 650k?"])
def test_a_sum_just_said_is_said_again(text: str) -> None:
    question = sure(text, "baru", FEES)
    assert question is not None
    assert question["entities"] == {"kalimat": "E-paspor 5 tahun: *Rp650.000*"}


def test_another_sum_asks_for_the_price_of_the_topic() -> None:
    question = sure("jadi 400 ribu ya?", "rusak", "Bawa paspor yang rusak.")
    assert question is not None
    assert question["intent"] == "biaya_paspor"
    assert 400_000 in question[ABOUT]["amounts"]


@pytest.mark.parametrize(
    "text",
    [
        "jadi berapa ya",
        "berarti kapan ya",
        "jadi gimana dong",
        "ok makasih ya",
        "jadi lupa saya ya",
    ],
)
def test_what_is_openly_asked_or_claims_nothing_is_left_alone(text: str) -> None:
    assert sure(text) is None


def test_without_a_topic_only_what_is_marked_is_confirmed() -> None:
    assert sure("harus datang sendiri?", None) is None


def test_figures_are_money_or_counted() -> None:
    assert {*figures("Rp1.150.000, 1,5 juta, 650 rb, 5 taun, 4 hari kerja, 9 dari 10")} == {
        (1_150_000, ""),
        (1_500_000, ""),
        (650_000, ""),
        (5, "tahun"),
        (4, "hari"),
    }


@pytest.mark.parametrize(
    ("text", "amount"),
    [("1.65jt", 1_650_000), ("1.5 juta", 1_500_000), ("Rp 1,650,000", 1_650_000)],
)
def test_an_amount_may_be_written_with_a_dot_for_the_comma(text: str, amount: int) -> None:
    assert [*figures(text)] == [(amount, "")]


@pytest.mark.parametrize("text", ["jam 10.30", "9.15 atau 13.45", "tgl 5.12.2026"])
def test_an_hour_or_a_date_is_no_amount(text: str) -> None:
    assert not [*figures(text)]


def test_an_answer_falls_into_its_sentences() -> None:
    assert sentences("Satu. *Dua*: tiga\n• empat") == ["Satu.", "*Dua*: tiga", "empat"]
