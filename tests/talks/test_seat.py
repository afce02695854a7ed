"""A priority applicant of Blitar in the waiting room (Sambang Pemohon), in citizens' words."""

from __future__ import annotations

import pytest

from riung.clock import now
from riung.desk.cases import work
from riung.desk.cases.tables import Case
from tests.conftest import SetEnvironment
from tests.running_backend import Backend
from tests.talks.talk import Helpdesk, Talk
from tests.talks.test_visit import backend_away, case_of, move


@pytest.fixture
def applicant(helpdesk: Helpdesk, backend: Backend) -> Talk:
    """Somebody who writes to Blitar's number."""
    return Talk(helpdesk, office="blitar")


async def seated(applicant: Talk) -> str:
    return await applicant.say(
        "saya sudah di ruang tunggu", "1", "12", "kursi prioritas nomor 2 dekat pintu"
    )


def cases(backend: Backend, talk: Talk) -> list[Case]:
    with backend.database.reading() as session:
        return work.of_sender(session, talk.number)


async def test_who_sits_in_the_waiting_room_is_visited_there(
    applicant: Talk, backend: Backend
) -> None:
    receipt = await seated(applicant)

    assert "menurut urutan antrean" in receipt
    assert "kursi prioritas nomor 2" in receipt
    case = case_of(backend, applicant)
    assert (case.kind, case.office, case.step) == ("sambang", "blitar", "seated")
    assert str(case.date) == "2026-11-20"
    assert case.details == {
        "group": "lansia",
        "number": "12",
        "seat": "kursi prioritas nomor 2 dekat pintu",
    }


@pytest.mark.parametrize(
    "words",
    [
        "min saya udah di ruang tunggu nih",
        "ibu saya lansia sudah duduk di kursi prioritas",
        "mau pakai sambang pemohon, istri hamil",
    ],
)
async def test_it_is_asked_for_in_any_words(applicant: Talk, words: str) -> None:
    answer = await applicant.say(words)

    assert "Sambang Pemohon" in answer
    assert (await applicant.tracker()).active_loop_name == "sambang_form"


async def test_what_was_told_is_not_asked_again(applicant: Talk, backend: Backend) -> None:
    answer = await applicant.say("ibu saya lansia sudah di ruang tunggu, kursi nomor 3")
    assert "nomor antrean" in answer
    await applicant.say("7")
    assert case_of(backend, applicant).details["seat"] == "kursi nomor 3"


async def test_who_comes_later_is_announced_and_tells_the_seat_then(
    applicant: Talk, backend: Backend
) -> None:
    receipt = await applicant.say("mau ikut sambang pemohon", "3", "selasa depan")
    assert "Selasa 24 November 2026" in receipt
    assert case_of(backend, applicant).step == "announced"

    answer = await applicant.say("saya sudah di ruang tunggu")
    assert "Duduk di mana?" in answer
    await applicant.say("baris depan")
    (case,) = cases(backend, applicant)
    assert (case.step, case.details["seat"]) == ("seated", "baris depan")


@pytest.mark.parametrize("day", ["minggu depan hari minggu", "25 desember", "tahun depan"])
async def test_a_day_on_which_nobody_works_is_refused(applicant: Talk, day: str) -> None:
    assert "Sudah di kantor?" in await applicant.say("mau ikut sambang pemohon", "3", day)


@pytest.mark.parametrize("words", ["1", "belum ambil nomor", "A-17"])
async def test_a_digit_is_a_queue_number(applicant: Talk, words: str, backend: Backend) -> None:
    await applicant.say("saya sudah di ruang tunggu", "2", words, "dekat loket")
    told = {"belum ambil nomor": "belum"}.get(words, words)
    assert case_of(backend, applicant).details["number"] == told


async def test_another_seat_is_told_and_the_step_stays(applicant: Talk, backend: Backend) -> None:
    await seated(applicant)
    move(backend, applicant, "documents")
    await applicant.tap("Pindah kursi")
    assert "Petugas dikabari" in await applicant.say("pojok kanan")
    case = case_of(backend, applicant)
    assert (case.step, case.details["seat"]) == ("documents", "pojok kanan")


async def test_asking_twice_makes_one_request(applicant: Talk, backend: Backend) -> None:
    await seated(applicant)
    assert "sudah dikabari" in await applicant.say("saya sudah di ruang tunggu")
    assert len(cases(backend, applicant)) == 1


@pytest.mark.parametrize(
    "words",
    ["sampai mana sambang saya", "status sambang saya gimana", "cek layanan sambang saya min"],
)
async def test_the_step_can_be_asked(applicant: Talk, backend: Backend, words: str) -> None:
    await seated(applicant)
    assert "Menunggu di ruang tunggu" in await applicant.say(words)


