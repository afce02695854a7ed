"""What people tell a form out of its turn: kept as they mean it, and said so that it is seen."""

from __future__ import annotations

import pytest

from tests.running_backend import Backend
from tests.talks.talk import Helpdesk, Talk
from tests.talks.test_visit import case_of

START = "daftar antrean mpp batang"
NIK = "3326015507900002"


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("oke lanjut, nama saya Siti Rohmah", "Siti Rohmah"),
        ("saya Rini", "Rini"),
        ("lengkapnya Rini Wulandari", "Rini Wulandari"),
        ("eh namanya kurang, Hendra", "Hendra"),
        ("eh namanya salah, Siti Rochmah pake ch", "Siti Rochmah"),
        ("namanya Nur Hayati dipisah ya", "Nur Hayati"),
        (f"atas nama Budi Hartono nik {NIK}", "Budi Hartono"),
        (f"Nama: Dedi Kurniawan NIK: {NIK}", "Dedi Kurniawan"),
    ],
)
async def test_a_name_is_what_the_person_means(applicant: Talk, said: str, name: str) -> None:
    assert f"namanya *{name}*" in await applicant.say(START, said)


@pytest.mark.parametrize("said", [f"nik nya {NIK}", f"nik salah harusnya {NIK}", NIK])
async def test_a_nik_alone_is_no_name(applicant: Talk, said: str) -> None:
    answer = await applicant.say(START, said)

    assert "berakhir 0002" in answer
    assert "namanya" not in answer
    assert NIK not in await applicant.stored()


async def test_only_what_is_missing_is_asked_for(applicant: Talk) -> None:
    answer = await applicant.say(START, f"an. Budi Hartono, nik {NIK}", "perpanjangan", "1")

    assert "Nama: Budi Hartono" in answer
    assert "NIK: berakhir 0002" in answer


@pytest.mark.parametrize("said", ["yg hari rabu depan aja", "eh ganti tgl 26 aja deh", "kamis"])
async def test_beside_a_day_that_cannot_be_had_stand_those_that_can(
    applicant: Talk, said: str
) -> None:
    assert "Yang bisa: Selasa 24 November" in await applicant.say(START, said)


@pytest.mark.parametrize("said", ["apa aja jadwalnya?", "ada hari apa aja", "bisanya kapan min"])
async def test_the_days_are_told_before_they_are_asked_for(applicant: Talk, said: str) -> None:
    answer = await applicant.say(START, said)

    assert "*Selasa 24 November" in answer
    assert "Untuk keperluan apa?" in answer


@pytest.mark.parametrize(
    "said", ["2 orang", "anak saya juga mau sekalian umur 4 th", "berdua sama istri"]
)
async def test_a_form_is_for_one_person(applicant: Talk, said: str) -> None:
    assert "untuk *satu orang*" in await applicant.say(START, said)


@pytest.mark.parametrize("said", ["gausah jadi deh", "ga usah dulu min", "ga jadi aja"])
async def test_a_wish_to_leave_leaves(applicant: Talk, said: str) -> None:
    assert "dihentikan" in await applicant.say(START, said)


@pytest.mark.parametrize("said", ["gapapa anonim aja", "ga masalah tanpa nama", "gpp rahasiain"])
async def test_no_objection_to_no_name_keeps_the_name_out(citizen: Talk, said: str) -> None:
    answer = await citizen.say("mau lapor, petugas loketnya judes banget sama ibu saya", said)

    assert "*tanpa nama*" in answer


@pytest.mark.parametrize(
    "said",
    [
        "mau lapor, petugas di loket judes banget",
        "komplain dong min. tadi satpamnya kasar ke saya",
        "mau ngadu nih, antrean saya diserobot orang",
    ],
)
async def test_a_grievance_told_with_the_wish_is_not_asked_for_again(
    citizen: Talk, said: str
) -> None:
    answer = await citizen.say(said)

    assert "Tentang apa?" not in answer
    assert "Bolehkah petugas tahu" in answer


@pytest.mark.parametrize(
    "said", ["laporan saya gimana ya", "aduanku tadi gimana", "laporan saya udah dibaca blm"]
)
async def test_the_complaint_just_filed_is_asked_about(citizen: Talk, said: str) -> None:
    await citizen.say("mau lapor, petugas loketnya judes banget sama ibu saya", "boleh")

    assert "menunggu petugas" in await citizen.say(said)


@pytest.fixture
def seated(helpdesk: Helpdesk, backend: Backend) -> Talk:
    """Somebody who writes to Blitar's number."""
    return Talk(helpdesk, office="blitar")


@pytest.mark.parametrize(
    ("said", "seat"),
    [
        ("duduk di kursi nomer 12 min", "kursi nomer 12"),
        ("eh pindah, ke A4", "A4"),
        ("kursi B7 ya kak", "kursi B7"),
        ("bangku nomer 3, belum ada yg dateng", "bangku nomer 3"),
    ],
)
async def test_a_seat_is_kept_whatever_is_asked(seated: Talk, said: str, seat: str) -> None:
    assert f"tempat duduknya: *{seat}*" in await seated.say("kami udah di ruang tunggu", said)


