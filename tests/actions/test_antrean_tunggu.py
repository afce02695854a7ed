"""The waiting list of a full day, and notices, at a real backend."""

from __future__ import annotations

from typing import Any

import pytest

from actions.antrean_saya import MyBooking
from actions.antrean_tunggu import AnswerOffer, JoinWaitingList, Notify
from actions.antrean_ubah import CancelBooking, Reschedule
from riung import backend_client
from tests.actions.makers import Reply, citizen, filled, reply
from tests.running_backend import Backend

TUESDAY, NEXT_TUESDAY = "2026-11-24", "2026-12-01"
OPENED = "2026-11-20T08:00:00+07:00"


def phone(number: int) -> str:
    return f"6289901{number:06d}"


async def ask(action: Any, number: int, intent: str, **slots: Any) -> Reply:
    message = citizen("?", intent, office="pemalang", wamid=f"wamid.{intent}.{number}")
    return await reply(action, message, sender=phone(number), **slots)


async def wait(number: int) -> Reply:
    return await ask(JoinWaitingList(), number, "masuk_daftar_tunggu", **filled(number, TUESDAY))


@pytest.fixture(autouse=True)
def full(backend: Backend) -> Backend:
    """The Tuesday is full."""
    backend.quota(TUESDAY, capacity=5, booked_elsewhere=5, closed=False, opens_at=OPENED)
    return backend


async def test_without_a_filled_form_it_has_to_be_filled_first() -> None:
    answered = await ask(JoinWaitingList(), 1, "masuk_daftar_tunggu")
    assert answered.response == "utter_tunggu_isi_dulu"


async def test_the_place_in_the_line_is_told_and_the_form_emptied() -> None:
    joined = await wait(2)
    assert (joined.response, joined["tempat"]) == ("utter_tunggu_masuk", "MPP Batang")
    assert all(event["value"] is None for event in joined.events)


async def test_one_waits_once() -> None:
    await wait(3)
    message = citizen("?", "masuk_daftar_tunggu", office="pemalang", wamid="wamid.again")
    again = await reply(JoinWaitingList(), message, sender=phone(3), **filled(3, TUESDAY))
    assert again.response == "utter_tunggu_sudah"


async def test_while_there_are_places_nobody_has_to_wait(full: Backend) -> None:
    full.quota(TUESDAY, booked_elsewhere=0, capacity=50)
    assert (await wait(4)).response == "utter_tunggu_masih_ada"


async def test_who_does_not_want_to_wait_any_more_leaves_the_line() -> None:
    await wait(5)
    left = await ask(AnswerOffer(), 5, "tolak_tawaran")
    assert left.response == "utter_tunggu_keluar"
    assert backend_client.backend().waiting(phone(5)) == []


async def test_an_accepted_offer_brings_the_childs_documents(full: Backend) -> None:
    born_in_2022 = backend_client.backend().identity("3325010501220099")
    wish = filled(6, TUESDAY, antrean_nik=born_in_2022)
    await ask(JoinWaitingList(), 6, "masuk_daftar_tunggu", **wish)
    full.quota(TUESDAY, capacity=50, booked_elsewhere=0)
    accepted = await ask(AnswerOffer(), 6, "terima_tawaran")
    assert accepted.response == "utter_antrean_tiket"
    assert "Akta kelahiran anak" in accepted["bawaan"]


@pytest.mark.parametrize("action", [CancelBooking, Reschedule])
async def test_who_only_waits_hears_of_the_line_and_not_of_mpaspor(action: Any) -> None:
    number = 10 if action is CancelBooking else 11
    await wait(number)
    assert (await ask(action(), number, "batal_antrean")).response == "utter_tunggu_saya"


async def test_without_an_offer_there_is_nothing_to_accept() -> None:
    await wait(6)
    assert (await ask(AnswerOffer(), 6, "terima_tawaran")).response == "utter_tunggu_tidak_ada"


async def test_an_offered_place_is_taken_with_a_yes(full: Backend) -> None:
    full.quota(NEXT_TUESDAY, capacity=5, booked_elsewhere=5, opens_at=OPENED)
    slots = filled(7, NEXT_TUESDAY)
    await ask(JoinWaitingList(), 7, "masuk_daftar_tunggu", **slots)
    full.quota(NEXT_TUESDAY, capacity=6)
    offer = await ask(MyBooking(), 7, "antrean_saya")
    assert offer.response == "utter_tunggu_ditawari"
    assert "ada tempat untuk" in offer["daftar"]
    [offered] = backend_client.backend().waiting(phone(7))
    ticket = await ask(AnswerOffer(), 7, "terima_tawaran")
    assert ticket.response == "utter_antrean_tiket"
    again = await answer(7, "terima_tawaran", offered["code"])
    assert (again.response, again["kode"]) == ("utter_antrean_tiket", ticket["kode"])


async def test_who_left_the_line_and_asks_once_more_has_left_it() -> None:
    await wait(8)
    [entry] = backend_client.backend().waiting(phone(8))
    await ask(AnswerOffer(), 8, "tolak_tawaran")
    again = await answer(8, "tolak_tawaran", entry["code"])
    assert again.response == "utter_tunggu_keluar"


async def answer(number: int, intent: str, code: str) -> Reply:
    message = citizen("Ya, coba lagi", intent, {"isi": code}, office="pemalang", wamid="wamid.lagi")
    return await reply(AnswerOffer(), message, sender=phone(number))


async def test_a_notice_of_the_next_quota_is_set_and_stopped() -> None:
    message = citizen("ingatkan", "kabari_kuota", {"isi": "mpp_batang"}, office="pemalang")
    assert (await reply(Notify(), message)).response == "utter_kabar_kuota_dipasang"
    assert (await ask(Notify(), 8, "stop_kabar")).response == "utter_kabar_dihentikan"


async def test_a_notice_of_a_status_needs_the_number() -> None:
    assert (await ask(Notify(), 9, "kabari_status")).response == "utter_status_minta_nomor"
