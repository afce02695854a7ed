"""A visit to somebody ill (Micin Darurat), in citizens' words, to the officers' last step."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from riung import backend_client
from riung.clock import now
from riung.desk.cases import work
from riung.desk.cases.tables import Case
from tests.conftest import SetEnvironment
from tests.running_backend import Backend
from tests.talks.talk import Helpdesk, Talk

PLACE = "RSUD Andi Abdurrahman Noor, ruang Melati kamar 3"
CONTACT = "Siti anaknya 0812 3456 7890"


@pytest.fixture
def family(helpdesk: Helpdesk, backend: Backend) -> Talk:
    """Somebody who writes to Batulicin's number."""
    return Talk(helpdesk, office="batulicin")


def case_of(backend: Backend, talk: Talk) -> Case:
    with backend.database.reading() as session:
        found = work.of_sender(session, talk.number)
        return found[0]


def move(backend: Backend, talk: Talk, step: str, note: str = "") -> None:
    """What an officer does at the desk."""
    code = case_of(backend, talk).code
    with backend.database.writing() as session:
        work.move(session, work.find(session, code), step, now(), note=note)


async def asked(family: Talk) -> str:
    """The form, filled to its last question."""
    await family.say("minta kunjungan", "2", "1", "1")
    await family.send_media()
    return await family.say("sudah semua", PLACE, CONTACT)


async def filed(family: Talk) -> str:
    await asked(family)
    return await family.say("ya kirim")


@contextmanager
def backend_away(set_environment: SetEnvironment, backend: Backend) -> Iterator[None]:
    set_environment(RIUNG_BACKEND_URL="http://127.0.0.1:9")
    backend_client.backend.cache_clear()
    yield
    set_environment(RIUNG_BACKEND_URL=backend.url)
    backend_client.backend.cache_clear()


@pytest.mark.parametrize(
    "words",
    [
        "ayah dirawat, petugas bisa datang ke rumah sakit?",
        "ibu saya stroke ga bisa bangun, bisa foto di rumah?",
        "micin darurat itu apa",
    ],
)
async def test_who_asks_about_visits_reads_what_it_is_and_begins_with_yes(
    family: Talk, words: str
) -> None:
    answer = await family.say(words)
    assert "Layanan Micin Darurat" in answer
    assert "65 tahun" in answer
    assert "rekomendasi dokter" in answer

    told = await family.say("ya")
    assert "Untuk siapa?" in told or "bisa dibawa ke kantor" in told  # whoever is told is not asked


@pytest.mark.parametrize(
    "words",
    [
        "mau minta kunjungan petugas min",
        "tolong petugasnya dateng ke rumah, ibu stroke ga bisa bangun",
        "mohon petugas datang ke rumah sakit, bapak dirawat",
    ],
)
async def test_who_asks_for_a_visit_is_asked_at_once(family: Talk, words: str) -> None:
    answer = await family.say(words)

    assert "tidak bisa datang" in answer
    assert (await family.tracker()).active_loop_name == "kunjungan_form"


async def test_what_was_told_is_not_asked_again(family: Talk) -> None:
    answer = await family.say("tolong petugasnya dateng ke rumah, ibu stroke ga bisa bangun")

    assert "bisa dibawa ke kantor" in answer
    assert "Untuk siapa?" not in answer


async def test_the_whole_way_is_filed_once_with_its_photos(family: Talk, backend: Backend) -> None:
    summary = await asked(family)
    assert "Keluarga saya (Sakit)" in summary
    assert PLACE in summary
    receipt = await family.say("ya kirim")

    case = case_of(backend, family)
    assert f"*{case.code}*" in receipt
    assert "belum ditetapkan" in receipt
    assert (case.kind, case.office, case.step) == ("micin", "batulicin", "received")
    assert len(case.files) == 1
    assert case.details == {
        "for": "keluarga",
        "group": "sakit",
        "letter": "lengkap",
        "contact": CONTACT,
        "address": PLACE,
    }


async def test_the_warning_stands_before_the_first_photo(family: Talk) -> None:
    answer = await family.say("minta kunjungan", "2", "1", "1")

    assert "Jangan kirim KTP, KK, atau NIK" in answer
    assert "petugas kantor ini saja" in answer


@pytest.mark.parametrize("step", range(4))
async def test_a_shared_place_is_taken_at_any_step(
    family: Talk, backend: Backend, step: int
) -> None:
    answers = ["minta kunjungan", "2", "1", "1"]
    await family.say(*answers[: step + 1])
    where = {"latitude": -3.45, "longitude": 116.0, "name": "RSUD"}
    await family.say("/kirim_lokasi", location=where, type="location")
    await family.say(*answers[step + 1 :])
    await family.send_media()

    assert "titik lokasi" in await family.say("sudah", "nomor ini aja")
    await family.say("ya")
    assert case_of(backend, family).details["lat"] == "-3.45"


