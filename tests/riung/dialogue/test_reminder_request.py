"""A wish to be reminded of one's own date."""

from __future__ import annotations

from riung.dialogue.reminder_request import PASSPORT, PAYMENT, QUOTA, reminder_wish
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
OTHERS = [
    "jangan kabari kuota lagi",
    "kabari kalau paspor sudah jadi",
    "kapan batas bayar",
    "paspor saya habis bulan depan",
    "jangan ingatkan bayar lagi",
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
