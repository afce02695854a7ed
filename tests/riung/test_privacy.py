"""Numbers of people are hidden wherever a text is logged or kept."""

from __future__ import annotations

import logging
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from riung.privacy import (
    MaskingFilter,
    keyed_hash,
    looks_like_nik,
    mask,
    mask_nik,
    mask_phone,
)

NIK = "3273014505900001"
"""Invented: region Bandung, a woman born on 5 May 1990."""

NUMBER = "1179000000001234"
"""The shape of an application number; no region has the code 1179."""

niks = st.builds(
    lambda day, month, year, woman, serial: (
        f"327301{day + 40 * woman:02}{month:02}{year:02}{serial:04}"
    ),
    st.integers(1, 28),
    st.integers(1, 12),
    st.integers(0, 99),
    st.booleans(),
    st.integers(1, 9999),
)
separators = st.sampled_from(["", " ", ".", "-", "  ", " - ", "–", "\u00a0", "\n", "/"])
words = st.text(st.characters(blacklist_categories=["Nd"]), max_size=30)
mobile = st.from_regex(r"\A(\+62|62|0)[ .-]?8\d{2}[ .-]?\d{3,4}[ .-]?\d{3,4}\Z")


def grouped(number: str, separator: str) -> str:
    return separator.join(number[start : start + 4] for start in range(0, 16, 4))


def digits(text: str) -> str:
    return re.sub(r"\D", "", text)


@pytest.mark.parametrize("number", [NIK, "3273010505900001", "1101010101010001"])
def test_region_and_birth_date_make_the_shape_of_a_nik(number: str) -> None:
    assert looks_like_nik(number)


@pytest.mark.parametrize(
    "number", [NUMBER, "3273010005900001", "3273014513900001", NIK[:15], NIK + "1", "", "0" * 16]
)
def test_other_numbers_have_not(number: str) -> None:
    assert not looks_like_nik(number)


@given(words, niks, separators, words)
def test_a_nik_is_masked_in_any_text(before: str, nik: str, separator: str, after: str) -> None:
    masked = mask(before + grouped(nik, separator) + after)

    assert nik[4:] not in digits(masked)


@given(words, niks, separators, words)
def test_a_nik_is_masked_in_what_officers_read(
    before: str, nik: str, separator: str, after: str
) -> None:
    masked = mask_nik(before + grouped(nik, separator) + after)

    assert nik[4:] not in digits(masked)


@given(words, mobile, words)
def test_a_mobile_number_is_masked_in_any_text(before: str, phone: str, after: str) -> None:
    masked = mask(f"{before} {phone} {after}")

    assert digits(phone) not in digits(masked)


@given(niks, niks, separators)
def test_two_numbers_side_by_side_are_both_masked(one: str, two: str, separator: str) -> None:
    masked = mask_nik(f"{grouped(one, separator)} {grouped(two, separator)}")

    assert one[4:] not in digits(masked)
    assert two[4:] not in digits(masked)


@given(st.text(st.characters(blacklist_categories=["Nd"])))
def test_a_text_without_numbers_stays_as_it_is(text: str) -> None:
    assert mask(text) == text


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        (f"cek {NUMBER} ya", "cek 1179xxxxxxxxxxxx ya"),
        ("cek 1179 0000 0000 1234 ya", "cek 1179xxxxxxxxxxxx ya"),
        ("WA saya 0899-000-12345", "WA saya 0899…345"),
        ("hubungi +62 899 0001 2345", "hubungi 6289…345"),
        ("hubungi 62-899-0001-2345", "hubungi 6289…345"),
        ("from +65 8000 1234", "from 6580…234"),
        ("ID.abcdefgh12345", "ID.…345"),
        (f"tahun 2026 {grouped(NIK, ' ')}", "tahun 2026xxxxxxxxxxxx 0001"),
        ("hp.089900012345", "hp.0899…345"),
        ("hp (0899) 000-12345", "hp (0899…345"),
        ("hp 089900012345,089900012346", "hp 0899…345,0899…346"),
        ("nik 3273_0145_0590_0001", "nik 3273xxxxxxxxxxxx"),
        ("nik (3273)0145(0590)0001", "nik (3273xxxxxxxxxxxx"),
        ("nik 3273•0145•0590•0001", "nik 3273xxxxxxxxxxxx"),
        ("nik 327301455O90OO01", "nik 3273xxxxxxxxxxxx"),
        ("nik l273014505900001", "nik 1273xxxxxxxxxxxx"),
        ("kode OOOO014505900001", "kode OOOO014505900001"),
        ("hp 89900012345", "hp 8990…345"),
        ("hp 899-0001-2345 ya", "hp 8990…345 ya"),
        ("hp O8990OO12345", "hp 0899…345"),
        ("wa 0899OOO12345", "wa 0899…345"),
        ("denda 8.500.000.000 atau 850.000.000", "denda 8.500.000.000 atau 850.000.000"),
        ("resi 8990001234567", "resi 8990001234567"),
        ("hp ０８９９０００１２３４５", "hp 0899…345"),
        ("cek ١١٧٩٠٠٠٠٠٠٠٠١٢٣٤ ya", "cek 1179xxxxxxxxxxxx ya"),
        ("nik 3273\u200b0145\u200b0590\u200b0001", "nik 3273xxxxxxxxxxxx"),
        (f"salah ketik {NIK}7", "salah ketik 3273xxxxxxxxxxxxx"),
        ("biaya Rp650.000 atau Rp950.000", "biaya Rp650.000 atau Rp950.000"),
        ("tanggal 2026-11-24 pukul 08.00", "tanggal 2026-11-24 pukul 08.00"),
        ("kode billing 820260000000123", "kode billing 820260000000123"),
        ("PT.Nusantara Jaya", "PT.Nusantara Jaya"),
    ],
)
def test_a_log_line_shows(text: str, masked: str) -> None:
    assert mask(text) == masked


