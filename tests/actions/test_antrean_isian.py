"""The booking form: what is asked, and what counts as an answer."""

from __future__ import annotations

from typing import Any

import pytest

from actions.antrean_format_lama import old_format as read_old_format
from actions.antrean_isian import WAIT
from actions.antrean_sela import CheckBooking
from actions.antrean_tanya import AskAgreement, AskDay, AskKind, AskPlace
from riung.office.menu import command
from tests.actions.makers import Reply, bot, citizen, filled, nik, reply, slots_of
from tests.running_backend import Backend

TUESDAY, NEXT_TUESDAY = "2026-11-24", "2026-12-01"
HERE = {"antrean_tempat": "mpp_batang"}


async def answer(asked: str, text: str, intent: str = "nlu_fallback", **more: Any) -> Reply:
    """The form's check of `text` as the answer to the question for the slot `asked`."""
    entities = more.pop("entities", {})
    shown = bot("?", more.pop("buttons", ()))
    message = citizen(text, intent, entities, office=more.pop("office", "pemalang"))
    return await reply(CheckBooking(), shown, message, requested_slot=asked, **{**HERE, **more})


@pytest.fixture(autouse=True)
def quotas(backend: Backend) -> Backend:
    """Tuesday is open, the one after it is not yet."""
    backend.quota(TUESDAY, capacity=10, booked_elsewhere=0, closed=False, opens_at=None)
    backend.quota(NEXT_TUESDAY, capacity=10, booked_elsewhere=0, opens_at=None)
    return backend


class TestQuestions:
    async def test_the_kinds_are_those_the_place_serves(self) -> None:
        asked = await reply(AskKind(), citizen("daftar", office="pemalang"), **HERE)
        assert [button["title"] for button in asked.buttons] == [
            "Paspor baru",
            "Ganti paspor habis",
        ]

    async def test_the_places_are_those_that_take_bookings_here(self) -> None:
        asked = await reply(AskPlace(), citizen("daftar", office="pemalang"))
        assert [button["title"] for button in asked.buttons] == ["MPP Batang"]

    async def test_the_days_say_what_is_left_or_that_one_may_wait(self, quotas: Backend) -> None:
        quotas.quota(TUESDAY, booked_elsewhere=10)
        quotas.quota(NEXT_TUESDAY, opens_at="2026-11-20T08:00:00+07:00")
        asked = await reply(AskDay(), citizen("daftar", office="pemalang"), **HERE)
        assert asked["pilihan"].splitlines() == [
            "1. Selasa 24 November: penuh, bisa masuk daftar tunggu",
            "2. Selasa 1 Desember: sisa 10 dari 10 tempat",
        ]

    async def test_everything_is_repeated_with_the_last_four_digits_only(self) -> None:
        asked = await reply(AskAgreement(), citizen("ya", office="pemalang"), **filled(7, TUESDAY))
        assert asked.response == "utter_ask_antrean_setuju"
        assert asked["nik_akhir"] == nik(7)[-4:]
        assert nik(7) not in str(asked.messages)

    async def test_for_a_full_day_the_question_is_whether_to_wait(self, quotas: Backend) -> None:
        quotas.quota(TUESDAY, booked_elsewhere=10)
        asked = await reply(AskAgreement(), citizen("ya", office="pemalang"), **filled(7, TUESDAY))
        assert asked.response == "utter_ask_antrean_tunggu"


