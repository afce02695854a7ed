"""Questions that one line of our answers tells: it comes alone, and the answer not again."""

from __future__ import annotations

import pytest

from tests.talks.talk import Talk

AGAIN = "Jawabannya masih sama"


@pytest.mark.parametrize(
    ("first", "then", "line"),
    [
        ("paspor ilang di jalan", "trus ke imigrasi bawa apa", "Surat kehilangan dari kepolisian"),
        ("paspor ilang di jalan", "fotokopi paspor yg ilang ga punya gmn", "bila ada"),
    ],
)
async def test_a_question_within_an_answer_gets_its_line(
    citizen: Talk, first: str, then: str, line: str
) -> None:
    await citizen.say(first)
    answer = await citizen.say(then)
    assert answer.startswith("Tentang itu:")
    assert line in answer
    assert AGAIN not in answer


@pytest.mark.parametrize(
    ("first", "then", "line"),
    [
        ("what is the fine for overstay", "are we deported on the spot then", "eportation"),
        ("cara bayar paspor gimana", "kalo lewat 2 jam gimana", "2 jam setelah kode terbit"),
    ],
)
async def test_a_question_in_words_of_our_notes_hears_what_they_say(
    citizen: Talk, first: str, then: str, line: str
) -> None:
    await citizen.say(first)
    assert line in await citizen.say(then)


@pytest.mark.parametrize("then", ["resep rendang gimana ya", "tiket ke bali berapa"])
async def test_what_no_line_tells_is_left_as_it_was(citizen: Talk, then: str) -> None:
    await citizen.say("paspor saya hilang")
    answer = await citizen.say(then)
    assert "tercatat tentang itu" not in answer
    assert "Tentang itu" not in answer


@pytest.mark.parametrize("words", ["yg anter bawa apa aja", "yg nemenin bawa apa"])
async def test_a_general_question_stays_with_the_child(citizen: Talk, words: str) -> None:
    await citizen.say("syarat bikin paspor anak")
    assert "paspor baru dewasa" not in await citizen.say(words)


@pytest.mark.parametrize(
    ("first", "then", "told"),
    [
        ("paspor saya ilang di ojek", "lapor polsek apa polres", "di kantor polisi mana"),
        ("wawancaranya ditanya apa aja", "kalo ditolak?", "tidak dapat dikembalikan"),
        ("percepatan sehari jadi berapa", "itu udah sama paspornya?", "Rp1.650.000"),
        ("perpanjang paspor", "ktp saya alamatnya masih semarang gapapa?", "mana pun"),
    ],
)
async def test_short_further_questions_are_answered(
    citizen: Talk, first: str, then: str, told: str
) -> None:
    await citizen.say(first)
    assert told in await citizen.say(then)


async def test_whoever_was_refused_hears_that_they_may_try_again(citizen: Talk) -> None:
    await citizen.say("wawancaranya ditanya apa aja", "kalo ditolak?")
    assert "Boleh mengajukan lagi" in await citizen.say("bisa ngajuin lagi kapan")


async def test_whoever_chose_the_wrong_office_hears_of_moving(guided: Talk) -> None:
    await guided.say("saya salah pilih kantor di mpaspor")
    assert "bisa dipindah belum kami pastikan" in await guided.say("bisa pindah ga")
