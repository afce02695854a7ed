"""A wish to be reminded of one's own date."""

from __future__ import annotations

from riung.dialogue.reminder_request import PASSPORT, PAYMENT, QUOTA, STATUS, STOP, reminder_wish
from tests.cases import over

PAYMENTS = [
    "ingatkan batas bayar saya dong",
    "tolong ingetin bayar billing ya kak",
    "bisa diingatkan batas waktu pembayarannya?",
    "remind me to pay the billing code",
]
PASSPORTS = [
    "ingatkan saya sebelum paspor habis 12 mei 2028",
    "kabarin ya kalo masa berlaku paspor saya mau abis",
    "ingetin paspor 3 maret 2028",
    "remind me before my passport expires",
]
QUOTAS = [
    "kabari saya kalau kuota dibuka",
    "kabarin dong klo ada yg kosong",
    "ingatkan kalau ada slot lagi ya",
    "notify me when there is a place",
]
STAGES = [
    "kabari kalau paspor sudah jadi",
    "kabarin klo siap ya",
    "kasih kabar kalo udah bisa diambil",
    "notify me when it is ready",
]
ENOUGH = [
    "jangan kabari kuota lagi",
    "jangan ingatkan bayar lagi",
    "gausah dikabarin deh",
    "ga jadi ingetin",
    "batalin pengingatnya",
]
OTHERS = [
    "kapan batas bayar",
    "paspor saya habis bulan depan",
    "ingatkan jadwal saya",
    "/kabari_bayar",
]


@over("text", PAYMENTS)
def test_a_payment(text: str) -> None:
    assert reminder_wish(text) == PAYMENT


@over("text", PASSPORTS)
def test_a_passport(text: str) -> None:
    assert reminder_wish(text) == PASSPORT


@over("text", QUOTAS)
def test_free_places(text: str) -> None:
    assert reminder_wish(text) == QUOTA


@over("text", OTHERS)
def test_anything_else_is_none(text: str) -> None:
    assert reminder_wish(text) is None


@over("text", STAGES)
def test_the_next_stage(text: str) -> None:
    assert reminder_wish(text) == STATUS


@over("text", ENOUGH)
def test_no_more_news(text: str) -> None:
    assert reminder_wish(text) == STOP


@over("text", ["ingetin dong ya kak", "ingatkan ya min", "tolong ingetin nanti"])
def test_a_wish_that_names_nothing_is_about_what_was_asked_last(text: str) -> None:
    assert reminder_wish(text, aspect="bayar") == PAYMENT
    assert reminder_wish(text) is None


def test_an_end_that_names_nothing_is_the_payments_after_it_and_else_the_passports() -> None:
    assert reminder_wish("ingetin dong sebelum abis", aspect="bayar") == PAYMENT
    assert reminder_wish("ingetin 5 thn lagi sebelum abis") == PASSPORT
