"""For whom a price is asked."""

from __future__ import annotations

import pytest

from riung.nlu.party import Counted, party_words, read_party


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("2 dewasa 1 anak elektronik berapa totalnya", Counted(adults=2, children=1)),
        ("satu dewasa sama dua balita", Counted(adults=1, children=2)),
        ("1 adult and 2 kids", Counted(adults=1, children=2)),
        ("bertiga berapa semua", Counted(people=3)),
        ("untuk 4 orang", Counted(people=4)),
        ("4 orang, 2 dewasa 2 anak", Counted(adults=2, children=2)),
        ("saya sama istri dan 2 anak", Counted(adults=2, children=2)),
        ("2 orang dewasa yang 10 tahun", Counted(adults=2, ten_years=True)),
        ("3 orang, 1 hilang", Counted(people=3, lost=1)),
    ],
)
def test_people_are_counted_by_kind(text: str, counted: Counted) -> None:
    assert read_party(text) == counted


@pytest.mark.parametrize(
    "text",
    ["biaya paspor berapa", "anak umur 5 tahun", "paspor 10 tahun", "650.000 orang", "999 orang"],
)
def test_what_counts_nobody_is_no_party(text: str) -> None:
    assert read_party(text) is None


@pytest.mark.parametrize(
    "said",
    [
        "kami bertiga, 2 dewasa, satu paspornya hilang",
        "suami istri dan dua balita 10 tahun",
        "4 orang, 1 dewasa 1 anak",
        "bertiga",
    ],
)
def test_the_short_words_count_the_same_people(said: str) -> None:
    words = party_words(said)
    assert words
    assert read_party(words) == read_party(said)


def test_one_alone_is_no_party() -> None:
    assert party_words("1 anak") is None
