"""Messages whose form alone says what they mean."""

from __future__ import annotations

import pytest

from riung.nlu.entities import Entity
from riung.nlu.normalizer import Normalizer
from riung.nlu.shortcuts import Certain, certain_meaning


def meaning(text: str) -> Certain | None:
    """What a message's words decide, spelling repaired as in the pipeline."""
    return certain_meaning(text, [word.text for word in Normalizer().words(text)], [])


@pytest.mark.parametrize(
    "text",
    [
        "#SITI AMINAH#05011990#24112026",
        "Budi Santoso#25011987#24112026",
        " budi#25-01-1987#24/11/2026#",
        "#agus#1990 01 05",
        "Budi Santoso # 25011987 # 24112026",
        "Budi # 25-01-1987 # 24-11-2026",
        "#Siti Aminah#01022015#24112026#baru",
    ],
)
def test_the_format_of_earlier_gateways_is_a_registration(text: str) -> None:
    assert certain_meaning(text, text.split(), []) == Certain("daftar_antrean")


@pytest.mark.parametrize(
    "text",
    [
        "pelayanan ramah #imigrasi#mantap",
        "blok a#12345678 lantai 2",
        "#percuma #..........",
        "#kecewa # 6 - 7 jam antre",
        "#kanim batam #20261128",
        "#imigrasi#20261128 antre dari subuh",
    ],
)
def test_a_hash_sign_alone_is_no_registration(text: str) -> None:
    assert certain_meaning(text, text.split(), []) is None


@pytest.mark.parametrize(
    "text",
    [
        "desa saya ga ada di daftar kelurahan",
        "nyari yang kosong sudah kayak nyari jodoh",
        "kereta saya telat, jam sembilan tadi lewat",
        "anak saya cuma punya kia",
        "makasih mbak cantik",
        "buku nikah dari kua salah ejaan",
        "pakai telkomsel tetap gagal masuk",
    ],
)
def test_a_word_told_in_passing_does_not_decide(text: str) -> None:
    assert meaning(text) is None


@pytest.mark.parametrize(
    "text", ["grup kami podo sambat kabeh", "sore mati lagi, dak pacak dibuka"]
)
def test_a_word_that_only_spelling_repair_made_does_not_decide(text: str) -> None:
    assert meaning(text) is None


@pytest.mark.parametrize("text", ["npwp saya mati", "STNK telat 2 tahun", "bikin kia di mana"])
def test_a_matter_of_another_authority_decides(text: str) -> None:
    assert meaning(text) == Certain("di_luar_topik")


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("siap ndan", "setuju"),
        ("sepakat", "setuju"),
        ("nggih leres", "setuju"),
        ("muhun leres", "setuju"),
        ("iyo bana", "setuju"),
        ("olo", "setuju"),
        ("kada", "tolak"),
        ("wegah", "tolak"),
        ("ndak usah", "tolak"),
        ("indak", "tolak"),
        ("embung", "tolak"),
        ("dang", "tolak"),
        ("trada", "tolak"),
        ("matur suksma", "terima_kasih"),
        ("hatur nuhun", "terima_kasih"),
        ("mauliate", "terima_kasih"),
        ("sakalangkong", "terima_kasih"),
    ],
)
def test_regional_words_for_yes_no_and_thanks_are_known(text: str, intent: str) -> None:
    assert meaning(text) == Certain(intent)


NUMBER = "1179000000000001"


def named_in(text: str) -> Certain | None:
    """The meaning of a message that holds an application's number."""
    start = text.index(NUMBER)
    found = [Entity("nomor_permohonan", NUMBER, start, start + len(NUMBER))]
    return certain_meaning(text, [word.text for word in Normalizer().words(text)], found)


@pytest.mark.parametrize(
    "words", ["nomornya {}", "no permohonan: {}", "coba {}", "{} punya saya min", "my number is {}"]
)
def test_words_that_only_name_a_number_leave_it_a_number(words: str) -> None:
    expected = Certain("cek_status", "nomor_permohonan", NUMBER)
    assert named_in(words.format(NUMBER)) == expected


@pytest.mark.parametrize("words", ["{} salah bayar", "kok {} belum jadi", "batalkan {}"])
def test_a_number_in_a_message_that_says_more_does_not_decide(words: str) -> None:
    assert named_in(words.format(NUMBER)) is None
