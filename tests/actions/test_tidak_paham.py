"""When the assistant is not sure what was meant."""

from __future__ import annotations

import pytest

from actions.menu import parse_command
from actions.tidak_paham import FALLBACK_INTENT, NotUnderstood
from riung import limits
from riung.nlu.offers import MOST_OFFERS
from riung.phrases import intent_labels
from riung.settings import ROOT
from riung.yaml_files import read_yaml
from tests.actions.makers import Event, bot, citizen, reply, responses
from tests.conftest import SetEnvironment

NEAREST = ("nlu_fallback", "di_luar_topik", "biaya_paspor", "cara_bayar", "cek_kuota", "kontak")


def unclear(text: str = "itu loh yang anu") -> Event:
    return citizen(text, FALLBACK_INTENT, ranking=NEAREST)


@pytest.mark.parametrize(
    ("text", "ranking"),
    [
        ("p", NEAREST),
        ("pagi min", NEAREST),
        ("ada yang bisa dibantu soal itu", ("nlu_fallback", "di_luar_topik")),
    ],
)
async def test_a_first_message_that_nearly_nothing_fits_gets_the_menu(
    text: str, ranking: tuple[str, ...]
) -> None:
    said = citizen(text, FALLBACK_INTENT, ranking=ranking)
    assert (await reply(NotUnderstood(), said)).response == "utter_menu"


async def test_a_first_sentence_that_is_nearly_understood_is_asked_about() -> None:
    said = citizen("rencana mau buatkan paspor", FALLBACK_INTENT, ranking=["syarat_paspor_baru"])
    assert (await reply(NotUnderstood(), said)).response == "utter_tidak_paham_1"


async def test_the_first_time_the_nearest_meanings_are_offered() -> None:
    answered = await reply(NotUnderstood(), citizen("halo", "salam"), bot("Menu"), unclear())

    assert answered.response == "utter_tidak_paham_1"
    assert [parse_command(button["payload"])[0] for button in answered.buttons] == [
        "di_luar_topik",
        "biaya_paspor",
        "cara_bayar",
    ]


async def test_the_offers_can_be_typed_and_tapped() -> None:
    answered = await reply(NotUnderstood(), citizen("halo", "salam"), unclear())

    assert [button["angka"] for button in answered.buttons] == ["1", "2", "3"]
    assert answered["pilihan"].splitlines()[0] == f"1. {answered.buttons[0]['title']}"


async def test_the_second_time_the_menu_and_a_person_are_offered() -> None:
    events = [citizen("halo", "salam"), unclear(), bot("Maaf"), unclear("itu yang kemarin loh")]

    answered = await reply(NotUnderstood(), *events)

    assert answered.response == "utter_tidak_paham_2"
    offered = str(answered.buttons) + str(responses()["utter_tidak_paham_2"])
    assert "petugas" in offered


@pytest.mark.parametrize(
    ("moment", "promised"),
    [
        ("2026-11-20T10:00:00+07:00", "teruskan ke petugas"),
        ("2026-11-21T10:00:00+07:00", "mulai Senin 23 November 2026, 08.00 WIB"),
    ],
)
@pytest.mark.usefixtures("backend")
async def test_the_second_time_it_is_told_when_an_officer_reads_it(
    set_environment: SetEnvironment, moment: str, promised: str
) -> None:
    set_environment(RIUNG_NOW=moment)
    events = [citizen("halo", "salam"), unclear(), bot("Maaf"), unclear("itu yang kemarin loh")]

    answered = await reply(NotUnderstood(), *events)

    assert promised in answered["petugas"]


async def test_while_somebody_waits_for_a_person_unclear_words_are_for_that_person() -> None:
    events = [citizen("halo", "salam"), bot("Menu"), unclear()]

    answered = await reply(NotUnderstood(), *events, penanganan="waiting")

    assert answered.response == "utter_diteruskan_ke_petugas"


async def test_after_an_understood_message_it_counts_anew() -> None:
    events = [unclear(), citizen("menu", "menu"), bot("Menu"), unclear()]

    assert (await reply(NotUnderstood(), *events)).response == "utter_tidak_paham_1"


async def test_without_any_near_meaning_it_is_still_an_answer() -> None:
    answered = await reply(
        NotUnderstood(), citizen("halo", "salam"), citizen("asjdh", FALLBACK_INTENT)
    )

    assert answered.response == "utter_tidak_paham_1"
    assert answered.buttons == []


async def test_the_offers_are_in_the_conversations_language() -> None:
    events = [citizen("hello", "salam"), unclear()]

    answered = await reply(NotUnderstood(), *events, bahasa="en")

    assert answered.buttons[1]["title"] == intent_labels("en")["biaya_paspor"]


def test_the_offers_fit_reply_buttons() -> None:
    assert limits.BUTTONS >= MOST_OFFERS


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_label_fits_a_button_and_names_an_intent(language: str) -> None:
    intents = read_yaml(ROOT / "domain.yml")["intents"]

    for intent, label in intent_labels(language).items():
        assert intent in intents
        assert 0 < limits.length(label) <= limits.BUTTON_TITLE, label


def test_both_languages_label_the_same_meanings() -> None:
    assert intent_labels("id").keys() == intent_labels("en").keys()
