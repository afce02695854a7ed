"""For whom a price is asked."""

from __future__ import annotations

import pytest

from riung.nlu.party import (
    Counted,
    joined,
    names_ten_years,
    party_words,
    read_party,
    with_named,
)


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


FAMILY = ("istri", "suami", "ibu saya", "ibunya")


@pytest.mark.parametrize(
    ("before", "text", "together"),
    [
        ("3 orang", "istri sama anak 2 thn", Counted(adults=2, children=1)),
        ("4 orang", "anaknya 2", Counted(adults=2, children=2)),
        ("3 orang", "tambah anak 1", Counted(adults=3, children=1)),
        ("1 dewasa", "kalau sama istri", Counted(adults=2)),
        ("2 dewasa", "istri juga", Counted(adults=3)),
    ],
)
def test_who_is_named_is_added_or_one_of_those_counted(
    before: str, text: str, together: Counted
) -> None:
    words = joined(before, text, FAMILY)
    assert words
    assert read_party(words) == together


def test_people_are_counted_one_message_after_the_other() -> None:
    wife = with_named(None, "buat istri", FAMILY)
    assert wife == "1 dewasa"
    both = with_named(wife, "anak 2 thn", FAMILY)
    assert both == "1 dewasa 1 anak"
    assert with_named(both, "anak umur 2", FAMILY) == both


def test_the_age_of_a_child_is_no_validity() -> None:
    assert not names_ten_years("istri sama anak umur 10 tahun")
    assert names_ten_years("yang dewasa 10 tahun")