class TestAnswers:
    async def test_a_tapped_kind_fills_its_slot(self) -> None:
        checked = await answer("antrean_jenis", "Paspor baru", "isi", entities={"isi": "baru"})
        assert slots_of(checked.events) == {"antrean_jenis": "baru"}

    async def test_a_kind_that_is_not_served_there_is_refused_with_the_reason(self) -> None:
        checked = await answer(
            "antrean_jenis", "paspor hilang", entities={"jenis_permohonan": "hilang"}
        )
        assert checked.response == "utter_antrean_jenis_salah"
        assert "Paspor baru" in checked["layanan"]

    async def test_a_written_day_is_taken_when_it_is_open(self) -> None:
        checked = await answer("antrean_tanggal", "selasa", entities={"tanggal": "selasa"})
        assert slots_of(checked.events) == {"antrean_tanggal": TUESDAY}

    async def test_a_day_without_service_is_refused(self) -> None:
        checked = await answer("antrean_tanggal", "rabu", entities={"tanggal": "rabu"})
        assert checked.response == "utter_antrean_tanggal_salah"
        assert slots_of(checked.events) == {"antrean_tanggal": None}

    @pytest.mark.parametrize(
        "name", ["Siti Aminah", "M. Rizky", "Nur'aini", "Nur’aini", "Abd-Rahman"]
    )
    async def test_letters_are_a_name(self, name: str) -> None:
        checked = await answer("antrean_nama", name)
        assert slots_of(checked.events) == {"antrean_nama": name}

    @pytest.mark.parametrize("name", ["S1ti", "7", "siti@aminah"])
    async def test_anything_else_is_no_name(self, name: str) -> None:
        checked = await answer("antrean_nama", name)
        assert checked.response == "utter_antrean_nama_salah"

    async def test_a_question_is_left_to_the_rules(self) -> None:
        checked = await answer("antrean_nama", "fotokopinya ukuran apa?", "syarat_paspor_baru")
        assert (checked.messages, checked.events) == ([], [])

    async def test_a_button_is_no_name(self) -> None:
        checked = await answer("antrean_nama", "/cara_bayar", "cara_bayar")
        assert (checked.messages, checked.events) == ([], [])

    @pytest.mark.parametrize(("text", "intent"), [("petugas", "bicara_petugas"), ("menu", "menu")])
    async def test_for_the_menu_and_for_a_person_the_form_rests(
        self, text: str, intent: str
    ) -> None:
        checked = await answer("antrean_nama", text, intent)
        assert slots_of(checked.events) == {
            "isian_istirahat": "antrean_form",
            "antrean_nama": None,
            "requested_slot": None,
        }

    async def test_a_digit_that_was_offered_in_between_is_no_name(self) -> None:
        offered = [{"title": "Sangat puas", "payload": "/survei", "angka": "5"}]
        five: dict[str, Any] = {"intent": "pilihan", "entities": {"pilihan": "5"}}
        checked = await answer("antrean_nama", "5", buttons=offered, **five)
        assert (checked.messages, checked.events) == ([], [])
        assert (await answer("antrean_nama", "5", **five)).response == "utter_antrean_nama_salah"

    async def test_zero_rests_the_form_also_at_the_name(self) -> None:
        checked = await answer("antrean_nama", "0", "pilihan", entities={"pilihan": "0"})
        assert slots_of(checked.events) == {
            "antrean_nama": None,
            "isian_istirahat": "antrean_form",
            "requested_slot": None,
        }

    @pytest.mark.parametrize(
        ("given", "refusal"),
        [
            ("12345", "utter_antrean_nik_panjang"),
            ("0000010101900001", "utter_antrean_nik_wilayah"),
            ("3325014513900001", "utter_antrean_nik_lahir"),
        ],
    )
    async def test_a_wrong_nik_is_refused_with_the_reason(self, given: str, refusal: str) -> None:
        checked = await answer("antrean_nik", given, "cek_status")
        assert checked.response == refusal

    async def test_of_a_nik_only_a_token_and_four_digits_are_kept(self) -> None:
        checked = await answer("antrean_nik", nik(3), "cek_status")
        assert slots_of(checked.events)["antrean_nik"]["last4"] == nik(3)[-4:]
        assert nik(3) not in str(checked.events)


class TestLeaving:
    @pytest.mark.parametrize("intent", ["batal", "batal_antrean"])
    async def test_batal_ends_the_form(self, intent: str) -> None:
        checked = await answer("antrean_nama", "batal", intent)
        assert slots_of(checked.events) == {"antrean_nama": None, "requested_slot": None}

    async def test_ulang_begins_again_at_the_same_place(self) -> None:
        checked = await answer("antrean_nik", "ulang", "ulang", antrean_nama="Siti")
        emptied = slots_of(checked.events)
        assert emptied["antrean_nama"] is None
        assert "antrean_tempat" not in emptied

    async def test_ulangi_after_the_summary_does_the_same(self) -> None:
        checked = await answer("antrean_setuju", "Ulangi", "ulang")
        assert "antrean_nama" in slots_of(checked.events)

    async def test_no_to_the_summary_asks_what_is_wrong_and_keeps_the_answers(self) -> None:
        checked = await answer("antrean_setuju", "tidak", "tolak")
        assert slots_of(checked.events) == {"antrean_setuju": None}

    async def test_ya_to_a_full_day_is_the_wish_to_wait(self) -> None:
        offered = [{"title": "Ya", "payload": command(WAIT)}]
        checked = await answer("antrean_setuju", "ya", "setuju", buttons=offered)
        assert slots_of(checked.events) == {"antrean_setuju": WAIT}

    async def test_no_to_a_full_day_asks_for_another_day_only(self) -> None:
        offered = [{"title": "Ya", "payload": command(WAIT)}]
        checked = await answer("antrean_setuju", "tidak", "tolak", buttons=offered)
        assert set(slots_of(checked.events)) == {"antrean_tanggal", "antrean_setuju"}


class TestOldFormat:
    @pytest.mark.parametrize(
        "text",
        [
            "#SITI AMINAH#05011990#24112026",
            "#siti aminah#05-01-1990#24/11/2026#",
            "Siti Aminah # 05-01-1990 # 24-11-2026",
            "#Siti  Aminah#05 01 1990#24.11.2026#baru",
        ],
    )
    def test_name_and_day_are_read_and_the_birth_date_is_not_kept(self, text: str) -> None:
        wish = read_old_format(text)
        assert wish is not None
        assert (wish.name, wish.day.isoformat()) == ("Siti Aminah", TUESDAY)
        assert "1990" not in str(wish)

    @pytest.mark.parametrize("text", ["#agus#1990#besok", "#agus#05011990#31022026", "agus"])
    def test_anything_else_is_not_that_format(self, text: str) -> None:
        assert read_old_format(text) is None