async def test_only_photos_and_documents_are_letters(family: Talk, backend: Backend) -> None:
    await family.say("minta kunjungan", "2", "1", "1")
    assert "bukan foto" in await family.send_media(kind="voice", mime="audio/ogg")
    assert "1 berkas" in await family.send_media(kind="document", mime="application/pdf")
    await family.say("sudah semua", PLACE, CONTACT, "ya")
    assert [one["kind"] for one in case_of(backend, family).files] == ["document"]


@pytest.mark.parametrize("words", ["salah foto", "eh salah kirim min", "fotonya buram"])
async def test_a_wrong_photo_is_left_out(family: Talk, backend: Backend, words: str) -> None:
    await family.say("minta kunjungan", "2", "1", "1")
    await family.send_media()
    assert "tidak jadi dikirim" in await family.say(words)
    await family.send_media()
    await family.say("udah semua", PLACE, CONTACT, "ya")
    assert len(case_of(backend, family).files) == 1


@pytest.mark.parametrize("words", ["belum ada suratnya", "nyusul ya min, blm dikasih dokter", "1"])
async def test_a_missing_letter_is_filed_as_missing_and_sent_later(
    family: Talk, backend: Backend, words: str
) -> None:
    await family.say("minta kunjungan", "2", "1", "1", words)
    receipt = await family.say(PLACE, CONTACT, "ya")
    assert "Surat dokter belum ada" in receipt
    assert case_of(backend, family).details["letter"] == "belum_surat"

    assert "1 berkas" in await family.send_media()
    assert len(case_of(backend, family).files) == 1


@pytest.mark.parametrize("words", ["2", "masih bisa kok", "bisa, pakai kursi roda"])
async def test_who_can_still_come_is_told_of_the_priority_line(
    family: Talk, backend: Backend, words: str
) -> None:
    answer = await family.say("minta kunjungan", "2", "1", words)

    assert "jalur prioritas" in answer
    assert (await family.tracker()).active_loop_name is None


@pytest.mark.parametrize(
    "words",
    [
        "sampai mana permohonan kunjungan saya?",
        "min status kunjungan ibu gimana ya",
        "kunjungan petugas kok blm ada kabar, sudah diproses?",
    ],
)
async def test_the_step_can_be_asked_in_any_words(
    family: Talk, backend: Backend, words: str
) -> None:
    await filed(family)
    assert "Permohonan diterima" in await family.say(words)
    for step in ("checked", "entered", "equipment", "on_the_way"):
        move(backend, family, step)
    answer = await family.say(words)
    assert "Petugas dalam perjalanan" in answer
    assert "WITA" in answer


async def test_what_was_missing_goes_to_the_returned_request(
    family: Talk, backend: Backend
) -> None:
    await filed(family)
    move(backend, family, "checked")
    move(backend, family, "returned", note="Surat rekomendasi dokter buram")
    assert "dilengkapi" in await family.say("sampai mana permohonan kunjungan saya")

    assert case_of(backend, family).code in await family.send_media()
    assert case_of(backend, family).step == "received"


async def test_a_photo_without_a_request_gets_the_usual_warning(family: Talk) -> None:
    assert "permohonan" not in (await family.send_media()).casefold().splitlines()[0]


@pytest.mark.parametrize(
    "words", ["batalkan kunjungan", "kunjungannya gak jadi ya min", "cancel my visit"]
)
async def test_it_is_cancelled_after_a_question(family: Talk, backend: Backend, words: str) -> None:
    await filed(family)
    code = case_of(backend, family).code
    assert f"*{code}*?" in await family.say(words)
    assert "dibatalkan" in await family.say("ya")
    assert case_of(backend, family).step == "cancelled"


async def test_what_officers_have_left_for_is_cancelled_by_a_person(
    family: Talk, backend: Backend
) -> None:
    await filed(family)
    move(backend, family, "on_the_way")
    await family.say("batalkan kunjungan")
    assert "petugas" in await family.say("ya")
    assert case_of(backend, family).step == "on_the_way"


async def test_a_form_left_half_way_files_nothing(family: Talk, backend: Backend) -> None:
    assert "tidak jadi dikirim" in await family.say("minta kunjungan", "2", "1", "batal")
    with backend.database.reading() as session:
        assert work.of_sender(session, family.number) == []


