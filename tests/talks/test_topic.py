"""What was said before counts: whole conversations through NLU, policies, actions and backend."""

from __future__ import annotations

import pytest

from tests.running_backend import Backend
from tests.talks.talk import Talk

NUMBER = "1179000000001777"


@pytest.mark.parametrize("text", ["terus biayanya?", "biayanya brp ya", "klo ongkosnya?"])
async def test_the_price_is_that_of_what_was_talked_about(citizen: Talk, text: str) -> None:
    answer = await citizen.say("paspor saya hilang", text)

    assert "Rp1.650.000" in answer


@pytest.mark.parametrize("text", ["syaratnya?", "trs syaratnya apa aja", "dokumennya apa aja kak"])
async def test_requirements_are_those_of_a_renewal(citizen: Talk, text: str) -> None:
    assert "paspor lama" in await citizen.say("mau perpanjang paspor", text)


@pytest.mark.parametrize("text", ["berlaku berapa lama", "masa berlakunya?", "berlakunya brp thn"])
async def test_a_childs_passport_is_valid_for_five_years(citizen: Talk, text: str) -> None:
    assert "paling lama 5 tahun" in await citizen.say("syarat paspor anak", text)


@pytest.mark.parametrize(
    "text",
    [
        "mengapa lama?",
        "kok lama bgt",
        "kok lama amat",
        "kapan bisa diambil?",
        "trs sy harus ngapain",
        "kok ga kelar kelar",
        "sampe kapan",
    ],
)
async def test_questions_are_about_the_application_just_shown(
    citizen: Talk, backend: Backend, text: str
) -> None:
    backend.application(NUMBER, "printing")

    assert "1179 0000 0000 1777" in await citizen.say(NUMBER, text)


@pytest.mark.parametrize(
    "text", ["kalau selasa depannya lagi?", "selasa berikutnya?", "minggu depannya lagi gimana"]
)
async def test_the_day_counts_on(citizen: Talk, text: str) -> None:
    answer = await citizen.say("kuota selasa depan di mpp batang", text)

    assert "MPP Batang, Selasa 1 Desember" in answer


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("kalo 3 hari setelahnya", "Kamis 10 Desember"),
        ("besoknya ada?", "Selasa 8 Desember"),
        ("lusanya gmn", "Rabu 9 Desember"),
        ("kalau 3 hari sebelumnya", "Jumat 4 Desember"),
        ("2 minggu setelah itu", "Senin 21 Desember"),
        ("the day after?", "Tuesday 8 December"),
    ],
)
async def test_days_are_counted_from_the_one_talked_about(
    citizen: Talk, text: str, day: str
) -> None:
    assert day in await citizen.say("kuota senin 7 desember", text)


@pytest.mark.parametrize(
    "text", ["kalo yang di mpp?", "yg di mpp mana aja", "klo mpp gimana kuotanya"]
)
async def test_a_name_of_several_places_is_no_single_one(citizen: Talk, text: str) -> None:
    answer = await citizen.say("kuota senin 7 desember", text)

    assert "MPP di Bandung Raya: datang langsung" in answer


@pytest.mark.parametrize(
    "text",
    [
        "paling telat dateng jam brp",
        "paling lambat jam berapa kesananya",
        "batas datengnya jam brp",
    ],
)
async def test_the_latest_hour_is_of_the_service_talked_about(citizen: Talk, text: str) -> None:
    answer = await citizen.say("paspor yg sehari jadi ada ga", text)

    assert "selesai sehari* belum kami pastikan" in answer


@pytest.mark.parametrize("text", ["kalau di pemalang?", "di pemalang gmn?", "yang di pemalang min"])
async def test_the_place_changes_and_the_day_stays(citizen: Talk, text: str) -> None:
    answer = await citizen.say("kuota selasa depan", text)

    assert "Selasa 24 November" in answer


@pytest.mark.parametrize("text", ["bukan hilang, cuma rusak", "eh salah, maksudnya rusak"])
async def test_a_correction_is_heard(citizen: Talk, text: str) -> None:
    assert "Rp500.000" in await citizen.say("paspor saya hilang", text)


async def test_another_office_is_answered_for_in_its_own_words(citizen: Talk) -> None:
    answer = await citizen.say("kuota kamis", "yang di pemalang min")

    assert "Kuota kantor utama hanya terlihat di M-Paspor" in answer
    assert "Bandung" not in answer


