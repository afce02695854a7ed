"""WhatsApp's lengths, counted and kept."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from riung.limits import cut, length


@pytest.mark.parametrize(
    ("text", "units"), [("", 0), ("paspor", 6), ("é", 1), ("📍", 2), ("1️⃣", 3), ("\ud83d", 1)]
)
def test_length_counts_utf16_units(text: str, units: int) -> None:
    assert length(text) == units


@pytest.mark.parametrize(
    ("text", "limit", "kept"),
    [
        ("Cek status paspor", 20, "Cek status paspor"),
        ("Syarat paspor anak di bawah umur", 20, "Syarat paspor anak…"),
        ("Penyelenggaraankeimigrasian", 10, "Penyeleng…"),
        ("📍📍📍📍", 5, "📍📍…"),
    ],
)
def test_a_text_is_cut_at_a_words_end(text: str, limit: int, kept: str) -> None:
    assert cut(text, limit) == kept


@given(st.text(), st.integers(min_value=1, max_value=80))
def test_a_cut_text_always_fits(text: str, limit: int) -> None:
    assert length(cut(text, limit)) <= limit


@given(st.text(max_size=20))
def test_a_text_that_fits_is_unchanged(text: str) -> None:
    assert cut(text, 40) == text
