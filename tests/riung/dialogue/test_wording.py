"""An answer names the topic it was completed from, and is not said twice alike."""

from __future__ import annotations

import pytest
from rasa.shared.core.events import BotUttered, Event, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from riung.dialogue.wording import (
    AGAIN,
    SAID,
    SCREEN_AGAIN,
    TIMES,
    TURNING,
    digest,
    gist,
    is_new,
    is_word_for_word,
    second_form,
    times_said,
    told_already,
    topic_line,
    variation,
    with_way_back,
    without_way_back,
)


def conversation(*events: Event) -> DialogueStateTracker:
    return DialogueStateTracker.from_events("warga", list(events), [])


def about(subject: str | None) -> DialogueStateTracker:
    metadata: dict[str, object] = {"about": {"topic": {}, "named": subject}}
    return conversation(UserUttered("biayanya?", metadata=metadata))


def bot(text: str, times: int = 1) -> BotUttered:
    return BotUttered(text, metadata={SAID: digest(text), TIMES: times})


def test_the_first_line_names_the_topic_in_the_conversations_language() -> None:
    assert topic_line("Rp650.000", about("anak"), "id") == "Untuk *paspor anak*:"
    assert topic_line("Rp650.000", about("anak"), "en") == "For *a child's passport*:"


def test_an_answer_that_names_it_itself_needs_no_line() -> None:
    assert topic_line("Paspor *anak* berlaku 5 tahun", about("anak"), "id") == ""
    assert topic_line("Rp650.000", about(None), "id") == ""


def test_only_the_first_answer_to_the_message_names_it() -> None:
    answered = conversation(*about("anak").events, BotUttered("Untuk paspor anak"))

    assert topic_line("Rp650.000", answered, "id") == ""


def test_an_answer_of_two_parts_is_said_to_be_the_same_once() -> None:
    asked = UserUttered("ubah jadwal")
    assert not told_already(conversation(asked, bot("A", 2), asked))
    assert not told_already(conversation(asked, bot("A"), asked, bot("B")))
    assert told_already(conversation(asked, bot("A"), asked, bot("A", 2)))


def test_the_same_answer_is_counted_as_long_as_it_comes_in_a_row() -> None:
    asked = UserUttered("biaya")
    assert times_said("A", conversation(asked, bot("A"), asked)) == 1
    assert times_said("A", conversation(asked, bot("A", 2), asked)) == 2
    assert times_said("A", conversation(asked, bot("A"), asked, bot("B"), asked)) == 0


@pytest.mark.parametrize(
    ("name", "times", "said"),
    [
        ("utter_biaya_paspor", 0, None),
        ("utter_biaya_paspor", 1, AGAIN),
        ("utter_biaya_paspor", 2, TURNING),
        ("utter_biaya_paspor", 3, AGAIN),
        ("utter_menu", 1, SCREEN_AGAIN),
        ("utter_menu", 2, None),
        ("utter_ask_antrean_nama", 1, SCREEN_AGAIN),
    ],
)
def test_each_time_it_is_put_otherwise(name: str, times: int, said: str | None) -> None:
    assert variation(name, times) == said


def test_the_same_words_about_another_topic_are_no_turning_in_circles() -> None:
    assert variation("utter_biaya_paspor", 2, is_new_topic=True) == AGAIN
    assert is_new("Untuk *umrah*:", conversation(UserUttered("biaya"), bot("Rp650.000")))
    assert not is_new("", conversation(UserUttered("biaya"), bot("Rp650.000")))


def test_some_answers_have_words_of_their_own_for_the_second_time() -> None:
    assert second_form("utter_setuju") == "utter_setuju_lagi"
    assert second_form("utter_setuju_en") == "utter_setuju_lagi_en"


def test_the_way_back_is_said_once() -> None:
    assert without_way_back("Halo\n*0* menu") == "Halo"


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("utter_biaya_paspor", "Rp1.", "Rp1.\n*0* menu"),
        ("utter_biaya_paspor_en", "Rp1.", "Rp1.\n*0* menu"),
        ("utter_ask_antrean_nama", "Siapa?", "Siapa?"),
        ("utter_ask_antrean_nama_en", "Who?", "Who?"),
        ("utter_batal_tanya", "Batal?\n*0* tidak jadi", "Batal?\n*0* tidak jadi"),
        ("utter_peta", "", ""),
    ],
)
def test_an_answer_ends_with_the_way_back(name: str, text: str, said: str) -> None:
    assert with_way_back(name, text) == said


def test_of_a_long_answer_the_first_part_is_its_gist() -> None:
    long = "Bawa ini:\n• e-KTP\n• KK\n\n" + "Dan seterusnya. " * 20
    assert gist(long) == "Bawa ini:\n• e-KTP\n• KK"
    assert gist("Ya.\n\nBesok.") == "Ya.\n\nBesok."


def test_the_gist_is_more_than_the_line_that_names_the_topic() -> None:
    long = "Untuk *paspor anak*:\n\nBawa ini.\n\n" + "Dan seterusnya. " * 20
    assert gist(long) == "Untuk *paspor anak*:\n\nBawa ini."


def test_a_message_is_word_for_word_the_same_whatever_its_letters() -> None:
    asked = [UserUttered("Syarat paspor?"), BotUttered("…"), UserUttered("syarat  paspor?")]
    assert is_word_for_word(conversation(*asked))
    assert not is_word_for_word(conversation(*asked[:1]))
