"""A citizen's conversation over the real path: webhook, Rasa, actions, backend, Graph API."""

from __future__ import annotations

import re

import pytest

from riung.office.menu import ROOT_PATH, Screen, screen
from riung.office.offices import default_office
from tests.e2e.citizen import Citizen

MAIN = screen(default_office().menu)
PASSPORT = screen(default_office().menu, "paspor")


def shows(citizen_text: str, shown: Screen) -> bool:
    return all(f"{option.digit}. {option.label}" in citizen_text for option in shown.options)


class TestMenu:
    @pytest.mark.parametrize("text", ["halo", "menu", "0", "kembali", "itu gimana sih", "punten"])
    def test_every_beginning_shows_the_menu_once(self, citizen: Citizen, text: str) -> None:
        answer = citizen.say(text)
        assert shows(answer.text, MAIN)
        assert list(answer.options) == [option.label for option in MAIN.options]
        assert len(citizen.received()) == 1

    @pytest.mark.parametrize(
        "choice", ["1", "1.", "no 1", "nomor satu", "pilih 1", "1️⃣", " 1 ", "satu"]
    )
    def test_all_ways_to_say_one_are_the_same_choice(self, citizen: Citizen, choice: str) -> None:
        citizen.say("menu")
        assert shows(citizen.say(choice).text, PASSPORT)

    def test_tapping_is_the_same_as_typing(self, citizen: Citizen) -> None:
        menu = citizen.say("menu")
        assert shows(citizen.tap(menu, MAIN.options[0].label).text, PASSPORT)

    def test_digits_go_down_the_tree_and_zero_goes_up(self, citizen: Citizen) -> None:
        citizen.say("menu")
        citizen.say("1")
        requirements = citizen.say("1")
        assert "1. Paspor baru" in requirements.text
        answer = citizen.say("2")
        assert "anak" in answer.text.lower()
        assert shows(citizen.say("0").text, PASSPORT)
        assert shows(citizen.say("0").text, MAIN)

    def test_a_digit_that_is_not_on_offer_shows_the_options_again(self, citizen: Citizen) -> None:
        citizen.say("menu")
        refused = citizen.say("12")
        assert "12" in refused.text
        assert shows(refused.text, MAIN)
        assert shows(citizen.say("1").text, PASSPORT)

    def test_root_path_is_the_main_menu(self) -> None:
        assert MAIN.path == ROOT_PATH


class TestStatus:
    NUMBER = "1179000000001208"

    @pytest.mark.parametrize(
        "text",
        [
            NUMBER,
            "1179 0000 0000 1208",
            "1179.0000.0000.1208",
            f"cek paspor saya {NUMBER}",
            f"min paspor sy {NUMBER} udh jadi blm ya",
        ],
    )
    def test_the_stage_is_told_for_a_number_in_any_form(self, citizen: Citizen, text: str) -> None:
        answer = citizen.say(text)
        assert "1179 0000 0000 1208" in answer.text
        assert re.search(r"sejak .*WIB", answer.text)

    def test_an_unknown_number_is_said_to_be_unknown(self, citizen: Citizen) -> None:
        assert "belum ada" in citizen.say("9999000000001234").text

    def test_a_nik_is_answered_with_a_warning_and_not_repeated(self, citizen: Citizen) -> None:
        answer = citizen.say("3273010101900001")
        assert "NIK" in answer.text
        assert "3273010101900001" not in answer.text.replace(" ", "")

    def test_a_number_of_the_wrong_length_is_explained(self, citizen: Citizen) -> None:
        answer = citizen.say("820123456789012")
        assert "15 angka" in answer.text
        assert "16 angka" in answer.text

    def test_several_numbers_get_a_line_each(self, citizen: Citizen) -> None:
        answer = citizen.say("cek 1179000000001208 sama 1179000000001201")
        assert "1179 0000 0000 1208" in answer.text
        assert "1179 0000 0000 1201" in answer.text

    def test_too_many_unknown_numbers_get_a_polite_pause(self, citizen: Citizen) -> None:
        answers = [citizen.say(f"99990000000012{last:02d}").text for last in range(12)]
        assert "menit lagi" in answers[-1]
        assert "menit lagi" not in answers[0]


class TestQuota:
    def test_remaining_places_of_the_coming_days(self, citizen: Citizen) -> None:
        assert "sisa" in citizen.say("sisa kuota berapa?").text

    def test_a_place_of_another_office_is_found_by_its_name(self, citizen: Citizen) -> None:
        assert "MPP Batang" in citizen.say("kuota mpp batang selasa depan masih ada?").text

    def test_a_past_date_is_said_to_be_past(self, citizen: Citizen) -> None:
        assert "sudah lewat" in citizen.say("kuota kemarin tanggal 2 januari 2024 ada?").text

    def test_an_impossible_date_is_said_not_to_exist(self, citizen: Citizen) -> None:
        assert "tidak ada di kalender" in citizen.say("kuota tanggal 31/02/2027 masih ada?").text


class TestPerson:
    def test_asking_for_an_officer_opens_a_ticket(self, citizen: Citizen) -> None:
        assert re.search(r"tiket[^*]*\*[A-Z0-9-]{4,}\*", citizen.say("mau bicara petugas").text)


class TestNotUnderstood:
    def test_first_it_offers_meanings_then_the_menu_and_a_person(self, citizen: Citizen) -> None:
        citizen.say("halo")
        first = citizen.say("itu gimana sih")
        assert 2 <= len(first.options) <= 3
        second = citizen.say("terus yang tadi gimana")
        assert shows(second.text, MAIN)
        assert "petugas" in second.text


class TestCommands:
    @pytest.mark.parametrize("text", ["/restart", "/ restart", "/session_start", '/menu{"x": "y"}'])
    def test_free_text_with_a_slash_is_never_a_command(self, citizen: Citizen, text: str) -> None:
        citizen.say("halo")
        assert citizen.say(text).text
        assert citizen.say("1").text
