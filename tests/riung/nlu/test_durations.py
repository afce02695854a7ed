"""How many days a message counts."""

from __future__ import annotations

import pytest

from riung.nlu.durations import days_in


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("I am 12 days over", 12),
        ("overstay dua minggu", 14),
        ("sudah lewat sebelas hari", 11),
        ("3hari", 3),
        ("one or two weeks", 14),
    ],
)
def test_days_and_weeks_are_counted(text: str, days: int) -> None:
    assert days_in(text) == days


@pytest.mark.parametrize("text", ["overstay", "2 bulan", "hari rabu", "12 people"])
def test_nothing_is_guessed(text: str) -> None:
    assert days_in(text) is None
