from hypothesis import given
from hypothesis import strategies as st

from riung.nlu.cleaning import MAX_CHARACTERS, clean


@given(st.text(max_size=300))
def test_every_clean_character_points_into_the_original(text: str) -> None:
    cleaned = clean(text)

    assert len(cleaned.origin) == len(cleaned.text)
    assert all(0 <= index < len(text) for index in cleaned.origin)
    assert list(cleaned.origin) == sorted(cleaned.origin)


@given(st.text(max_size=200))
def test_cleaning_a_clean_text_changes_nothing(text: str) -> None:
    once = clean(text).text

    assert clean(once).text == once


def test_look_alikes_and_decorated_letters_become_plain() -> None:
    assert clean("раѕроr").text == "paspor"
    assert clean("𝙋𝙖𝙨𝙥𝙤𝙧").text == "paspor"
    assert clean("pa\u200bspor\u202e").text == "paspor"
    assert clean("PÁSPOR").text == "paspor"


def test_a_span_of_the_clean_text_leads_to_the_decorated_original() -> None:
    original = "tgl 13 𝙅𝙖𝙣\u200b𝙪𝙖𝙧𝙞!"
    cleaned = clean(original)
    start = cleaned.text.index("januari")

    first, last = cleaned.span(start, start + len("januari"))

    assert original[first:last] == "𝙅𝙖𝙣\u200b𝙪𝙖𝙧𝙞"


def test_of_a_very_long_text_the_beginning_and_the_end_are_read() -> None:
    cleaned = clean("awal " + "x" * 50_000 + " akhir")

    assert len(cleaned.text) == MAX_CHARACTERS
    assert cleaned.text.startswith("awal")
    assert cleaned.text.endswith("akhir")
