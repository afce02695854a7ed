"""A complaint, in citizens' words: who it comes from is what they said."""

from __future__ import annotations

import pytest

from riung.desk.tickets.tables import Ticket
from tests.running_backend import Backend
from tests.talks.talk import Talk

ENGLISH_STORY = "Yesterday a man in the parking lot asked me for money to get a place in the queue"
STORY = "Petugas loket 3 minta uang dua ratus ribu hari Jumat di Surapati"


async def complained(citizen: Talk, answer: str) -> str:
    return await citizen.say("mau lapor pungli", "3", STORY, answer)


@pytest.mark.parametrize("answer", ["ya gapapa", "hubungi saya saja", "1"])
async def test_yes_in_any_words_lets_officers_know(
    citizen: Talk, backend: Backend, answer: str
) -> None:
    receipt = await complained(citizen, answer)

    assert "tercatat" in receipt, receipt
    assert "dibalas" in receipt
    assert backend.ticket(citizen.ticket_code()).conversation_id == citizen.number


@pytest.mark.parametrize("answer", ["tidak", "rahasiakan nama saya", "Tanpa nama", "2"])
async def test_no_in_any_words_keeps_the_name_out(
    citizen: Talk, backend: Backend, answer: str
) -> None:
    receipt = await complained(citizen, answer)

    assert "tercatat *tanpa nama*" in receipt, receipt
    ticket = backend.ticket(citizen.ticket_code())
    assert (ticket.conversation_id, ticket.sender_hash) == (None, None)
    assert ticket.last_messages == []


@pytest.mark.parametrize("answer", ["terserah", "tanpa nama bisa?", "9"])
async def test_what_is_neither_files_nothing(citizen: Talk, backend: Backend, answer: str) -> None:
    before = len(backend.tickets("complaint"))

    assert "petugas tahu" in await complained(citizen, answer)
    assert len(backend.tickets("complaint")) == before


async def test_the_choice_is_asked_and_repeated_in_english(citizen: Talk) -> None:
    assert "without your name" in await citizen.say("english", "/pengaduan", "3", ENGLISH_STORY)
    assert "*without your name*, number" in await citizen.say("anonymous please")


async def test_nothing_ties_an_unnamed_complaint_to_whom_it_is_from(
    citizen: Talk, backend: Backend
) -> None:
    await complained(citizen, "rahasiakan saja")
    code = citizen.ticket_code()

    kept = await citizen.stored()
    assert code not in kept
    assert code not in citizen.published()
    assert "dua ratus ribu" not in kept
    assert citizen.number not in (backend.ticket(code).idempotency_key or "")


async def test_the_desk_reads_no_story_before_the_choice(citizen: Talk) -> None:
    await citizen.say("mau lapor pungli", "3", STORY)

    assert "dua ratus ribu" not in citizen.published()


async def test_a_complaint_left_half_way_is_not_kept(citizen: Talk) -> None:
    assert "tidak ada yang disimpan" in await citizen.say("mau lapor pungli", "3", STORY, "batal")

    assert "dua ratus ribu" not in await citizen.stored()


async def test_an_officer_asked_for_later_reads_nothing_of_it(
    citizen: Talk, backend: Backend
) -> None:
    await complained(citizen, "tanpa nama")
    await citizen.say("mau bicara petugas")

    handover = backend.tickets("handover")[-1]
    assert "dua ratus ribu" not in str(handover.last_messages)


@pytest.mark.parametrize(
    "words", ["cek pengaduan saya", "status pengaduan saya", "pengaduan saya sampai mana ya min"]
)
async def test_how_far_a_complaint_is_can_be_asked(citizen: Talk, words: str) -> None:
    await citizen.say("mau lapor pungli", "3", STORY, "boleh")
    code = citizen.ticket_code()

    for asked in (words, code):
        assert "menunggu petugas" in await citizen.say(asked)


@pytest.mark.parametrize(
    "text", ["cek pengaduan saya", "laporan saya udah sampe mana", "cek aduan"]
)
async def test_ones_own_complaint_is_found(citizen: Talk, text: str) -> None:
    await citizen.say("mau lapor pungli", "3", "petugas loket minta uang dua ratus ribu", "boleh")
    code = citizen.ticket_code()

    assert code in await citizen.say(text)


async def test_an_anonymous_one_is_found_by_its_number_alone(citizen: Talk) -> None:
    await citizen.say("mau lapor pungli", "3", "petugas loket minta uang dua ratus ribu", "tidak")

    assert "nomor pengaduan" in await citizen.say("cek pengaduan saya")


TOLD = [
    ("petugas loket 3 judes, antri 3 jam ga dilayani", "Antrean dan kuota"),
    ("kemarin ada petugas minta uang 500rb biar cepet", "Calo atau pungli"),
    ("calonya di depan parkiran minta 1jt tadi pagi", "Calo atau pungli"),
    ("satpamnya kasar banget sama ibu saya tadi pagi", "Pelayanan petugas"),
    ("kursi prioritas dipake anak muda semua, lansia berdiri", "Hal lain"),
]


@pytest.mark.parametrize(("story", "kind"), TOLD)
async def test_what_is_told_at_the_first_question_is_not_asked_for_again(
    citizen: Talk, backend: Backend, story: str, kind: str
) -> None:
    told = await citizen.say("mau komplen", story)

    assert kind in told
    assert "petugas tahu" in told
    assert "tercatat *tanpa nama*" in await citizen.say("gausah pake nama saya")
    assert backend.ticket(citizen.ticket_code()).subject == story


@pytest.mark.parametrize("said", ["calo", "soal antrian", "pelayanannya"])
async def test_a_kind_in_words_is_taken(citizen: Talk, said: str) -> None:
    assert "apa, kapan, dan di mana" in await citizen.say("mau komplen", said)