@pytest.mark.parametrize(
    "text", ["eh bukan, rabu maksudku", "eh typo, rabu", "jangan selasa deh, rabu"]
)
async def test_the_day_is_corrected(citizen: Talk, text: str) -> None:
    assert "Rabu 25 November" in await citizen.say("kuota selasa depan", text)


@pytest.mark.parametrize("text", ["bukan, yang anak", "bukan itu, yang buat anak"])
async def test_what_follows_a_no_is_meant(citizen: Talk, text: str) -> None:
    assert "akta kelahiran anak" in (await citizen.say("syarat paspor baru", text)).casefold()


@pytest.mark.parametrize(
    "text", ["sampe jam brp daftarnya?", "paling telat jam berapa", "what is the cut off time"]
)
async def test_the_latest_hour_is_that_of_the_same_day_service(citizen: Talk, text: str) -> None:
    answer = await citizen.say("layanan percepatan", text)

    assert "paling lambat" in answer or "latest hour" in answer


async def test_what_stands_alone_is_not_bent(citizen: Talk) -> None:
    answer = await citizen.say("paspor saya hilang", "biaya paspor berapa")

    assert answer.startswith("Biaya paspor")


@pytest.mark.parametrize("text", ["jam buka sama alamatnya", "alamatnya sama jam bukanya"])
async def test_both_questions_are_answered(citizen: Talk, text: str) -> None:
    answer = await citizen.say("halo", text)

    assert "Jam layanan" in answer
    assert "Surapati" in answer


async def test_three_questions_are_answered(citizen: Talk) -> None:
    answer = await citizen.say("halo", "syarat anak, biaya, sama berapa lama")

    for part in ("Akta kelahiran anak", "Rp650.000", "hari kerja"):
        assert part in answer


async def test_nothing_is_said_twice_alike(citizen: Talk) -> None:
    for _ in range(4):
        await citizen.say("biaya paspor")

    texts = [bubble.text for bubble in citizen.bubbles]
    assert all(texts[place] != texts[place + 1] for place in range(3))
    assert "etugas" in texts[2]


async def test_a_typed_title_is_a_tap(citizen: Talk) -> None:
    answer = await citizen.say("m-paspor saya error tidak bisa login", "masalah lain")

    assert "Masalah M-Paspor lainnya" in answer


@pytest.mark.parametrize("text", ["makasih ya", "terima kasih"])
async def test_a_story_plays(citizen: Talk, backend: Backend, text: str) -> None:
    backend.application(NUMBER, "printing")

    assert "kabari" in await citizen.say(NUMBER, text)


async def test_an_old_choice_of_a_form_leads_back_to_it(citizen: Talk) -> None:
    assert "belum terkirim" in await citizen.say('/isi{"isi": "pungli"}')
    assert "Tentang apa" in await citizen.say("ya")


async def test_a_holiday_is_told_by_its_name(
    citizen: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RIUNG_NOW", "2026-12-25T09:10:00+07:00")

    assert "tutup* (Hari Raya Natal)" in await citizen.say("hari ini buka?")


@pytest.mark.parametrize("text", ["biaya anak", "kalau anak?", "utk anak kecil brp"])
async def test_a_childs_fee_after_all_fees_is_not_the_table_again(citizen: Talk, text: str) -> None:
    answer = await citizen.say("biaya paspor", text)

    assert "Biaya *paspor anak*" in answer
    assert "Selesai sehari" not in answer


async def test_one_subject_after_the_other_is_answered_for_each(citizen: Talk) -> None:
    await citizen.say("biaya paspor")
    for text, named in (("kalau umrah?", "umrah"), ("kalau perpanjang?", "ganti paspor")):
        answer = await citizen.say(text)
        assert named in answer
        assert "Rp650.000" in answer


@pytest.mark.parametrize("text", ["bisa gak", "boleh ga ya", "apakah bisa?", "can i?"])
async def test_what_may_be_done_is_asked_back(citizen: Talk, text: str) -> None:
    answer = await citizen.say("syarat paspor anak", text)

    assert "*Apa* yang ingin Anda tanyakan" in answer or "*What* would you like" in answer


@pytest.mark.parametrize("text", ["lah kok lama bener", "emang proses lama gitu ya"])
async def test_words_that_the_table_lacks_hang_on_the_topic_too(
    citizen: Talk, backend: Backend, text: str
) -> None:
    backend.application(NUMBER, "printing")

    assert "1179 0000 0000 1777" in await citizen.say(NUMBER, text)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("how much total?", "9 × Rp1.000.000 = *Rp9.000.000*"),
        ("dendanya jadi berapa", "9 × Rp1.000.000 = *Rp9.000.000*"),
        ("where do i pay?", "per day"),
    ],
)
async def test_the_sum_of_an_overstay_is_not_the_price_of_a_passport(
    citizen: Talk, text: str, told: str
) -> None:
    assert told in await citizen.say("my visa expired 9 days ago, what is the fine", text)


