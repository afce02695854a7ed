from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from riung.desk import transcript
from tests.riung.desk.makers import bot, user


def said(event: dict[str, Any]) -> transcript.Line:
    """The line of an event that makes one."""
    line = transcript.line_of(event)
    assert line is not None
    return line


def test_a_citizens_line_shows_what_the_bot_understood() -> None:
    line = said(user("berapa biayanya", "biaya_paspor", confidence=0.81))
    assert (line.author, line.text, line.intent, line.confidence) == (
        "citizen",
        "berapa biayanya",
        "biaya_paspor",
        0.81,
    )
    assert line.topic == "biaya_paspor"
    assert line.office == "bandung"


@pytest.mark.parametrize("intent", ["salam", "menu", "pilihan", "nlu_fallback", ""])
def test_small_talk_and_not_understanding_are_no_topic(intent: str) -> None:
    assert said(user("x", intent)).topic == ""


def test_a_tapped_button_is_not_shown_as_a_command() -> None:
    line = said(user("/cek_kuota", "cek_kuota"))
    assert line.text == ""
    assert line.details["tapped"] == "cek_kuota"


def test_a_digit_that_stands_for_a_question_is_not_shown_twice() -> None:
    line = said(user("2", "ubah_jadwal", metadata={"stands_for": "pilihan"}))
    assert (line.text, line.details["tapped"], line.topic) == ("", "ubah_jadwal", "ubah_jadwal")


def test_words_that_stand_for_a_question_are_told_as_understood_and_not_as_chosen() -> None:
    line = said(user("cek pengaduan AB12CD", "antrean_saya", metadata={"stands_for": "status"}))
    assert (line.text, line.details["meant"]) == ("", "antrean_saya")
    assert "tapped" not in line.details


def test_words_that_were_completed_from_the_topic_are_no_second_message() -> None:
    completed = user("kuota besok", "cek_kuota", metadata={"stands_for": "cek_kuota"})
    assert transcript.line_of(completed) is None


@pytest.mark.parametrize("intent", ["kirim_media", "kirim_kontak", "kirim_pesanan", "kirim_lain"])
def test_what_was_sent_without_words_is_no_topic(intent: str) -> None:
    assert said(user("/" + intent, intent)).topic == ""


def test_a_picture_without_words_is_no_choice() -> None:
    media = {"id": "abc", "mime_type": "image/jpeg"}
    line = said(user("/kirim_media", "kirim_media", metadata={"media": media}))
    assert "tapped" not in line.details


def test_a_bot_line_names_its_buttons() -> None:
    data = {"buttons": [{"title": "Menu", "payload": "/menu"}]}
    assert said(bot("Pilih", data=data)).details["buttons"] == ["Menu"]


def test_an_officers_words_carry_the_name_and_the_desks_key() -> None:
    line = said(bot("Selamat pagi", metadata={"petugas": "Rina", "desk_key": "ab"}))
    assert (line.author, line.key, line.details["petugas"]) == ("officer", "desk:ab", "Rina")


def test_the_same_event_has_the_same_key_and_another_one_another() -> None:
    event, other = bot("a"), bot("b")
    assert said(event).key == said(dict(event)).key
    assert said(event).key != said(other).key


@pytest.mark.parametrize("kind", ["slot", "action", "pause", "session_started", "undone", None])
def test_events_that_nobody_said_make_no_line(kind: str | None) -> None:
    assert transcript.line_of({"event": kind, "timestamp": 1.0}) is None


@pytest.mark.parametrize(
    ("intent", "value", "score"),
    [
        ("survei", "4", 4),
        ("survei", 5, 5),
        ("survei", "9", None),
        ("survei", "baik", None),
        ("pilihan", "4", None),
    ],
)
def test_a_score_is_a_survey_answer_from_one_to_five(intent: str, value: Any, score: Any) -> None:
    event = user("4", intent, entities=[{"entity": "nilai", "value": value}])
    assert transcript.score_of(event) == score


FIELDS = ("timestamp", "text", "metadata", "parse_data", "data", "message_id")
json = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text() | st.integers(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@settings(deadline=None)  # a busy machine is no failure
@given(
    st.sampled_from(["user", "bot"]),
    st.fixed_dictionaries(
        {},
        optional=dict.fromkeys(
            ("timestamp", "text", "metadata", "parse_data", "data", "message_id"), json
        ),
    ),
)
def test_no_odd_event_stops_the_copy(kind: str | None, fields: Any) -> None:
    line = transcript.line_of({"event": kind, **fields})
    assert line is None or len(line.key) <= 520  # what the column holds
    transcript.score_of({"event": kind, **fields})


def test_words_of_the_same_second_stand_below_the_answer_that_they_reply_to() -> None:
    begin = 1_796_000_000.0
    told = {"timestamp": int(begin)}  # all that Meta tells of each
    events = [
        {**user("biaya", metadata=told), "timestamp": begin + 0.2},
        {**bot("Rp650.000"), "timestamp": begin + 0.4},
        {**user("mahal", metadata=told), "timestamp": begin + 0.7},
    ]

    lines = [said(event) for event in events]

    assert sorted(lines, key=lambda line: line.at) == lines
