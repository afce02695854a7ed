"""Digits of every script are digits."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from riung.digits import digits_of, plain_digits

any_digits = st.text(st.characters(whitelist_categories=["Nd"]), min_size=1)


@given(any_digits)
def test_digits_of_any_script_become_those_of_ours(written: str) -> None:
    plain = digits_of(written)

    assert plain.isascii()
    assert [int(digit) for digit in plain] == [unicodedata.decimal(digit) for digit in written]


@given(st.text())
def test_everything_keeps_its_place(text: str) -> None:
    assert len(plain_digits(text)) == len(text)


def test_marks_between_digits_go() -> None:
    assert digits_of("1179 ٠٠٠٠-００００.1234") == "1179000000001234"