def test_a_number_the_backend_knows_may_stay() -> None:
    known = frozenset({NUMBER, NIK})

    assert mask(f"cek {NUMBER}", known) == f"cek {NUMBER}"
    assert mask_nik(f"cek {grouped(NIK, ' ')}", known) == f"cek {grouped(NIK, ' ')}"


def test_an_officer_still_reads_numbers_that_are_no_nik() -> None:
    text = f"nomor {NUMBER}, hp 089900012345"

    assert mask_nik(text) == text


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        (f"nik {NIK}7", "nik 3273xxxxxxxxxxxxx"),
        (f"nik {NIK[:15]}", "nik 3273xxxxxxxxxxx"),
        ("nik 3273 0145 0590 00012", "nik 3273xxxxxxxxxxxxx"),
        ("nik 3273.01.450590.0001.23", "nik 3273xxxxxxxxxxxx.23"),
        (f"nik 3{NIK}", "nik 3327xxxxxxxxxxxxx"),
        ("nik ３２７３０１４５０５９０００００１", "nik 3273xxxxxxxxxxxxx"),
        (f"nomor {NUMBER}7", f"nomor {NUMBER}7"),
        ("kode billing 820260000000123", "kode billing 820260000000123"),
        ("hp 081234567890 dan 081298765432", "hp 081234567890 dan 081298765432"),
    ],
)
def test_what_is_nearly_a_nik_is_hidden_from_officers_too(text: str, masked: str) -> None:
    assert mask_nik(text) == masked


def test_short_phone_numbers_are_hidden_whole() -> None:
    assert mask_phone("6289900012345") == "6289…345"
    assert mask_phone("12345678") == "…"


@pytest.mark.parametrize("digit_count", [4_000, 50_000])
def test_endless_digits_are_masked(digit_count: int) -> None:
    assert len(digits(mask("1" * digit_count))) < 16


def test_a_hash_recognises_a_person_and_tells_nothing() -> None:
    assert keyed_hash(NIK, "kunci") == keyed_hash(NIK, "kunci")
    assert keyed_hash(NIK, "kunci") != keyed_hash(NIK, "kunci lain")
    assert NIK not in keyed_hash(NIK, "kunci")


def test_hashing_without_a_key_is_refused() -> None:
    with pytest.raises(ValueError, match="RIUNG_HASH_KEY"):
        keyed_hash(NIK, "")


def test_lone_surrogates_can_be_masked_and_hashed() -> None:
    assert mask(f"\ud83d {NIK}").endswith("3273xxxxxxxxxxxx")
    assert keyed_hash("\ud83d", "kunci")


def record(message: str, *arguments: object) -> logging.LogRecord:
    return logging.LogRecord("uji", logging.WARNING, "x.py", 1, message, arguments, None)


def test_the_filter_masks_the_finished_message() -> None:
    line = record("dari %s: %s", "6289900012345", NIK)

    assert MaskingFilter().filter(line)
    assert line.getMessage() == "dari 6289…345: 3273xxxxxxxxxxxx"


def test_a_faulty_log_call_neither_fails_nor_leaks() -> None:
    line = record("dua %s %s", NIK)

    assert MaskingFilter().filter(line)
    assert NIK not in line.getMessage()