@pytest.mark.parametrize("said", ["biaya paspor anak umur tiga tahun berapa", "syaratnya apa aja?"])
async def test_a_question_there_is_answered_and_files_nothing(citizen: Talk, said: str) -> None:
    assert "Tentang apa?" in await citizen.say("mau komplen", said)
    assert (await citizen.tracker()).get_slot("aduan_isi") is None


@pytest.mark.parametrize("answer", ["rahasiain aja ya", "dirahasiain ya kak", "anonimin aja"])
async def test_a_secret_in_everyday_words_keeps_the_name_out(citizen: Talk, answer: str) -> None:
    assert "tercatat *tanpa nama*" in await complained(citizen, answer)


@pytest.mark.parametrize(
    "said",
    ["bisa ngadu tapi rahasia ga?", "can I complain anonymously?", "boleh lapor tanpa nama?"],
)
async def test_whoever_asks_whether_it_may_be_secret_is_led_to_it(citizen: Talk, said: str) -> None:
    answer = await citizen.say(said)
    assert "Tentang apa?" in answer or "What is it about?" in answer


@pytest.mark.parametrize(
    ("grievance", "answered"),
    [
        (
            "petugasnya jutek, ditanya malah melengos, saya sudah antre dua jam. kalau mau ganti "
            "jadwal ke minggu depan gimana caranya?",
            "Ubah jadwal",
        ),
        (
            "di parkiran ada calo minta 500 ribu, satpam diam saja. memangnya biaya resminya "
            "berapa sih?",
            "Rp650.000",
        ),
        (
            "Kecewa sekali, fotonya diulang tiga kali dan petugas saling lempar. Permohonan saya "
            "ditolak, terus gimana ya",
            "Boleh mengajukan lagi",
        ),
    ],
)
async def test_a_question_at_the_end_of_a_grievance_is_answered_and_the_story_can_be_kept(
    citizen: Talk, grievance: str, answered: str
) -> None:
    first = await citizen.say(grievance)

    assert answered in first
    assert "Maaf" in first
    assert "tanpa nama" in await citizen.tap("Pengaduan")
    assert (await citizen.tracker()).get_slot("aduan_isi") == grievance


async def test_a_grievance_that_only_complains_is_taken_down(citizen: Talk) -> None:
    story = (
        "parah, disuruh antre dari subuh padahal kuotanya habis, petugasnya tidur. apa-apaan ini?"
    )
    assert "saya catat" in await citizen.say(story)


@pytest.mark.parametrize("said", ["pengaduan", "komplain dong", "aduan"])
async def test_the_word_alone_begins_a_complaint(citizen: Talk, said: str) -> None:
    assert "Tentang apa?" in await citizen.say(said)


FILED = (
    "saya mau komplain soal petugas yang kasar banget sama ibu saya tadi pagi",
    "1",
)


@pytest.mark.parametrize("kind", ["image", "video", "document"])
async def test_evidence_after_it_was_filed_is_added(
    citizen: Talk, backend: Backend, kind: str
) -> None:
    await citizen.say(*FILED, "boleh")
    assert "tambahkan ke pengaduan" in await citizen.send_media("ini buktinya", kind=kind)
    with backend.database.reading() as session:
        ticket = (
            session.query(Ticket).filter_by(kind="complaint").order_by(Ticket.id.desc()).first()
        )
        assert ticket is not None
        assert ticket.details["files"].startswith("m")
        assert ticket.last_messages[-1]["text"] == "ini buktinya"


async def test_one_without_a_name_takes_none(citizen: Talk) -> None:
    await citizen.say(*FILED, "tanpa nama")
    assert "tidak bisa ditambah dari chat ini" in await citizen.send_media()


async def test_a_picture_without_a_complaint_is_warned_of(citizen: Talk) -> None:
    await citizen.say("halo")
    assert "Jangan kirim foto" in await citizen.send_media()


@pytest.mark.parametrize(
    "said", ["saya ada videonya, kirim kemana", "ini foto buktinya gimana kirimnya"]
)
async def test_where_evidence_goes_is_answered(citizen: Talk, said: str) -> None:
    await citizen.say(*FILED, "boleh")
    assert "di chat ini" in await citizen.say(said)


@pytest.mark.parametrize(
    "said",
    ["jangan cuma minta maaf dong", "maaf doang mah percuma", "janji terus minta maaf terus"],
)
async def test_an_apology_that_is_not_enough_is_no_story(citizen: Talk, said: str) -> None:
    answer = await citizen.say("saya mau komplain", said)
    assert "maaf saja tidak cukup" in answer
    assert "Tentang apa?" in answer


@pytest.mark.parametrize("said", ["nomornya 1179000000000001", "no antrean 004512"])
async def test_a_number_belongs_to_the_story(citizen: Talk, said: str) -> None:
    assert "tambahkan ke cerita" in await citizen.say(*FILED, said)


@pytest.mark.parametrize("said", ["nunggu dari jam 7 sampe jam 2", "kejadiannya jam 9 tadi pagi"])
async def test_an_hour_belongs_to_the_story(citizen: Talk, said: str) -> None:
    assert "tambahkan ke cerita" in await citizen.say(*FILED, said)


@pytest.mark.parametrize(
    "said", ["oh iya temennya juga satu lagi pake motor beat", "lupa, satpamnya juga ikut2an"]
)
async def test_more_is_added_after_it_was_filed(citizen: Talk, said: str) -> None:
    await citizen.say(*FILED, "boleh")
    assert "tambahkan ke pengaduan" in await citizen.say(said)
