"""Whether a conversation went on by a message already, and what was said to it."""

from __future__ import annotations

from rasa.shared.core.events import ActionExecuted, BotUttered, Event, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from riung.dialogue.applied import answers_given


def said(wamid: str, message_id: str = "") -> UserUttered:
    """A citizen's message; one put in its place has Rasa's own id."""
    return UserUttered("ya", message_id=message_id or wamid, metadata={"wamid": wamid})


def conversation(*events: Event) -> DialogueStateTracker:
    return DialogueStateTracker.from_events("6289900000001@1", [*events])


def test_what_the_bot_said_to_the_latest_message_is_found_as_it_was_handed_over() -> None:
    ticket = BotUttered("Nomor antrean *3*", {"image": "http://127.0.0.1/tiket.png"})
    talk = conversation(said("a"), BotUttered("Sudah benar?"), said("b"), ticket, BotUttered("Dah"))

    answers = answers_given(talk, "b")

    assert answers is not None
    assert [(one["text"], one.get("image")) for one in answers] == [
        ("Nomor antrean *3*", "http://127.0.0.1/tiket.png"),
        ("Dah", None),
    ]


def test_a_message_that_the_conversation_does_not_know_has_no_answer() -> None:
    assert answers_given(None, "a") is None
    assert answers_given(conversation(), "a") is None
    assert answers_given(conversation(said("a"), BotUttered("Halo")), "b") is None


def test_a_message_put_in_the_place_of_the_citizens_belongs_to_the_same_turn() -> None:
    talk = conversation(
        said("a"), BotUttered("Pilih:"), ActionExecuted("action_listen"), said("a", "rasa's own")
    )
    talk.update(BotUttered("Biayanya Rp650.000"))

    answers = answers_given(talk, "a")

    assert answers is not None
    assert [one["text"] for one in answers] == ["Pilih:", "Biayanya Rp650.000"]


def test_what_an_officer_wrote_since_then_is_not_said_again() -> None:
    officers = BotUttered("Saya Rina.", metadata={"desk_key": "desk:1"})

    assert answers_given(conversation(said("a"), officers), "a") == []
