"""A special situation's own answer stands in the place of the general one, once."""

from __future__ import annotations

import pytest
from rasa.shared.core.events import BotUttered, Event, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from riung.dialogue.situations import SHORTLY, situation_answer
from riung.nlu.situations import AFTERWARDS, ENTITY

ANSWER = "utter_keadaan_percepatan_hilang_rusak"


def conversation(*events: Event) -> DialogueStateTracker:
    return DialogueStateTracker.from_events("warga", list(events), [])


def asked(intent: str, **entities: str) -> UserUttered:
    found = [{"entity": name, "value": value} for name, value in entities.items()]
    return UserUttered("tanya", intent={"name": intent}, entities=found)


FAST = asked("paspor_percepatan", **{AFTERWARDS: "percepatan_hilang_rusak"})
LOST = asked("syarat_paspor_hilang")


def test_a_situation_has_its_answer() -> None:
    said = conversation(asked("cara_bayar", **{ENTITY: "uang_kembali"}))

    assert situation_answer(said, "utter_cara_bayar") == "utter_keadaan_uang_kembali"


def test_a_situation_may_use_an_answer_that_exists() -> None:
    said = conversation(asked("jenis_paspor", **{ENTITY: "rencana_paspor"}))

    assert situation_answer(said, "utter_jenis_paspor") == "utter_rincian_rencana_paspor"


def test_without_one_the_answer_stays() -> None:
    assert situation_answer(conversation(LOST), "utter_syarat_paspor_hilang") is None


def test_what_was_asked_shortly_before_counts() -> None:
    said = conversation(LOST, BotUttered("Lapor polisi"), FAST)

    assert situation_answer(said, "utter_paspor_percepatan") == ANSWER


def test_what_was_asked_before_is_better_than_asking_back() -> None:
    unsure = asked("nlu_fallback", **{AFTERWARDS: "percepatan_hilang_rusak"})

    assert situation_answer(conversation(LOST, unsure), "utter_tidak_paham_1") == ANSWER
    assert situation_answer(conversation(unsure), "utter_tidak_paham_1") is None


def test_it_does_not_count_for_ever() -> None:
    between = [asked("kontak") for _ in range(SHORTLY)]

    assert situation_answer(conversation(LOST, *between, FAST), "utter_paspor_percepatan") is None


def test_only_the_first_answer_to_a_message_is_exchanged() -> None:
    said = conversation(LOST, FAST, BotUttered("Umumnya tidak bisa."))

    assert situation_answer(said, "utter_paspor_percepatan") is None


@pytest.mark.parametrize("response", ["utter_ask_antrean_nama", "utter_aduan_mulai", "utter_menu"])
def test_a_forms_own_words_and_the_menu_stay(response: str) -> None:
    said = conversation(asked("cara_bayar", **{ENTITY: "uang_kembali"}))

    assert situation_answer(said, response) is None


def test_a_situation_of_an_earlier_version_is_ignored() -> None:
    said = conversation(asked("cara_bayar", **{ENTITY: "tidak_ada_lagi"}))

    assert situation_answer(said, "utter_cara_bayar") is None
