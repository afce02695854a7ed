import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from riung.nlu.cleaning import clean
from riung.nlu.numbers import bare_number, find_references


def values(text: str) -> list[str]:
    return [reference.value for reference in find_references(clean(text), text)]


@pytest.mark.parametrize(
    "text",
    [
        "cek paspor saya 1179000000001234",
        "cek 1179 0000 0000 1234 dong",
        "no. 1179-0000-0000-1234",
        "1179.0000.0000.1234",
        "no permohonan1179000000001234 a/n saya",
        "1179000000001234 sudah jadi?",
        "nomor １１７９００００００００１２３４ ya",
        "nomor ١١٧٩٠٠٠٠٠٠٠٠١٢٣٤ ya",
    ],
)
def test_an_application_number_is_found_however_it_is_written(text: str) -> None:
    assert values(text) == ["1179000000001234"]


def test_several_numbers_stay_apart() -> None:
    assert values("1179000000001234 1179000000005678") == ["1179000000001234", "1179000000005678"]
    assert values("1179000000001234, 1179 0000 0000 5678") == [
        "1179000000001234",
        "1179000000005678",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "hubungi 081234567890",
        "wa saya +62 812 3456 7890",
        "NIK 3273014507900001",
        "tanggal 25-10-2026 jam 08.00",
        "bayar Rp1.000.000.000.000",
        "umur 17 tahun, 2 anak",
    ],
)
def test_phones_niks_dates_and_amounts_are_no_references(text: str) -> None:
    assert values(text) == []


def test_booking_codes_are_found() -> None:
    assert values("batalkan FGH3K9") == ["FGH3K9"]
    assert values("kode booking cd3k9f ya") == ["CD3K9F"]
    assert values("cd3k9f") == values(" cd3k9f?") == ["CD3K9F"], "typed in a hurry"
    assert values("HALO SAYA MAU TANYA") == []


@pytest.mark.parametrize(
    "text", ["cek pengaduan qrvf94", "pengaduan saya qrvf94 gimana", "tiket qrvf94 dong"]
)
def test_a_code_in_small_letters_is_one_within_a_sentence_too(text: str) -> None:
    """Whoever asked for an unnamed complaint so was asked for its number, which stayed readable."""
    assert values(text) == ["QRVF94"]


@pytest.mark.parametrize("text", ["wkwk77 iya", "hahaha wkwkw3", "tgl 7 jam 9", "xxkk99 aja"])
def test_laughter_is_no_code(text: str) -> None:
    assert values(text) == []


@pytest.mark.parametrize("text", ["kode anj1ng123", "BGST69", "T4IKUC1NG", "GOBL0K99", "anjj1ngg"])
def test_a_curse_written_with_digits_is_no_code(text: str) -> None:
    assert values(text) == []


@pytest.mark.parametrize("text", ["biaya2", "jkt123", "pspr2x", "kmrn3", "mkkttp", "brp jam8"])
def test_short_words_with_a_digit_are_no_booking_codes(text: str) -> None:
    assert values(text) == []


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("1179000000001234", "1179000000001234"),
        ("1179 0000 0000 1234.", "1179000000001234"),
        ("11790000", "11790000"),
        ("１１７９００００００００１２３４", "1179000000001234"),
        ("١١٧٩٠٠٠٠٠٠٠٠١٢٣٤", "1179000000001234"),
        ("cek 1179000000001234", None),
        ("1" * 4000, None),
        ("", None),
    ],
)
def test_a_message_that_is_one_number(text: str, digits: str | None) -> None:
    assert bare_number(text) == digits


@given(
    st.from_regex(r"1[0-9]{15}", fullmatch=True),
    st.sampled_from(["", " ", "-", "."]),
    st.sampled_from(["status {} dong", "{}", "tolong cek {}, terima kasih", "nomor{}"]),
)
def test_any_sixteen_digits_come_back_bare_with_a_true_span(
    number: str, mark: str, sentence: str
) -> None:
    written = mark.join(re.findall("....", number))
    text = sentence.format(written)
    cleaned = clean(text)

    (reference,) = find_references(cleaned, text)
    start, end = cleaned.span(reference.start, reference.end)

    assert reference.value == number
    assert text[start:end] == written


@given(st.text(max_size=200))
def test_any_text_is_searched_without_an_accident(text: str) -> None:
    cleaned = clean(text)

    for reference in find_references(cleaned, text):
        assert 0 <= reference.start < reference.end <= len(cleaned.text)