@pytest.mark.parametrize(
    "said", ["bapak saya lumpuh sebelah", "jalannya pake tongkat", "tunanetra"]
)
async def test_a_group_is_known_by_what_people_say_of_it(seated: Talk, said: str) -> None:
    assert "nomor antrean" in await seated.say("saya sudah di ruang tunggu", said)


@pytest.mark.parametrize(
    "said", ["hari ini mau kesana, masih otw", "lagi di jalan", "belum berangkat, senin aja"]
)
async def test_who_is_not_there_yet_is_asked_for_no_number(seated: Talk, said: str) -> None:
    answer = await seated.say("mau pakai sambang pemohon, istri hamil", said)

    assert "Tercatat" in answer
    assert "nomor antrean Anda?" not in answer


@pytest.mark.parametrize("said", ["nama saya Rina", "Dwi Lestari", "namanya Bu Painem"])
async def test_a_name_is_not_needed_there(seated: Talk, said: str) -> None:
    assert "tidak perlu" in await seated.say("saya sudah di ruang tunggu", said)


@pytest.fixture
def family(helpdesk: Helpdesk, backend: Backend) -> Talk:
    """Somebody who writes to Batulicin's number."""
    return Talk(helpdesk, office="batulicin")


@pytest.mark.parametrize(
    ("said", "place"),
    [
        ("eh salah dia udah pindah ke rumah, jl transmigrasi gang 2", "jl transmigrasi gang 2"),
        ("ralat, alamatnya jl kodeco km 3", "jl kodeco km 3"),
        ("maaf alamat yg bener di desa Barokah rt 2", "desa Barokah rt 2"),
    ],
)
async def test_a_corrected_address_takes_the_earlier_ones_place(
    family: Talk, backend: Backend, said: str, place: str
) -> None:
    await family.say("minta kunjungan", "2", "1", "1")
    await family.send_media()
    answer = await family.say("sudah semua", "RSUD Andi Abdurrahman Noor kamar 3", said)

    assert f"*{place}*" in answer
    await family.say("0812 5555 1234 eh salah 0812 5555 1243", "ya")
    details = case_of(backend, family).details
    assert (details["address"], details["contact"]) == (place, "0812 5555 1243")


@pytest.mark.parametrize("said", ["kontaknya saya aja 085345678901", "no hp saya 085345678901"])
async def test_a_number_is_kept_without_the_words_before_it(
    family: Talk, backend: Backend, said: str
) -> None:
    await family.say("minta kunjungan", "2", "1", "1", "belum ada surat", "jl kodeco km 3", said)

    await family.say("ya kirim")
    assert case_of(backend, family).details["contact"] == "085345678901"


@pytest.mark.parametrize("said", ["iya", "mau dong", "iya mau"])
async def test_a_yes_takes_what_the_answer_offers_to_type(family: Talk, said: str) -> None:
    await family.say("bapak saya stroke gabisa jalan, bikin paspornya gmn")

    await family.say("bisa didatengin ke rumah?", said)
    assert (await family.tracker()).active_loop_name == "kunjungan_form"


@pytest.mark.parametrize("said", ["oke", "sip makasih"])
async def test_a_mere_sign_of_understanding_takes_nothing(family: Talk, said: str) -> None:
    await family.say("bapak saya stroke gabisa jalan, bikin paspornya gmn")
    await family.say("bisa didatengin ke rumah?", said)
    assert (await family.tracker()).active_loop_name is None


STORY = "mau lapor, petugas loketnya judes banget sama ibu saya"


@pytest.mark.parametrize(
    "said", ["mau nambahin, satpamnya jg kasar", "tambahin dong, saya udah bayar yg percepatan"]
)
async def test_more_is_added_to_the_complaint_just_filed(citizen: Talk, said: str) -> None:
    await citizen.say(STORY, "boleh")
    code = citizen.ticket_code()

    assert f"tambahkan ke pengaduan *{code}*" in await citizen.say(said)


async def test_what_is_added_to_one_without_a_name_comes_under_no_name(citizen: Talk) -> None:
    await citizen.say(STORY, "boleh", STORY, "tanpa nama")

    assert "tambahkan ke pengaduan" not in await citizen.say("mau nambahin, satpamnya jg kasar")


@pytest.mark.parametrize(
    "said", ["antri dari subuh tp kuota katanya abis", "server down dari pagi"]
)
async def test_a_story_without_a_question_is_none(citizen: Talk, said: str) -> None:
    answer = await citizen.say("mau komplain", f"{said} terus di kantor bandung")

    assert "Ceritanya saya catat" in answer


@pytest.mark.parametrize(
    ("said", "last"), [("ok daftarin", 7), ("oke daftarkan ya", 8), ("gas daftarin", 9)]
)
async def test_the_wish_to_be_booked_is_a_yes_to_the_summary(
    applicant: Talk, said: str, last: int
) -> None:
    await applicant.say(START, f"an. Budi Hartono, nik {NIK[:-1]}{last}", "perpanjangan", "1")

    assert "Nomor antrean" in await applicant.say(said)


