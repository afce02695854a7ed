"""What a word of ours means is told by itself, and the talk goes on about what it was about."""

from __future__ import annotations

import pytest

from tests.talks.talk import Talk


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("bap itu apa", "Berita Acara Pemeriksaan"),
        ("itu BAP singkatan dr apa ya", "Berita Acara Pemeriksaan"),
        ("splp tuh apaan sih", "pengganti paspor sementara"),
        ("kode billing apa", "15 angka"),
        ("maksudnya ajudikasi apa min", "petugas memutuskan"),
        ("apa itu yankomas", "Pelayanan Komunikasi Masyarakat"),
        ("mpaspor itu apa kak", "aplikasi resmi"),
        ("apoa apaan", "Aplikasi Pelaporan Orang Asing"),
        ("what is a KITAP", "permanent stay permit"),
        ("what does BAP mean", "an official interview"),
        ("biometrik tuh apa ya", "foto wajah dan sidik jari"),
        ("bukti pengantar maksudnya apa", "lembar PDF"),
    ],
)
async def test_a_term_is_explained(citizen: Talk, text: str, told: str) -> None:
    assert told in await citizen.say(text)


@pytest.mark.parametrize("term", ["bap tu apa", "apa itu bap?", "BAP artinya apa"])
async def test_the_topic_stays_as_it_was(citizen: Talk, term: str) -> None:
    assert "Rp1.650.000" in await citizen.say("paspor saya hilang", term, "biayanya")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("cara daftar m-paspor apa saja langkahnya", "M-Paspor"),
        ("syarat perpanjang kitas apa", "penjamin"),
    ],
)
async def test_a_question_about_the_thing_is_no_question_for_its_name(
    citizen: Talk, text: str, told: str
) -> None:
    answer = await citizen.say(text)

    assert told in answer
    assert "*M-Paspor*: aplikasi resmi imigrasi" not in answer
    assert "*ITAS* adalah" not in answer