@pytest.mark.parametrize(
    "words", ["batalkan sambang", "sambangnya ga jadi ya", "batal sambang min"]
)
async def test_it_is_cancelled_after_a_question(
    applicant: Talk, backend: Backend, words: str
) -> None:
    await seated(applicant)
    assert "Batalkan permohonan" in await applicant.say(words)
    await applicant.say("ya")
    assert case_of(backend, applicant).step == "cancelled"


async def test_who_leaves_half_way_tells_nobody(applicant: Talk, backend: Backend) -> None:
    answer = await applicant.say("saya sudah di ruang tunggu", "batal")
    assert "tidak jadi dikabari" in answer
    assert "tetap berlaku" in answer
    assert cases(backend, applicant) == []


async def test_while_the_backend_is_away_the_desk_is_named(
    applicant: Talk, backend: Backend, set_environment: SetEnvironment
) -> None:
    with backend_away(set_environment, backend):
        answer = await seated(applicant)
    assert "belum tentu terkabari" in answer
    assert "loket informasi" in answer


async def test_out_of_hours_it_is_said_when_it_is_read(
    applicant: Talk, set_environment: SetEnvironment
) -> None:
    set_environment(RIUNG_NOW="2026-11-20T19:00:00+07:00")
    assert "Dibaca mulai Senin 23 November 2026, 08.00 WIB" in await seated(applicant)


async def test_another_office_says_where_to_go(citizen: Talk) -> None:
    answer = await citizen.say("saya sudah di ruang tunggu")

    assert "loket informasi" in answer
    assert (await citizen.tracker()).active_loop_name is None


@pytest.mark.parametrize(
    "words",
    ["lansia ada jalur khusus?", "ibu hamil perlu antri ga", "bawa balita apa bisa didahulukan"],
)
async def test_a_question_about_priority_names_it(applicant: Talk, words: str) -> None:
    assert "mendatangi kursinya" in await applicant.say(words)


async def test_it_is_asked_in_english_too(applicant: Talk) -> None:
    answer = await applicant.say("english", "i am in the waiting room")
    assert "queue stays the same" in answer
    assert "Who is the applicant?" in answer


async def test_it_ends_when_the_officer_is_done(applicant: Talk, backend: Backend) -> None:
    await seated(applicant)
    for step in ("documents", "interview", "payment", "served"):
        move(backend, applicant, step)
    assert "Selesai" in await applicant.say("sampai mana sambang saya")
    assert case_of(backend, applicant).ended_at == now()


@pytest.mark.parametrize("said", ["di kursi 12", "saya di bangku nomor 7", "kursi depan loket 3"])
async def test_a_seat_told_at_the_first_question_is_kept(
    applicant: Talk, backend: Backend, said: str
) -> None:
    await applicant.say("mau panggil petugas sambang")
    assert "Pemohonnya siapa?" in await applicant.say(said)
    receipt = await applicant.say("lansia", "A12")
    assert "Petugas dikabari" in receipt
    assert cases(backend, applicant)[0].details["seat"] in said


async def test_a_wheelchair_is_no_seat(applicant: Talk) -> None:
    await applicant.say("mau panggil petugas sambang")
    assert "Sudah di kantor?" in await applicant.say("ibu saya pakai kursi roda")


@pytest.mark.parametrize(
    "said",
    [
        "bapak pake baju putih duduk deket pintu",
        "ibu saya pakai jilbab merah, duduk di belakang",
        "yg pake topi item samping tv",
        "duduk dkt loket 2 pak",
    ],
)
async def test_a_description_instead_of_the_number_is_kept(
    applicant: Talk, backend: Backend, said: str
) -> None:
    answer = await applicant.say("saya lansia sudah di ruang tunggu", said)
    assert "tempat duduknya" in answer
    assert "Berapa *nomor antrean*" in answer
    assert "Petugas dikabari" in await applicant.say("A012")
    assert str(case_of(backend, applicant).details["seat"]) in said


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("eh jadinya hari selasa", "2026-11-24"),
        ("ga jadi senin, rabu aja", "2026-11-25"),
        ("nyampenya selasa bukan senin", "2026-11-24"),
        ("undur ke rabu ya mba", "2026-11-25"),
    ],
)
async def test_another_day_after_announcing_takes_its_place(
    applicant: Talk, backend: Backend, said: str, day: str
) -> None:
    await applicant.say("mau sambang pemohon besok senin, ibu saya lansia")
    assert "Harinya diganti" in await applicant.say(said)
    kept = {
        case.step: (str(case.date), case.details["group"]) for case in cases(backend, applicant)
    }
    assert kept["announced"] == (day, "lansia")
    assert kept["cancelled"][0] == "2026-11-23"


