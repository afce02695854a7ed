"""Documents that differ are explained by what differs; documents being made are not promised."""

from __future__ import annotations

import pytest

from tests.talks.talk import Talk


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("nama saya di ktp sama akta beda satu huruf", "*Nama atau ejaan berbeda*"),
        ("nama di ktp Nurhayati, di ijazah Nur Hayati", "*Nama atau ejaan berbeda*"),
        ("tgl lahir di ijazah beda sama kk", "*Tempat atau tanggal lahir berbeda*"),
        ("tempat lahir di akta Garut di ktp Bandung", "*Tempat atau tanggal lahir berbeda*"),
        ("nama bapak di akta ga sama dgn di kk", "*Nama orang tua berbeda*"),
        ("abis nikah nama belakang saya ganti", "*Nama berubah sesudah menikah*"),
        ("my name is spelled different in my diploma and id card", "spelling differs"),
    ],
)
async def test_it_is_named_what_differs(citizen: Talk, text: str, said: str) -> None:
    assert said in await citizen.say(text)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("tgl lahirnya jg beda", "*Tempat atau tanggal lahir berbeda*"),
        ("trus yg dipake yg mana", "*semua harus sama*"),
        ("ngurusnya kemana", "*Dukcapil*"),
        ("pake surat keterangan desa bisa?", "*instansi yang berwenang*"),
    ],
)
async def test_what_follows_is_answered_for_it(citizen: Talk, text: str, said: str) -> None:
    assert said in await citizen.say("nama di ktp sama ijazah beda", text)


@pytest.mark.parametrize(
    "text",
    [
        "ktp sy blm jadi msh resi gpp?",
        "kk lagi diurus, bisa daftar dulu?",
        "e-ktp masih dicetak gimana",
    ],
)
async def test_a_document_being_made_is_not_promised(applicant: Talk, text: str) -> None:
    answer = await applicant.say("daftar antrean mpp batang", "1", text)

    assert "belum kami pastikan" in answer
    assert "*sebelum membayar*" in answer
    assert "Hari apa di MPP Batang?" in answer


@pytest.mark.parametrize("text", ["ijazah sd boleh?", "kalo ijazah bisa?", "ijazah diterima ga"])
async def test_a_document_asked_about_may_stand_for_another(citizen: Talk, text: str) -> None:
    await citizen.say("syarat paspor baru", "ktp ada kk ada, akta ga punya")

    assert "*ijazah* boleh" in await citizen.say(text)
    assert "Sudah lengkap" in await citizen.say("ada")


@pytest.mark.parametrize("text", ["buku nikah?", "perlu buku nikah?", "buku nikah wajib ya"])
async def test_a_document_asked_about_is_said_to_be_needed(citizen: Talk, text: str) -> None:
    assert "*buku nikah/akta perkawinan* diperlukan" in await citizen.say(
        "syarat paspor anak", text
    )


async def test_parents_cards_make_it_a_childs_list(citizen: Talk) -> None:
    assert "paspor anak" in await citizen.say("akta sama kk ada, ktp ibu belum jadi")
