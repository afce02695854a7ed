"""The configured pipeline as a whole, trained on the project's own data."""

from typing import Any

import pytest

from riung.nlu.cleaning import MAX_CHARACTERS
from tests.riung.nlu.conftest import Parse

HOSTILE = {
    "50,000 characters": "a" * 50_000,
    "50,000 characters of words": "mau tanya syarat paspor ya " * 1_900,
    "50,000 characters of one typing error": "pasporrt " * 5_600,
    "only emoji": "😀" * 3_000,
    "right-to-left marks": "\u202e\u202dsyarat\u200f paspor\u202c" * 50,
    "zero-width characters": "s\u200by\u200ba\u200br\u200ba\u200bt p\u200baspor",
    "Cyrillic look-alikes": "ѕуаrаt раѕроr",
    "HTML": "<script>alert('x')</script><b>paspor</b>" * 20,
    "SQL": "'; DROP TABLE applications; --",
    "4,000 digits": "7" * 4_000,
    "digits in groups": "1234 " * 800,
    "nothing": "",
    "blanks": "  \n\t ",
    "a lone surrogate": "paspor \ud800 hilang",
    "combining marks": "p" + "\u0301" * 5_000,
}


def intent(parsed: dict[str, Any]) -> str:
    return str(parsed["intent"]["name"])


def entities(parsed: dict[str, Any]) -> dict[str, str]:
    return {entry["entity"]: entry["value"] for entry in parsed["entities"]}


@pytest.mark.parametrize("text", ["1", "1.", "no 1", "nomor satu", "pilih 1", "1️⃣"])
def test_a_menu_choice_is_certain(parse: Parse, text: str) -> None:
    parsed = parse(text)

    assert parsed["intent"] == {"name": "pilihan", "confidence": 1.0}
    assert entities(parsed) == {"pilihan": "1"}


@pytest.mark.parametrize(
    "text", ["1179000000001234", "1179 0000 0000 1234", "1179-0000-0000-1234", "1179000000001234."]
)
def test_a_bare_number_asks_for_its_status(parse: Parse, text: str) -> None:
    parsed = parse(text)

    assert parsed["intent"] == {"name": "cek_status", "confidence": 1.0}
    assert entities(parsed) == {"nomor_permohonan": "1179000000001234"}


@pytest.mark.parametrize("digits", ["1179000000", "117900000000123", "11790000000012345"])
def test_a_number_of_the_wrong_length_is_one_as_well(parse: Parse, digits: str) -> None:
    parsed = parse(digits)

    assert intent(parsed) == "cek_status"
    assert entities(parsed) == {"nomor_permohonan": digits}


def test_a_bare_booking_code_asks_for_the_booking(parse: Parse) -> None:
    parsed = parse("FGH3K9")

    assert intent(parsed) == "antrean_saya"
    assert entities(parsed) == {"nomor_permohonan": "FGH3K9"}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("iya kak", "setuju"),
        ("njih", "setuju"),
        ("ga usah", "tolak"),
        ("mboten", "tolak"),
        ("menu", "menu"),
        ("batal", "batal"),
        ("?", "di_luar_topik"),
        ("...", "di_luar_topik"),
        ("bayar listrik dimana", "di_luar_topik"),
    ],
)
def test_short_answers_are_certain(parse: Parse, text: str, name: str) -> None:
    assert parse(text)["intent"] == {"name": name, "confidence": 1.0}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("min mw tnya syarat bkin pasport ap aja ya", "syarat_paspor_baru"),
        ("SYARAT PASPOR ANAK APA AJA", "syarat_paspor_anak"),
        ("paspor sy ilang gmn ngurusnya", "syarat_paspor_hilang"),
        ("biayana sabaraha kang", "biaya_paspor"),
        ("udah bayar dari kemarin, kok statusnya belum lunas ya", "cara_bayar"),
        ("kuota selasa depan masih ada?", "cek_kuota"),
        ("kulo badhe matur kalih petugas", "bicara_petugas"),
        ("how do I extend my visa", "layanan_wna"),
        ("human please", "bicara_petugas"),
    ],
)
def test_citizens_are_understood_as_they_write(parse: Parse, text: str, name: str) -> None:
    assert intent(parse(text)) == name


def test_two_sure_questions_are_both_noticed(parse: Parse) -> None:
    parsed = parse("syarat paspor anak apa aja sama biayanya berapa?")

    assert intent(parsed) == "syarat_paspor_anak"
    assert entities(parsed)["pertanyaan_lain"] == "biaya_paspor"


def test_the_own_record_is_answered_first(parse: Parse) -> None:
    parsed = parse("biaya perpanjang berapa ya, terus paspor saya 1179000000001234 udah jadi?")

    assert intent(parsed) == "cek_status"
    assert entities(parsed)["pertanyaan_lain"] == "biaya_paspor"
    assert entities(parsed)["nomor_permohonan"] == "1179000000001234"


def test_one_question_has_no_second(parse: Parse) -> None:
    assert "pertanyaan_lain" not in entities(parse("bedanya paspor biasa sama elektronik apa?"))


def test_english_is_noticed_and_can_be_asked_for(parse: Parse) -> None:
    assert entities(parse("where can I renew my kitas?"))["bahasa"] == "en"
    assert intent(parse("english please")) == "ganti_bahasa"
    assert entities(parse("bahasa indonesia"))["bahasa"] == "id"


def test_what_it_does_not_understand_is_asked_back_with_meanings(parse: Parse) -> None:
    parsed = parse("blarg zonk fnord quux")

    assert intent(parsed) in {"nlu_fallback", "di_luar_topik"}
    assert len(parsed["intent_ranking"]) >= 3


def test_nothing_is_annotated_out_of_scope(parse: Parse) -> None:
    parsed = parse("cuaca bandung besok hujan gak")

    assert intent(parsed) == "di_luar_topik"
    assert not {"kantor", "tanggal"} & entities(parsed).keys()


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_input_is_answered_after_bounded_work(parse: Parse, text: str) -> None:
    parsed = parse(text)

    assert intent(parsed)
    assert len(parsed["text_tokens"]) <= MAX_CHARACTERS
