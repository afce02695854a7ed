"""Places in the queue, booked at a real backend on Friday 20 November 2026, ten o'clock."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from actions.antrean import BookPlace, SaveBooking
from actions.antrean_isian import FORM, WAIT
from actions.antrean_saya import MyBooking
from actions.antrean_ubah import CancelBooking, ConfirmCancel, Move, Reschedule
from riung import backend_client
from tests.actions.makers import Reply, citizen, filled, reply, slots_of
from tests.conftest import SetEnvironment
from tests.running_backend import Backend

TUESDAY, NEXT_TUESDAY = "2026-11-24", "2026-12-01"
TOO_LATE = "2026-11-23T15:01:00+07:00"
"""A minute after one may move or cancel a booking of that Tuesday."""


def phone(number: int) -> str:
    return f"6289900{number:06d}"


def wants(text: str, intent: str, number: int = 0, **entities: str) -> dict[str, Any]:
    return citizen(text, intent, entities, office="pemalang", wamid=f"wamid.{intent}.{number}")


async def book(number: int, day: str = TUESDAY, **more: Any) -> Reply:
    """The form has ended with everything filled."""
    message = wants("ya", "setuju", number)
    return await reply(SaveBooking(), message, sender=phone(number), **filled(number, day, **more))


async def ask(action: Any, number: int, intent: str, **entities: str) -> Reply:
    return await reply(action, wants("?", intent, number, **entities), sender=phone(number))


@pytest.fixture(autouse=True)
def quotas(backend: Backend) -> Backend:
    """Two Tuesdays with more places than these tests take."""
    for day in (TUESDAY, NEXT_TUESDAY):
        opened = "2026-11-20T08:00:00+07:00"
        backend.quota(day, capacity=50, booked_elsewhere=0, closed=False, opens_at=opened)
    return backend


class TestTheWish:
    async def test_where_bookings_are_taken_the_form_begins(self) -> None:
        started = await ask(BookPlace(), 1, "daftar_antrean")
        assert started.events[-1]["name"] == FORM
        assert slots_of(started.events)["antrean_tempat"] == "mpp_batang"

    async def test_the_old_format_brings_name_and_day_along(self) -> None:
        message = wants("#SITI AMINAH#05011990#24112026", "daftar_antrean")
        started = await reply(BookPlace(), message)
        known = slots_of(started.events)
        assert (known["antrean_nama"], known["antrean_tanggal"]) == ("Siti Aminah", TUESDAY)

    async def test_a_broken_old_format_is_explained(self) -> None:
        answered = await reply(BookPlace(), wants("#agus#1990#besok", "daftar_antrean"))
        assert answered.response == "utter_antrean_format_salah"

    async def test_elsewhere_mpaspor_is_explained_with_that_offices_quota(
        self, backend: Backend
    ) -> None:
        backend.quota(
            TUESDAY, "bandung/kanim_bandung", capacity=30, booked_elsewhere=27,
            opens_at="2026-11-20T08:00:00+07:00",
        )  # fmt: skip
        answered = await reply(BookPlace(), citizen("daftarkan saya", "daftar_antrean"))
        assert answered.response == "utter_antrean_aplikasi"
        assert "sisa" in answered["kuota"]

    @pytest.mark.usefixtures("no_backend")
    async def test_without_the_backend_the_steps_are_told_all_the_same(self) -> None:
        answered = await reply(BookPlace(), citizen("daftarkan saya", "daftar_antrean"))
        assert (answered.response, answered["kuota"]) == ("utter_antrean_aplikasi", "")

    async def test_when_no_day_is_open_the_next_opening_is_told(self, quotas: Backend) -> None:
        for day in (TUESDAY, NEXT_TUESDAY):
            quotas.quota(day, opens_at="2026-11-27T08:00:00+07:00")
        answered = await ask(BookPlace(), 1, "daftar_antrean")
        assert answered.response == "utter_antrean_belum_dibuka"
        assert answered["dibuka"] == "Jumat 27 November 2026, 08.00 WIB"


class TestBooking:
    async def test_the_ticket_tells_number_place_day_and_what_to_bring(self) -> None:
        ticket = await book(10)
        assert ticket.response == "utter_antrean_tiket"
        assert ticket["nomor_antrean"] >= 1
        assert ticket["tanggal"] == "Selasa 24 November 2026"
        assert "e-KTP" in ticket["bawaan"]
        assert ticket["image"].startswith("http")
        left = slots_of(ticket.events)
        assert left.pop("topik_terakhir")["subject"] == "antrean"
        assert set(left.values()) == {None}

    async def test_the_same_message_books_once(self) -> None:
        first, again = await book(11), await book(11)
        assert first["kode"] == again["kode"]

    async def test_one_form_books_once_however_often_it_is_sent(self) -> None:
        first = await book(21, isian_kunci="kunci-21")
        message = wants("ya", "setuju", 2100)
        slots = filled(21, TUESDAY) | {"isian_kunci": "kunci-21"}
        again = await reply(SaveBooking(), message, sender=phone(21), **slots)
        assert (again.response, again["kode"]) == ("utter_antrean_tiket", first["kode"])

    async def test_an_answer_corrected_after_a_try_is_told_what_the_try_booked(self) -> None:
        first = await book(22, isian_kunci="kunci-22")
        message = wants("ya", "setuju", 2200)
        slots = filled(22, NEXT_TUESDAY) | {"isian_kunci": "kunci-22"}
        again = await reply(SaveBooking(), message, sender=phone(22), **slots)
        assert (again.response, again["kode"]) == ("utter_antrean_sudah_ada", first["kode"])

    async def test_an_unfinished_form_books_nothing(self) -> None:
        stopped = await book(12, antrean_setuju=None)
        assert stopped.response == "utter_antrean_dihentikan"

    async def test_a_second_booking_is_answered_with_the_first(self) -> None:
        first = await book(13)
        message = wants("ya", "setuju", 1300)
        second = await reply(SaveBooking(), message, sender=phone(13), **filled(13, NEXT_TUESDAY))
        assert (second.response, second["kode"]) == ("utter_antrean_sudah_ada", first["kode"])

    async def test_a_nik_with_a_booking_from_another_number_is_refused(self) -> None:
        await book(14)
        message = wants("ya", "setuju", 1400)
        refused = await reply(SaveBooking(), message, sender=phone(999), **filled(14, TUESDAY))
        assert refused.response == "utter_antrean_nik_dipakai"

    async def test_a_day_that_filled_up_offers_others_and_keeps_the_answers(
        self, quotas: Backend
    ) -> None:
        quotas.quota(TUESDAY, booked_elsewhere=50)
        refused = await book(15)
        assert refused.response == "utter_antrean_penuh"
        assert "Selasa 1 Desember 2026: *masih ada tempat*" in refused["alternatif"]
        assert refused.events == []

    async def test_in_an_english_chat_the_opening_of_a_day_is_english(
        self, quotas: Backend
    ) -> None:
        quotas.quota(TUESDAY, opens_at="2026-11-27T08:00:00+07:00")
        refused = await book(18, bahasa="en")
        assert refused["dibuka"] == "Friday 27 November 2026, 08.00 WIB"

    async def test_who_agreed_to_wait_stands_in_the_line(self, quotas: Backend) -> None:
        quotas.quota(TUESDAY, booked_elsewhere=50)
        waiting = await book(16, antrean_setuju=WAIT)
        assert (waiting.response, waiting["urutan"]) == ("utter_tunggu_masuk", 1)
        mine = await ask(MyBooking(), 16, "antrean_saya")
        assert mine.response == "utter_tunggu_saya"
        assert "urutan *1*: MPP Batang" in mine["daftar"]

    @pytest.mark.parametrize("agreed", [True, WAIT])
    async def test_an_outage_keeps_the_answers_and_asks_again(
        self, quotas: Backend, set_environment: SetEnvironment, agreed: bool | str
    ) -> None:
        slots = filled(17, TUESDAY) | {"antrean_setuju": agreed}
        set_environment(RIUNG_BACKEND_URL="http://127.0.0.1:9")
        backend_client.backend.cache_clear()
        answered = await reply(SaveBooking(), wants("ya", "setuju", 17), **slots)
        assert answered.response == "utter_antrean_belum_pasti"
        assert slots_of(answered.events) == {"antrean_setuju": None}
        assert answered.events[-1]["name"] == FORM


class TestMyBooking:
    async def test_without_one_the_citizen_can_begin(self) -> None:
        answered = await ask(MyBooking(), 20, "antrean_saya")
        assert answered.response == "utter_antrean_saya_kosong"

    async def test_at_an_office_without_bookings_mpaspor_shows_it(self) -> None:
        answered = await reply(MyBooking(), citizen("antrean saya", "antrean_saya"))
        assert answered.response == "utter_antrean_saya"

    async def test_a_booking_is_listed_with_number_and_arrival(self) -> None:
        ticket = await book(21)
        mine = await ask(MyBooking(), 21, "antrean_saya")
        assert f"nomor *{ticket['nomor_antrean']}*" in mine["daftar"]
        assert "07.30 WIB" in mine["daftar"]

    async def test_on_the_day_itself_the_queue_is_told(
        self, set_environment: SetEnvironment
    ) -> None:
        await book(22)
        set_environment(RIUNG_NOW="2026-11-24T08:10:00+07:00")
        answered = await ask(MyBooking(), 22, "antrean_saya")
        assert answered.response == "utter_antrean_sekarang_belum"

    async def test_who_waits_and_who_is_called_read_how_long_it_takes(
        self, backend: Backend, set_environment: SetEnvironment
    ) -> None:
        await book(24, NEXT_TUESDAY)
        await book(25, NEXT_TUESDAY)
        set_environment(RIUNG_NOW="2026-12-01T08:10:00+07:00")
        backend.call_next()
        first, second = [await ask(MyBooking(), one, "antrean_saya") for one in (24, 25)]
        assert "silakan ke loket" in first["perkiraan"]
        assert "sebentar lagi" in second["perkiraan"]
        walked_in = await ask(MyBooking(), 26, "antrean_saya")
        assert "MPP Batang sekarang melayani nomor" in walked_in["sekarang"]

    async def test_an_unknown_code_is_said_to_be_unknown(self) -> None:
        answered = await ask(MyBooking(), 23, "antrean_saya", nomor_permohonan="ZZZZ99")
        assert answered.response == "utter_tiket_tidak_ditemukan"


class TestChanging:
    async def test_other_days_are_offered_but_not_ones_own(self) -> None:
        await book(30)
        offered = await ask(Reschedule(), 30, "ubah_jadwal")
        assert [button["title"] for button in offered.buttons] == ["Selasa 1 Desember"]

    async def test_without_another_day_the_booking_stays(self, quotas: Backend) -> None:
        await book(31)
        quotas.quota(NEXT_TUESDAY, booked_elsewhere=50)
        answered = await ask(Reschedule(), 31, "ubah_jadwal")
        assert answered.response == "utter_antrean_ubah_tidak_ada"

    async def test_without_a_booking_mpaspors_rule_is_told(self) -> None:
        told = await ask(Reschedule(), 32, "ubah_jadwal")
        assert told.responses == ["utter_antrean_belum_ada", "utter_ubah_jadwal"]

    async def test_the_chosen_day_is_booked_once_only(self) -> None:
        ticket = await book(33)
        moved = await ask(Move(), 33, "pindah_antrean", isi=f"{ticket['kode']}:{NEXT_TUESDAY}")
        assert moved["tanggal"] == "Selasa 1 Desember 2026"
        again = await ask(Move(), 33, "pindah_antrean", isi=f"{moved['kode']}:{TUESDAY}")
        assert again.response == "utter_antrean_ubah_habis"

    async def test_a_day_that_filled_up_meanwhile_leaves_the_booking(self, quotas: Backend) -> None:
        ticket = await book(34)
        quotas.quota(NEXT_TUESDAY, booked_elsewhere=50)
        moved = await ask(Move(), 34, "pindah_antrean", isi=f"{ticket['kode']}:{NEXT_TUESDAY}")
        assert moved.response == "utter_antrean_penuh_pindah"

    async def test_whose_day_was_called_off_chooses_another_before_it_opens(
        self, quotas: Backend
    ) -> None:
        ticket = await book(35)
        quotas.quota(TUESDAY, closed=True, reason="Listrik padam")
        quotas.quota(NEXT_TUESDAY, opens_at="2026-11-27T08:00:00+07:00")
        mine = await ask(MyBooking(), 35, "antrean_saya")
        assert "*tidak melayani* pada *Selasa 24 November 2026*" in mine["daftar"]
        offered = await ask(Reschedule(), 35, "ubah_jadwal")
        assert offered.buttons[0]["title"] == "Selasa 1 Desember"
        assert "tempat" in offered.buttons[0]["description"]
        moved = await ask(Move(), 35, "pindah_antrean", isi=f"{ticket['kode']}:{NEXT_TUESDAY}")
        assert moved["tanggal"] == "Selasa 1 Desember 2026"

    async def test_without_another_day_nobody_is_sent_to_a_closed_one(
        self, quotas: Backend
    ) -> None:
        await book(36)
        for day in (NEXT_TUESDAY, "2026-12-08", "2026-12-15", "2026-12-22"):
            quotas.quota(day, capacity=0)
        quotas.quota(TUESDAY, closed=True, reason="Listrik padam")
        answered = await ask(Reschedule(), 36, "ubah_jadwal")
        assert answered.response == "utter_antrean_ubah_ditutup"
        assert answered.buttons[0]["title"] == "Ingatkan saya"


class TestCancelling:
    async def test_it_is_asked_once_more_and_then_given_back(self) -> None:
        ticket = await book(40)
        asked = await ask(CancelBooking(), 40, "batal_antrean")
        assert (asked.response, asked["kode"]) == ("utter_antrean_batal_tanya", ticket["kode"])
        done = await ask(ConfirmCancel(), 40, "batalkan_antrean", isi=ticket["kode"])
        assert done.response == "utter_antrean_batal_selesai"
        assert (await ask(MyBooking(), 40, "antrean_saya")).response == "utter_antrean_saya_kosong"

    async def test_another_citizens_code_cancels_nothing(self) -> None:
        ticket = await book(41)
        refused = await ask(ConfirmCancel(), 42, "batalkan_antrean", isi=ticket["kode"])
        assert refused.response == "utter_antrean_saya_kosong"

    async def test_too_late_is_told_with_the_limit(self, set_environment: SetEnvironment) -> None:
        ticket = await book(43)
        set_environment(RIUNG_NOW="2026-11-24T07:00:00+07:00")
        refused = await ask(ConfirmCancel(), 43, "batalkan_antrean", isi=ticket["kode"])
        assert refused.response == "utter_antrean_batal_terlambat"
        assert refused["batas"] == "Senin 23 November 2026, 15.00 WIB"

    async def test_too_late_is_told_before_a_confirmation_or_a_day_is_asked_for(
        self, set_environment: SetEnvironment
    ) -> None:
        await book(44)
        set_environment(RIUNG_NOW=TOO_LATE)
        asked = await ask(CancelBooking(), 44, "batal_antrean")
        assert asked.response == "utter_antrean_batal_terlambat"
        moving = await ask(Reschedule(), 44, "ubah_jadwal")
        assert moving.response == "utter_antrean_ubah_habis"

    @pytest.mark.parametrize(
        ("who", "action", "intent", "said"),
        [
            (45, CancelBooking(), "batal_antrean", "utter_antrean_batal_tanya"),
            (46, ConfirmCancel(), "batalkan_antrean", "utter_antrean_batal_selesai"),
            (47, Reschedule(), "ubah_jadwal", "utter_antrean_ubah_pilih"),
            (48, Move(), "pindah_antrean", "utter_antrean_ubah_selesai"),
        ],
    )
    async def test_what_was_written_in_time_counts_though_it_is_worked_on_late(
        self, set_environment: SetEnvironment, who: int, action: Any, intent: str, said: str
    ) -> None:
        ticket = await book(who)
        code = str(ticket["kode"])
        isi = f"{code}:{NEXT_TUESDAY}" if intent == "pindah_antrean" else code
        set_environment(RIUNG_NOW=TOO_LATE)
        written = datetime.fromisoformat("2026-11-23T14:59:40+07:00").timestamp()
        message = citizen("?", intent, {"isi": isi}, office="pemalang", timestamp=written)
        answered = await reply(action, message, sender=phone(who))
        assert answered.response == said


async def test_who_stops_after_an_unsure_try_is_not_told_that_nothing_was_booked() -> None:
    slots = filled(19, TUESDAY) | {"antrean_setuju": None, "isian_belum_pasti": True}
    stopped = await reply(SaveBooking(), citizen("tidak", "tolak"), **slots)
    assert stopped.response == "utter_antrean_mungkin_tercatat"
    assert slots_of(stopped.events)["isian_belum_pasti"] is None
