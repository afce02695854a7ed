"""The inbox and the chat page, read as an officer reads them."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from riung import clock
from riung.backend.bookings.tables import Booking
from riung.backend.db import Database
from riung.desk import conversations, event_intake, rasa_outbox
from riung.desk.access import Role
from riung.desk.rasa_api import RasaApi
from riung.desk.tables import Change, Conversation, User
from riung.desk.tickets.tables import Ticket
from riung.settings import Settings
from tests.riung.desk import makers, stage
from tests.riung.desk.conftest import Browser, LogIn
from tests.riung.desk.fake_rasa import FakeRasa


class Office:
    """A filled desk; calling it logs somebody in."""

    def __init__(self, app: FastAPI, database: Database) -> None:
        self.ids = stage.fill(database)
        self._app = app

    def __call__(self, login: str = "rina") -> Browser:
        return Browser(TestClient(self._app)).log_in(login)


@pytest.fixture
def office(app: FastAPI, database: Database) -> Office:
    return Office(app, database)


def conversation_id(database: Database, sender: str = "6281200000011") -> int:
    with database.reading() as session:
        found = conversations.of_sender(session, sender)
        assert found is not None
        return int(found.id)


def bells(database: Database) -> int:
    with database.reading() as session:
        return session.query(Change).filter_by(kind="alert").count()


def test_who_waits_longest_stands_first_and_the_broken_promise_is_marked(office: Office) -> None:
    page = office().see("/desk?view=waiting")
    assert page.index("menunggu 14 menit") < page.index("menunggu 3 menit")
    assert 'chip late">menunggu 14 menit' in page
    assert 'chip waiting">menunggu 3 menit' in page


def test_the_list_shows_what_people_said_and_never_the_bots_receipt(
    office: Office, database: Database
) -> None:
    """Somebody whose first words ask for a person: the ticket is there before their words."""
    stage.ask(database, "6281200000077")
    event_intake.consume(
        database,
        [
            makers.started("6281200000077"),
            makers.user("mau bicara petugas", "bicara_petugas", "6281200000077"),
            makers.bot("✅ Petugas sudah diberi tahu. Nomor tiket: *AB12*", "6281200000077"),
        ],
    )
    with database.writing() as session:
        found = conversations.of_sender(session, "6281200000077")
        assert found is not None
        nobody_free = {"event": "bot", "text": "Belum ada petugas.", "data": {}, "metadata": {}}
        rasa_outbox.put(session, found, [nobody_free], clock.now())
    page = office().see("/desk?view=all")
    assert '<span class="row-text">mau bicara petugas</span>' in page
    assert "Petugas sudah diberi tahu" not in page
    assert "Belum ada petugas." not in page


def test_a_digit_is_listed_by_its_meaning_and_words_stay_and_each_counts_once(
    office: Office, database: Database
) -> None:
    sender, meaning = "6281200000079", {"stands_for": "pilihan"}
    stage.ask(database, sender)
    for written, shown in (("1", "👆 Biaya paspor"), ("kalau anak?", "kalau anak?")):
        said = [
            makers.user(written, "pilihan", sender),
            makers.user(written, "biaya_paspor", sender, metadata=meaning),
        ]
        event_intake.consume(database, [makers.started(sender), *said])
        assert f'<span class="row-text">{shown}</span>' in office().see("/desk?view=all")
    with database.reading() as session:
        found = conversations.of_sender(session, sender)
        assert found is not None
        assert found.unread == 2


def test_who_sees_several_offices_reads_whose_talk_it_is(
    office: Office, log_in_as: LogIn, database: Database
) -> None:
    assert '<span class="chip">Imigrasi Bandung</span>' in office().see("/desk?view=all")
    one = log_in_as("sari", Role.OFFICER, ("bandung",)).see("/desk?view=all")
    assert "Imigrasi Bandung" not in one[one.index('<ol class="rows">') :]


def test_a_note_that_was_searched_for_is_shown_and_opened(
    office: Office, database: Database
) -> None:
    rina, chat = office(), conversation_id(database)
    rina.send(f"/desk/conversations/{chat}/note", text="sudah cek lemari arsip nomor tujuh")
    page = rina.see("/desk?q=lemari")
    assert "📝 sudah cek <mark>lemari</mark> arsip" in page
    with database.reading() as session:
        note = conversations.notes(session, chat)[0].id
    assert f"#note-{note}" in page
    assert f'id="note-{note}"' in rina.see(f"/desk/conversations/{chat}")


def test_a_message_of_yesterday_is_unread(office: Office, database: Database) -> None:
    late = makers.user("dibentak kemarin", "pengaduan", "6281200000078", metadata={"late": True})
    event_intake.consume(database, [makers.started("6281200000078"), late])
    with database.reading() as session:
        found = conversations.of_sender(session, "6281200000078")
        assert found is not None
        assert found.unread == 1
    page = office().see(f"/desk/conversations/{conversation_id(database, '6281200000078')}")
    assert "pesan sampai lebih dari 24 jam kemudian" in page
    assert "di luar jam" not in page


def test_a_citizens_number_is_never_written_out(office: Office) -> None:
    for address in ("/desk?view=all", "/desk/conversations/1"):
        assert "6281200000011" not in office().see(address)


@pytest.mark.parametrize(
    ("query", "found", "absent"),
    [
        ("view=all&q=parkiran", "parkiran", "depan kantor"),
        ("view=all&topic=biaya_paspor", "makasih", "depan kantor"),
        ("view=all&q=100%25", "Tidak ada percakapan yang cocok", "depan kantor"),
        ("view=mine", "belum memegang", "depan kantor"),
    ],
)
def test_search_and_filters_narrow_the_list(
    office: Office, query: str, found: str, absent: str
) -> None:
    page = office().see(f"/desk?{query}")
    assert found in page
    assert absent not in page


def test_the_transcript_shows_what_the_bot_understood(office: Office, database: Database) -> None:
    page = office().see(f"/desk/conversations/{conversation_id(database)}")
    assert "Paspor hilang 93%" in page
    assert 'class="intent unsure"' in page
    assert "tidak dipahami" in page


def test_beside_the_chat_stands_what_the_citizen_asked_for(
    office: Office, database: Database
) -> None:
    page = office().see(f"/desk/conversations/{conversation_id(database, '6281200000012')}")
    assert "1179 0000 0000 1234" in page


def test_taking_over_and_answering_reaches_the_citizen(
    office: Office, database: Database, rasa: FakeRasa
) -> None:
    rina, chat = office(), f"/desk/conversations/{conversation_id(database)}"
    assert "Anda yang menjawab" in rina.send(f"{chat}/take")
    rina.send(f"{chat}/reply", text="Selamat pagi")
    assert [text for _, text in rasa.said][-1] == "Selamat pagi"
    assert "Selamat pagi" in rina.see(f"{chat}/lines")


def test_nobody_answers_without_taking_over(
    office: Office, database: Database, rasa: FakeRasa
) -> None:
    chat = f"/desk/conversations/{conversation_id(database)}"
    assert "Ambil alih percakapan ini dahulu" in office().send(
        f"{chat}/reply", code=409, text="halo"
    )
    assert rasa.said == []


def test_the_second_officer_is_told_who_was_quicker(office: Office, database: Database) -> None:
    chat = f"/desk/conversations/{conversation_id(database)}"
    office("rina").send(f"{chat}/take")
    assert "Rina Kartika sudah mengambil" in office("budi").send(f"{chat}/take", code=409)


def test_an_officer_cannot_close_what_a_colleague_holds_but_a_supervisor_can(
    office: Office, database: Database
) -> None:
    chat = f"/desk/conversations/{conversation_id(database)}"
    office("kepala").send(f"{chat}/take")
    assert "dipegang petugas lain" in office("budi").send(f"{chat}/close", code=403)
    assert "menunggu penilaian" in office("rina").send(f"{chat}/close")


def test_handing_on_tells_the_citizen_the_new_name(
    office: Office, database: Database, rasa: FakeRasa
) -> None:
    chat = f"/desk/conversations/{conversation_id(database)}"
    office("rina").send(f"{chat}/take")
    before = bells(database)
    office("rina").send(f"{chat}/hand-on", to=office.ids["budi"])
    assert "*Budi Santoso*" in rasa.said[-1][1]
    assert "Anda yang menjawab" in office("budi").see(chat)
    assert bells(database) == before + 1


def test_who_is_at_work_and_how_many_each_holds_stands_beside_the_list(
    office: Office, database: Database, person: Callable[..., int], app_client: TestClient
) -> None:
    rina = office("rina")
    office("budi")
    rina.send(f"/desk/conversations/{conversation_id(database)}/take")
    page = rina.see("/desk").split("Sedang bertugas")[1]
    assert re.search(r"Budi Santoso <span[^>]*>bebas", page)
    assert re.search(r"Rina Kartika <span[^>]*>memegang 1", page)
    assert "Kepala Kantor" not in page
    person("sari", Role.OFFICER, ("pemalang",))
    Browser(app_client).log_in("sari")
    with database.writing() as session:
        session.get(User, office.ids["budi"]).offices = ["bandung"]
    assert "Budi" not in Browser(app_client).log_in("sari").see("/desk")


def test_a_colleague_sees_who_is_typing_and_oneself_does_not(
    office: Office, database: Database
) -> None:
    chat = f"/desk/conversations/{conversation_id(database)}"
    rina = office("rina")
    rina.send(f"{chat}/writing", code=204)
    assert "Rina Kartika sedang membalas" in office("budi").see(f"{chat}/writing")
    assert "sedang membalas" not in rina.see(f"{chat}/writing")


def test_a_note_is_for_officers_only(office: Office, database: Database, rasa: FakeRasa) -> None:
    chat = f"/desk/conversations/{conversation_id(database)}"
    office().send(f"{chat}/note", text="sudah ditelepon")
    assert "sudah ditelepon" in office("budi").see(f"{chat}/lines")
    assert rasa.said == []


def test_labels_are_few_short_and_searchable(office: Office, database: Database) -> None:
    chat = f"/desk/conversations/{conversation_id(database)}"
    page = office().send(f"{chat}/labels", labels="Lansia,  paspor   hilang ,,Lansia")
    assert 'value="lansia, paspor hilang"' in page
    found = office().see("/desk/inbox/rows?view=all&q=LANSIA")
    assert found.count("row-link") == 1


@pytest.mark.parametrize("asked", ["6281…012", "Warga 6281...012"])
def test_a_citizen_is_found_by_the_number_as_the_desk_shows_it(office: Office, asked: str) -> None:
    found = office().see("/desk/inbox/rows", params={"view": "all", "q": asked})
    assert found.count("row-link") == 1
    assert "6281…012" in found


@pytest.mark.parametrize("asked", ["+62 812-0000-0012", "081200000012", "cfg hjk", "CFGHJM"])
def test_a_citizen_on_the_phone_is_found_by_number_or_code(
    office: Office, database: Database, asked: str
) -> None:
    sender, today = "6281200000012", clock.today()
    booking = {"place": "mpp_batang", "date": today, "service_class": "regular", "kind": "baru"}
    moments = {"created_at": clock.now(), "updated_at": clock.now()}
    ticket = {"kind": "complaint", "office": "bandung", "last_messages": [], "details": {}}
    with database.writing() as session:
        session.add(Ticket(code="CFGHJK", conversation_id=sender, **ticket, **moments))
        session.add(
            Booking(
                code="CFGHJM",
                office="pemalang",
                queue_number=1,
                moves=0,
                sender=sender,
                sent_at=clock.now(),
                created_at=clock.now(),
                **booking,
            )
        )
    found = office().see("/desk/inbox/rows", params={"view": "all", "q": asked})
    assert found.count("row-link") == 1
    assert "depan kantor" in found


def test_a_picture_goes_out_with_its_words_and_other_files_are_refused(
    office: Office, database: Database, rasa: FakeRasa
) -> None:
    chat, rina = f"/desk/conversations/{conversation_id(database)}", office()
    rina.send(f"{chat}/take")
    picture = b"\x89PNG\r\n\x1a\n" + b"\0" * 64
    sent = rina.client.post(
        f"{chat}/reply",
        data={"csrf": rina.csrf, "text": "Denahnya"},
        files={"file": ("../denah.png", picture, "image/png")},
    )
    assert sent.status_code == 200
    address = rasa.events["6281200000011"][-1]["data"]["image"]
    assert TestClient(rina.client.app).get(address.split("8000")[1]).content == picture
    refused = rina.client.post(
        f"{chat}/reply",
        data={"csrf": rina.csrf, "text": ""},
        files={"file": ("a.png", b"<script>alert(1)</script>", "image/png")},
    )
    assert refused.status_code == 400
    assert "JPG atau PNG" in refused.text


def test_markup_from_a_citizen_is_shown_as_text_and_bold_as_bold(
    office: Office, database: Database
) -> None:
    event_intake.consume(
        database, [makers.user("<img src=x onerror=alert(1)> *penting*", sender="6281200000011")]
    )
    page = office().see(f"/desk/conversations/{conversation_id(database)}")
    assert "&lt;img src=x" in page
    assert "<strong>penting</strong>" in page


def test_after_24_hours_the_answer_waits_until_the_citizen_writes_again(
    office: Office, database: Database, rasa: FakeRasa, desk_settings: Settings
) -> None:
    rina, chat = office(), f"/desk/conversations/{conversation_id(database)}"
    rina.send(f"{chat}/take")
    with database.writing() as session:
        row = session.get(Conversation, conversation_id(database))
        assert row is not None
        row.citizen_at = clock.now() - timedelta(hours=25)
    page = rina.see(chat)
    assert "hanya mengizinkan pesan templat" in page
    before = len(rasa.said)
    rina.send(f"{chat}/reply", code=503, text="Jawaban terlambat")  # this Rasa has no channel
    assert "menunggu warga menulis lagi" in rina.see(f"{chat}/lines")
    assert len(rasa.said) == before
    event_intake.consume(database, [makers.user("ya?", sender="6281200000011")])
    rasa_outbox.deliver(database, RasaApi(replace(desk_settings, rasa_url=rasa.url)))
    assert rasa.said[-1][1] == "Jawaban terlambat"


def test_what_did_not_arrive_stands_in_the_chat_and_can_be_sent_again(
    office: Office, database: Database, rasa: FakeRasa
) -> None:
    chat, rina = f"/desk/conversations/{conversation_id(database)}", office()
    assert rina.see(f"{chat}/failed").strip() == ""
    message = {"text": "Jawaban saya", "created_at": 0, "template": None, "reason": "Nomor mati."}
    rasa.messages += [
        {"id": place, "conversation_id": sender, **message}
        for place, sender in enumerate(("6281200000011", "6281200000012"), start=1)
    ]
    page = rina.see(f"{chat}/failed")
    assert page.count("Jawaban saya") == 1
    assert "Nomor mati." in page
    assert "/desk/failed/1/resend" in page


def test_another_office_sees_neither_list_nor_chat(
    office: Office, database: Database, person: Callable[..., int], app_client: TestClient
) -> None:
    person("sari", Role.OFFICER, ("pemalang",))
    sari = Browser(app_client).log_in("sari")
    assert "Tidak ada percakapan yang cocok" in sari.see("/desk?view=all")
    chat = f"/desk/conversations/{conversation_id(database)}"
    for address in (chat, f"{chat}/lines", f"{chat}/head", f"{chat}/writing"):
        assert "milik kantor lain" in sari.see(address, code=404)
    for action in ("take", "release", "close", "reply", "note", "labels", "writing", "call"):
        assert "milik kantor lain" in sari.send(f"{chat}/{action}", code=404, text="x")


def test_who_opened_and_answered_stands_in_the_audit_trail(
    office: Office, database: Database
) -> None:
    rina, chat = office(), f"/desk/conversations/{conversation_id(database)}"
    rina.see(chat)
    rina.send(f"{chat}/take")
    rina.send(f"{chat}/reply", text="Selamat pagi")
    page = rina.see("/desk/audit")
    for done in ("membuka percakapan", "mengambil alih percakapan", "membalas warga"):
        assert done in page


def test_the_whole_conversation_is_there_to_print(office: Office, database: Database) -> None:
    sender = "6281200000014"
    said = [makers.user(f"pesan {number}", sender=sender) for number in range(210)]
    event_intake.consume(database, said)
    chat, rina = conversation_id(database, sender), office()
    assert "e-paspor 10 tahun berapa" not in rina.see(f"/desk/conversations/{chat}")
    page = rina.see(f"/desk/conversations/{chat}?whole=true")
    assert "e-paspor 10 tahun berapa" in page
    assert "pesan 209" in page
