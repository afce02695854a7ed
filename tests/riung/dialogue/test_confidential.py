"""What officers may read while a complaint is being written."""

from __future__ import annotations

from typing import Any

import pytest

from riung.dialogue.confidential import FORM, HIDDEN, hidden

BEGAN = 1_795_143_000


def said(text: str, at: int, **metadata: Any) -> dict[str, Any]:
    return {
        "event": "user",
        "text": text,
        "timestamp": BEGAN + 100,
        "metadata": {"timestamp": at, **metadata},
    }


def texts_of(*later: dict[str, Any]) -> list[str]:
    """What officers read of a conversation in which a complaint is being written."""
    form = {"event": "active_loop", "name": FORM, "timestamp": BEGAN}
    events = [said("mau lapor pungli", BEGAN), form, *later]
    return [event["text"] for event in hidden(events) if event["event"] == "user"]


def test_what_is_written_to_the_form_is_not_read() -> None:
    assert texts_of(said("calo di parkiran minta uang", BEGAN + 60)) == [HIDDEN, HIDDEN]


def test_a_message_of_yesterday_that_arrives_meanwhile_is_no_part_of_it() -> None:
    late = said("paspor saya tertinggal di loket", BEGAN - 90_000, late=True)
    assert texts_of(late) == [HIDDEN, late["text"]]


@pytest.mark.parametrize("written", [BEGAN, BEGAN + 60])
def test_an_answer_to_the_form_that_arrives_a_day_late_is_not_read(written: int) -> None:
    assert texts_of(said("calo di parkiran", written, late=True)) == [HIDDEN, HIDDEN]


def test_a_corrected_answer_is_not_read_either() -> None:
    form = {"event": "active_loop", "name": FORM, "timestamp": BEGAN}
    edited = said("", BEGAN + 60, aside={"about": "wamid.x", "words": "calo di parkiran"})
    events = hidden([said("mau lapor pungli", BEGAN), form, edited])
    assert "calo" not in str(events)
