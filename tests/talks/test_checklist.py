"""Documents are ticked off one by one, after their list was asked for."""

from __future__ import annotations

import pytest

from tests.talks.talk import Talk


@pytest.mark.parametrize(
    "text",
    [
        "KTP sudah, KK sudah, akta belum",
        "ktp ada kk ada tapi akta lahir gak punya",
        "udah punya ktp sama kk, belum punya akta",
        "udah ada ktp sama kk, akte ga punya",
        "sudah ada ktp dan kk tapi akta belum",
    ],
)
async def test_what_is_missing_is_named_with_what_may_stand_for_it(
    citizen: Talk, text: str
) -> None:
    answer = await citizen.say("syarat paspor baru", text)

    assert "✅ e-KTP" in answer
    assert "✅ Kartu Keluarga" in answer
    assert "❌ akta kelahiran: boleh diganti salah satu dari" in answer
    assert "ijazah" in answer


@pytest.mark.parametrize("text", ["ktp kk ijazah ada", "ktp sudah kk sudah ijazah udah siap"])
async def test_one_of_those_that_stand_for_each_other_is_enough(citizen: Talk, text: str) -> None:
    assert "Sudah lengkap" in await citizen.say("syarat paspor baru", text)


async def test_a_childs_list_is_another(citizen: Talk) -> None:
    text = "akta anak udah, kk udah, buku nikah belum ada"
    answer = await citizen.say("syarat paspor anak", text)

    assert "❌ buku nikah/akta perkawinan: masih perlu" in answer
    assert "surat pernyataan orang tua: belum disebut" in answer


@pytest.mark.parametrize(
    "text", ["nama di ktp beda sama akta", "ktp saya hilang gimana", "ktp bandung bisa?"]
)
async def test_another_matter_is_ticked_off_nowhere(citizen: Talk, text: str) -> None:
    assert "✅" not in await citizen.say("syarat paspor baru", text)


@pytest.mark.parametrize("later", ["ijazah ada", "ijazah baru jadi", "ijazahnya udah dapet"])
async def test_what_was_ticked_off_before_stays_so(citizen: Talk, later: str) -> None:
    await citizen.say("syarat paspor baru", "ktp ada, kk ada")

    assert "Sudah lengkap" in await citizen.say(later)


async def test_a_question_in_between_takes_no_tick_away(citizen: Talk) -> None:
    await citizen.say("syarat paspor baru", "ktp sudah, kk sudah", "terus biayanya?")

    assert "Sudah lengkap" in await citizen.say("akta sudah juga")


@pytest.mark.parametrize(
    "text",
    ["semua udah ada", "sudah lengkap semua kak", "udah siap semua nih", "berkasnya komplit"],
)
async def test_all_of_them_is_the_whole_list(citizen: Talk, text: str) -> None:
    answer = await citizen.say("syarat paspor baru", text)

    assert "Sudah lengkap" in answer
    assert "Cara daftar" in [choice.title for choice in citizen.last.choices]


async def test_in_english_too(citizen: Talk) -> None:
    assert "That is all" in await citizen.say("new passport requirements", "i have everything")


@pytest.mark.parametrize("text", ["akta hilang, ktp ada", "ktp ada tapi aktanya ilang"])
async def test_a_lost_document_is_one_that_is_missing(citizen: Talk, text: str) -> None:
    answer = await citizen.say("syarat paspor baru", text)

    assert "✅ e-KTP" in answer
    assert "❌ akta kelahiran: boleh diganti" in answer


@pytest.mark.parametrize("text", ["kk nya ilang, yg lain ada", "kk belum, sisanya udah ada"])
async def test_the_others_are_ticked_off_together(citizen: Talk, text: str) -> None:
    answer = await citizen.say("syarat paspor baru", text)

    assert "❌ Kartu Keluarga" in answer
    assert "✅ e-KTP" in answer
    assert "✅ akta kelahiran" in answer


@pytest.mark.parametrize("text", ["semua kantor ada?", "kuota semua ada?"])
async def test_all_of_something_else_ticks_nothing_off(citizen: Talk, text: str) -> None:
    assert "✅" not in await citizen.say("syarat paspor baru", text)


@pytest.mark.parametrize(
    "text",
    [
        "ktp saya bandung tapi lahir di papua, akta gaada",
        "ktp saya cimahi tp akta sama kk belum ada",
    ],
)
async def test_what_is_said_after_a_but_is_not_said_of_what_stood_before(
    citizen: Talk, text: str
) -> None:
    assert "e-KTP: masih perlu" not in await citizen.say("syarat paspor baru", text)


@pytest.mark.parametrize("text", ["sisa masa berlakunya hangus?", "sisa halamannya dikit"])
async def test_the_rest_of_something_else_ticks_nothing_off(citizen: Talk, text: str) -> None:
    assert "✅" not in await citizen.say("mau perpanjang paspor", text)