@pytest.mark.parametrize(
    "said",
    ["eh itu namaku, yg mau antri suamiku: Bambang Sutejo", "salah, yg daftar istri saya Nur Aini"],
)
async def test_the_name_of_another_person_takes_the_place_of_ones_own(
    applicant: Talk, said: str
) -> None:
    answer = await applicant.say(START, "1", "1", "Dwi Hartanti", said)

    assert "namanya *Bambang Sutejo*" in answer or "namanya *Nur Aini*" in answer


async def test_a_word_of_an_address_is_corrected(family: Talk) -> None:
    await family.say("minta kunjungan", "2", "1", "1", "RS Marina ruang anggrek no 4")
    await family.send_media()
    await family.say("sudah semua", "RS Marina ruang anggrek no 4")

    assert "*RS Marina ruang mawar no 4*" in await family.say("eh bukan anggrek tapi mawar no 4")


@pytest.mark.parametrize("said", ["RS Marina ruang anggrek no 4", "jl melati no. 7 rt 2"])
async def test_the_number_of_a_house_denies_nothing(family: Talk, said: str) -> None:
    answer = await family.say("minta kunjungan", "2", "1", said)

    assert f"*{said}*" in answer
    assert "bisa dibawa ke kantor" in answer


@pytest.mark.parametrize("said", ["boleh deh daftar", "iya tolong petugasnya kesini", "daftarin"])
async def test_a_wish_after_what_a_visit_is_begins_one(family: Talk, said: str) -> None:
    await family.say("nenek saya 80 tahun udah gabisa jalan, mau umroh", said)

    assert (await family.tracker()).active_loop_name == "kunjungan_form"


@pytest.mark.parametrize("said", ["iya kabarin petugasnya", "daftarin dong", "besok senin jam 9"])
async def test_a_wish_after_what_priority_is_announces(seated: Talk, said: str) -> None:
    await seated.say("istri saya hamil gede mau bikin paspor, bs langsung dilayani?", said)

    last = (await seated.tracker()).active_loop_name
    assert last == "sambang_form" or "Tercatat" in seated.last.text


@pytest.mark.parametrize("said", ["ya hapus aja", "iya hapus semua", "ya hapus dong"])
async def test_a_yes_in_words_erases(citizen: Talk, said: str) -> None:
    assert "Permintaan diterima" in await citizen.say("hapus data saya", said)


@pytest.mark.parametrize(
    "said", ["gajadi deh mau tanya biaya paspor elektronik aja", "ga jadi, mau nanya syarat aja"]
)
async def test_who_turns_back_to_the_machine_in_words_is_answered(citizen: Talk, said: str) -> None:
    answer = await citizen.say("mau ngomong sama petugas langsung", said)

    assert "diteruskan" not in answer


@pytest.mark.parametrize("said", ["batal eh jangan batal", "eh jangan dibatalin deng"])
async def test_a_leave_that_is_taken_back_is_none(applicant: Talk, said: str) -> None:
    assert "Hari apa" in await applicant.say(START, "1", said)


@pytest.mark.parametrize(
    "said", ["min saya mau daftar paspor di batang, saya lupa NIK", "pengen daftar di batang kak"]
)
async def test_a_wish_to_register_at_the_place_begins_the_form(applicant: Talk, said: str) -> None:
    assert "Untuk keperluan apa?" in await applicant.say(said)


@pytest.mark.parametrize("said", ["kalo saya yg wakilin bs?", "bisa diwakilin ga?"])
async def test_nobody_comes_in_the_place_of_the_applicant(applicant: Talk, said: str) -> None:
    await applicant.say(START, f"an. Budi Hartono, nik {NIK[:-2]}1{len(said) % 7}", "1", "1", "ya")
    answer = await applicant.say(said)

    assert "Ambil di kantor" not in answer


@pytest.mark.parametrize("said", ["bapak udah ga bisa jalan sama sekali", "dia ga kuat jalan jauh"])
async def test_who_cannot_walk_lives_in_no_street(family: Talk, said: str) -> None:
    await family.say("minta kunjungan", "2", said)

    assert (await family.tracker()).get_slot("kunjungan_lokasi") is None


@pytest.mark.parametrize(
    "said", ["nanti aja deh nik nya, lagi cari ktp", "bentar ktp nya di rumah, nti lanjut"]
)
async def test_who_looks_for_the_card_is_waited_for(applicant: Talk, said: str) -> None:
    await applicant.say(START, "1", "1", "Sulistyowati", said)

    assert "berakhir" not in applicant.last.text
    assert (await applicant.tracker()).active_loop_name == "antrean_form"


@pytest.mark.parametrize("said", ["gajadi senin, rabu aja", "eh rabu aja deh"])
async def test_the_announced_day_is_said_when_another_is_told(seated: Talk, said: str) -> None:
    await seated.say("mau ikut sambang pemohon, istri hamil", "senin depan", said)

    assert "Duduk di mana" not in seated.last.text
