"""First lines in words that nobody tuned to: the answer is to the point, in their language."""

from __future__ import annotations

import pytest
from rasa.nlu.classifiers.fallback_classifier import FallbackClassifier

from tests.running_backend import Backend
from tests.talks.talk import Talk

MONDAY = "2026-11-23T09:10:00+07:00"


@pytest.mark.parametrize("text", ["kuota hari ini", "hari ini masih ada kuota?", "quota today"])
async def test_where_only_the_service_point_rests_the_office_is_not_called_closed(
    applicant: Talk, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    monkeypatch.setenv("RIUNG_NOW", MONDAY)
    answer = await applicant.say(text)

    assert answer.startswith("MPP Batang, ")
    assert "M-Paspor" in answer
    assert "Selasa 24 November" in answer or "Tuesday 24 November" in answer


@pytest.mark.parametrize(
    ("text", "answered"),
    [
        ("check my complaint", "number of your complaint"),
        ("i want to report bribery", "What is it about?"),
        ("places left next tuesday", "Tuesday 24 November"),
        ("any slots on december 3rd?", "Thursday 3 December"),
        ("what documents do i need and how much does it cost", "Rp650.000"),
        ("is it possible to get it faster", "same day"),
        ("my child is 3 years old, requirements?", "child's passport"),
        ("do you speak english", "automatic assistant"),
    ],
)
async def test_english_is_understood_and_answered_in_english(
    citizen: Talk, text: str, answered: str
) -> None:
    assert answered in await citizen.say(text)


@pytest.mark.parametrize(
    ("text", "answered"),
    [
        ("mau buat paspor anak tapi ibunya udah meninggal", "surat kematian"),
        ("anak saya 18 tahun syaratnya apa", "paspor baru dewasa"),
        ("paspor untuk balita", "Akta kelahiran anak"),
        ("bayar bisa pake gopay?", "kode billing 15 angka"),
        ("saya kehilangan bukti transfer", "Jangan bayar lagi"),
        ("saya mau ngasih nilai pelayanan", "Seberapa puas"),
    ],
)
async def test_slang_is_answered_to_the_point(citizen: Talk, text: str, answered: str) -> None:
    assert answered in await citizen.say(text)


async def test_a_divorced_parent_hears_whose_consent_is_needed(citizen: Talk) -> None:
    answer = await citizen.say("syarat paspor anak", "saya single parent, cerai")

    assert "hak asuh" in answer


async def test_nobody_who_asks_for_secrecy_in_english_is_named(
    citizen: Talk, backend: Backend
) -> None:
    await citizen.say("i want to report bribery", "3", "officer at counter 2 asked me for money")

    assert "without your name" in await citizen.say("no please keep me anonymous")


@pytest.mark.parametrize(
    ("text", "answered"),
    [
        ("extend visa", "evisa.imigrasi.go.id"),
        ("check status", "application number"),
        ("child passport", "child's passport"),
        ("requirements", "first passport"),
        ("kitas extension", "evisa.imigrasi.go.id"),
        ("my address changed", "changed"),
        ("do you have places tomorrow", "Saturday 21 November"),
    ],
)
async def test_a_short_english_opener_is_answered_in_english(
    citizen: Talk, text: str, answered: str
) -> None:
    assert answered in await citizen.say(text)
    assert (await citizen.tracker()).get_slot("bahasa") == "en"


@pytest.mark.parametrize(
    "text", ["alamat saya pindah", "saya pindah rumah, gimana paspornya", "alamat di ktp udah beda"]
)
async def test_a_changed_address_is_not_where_the_office_is(citizen: Talk, text: str) -> None:
    answer = await citizen.say(text)

    assert "berubah" in answer
    assert "Surapati" not in answer


@pytest.mark.parametrize(
    ("text", "answered"),
    [
        ("saldo udah kepotong tapi m-paspor masih suruh bayar", "Jangan bayar dua kali"),
        ("kode billing udah dibayar kok belum update ya min", "Jangan bayar dua kali"),
        ("saya TKW di malaysia paspor ditahan, saya dipukul", "tidak boleh ditahan"),
        ("ditawarin orang 2jt terima beres, aman?", "Biaya resmi"),
        ("katanya 655 ribu", "Bukan lagi"),
        ("paspor mau abis masa berlaku nih", "paspor lama"),
        ("makasih kak, satu lagi alamatnya dimana", "Surapati"),
    ],
)
async def test_a_line_that_could_harm_is_read_right(
    citizen: Talk, text: str, answered: str
) -> None:
    assert answered in await citizen.say(text)


@pytest.mark.parametrize(
    "text", ["anak saya ketahan di imigrasi malaysia tolong", "suami saya ditangkap di arab saudi"]
)
async def test_whoever_is_held_abroad_hears_who_helps_there(citizen: Talk, text: str) -> None:
    answer = await citizen.say(text)

    assert "KBRI" in answer
    assert "*petugas*" in answer


@pytest.mark.parametrize("text", ["udah buka belum", "masih buka ga", "sekarang buka?"])
async def test_whether_it_is_open_now_needs_no_more_words(citizen: Talk, text: str) -> None:
    assert "Hari ini" in await citizen.say(text)


@pytest.mark.parametrize(
    "said",
    [
        "kata calo 1,5jt sehari jadi, emg resminya brp?",
        "kata calo 1,5jt sehari jadi",
        "calonya bilang sehari jadi beneran?",
        "ada orang dalam katanya dijamin jadi 900rb",
        "a broker told me same day for 2 million, true?",
    ],
)
async def test_whatever_a_broker_promises_is_answered_with_a_warning(
    guided: Talk, said: str
) -> None:
    answer = await guided.say(said)
    assert "Jangan bayar ke agen atau calo" in answer or "Do not pay an agent or broker" in answer


@pytest.mark.parametrize(
    "said",
    [
        "paspor sy abis bulan depan, bisa diperpanjang skrg ga",
        "paspor saya habis desember nanti, udah boleh perpanjang?",
        "paspor habis tgl 3 bulan depan",
    ],
)
async def test_the_day_on_which_a_passport_ends_is_no_question_about_hours(
    citizen: Talk, said: str
) -> None:
    answer = await citizen.say(said)
    assert "e-KTP" in answer
    assert "Jam layanan" not in answer


async def test_a_first_line_that_is_nearly_understood_is_asked_about(
    citizen: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not the menu: whoever wrote a whole sentence has a question."""
    monkeypatch.setattr(FallbackClassifier, "_should_fallback", lambda *_: True)
    await citizen.say("rencana mau buatkan paspor untuk anak umur 3 tahun, apa yang disiapkan")

    assert "Apakah tentang" in citizen.last.text
    assert any("anak" in choice.title for choice in citizen.last.choices)


@pytest.mark.parametrize("said", ["p", "selamat pagi min", "min"])
async def test_a_first_line_without_a_question_gets_the_menu(citizen: Talk, said: str) -> None:
    await citizen.say(said)
    assert "Bicara dengan petugas" in [choice.title for choice in citizen.last.choices]


async def test_a_passport_lost_in_another_country_is_a_matter_of_the_embassy(
    citizen: Talk,
) -> None:
    answer = await citizen.say("pak paspor istri saya ilang di malaysia")
    assert "KBRI" in answer.split("\n")[0]