async def test_a_day_that_cannot_be_leaves_the_one_announced(
    applicant: Talk, backend: Backend
) -> None:
    answer = await applicant.say(
        "mau sambang pemohon besok senin, ibu saya lansia", "eh jadinya tanggal 25 desember"
    )
    assert "Yang tercatat: *Senin 23 November 2026*" in answer
    (case,) = cases(backend, applicant)
    assert case.step == "announced"


@pytest.mark.parametrize("said", ["batal aja", "batalin deh", "gajadi"])
async def test_a_word_for_stopping_gives_up_what_was_just_announced(
    applicant: Talk, said: str
) -> None:
    await applicant.say("mau sambang pemohon besok senin, ibu saya lansia")
    assert "Batalkan permohonan" in await applicant.say(said)


@pytest.mark.parametrize(
    "said",
    ["mba sy udh di kantor, sama ibu umur 72", "baru sampai pak, bareng mbah 80 tahun"],
)
async def test_who_arrives_with_somebody_old_is_asked_for_the_number(
    applicant: Talk, said: str
) -> None:
    assert "Berapa *nomor antrean*" in await applicant.say(said)


@pytest.mark.parametrize("said", ["ibu mau ke toilet dulu boleh?", "kami keluar dulu bentar ya"])
async def test_leaving_the_seat_for_a_while_is_no_other_seat(applicant: Talk, said: str) -> None:
    await seated(applicant)
    assert "Kembali ke kursi itu" in await applicant.say(said)


async def test_a_lost_card_is_no_complaint(applicant: Talk) -> None:
    await applicant.say("mau sambang pemohon besok senin, ibu saya lansia")
    assert "e-KTP diperlukan" in await applicant.say("ktp lama ibu ilang, cuma ada fotokopi")


@pytest.mark.parametrize(
    "said",
    [
        "pak saya bawa bapak umur 75 ke kantor nanti",
        "besok nganter ibu usia 69 ke imigrasi",
        "nanti mau ke sana bareng nenek 83 tahun",
    ],
)
async def test_who_brings_somebody_old_hears_of_the_seat(applicant: Talk, said: str) -> None:
    assert "mendatangi kursinya" in await applicant.say(said)


@pytest.mark.parametrize(
    "said", ["mau dong yg petugasnya nyamperin", "boleh tolong disamperin", "iya mau didatangi"]
)
async def test_the_wish_after_priority_is_told(applicant: Talk, said: str) -> None:
    await applicant.say("istri saya hamil 7 bln, ada layanan khusus?")
    assert "Sudah di kantor" in await applicant.say(said)


async def test_a_number_got_late_is_no_seat(applicant: Talk) -> None:
    await applicant.say("kami sudah di ruang tunggu, ibu pake tongkat", "blm dapet nomor")
    assert "nomor antreannya" in await applicant.say("udah dapet nih B7")


async def test_who_asks_about_the_queue_cancels_nothing(applicant: Talk) -> None:
    await seated(applicant)
    answer = await applicant.say("brarti gausah antri?")

    assert "Batalkan" not in answer
    assert "tetap mengambil antrean" in answer


async def test_a_name_is_no_seat(applicant: Talk, backend: Backend) -> None:
    await applicant.say("saya sudah di ruang tunggu", "hamil", "nomor antrean 23")

    assert "Namanya tidak perlu" in await applicant.say("Dewi Lestari")
    await applicant.say("depan loket 3")
    assert case_of(backend, applicant).details["seat"] == "depan loket 3"


async def test_in_english_too(applicant: Talk) -> None:
    assert "queue number" in await applicant.say("I'm pregnant and in the waiting room")
    assert "Officers are told" in await applicant.say("12", "second row")


async def test_who_comes_tomorrow_and_asks_is_not_taken_to_sit_there(applicant: Talk) -> None:
    answer = await applicant.say("ibu saya 65 th mau bikin paspor senin, dilayani di kursi bisa?")

    assert "Senin 23 November" in answer
    assert "nomor antrean* Anda" not in answer


async def test_nobody_is_announced_for_a_weekend(applicant: Talk) -> None:
    answer = await applicant.say(
        "mau pakai sambang pemohon besok, istri hamil", "sabtu 21 november"
    )

    assert "hari kerja kantor" in answer


async def test_who_was_announced_tells_the_seat_on_arrival(applicant: Talk) -> None:
    await applicant.say("ibu saya 65 tahun senin mau pakai sambang")

    assert "Duduk di mana" in await applicant.say("sekarang udah di ruang tunggu")