async def test_thanks_and_nods_are_not_answered_alike(citizen: Talk) -> None:
    said = [await citizen.say(word) for word in ("oke", "oh gitu", "hmm gitu", "makasih", "thx")]

    assert len(set(said[:2])) == len(set(said[3:])) == 2
    assert not any("masih sama seperti tadi" in one for one in said)


@pytest.mark.parametrize("text", ["layanan sehari jadi", "layanan percepatan"])
async def test_the_same_day_service_is_none_for_a_lost_passport(citizen: Talk, text: str) -> None:
    assert "Umumnya tidak bisa" in await citizen.say(text, "kalo hilang bisa?")


@pytest.mark.parametrize(
    "text", ["itu artinya apa", "terus gimana dong", "jadi saya gimana min", "knp ditangguhin"]
)
async def test_what_a_stage_means_is_asked_of_the_number_just_shown(
    citizen: Talk, backend: Backend, text: str
) -> None:
    backend.application(NUMBER, "suspended")

    assert "1179 0000 0000 1777" in await citizen.say(NUMBER, text)


@pytest.mark.parametrize(
    ("text", "day"), [("kalau minggu?", "Minggu 22"), ("kalo senin?", "Senin 23")]
)
async def test_a_bare_weekday_after_if_is_a_day(citizen: Talk, text: str, day: str) -> None:
    assert day in await citizen.say("besok buka gak", text)


@pytest.mark.parametrize("text", ["bukan bandung, pemalang", "eh bukan bandung, di pemalang"])
async def test_a_place_is_corrected(citizen: Talk, text: str) -> None:
    assert "MPP Batang" in await citizen.say("kuota bandung selasa depan", text)


async def test_four_questions_are_answered(citizen: Talk) -> None:
    answer = await citizen.say("halo", "syarat, biaya, lama, terus bisa diwakilkan gak")

    for part in ("e-KTP", "Rp650.000", "hari kerja", "Tidak bisa diwakilkan"):
        assert part in answer


@pytest.mark.parametrize(
    "text", ["syaratnya apa nak", "syarate opo wae nduk", "dokumennya apa dek"]
)
async def test_how_one_is_addressed_changes_no_question(citizen: Talk, text: str) -> None:
    assert "paspor lama" in await citizen.say("mau perpanjang paspor", text)


@pytest.mark.parametrize("text", ["emang denda?", "masak kena denda", "emangnya kena denda sih"])
async def test_a_doubt_is_answered_for_the_topic(citizen: Talk, text: str) -> None:
    assert "Rp500.000" in await citizen.say("paspor saya basah kena air galon", text)


@pytest.mark.parametrize(
    "text", ["kalo gitu saya wakilin ke istri aja", "apa boleh saya yg wakilin", "pake wakil bisa?"]
)
async def test_nobody_is_sent_in_the_applicants_place(citizen: Talk, text: str) -> None:
    assert "Tidak bisa diwakilkan" in await citizen.say("mau perpanjang paspor", text)


async def test_how_often_is_asked_of_a_visa_on_arrival(citizen: Talk) -> None:
    answer = await citizen.say("can a tourist extend voa online", "how many times")

    assert "extended once" in answer


@pytest.mark.parametrize(
    "text", ["ga dikasih padahal kontrak abis", "kontraknya udah abis tp ga mau dikasih"]
)
async def test_a_passport_that_is_kept_stays_the_matter(citizen: Talk, text: str) -> None:
    answer = await citizen.say("majikan pegang paspor istri saya di arab", text)

    assert "tidak boleh ditahan" in answer


@pytest.mark.parametrize("text", ["kacamata", "kalo pake kerudung?", "bajunya warna apa"])
async def test_what_to_wear_for_the_photo(citizen: Talk, text: str) -> None:
    assert "Hijab boleh" in await citizen.say("syarat paspor baru", text)
