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


@pytest.mark.parametrize(
    "text",
    [
        "ceklis paspor anak dong",
        "checklist dokumen paspor anak",
        "cek dokumen saya buat paspor anak",
    ],
)
async def test_a_list_to_tick_off_is_shown_on_request(citizen: Talk, text: str) -> None:
    answer = await citizen.say(text)

    assert "▫️ akta kelahiran: belum disebut" in answer
    assert "Tulis mana yang sudah ada" in answer


@pytest.mark.parametrize(
    "text", ["tadi kurang apa?", "kemarin kurang apa ya min", "dokumen saya kurang apa"]
)
async def test_what_is_missing_can_be_asked_on_another_day(citizen: Talk, text: str) -> None:
    await citizen.say("syarat paspor anak", "KTP ortu sudah, KK sudah, akta belum")
    await citizen.be_silent(60 * 24 * 3)
    answer = await citizen.say(text)

    assert "✅ Kartu Keluarga" in answer
    assert "❌ akta kelahiran" in answer


async def test_what_is_missing_can_be_asked_after_something_else(citizen: Talk) -> None:
    await citizen.say(
        "syarat paspor anak", "ktp ada kk ada", "jam buka kantor", "biaya paspor hilang"
    )

    assert "✅ e-KTP" in await citizen.say("tadi kurang apa?")


async def test_a_document_got_later_is_ticked_off_in_the_list_begun(citizen: Talk) -> None:
    await citizen.say("syarat paspor anak", "KTP sudah, KK sudah, akta belum")
    await citizen.be_silent(90)

    assert "✅ akta kelahiran" in await citizen.say("akta udah ada sekarang")


async def test_what_is_missing_of_nothing_is_said_so(citizen: Talk) -> None:
    answer = await citizen.say("tadi kurang apa?")

    assert "Belum ada dokumen yang Anda sebut" in answer
    assert "Paspor anak" in [choice.title for choice in citizen.last.choices]


@pytest.mark.parametrize("text", ["kk hilang", "kk nya nyusul", "kk masih proses"])
async def test_a_document_is_missing_in_whatever_words(citizen: Talk, text: str) -> None:
    await citizen.say("syarat paspor baru", "ktp ada, ijazah ada")

    assert "❌ Kartu Keluarga" in await citizen.say(text)


async def test_what_may_stand_for_a_document_is_told(citizen: Talk) -> None:
    await citizen.say("syarat paspor baru", "ktp ada, kk ada")

    assert "cukup salah satu dari" in await citizen.say("kalo akta ga ada bisa pake apa")
    assert "tidak ada dalam daftar syarat" in await citizen.say("kk diganti apa bisa?")


async def test_a_duty_stamp_is_on_the_list_once_it_is_named(citizen: Talk) -> None:
    await citizen.say("syarat paspor baru", "ktp ada kk ada ijazah ada")

    assert "❌ meterai" in await citizen.say("materai belum")


async def test_a_parents_passport_is_never_missing(citizen: Talk) -> None:
    await citizen.say("syarat paspor anak", "ktp ada kk ada")

    assert "fotokopi paspor ayah atau ibu: hanya bila punya" in await citizen.say(
        "paspor ortu blm punya"
    )


@pytest.mark.parametrize(
    ("wish", "line"),
    [
        ("mau ubah data paspor, ganti nama. ceklis dong", "dasar perubahan"),
        ("nama saya cuma satu kata mau umroh, ceklis dokumennya", "paspor lama"),
        ("cucu saya yatim piatu mau bikin paspor, ceklis dokumen", "penetapan perwalian"),
    ],
)
async def test_each_applicant_has_a_list_of_their_own(citizen: Talk, wish: str, line: str) -> None:
    assert line in await citizen.say(wish)
    assert line in await citizen.say("ktp ada kk ada")


async def test_the_same_list_is_not_said_to_be_of_another_thing(citizen: Talk) -> None:
    await citizen.say("syarat paspor baru", "ktp ada")

    assert "Untuk itu pun sama" not in await citizen.say("kurang apa lagi?")
