"""What the policy decides with a conversation as it stands."""

from __future__ import annotations

from typing import Any

import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    ActiveLoop,
    BotUttered,
    Event,
    SessionStarted,
    SlotSet,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker

from riung.dialogue.topic import SLOT
from riung.dialogue.topic_policy import (
    CLOSED_FORM,
    CLOSED_SLOT,
    FOLLOW_UP,
    QUESTION_SLOT,
    decide,
)
from tests.conftest import SetEnvironment
from tests.paths import ROOT

SLOTS = Domain.load(str(ROOT / "domain.yml")).slots
LISTEN = ActionExecuted("action_listen")
START = [ActionExecuted("action_session_start"), SessionStarted(), LISTEN]
MORNING, LATER = "2026-11-20T10:00:00+07:00", "2026-11-20T10:31:00+07:00"


@pytest.fixture(autouse=True)
def _at_ten(set_environment: SetEnvironment) -> None:
    set_environment(RIUNG_NOW=MORNING)


def say(text: str, intent: str = "nlu_fallback", confidence: float = 0.4, **more: Any) -> Event:
    return UserUttered(text, intent={"name": intent, "confidence": confidence}, **more)


def bot(*buttons: tuple[str, str]) -> Event:
    shown = [{"title": title, "payload": payload} for title, payload in buttons]
    return BotUttered("Jawaban", data={"buttons": shown})


def decided(*events: Event) -> tuple[str | None, dict[str, Any]]:
    """The action, and the slots that are set."""
    action, told = decide(DialogueStateTracker.from_events("warga", list(events), SLOTS))
    return action, {one.key: one.value for one in told if isinstance(one, SlotSet)}


def about_a_child() -> SlotSet:
    asked = say("syarat paspor anak", "syarat_paspor_anak", 0.9)
    return SlotSet(SLOT, decided(LISTEN, asked)[1][SLOT])


def test_a_question_leaves_its_topic_and_is_left_to_the_rules() -> None:
    action, slots = decided(LISTEN, say("syarat paspor anak", "syarat_paspor_anak", 0.9))

    assert action is None
    assert (slots[SLOT]["subject"], slots[SLOT]["aspect"]) == ("anak", "syarat")


def test_a_part_of_a_question_is_asked_whole() -> None:
    action, slots = decided(about_a_child(), LISTEN, say("terus biayanya?"))

    assert action == FOLLOW_UP
    assert slots[QUESTION_SLOT]["entities"] == {"topik": "biaya_anak"}
    assert slots[QUESTION_SLOT]["about"]["named"] == "anak"


def test_after_half_an_hour_the_topic_is_forgotten(set_environment: SetEnvironment) -> None:
    topic = about_a_child()
    set_environment(RIUNG_NOW=LATER)

    assert decided(topic, LISTEN, say("terus biayanya?", "biaya_paspor", 0.9))[0] is None


def test_a_whole_question_is_never_completed_again() -> None:
    whole = say("terus biayanya?", "biaya_paspor", 1.0, metadata={"stands_for": "nlu_fallback"})

    assert decided(about_a_child(), LISTEN, whole)[0] is None


@pytest.mark.parametrize("text", ["Cara bayar", "cara bayar", " CARA BAYAR ya"])
def test_a_typed_title_is_a_tap(text: str) -> None:
    action, slots = decided(
        LISTEN, say("biaya"), bot(("Cara bayar", "/cara_bayar")), LISTEN, say(text)
    )

    assert action == FOLLOW_UP
    assert slots[QUESTION_SLOT] == {"payload": "/cara_bayar"}


@pytest.mark.parametrize("text", ["iya batalkan aja", "ya, batalkan", "batalkan"])
def test_a_yes_with_its_verb_is_the_button_that_says_so(text: str) -> None:
    shown = bot(("Ya, batalkan", '/batalkan_antrean{"isi": "BTG-1"}'))

    _, slots = decided(LISTEN, say("x", "batal_antrean"), shown, LISTEN, say(text, "batal", 1.0))

    assert slots[QUESTION_SLOT] == {"payload": '/batalkan_antrean{"isi": "BTG-1"}'}


def test_while_a_form_asks_the_policy_is_silent() -> None:
    form = [ActionExecuted("antrean_form"), ActiveLoop("antrean_form"), LISTEN]

    assert decided(about_a_child(), *form, say("terus biayanya?"))[0] is None


def cut_off(form: str) -> list[Event]:
    """A session that ended while the form was asking."""
    return [LISTEN, say("daftar"), ActionExecuted(form), ActiveLoop(form), LISTEN, *START]


@pytest.mark.parametrize("form", ["antrean_form", "aduan_form"])
@pytest.mark.parametrize(
    ("text", "intent"),
    [("3325010101901400", "cek_status"), ("1", "pilihan"), ("Rahmat Hidayat", "")],
)
def test_an_answer_to_a_form_that_was_closed_is_told_so(form: str, text: str, intent: str) -> None:
    action, slots = decided(*cut_off(form), say(text, intent))

    assert action == CLOSED_FORM
    assert slots[CLOSED_SLOT] == form


def test_a_question_after_a_closed_form_is_answered_and_the_form_is_noted() -> None:
    action, slots = decided(*cut_off("antrean_form"), say("biaya paspor", "biaya_paspor", 0.9))

    assert action is None
    assert slots[CLOSED_SLOT] == "antrean_form"


@pytest.mark.parametrize("text", ["biaya paspor", "08123456789", "1"])
def test_what_was_written_to_an_officer_was_sent_so_nothing_is_said_of_a_form(text: str) -> None:
    action, slots = decided(*cut_off("petugas_form"), say(text, "biaya_paspor", 0.9))

    assert action != CLOSED_FORM
    assert CLOSED_SLOT not in slots


def test_it_is_said_once() -> None:
    told = [say("1", "pilihan"), SlotSet(CLOSED_SLOT, "antrean_form"), bot(), LISTEN]

    action, slots = decided(*cut_off("antrean_form"), *told, say("2", "pilihan", 1.0))

    assert action is None
    assert slots[CLOSED_SLOT] is None