async def test_a_question_in_between_is_answered_and_the_form_goes_on(family: Talk) -> None:
    answer = await family.say("minta kunjungan", "2", "1", "1", "biaya paspor berapa?")

    assert "650.000" in answer
    assert "foto surat dokter" in answer


async def test_out_of_hours_it_is_said_when_it_is_read(
    family: Talk, set_environment: SetEnvironment
) -> None:
    set_environment(RIUNG_NOW="2026-11-20T20:00:00+08:00")
    assert "Dibaca mulai Senin 23 November 2026, 08.00 WITA" in await filed(family)


async def test_while_the_backend_is_away_nothing_is_lost_and_nothing_filed_twice(
    family: Talk, backend: Backend, set_environment: SetEnvironment
) -> None:
    with backend_away(set_environment, backend):
        await asked(family)
        answer = await family.say("ya")
        assert "belum pasti" in answer
        assert "Kirim ke petugas?" in answer
    assert "tercatat" in await family.say("ya")
    with backend.database.reading() as session:
        assert len(work.of_sender(session, family.number)) == 1


async def test_an_office_without_visits_says_where_to_go(citizen: Talk) -> None:
    answer = await citizen.say("minta kunjungan petugas, ayah saya dirawat")

    assert "Hubungi petugas sekarang" in answer
    assert (await citizen.tracker()).active_loop_name is None
    assert "tiket" in await citizen.say("ya")


async def test_one_more_person_can_be_asked_for(family: Talk, backend: Backend) -> None:
    await filed(family)
    assert "masih berjalan" in await family.say("minta kunjungan")
    assert "Untuk siapa?" in await family.say("ya")


async def test_it_is_asked_in_english_too(family: Talk) -> None:
    answer = await family.say("english", "please send an officer to visit my father in hospital")
    assert "cannot come" in answer
    assert "wheelchair" in answer


async def test_the_wish_to_be_forgotten_names_what_stays(family: Talk) -> None:
    await filed(family)
    await family.say("hapus data saya")
    assert "1 permohonan kunjungan" in await family.say("ya hapus")


@pytest.mark.parametrize(
    "said",
    [
        "istri saya",
        "ibu saya udah 3 minggu terbaring",
        "operasi caesar minggu lalu, masih blm boleh perjalanan jauh",
    ],
)
async def test_who_tells_for_whom_after_the_offer_takes_it(family: Talk, said: str) -> None:
    await family.say("mau minta layanan rumah buat yang sakit")
    await family.say(said)
    assert (await family.tracker()).active_loop_name == "kunjungan_form"


@pytest.mark.parametrize(
    "said", ["surat dokter ada, ktp kk ada, akta ga punya", "akta belum ada, rekam medis ada"]
)
async def test_a_letter_among_other_papers_is_still_sent(family: Talk, said: str) -> None:
    await family.say("mau minta kunjungan petugas", "ibu saya stroke", "1", "1")
    answer = await family.say(said)
    assert "Foto *surat dokternya*" in answer


@pytest.mark.parametrize("said", ["eh salah rt 5", "maaf keliru, rt 5"])
async def test_one_number_of_an_address_is_mended(family: Talk, said: str) -> None:
    await family.say("mau minta kunjungan petugas", "ibu saya stroke", "1", "1", "1")
    await family.say("jl transmigrasi rt 4 desa sungai danau kec satui")
    answer = await family.say(said)
    assert "jl transmigrasi rt 5 desa sungai danau" in answer


@pytest.mark.parametrize("text", ["masih lama ga pak", "belum tau", "ga ada yg lain"])
async def test_no_place_is_noted_of_words_that_name_none(
    family: Talk, backend: Backend, text: str
) -> None:
    answer = await family.say("minta kunjungan buat bapak saya stroke", text)

    assert f"saya catat: *{text}*" not in answer


async def test_a_lane_is_a_place(family: Talk) -> None:
    await family.say("minta kunjungan", "2", "1", "1", "1")

    assert "dihubungi petugas" in await family.say("gg mawar no 4 kampung baru")


async def test_the_letter_may_follow_and_that_is_said(family: Talk) -> None:
    await family.say("minta kunjungan", "2", "1", "1", "belum ada surat dokternya pak")

    assert "boleh menyusul" in await family.say("nanti nyusul bisa?")


async def test_a_missing_letter_is_understood_in_english(family: Talk) -> None:
    await family.say("my father is in the hospital in batulicin, can an officer visit?", "yes")

    assert "letter" in await family.say("I don't have the doctor's letter yet")
