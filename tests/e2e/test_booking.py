"""Booking a place at MPP Batang in the chat, over the real path."""

from __future__ import annotations

import re

import pytest

from tests.e2e.citizen import Bubble, Citizen
from tests.e2e.rush import nik_of


def open_day(days: Bubble) -> str:
    """The digit of the first day that still has places."""
    lines = re.findall(r"^(\d)\. ", days.text, re.MULTILINE)
    assert lines
    return lines[-1]


def fill(citizen: Citizen) -> Bubble:
    """Answer everything up to the question whether it is right."""
    assert "Untuk keperluan apa" in citizen.say("daftar antrean mpp batang").text
    days = citizen.say("1")
    assert "MPP Batang" in days.text
    assert "nama" in citizen.say(open_day(days)).text
    assert "NIK" in citizen.say("Siti Aminah").text
    return citizen.say(nik_of(citizen.number))


class TestBooking:
    def test_a_booking_from_the_wish_to_the_ticket(self, citizen: Citizen) -> None:
        check = fill(citizen)
        assert "Siti Aminah" in check.text
        assert nik_of(citizen.number) not in check.text
        ticket = citizen.say("ya")
        assert citizen.graph.uploads[-1].startswith(b"\x89PNG")
        assert re.search(r"antrean \*\d+\*", ticket.text)
        assert "Sambong" in ticket.text
        assert "• e-KTP dan Kartu Keluarga\n• " in ticket.text
        assert "antrean" in citizen.say("antrean saya").text.lower()

    def test_a_second_booking_is_refused_with_the_first(self, citizen: Citizen) -> None:
        fill(citizen)
        citizen.say("ya")
        assert "sudah punya antrean" in citizen.say("daftar antrean mpp batang").text

    def test_a_booking_can_be_given_back(self, citizen: Citizen) -> None:
        fill(citizen)
        citizen.say("ya")
        asked = citizen.say("batalkan antrean saya")
        assert "sudah dibatalkan" in citizen.tap(asked, "Ya, batalkan").text
        assert "M-Paspor" in citizen.say("antrean saya").text


class TestForm:
    def test_a_question_in_between_is_answered_and_the_form_goes_on(self, citizen: Citizen) -> None:
        citizen.say("daftar antrean mpp batang")
        answer = citizen.say("biayanya berapa ya?")
        assert "Rp650.000" in answer.text
        assert "Untuk keperluan apa" in answer.text

    def test_zero_lets_the_form_rest(self, citizen: Citizen) -> None:
        citizen.say("daftar antrean mpp batang")
        rested = citizen.say("0").text
        assert rested.startswith("Isian tadi saya simpan dulu")
        assert "1. Informasi paspor" in rested

    @pytest.mark.parametrize("words", ["batal", "batalkan antrean"])
    def test_batal_leaves_the_form_with_one_answer(self, citizen: Citizen, words: str) -> None:
        citizen.say("daftar antrean mpp batang")
        assert citizen.say(words).text.startswith("Pendaftaran antrean dihentikan")
        assert "1. Informasi paspor" in citizen.say("menu").text

    def test_ulang_asks_from_the_beginning(self, citizen: Citizen) -> None:
        citizen.say("daftar antrean mpp batang")
        citizen.say(open_day(citizen.say("1")))
        assert "Untuk keperluan apa" in citizen.say("ulang").text
        assert "Hari apa" in citizen.say("1").text

    @pytest.mark.parametrize(
        ("nik", "reason"),
        [("12345", "16 angka"), ("9925010101900001", "wilayah"), ("3325014501900001", "NIK")],
    )
    def test_a_nik_is_checked_at_once(self, citizen: Citizen, nik: str, reason: str) -> None:
        citizen.say("daftar antrean mpp batang")
        days = citizen.say("1")
        citizen.say(open_day(days))
        citizen.say("Siti Aminah")
        assert reason in citizen.say(nik).text

    def test_a_name_with_digits_is_refused_with_the_reason(self, citizen: Citizen) -> None:
        citizen.say("daftar antrean mpp batang")
        citizen.say(open_day(citizen.say("1")))
        assert "tanpa angka" in citizen.say("S1ti 4minah").text


class TestElsewhere:
    def test_where_mpaspor_registers_the_wish_is_answered_with_its_steps(
        self, citizen: Citizen
    ) -> None:
        answer = citizen.say("daftarkan saya antrean hari rabu")
        assert "M-Paspor" in answer.text
        assert "penipu" in answer.text
