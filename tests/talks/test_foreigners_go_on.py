"""Foreigners in plain English, and first lines that could harm: what is asked next stays theirs."""

from __future__ import annotations

import pytest

from tests.running_backend import Backend
from tests.talks.talk import Helpdesk, Talk

Said = tuple[str, ...]


@pytest.fixture
def citizen(helpdesk: Helpdesk, backend: Backend) -> Talk:
    return Talk(helpdesk, office="bandung")


EXTEND = "hello i want extend my visa on arrival, finish in 5 day"


@pytest.mark.parametrize(
    ("texts", "part"),
    [
        ((EXTEND,), "Extending a VoA"),
        (("how can i prolong my evoa",), "Extending a VoA"),
        ((EXTEND, "can i do online only"), "photo and interview"),
        ((EXTEND, "must i come to the office?"), "photo and interview"),
        ((EXTEND, "i am already over 3 days"), "*Rp3.000.000*"),
        ((EXTEND, "what if i am late 2 days"), "*Rp2.000.000*"),
        ((EXTEND, "if i cannot pay what happen"), "deported"),
        ((EXTEND, "open tomorrow?"), "Saturday 21 November: *closed*"),
        ((EXTEND, "are you open on monday?"), "Monday 23 November"),
        (("VOA for india citizen can get in airport?", "how many day i can stay"), "once for 30"),
        (("what is visa on arrival", "how long can i stay in indonesia"), "once for 30"),
        (("e visa website please",), "evisa.imigrasi.go.id"),
        (("where can i apply for the evisa, which link",), "evisa.imigrasi.go.id"),
        (("my hotel ask to report me to immigration? what is it",), "apoa.imigrasi.go.id"),
        (("my baby born here, mother indonesia father german. passport?",), "two nationalities"),
        (("tourist from malaysia need visa?", "can extend?"), "cannot be extended"),
        (("tourist from thailand need visa?", "my friend from nigeria?"), "97 countries"),
        (("i overstay 12 day", "so expensive, can discount?"), "instalments"),
        (("my visa finish yesterday what i do",), "at once"),
        (("my visa finish yesterday what i do", "2 days how much"), "*Rp2.000.000*"),
        (("i need extend KITAS, what documents?", "my sponsor company closed"), "sponsor changes"),
        (("how to get indonesian passport for my son, my wife indonesian",), "two nationalities"),
        (("he stay in my house 2 week, need report?",), "apoa.imigrasi.go.id"),
        (("price for affidavit child",), "Rp500.000"),
        (("sir i lost my passport, i am from bangladesh",), "your own embassy"),
        (("my passport was stolen, i am a polish tourist",), "your own embassy"),
    ],
)
async def test_foreigners_are_answered_about_their_own_matter(
    citizen: Talk, texts: Said, part: str
) -> None:
    assert part in await citizen.say(*texts)


@pytest.mark.parametrize("thanks", ["terima kasih", "makasih ya", "thank you"])
async def test_thanks_change_no_language(citizen: Talk, thanks: str) -> None:
    assert "You are welcome" in await citizen.say("do you speak english", thanks)


@pytest.mark.parametrize(
    ("texts", "part"),
    [
        (("tas saya dijambret di bangkok, paspor ilang, lusa pulang",), "SPLP"),
        (("passport saya kecopetan di kuala lumpur, gimana ini",), "SPLP"),
        (("paspor ilang pas lagi di seoul", "biayanya?"), "Rp100.000"),
        (("paspor hilang di malaysia", "kbri nya tutup malam ini"), "polisi setempat"),
        (("ada yg nawarin 3 juta beres, aman ga",), "Biaya resmi hanya"),
        (("kenalan nawarin 2,5jt tinggal terima beres",), "Biaya resmi hanya"),
        (("ditawari orang 700rb tanpa antri bener ga tuh",), "Biaya resmi hanya"),
        (("ada yg nawarin 3 juta beres", "dia ngaku orang dalem"), "tanpa calo"),
        (("pasporku dipegang agen", "saya masih di jakarta blm berangkat"), "lapor.go.id"),
        (("bapak saya 80 thn ga kuat jalan bisa diwakilin?",), "Tidak bisa diwakilkan"),
        (("nenek udah sepuh, harus datang sendiri ya?",), "Tidak bisa diwakilkan"),
        (("paspor 350rb kan masih", "temen saya bulan lalu bayar segitu"), "sama di semua"),
        (("bayarnya ntar dimana ya",), "kode billing"),
        (("majikan di malaysia nahan paspor", "saya takut dipukul"), "Keselamatan Anda"),
        (("majikan di malaysia nahan paspor", "saya di johor", "nomor kbri"), "laman resmi KBRI"),
        (("paspor saya hilang", "kantor buka jam brp besok"), "Sabtu 21 November"),
        (("data saya disimpan ga", "sampe kapan"), "180 hari"),
        (("syarat paspor anak", "akta kematian ayahnya belum jadi"), "surat kematian"),
    ],
)
async def test_first_lines_that_could_harm(citizen: Talk, texts: Said, part: str) -> None:
    assert part in await citizen.say(*texts)
