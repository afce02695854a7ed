"""Messages whose form alone says what they mean."""

from __future__ import annotations

import pytest

from riung.nlu.shortcuts import Certain, certain_meaning


@pytest.mark.parametrize(
    "text",
    [
        "#SITI AMINAH#05011990#24112026",
        "Budi Santoso#25011987#24112026",
        " budi#25-01-1987#24/11/2026#",
        "#agus#1990 01 05",
    ],
)
def test_the_format_of_earlier_gateways_is_a_registration(text: str) -> None:
    assert certain_meaning(text, text.split(), []) == Certain("daftar_antrean")


@pytest.mark.parametrize("text", ["pelayanan ramah #imigrasi#mantap", "blok a#12345678 lantai 2"])
def test_a_hash_sign_alone_is_no_registration(text: str) -> None:
    assert certain_meaning(text, text.split(), []) is None
