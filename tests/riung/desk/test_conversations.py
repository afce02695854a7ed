"""A conversation is a person and a number: each office has its own with the same citizen."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any

from sqlalchemy import select

from riung import clock
from riung.backend.bookings.tables import Booking
from riung.backend.db import Database
from riung.conversation_id import conversation_id
from riung.desk import conversations, event_intake, handover
from riung.desk.access import Role
from riung.desk.ownership import State
from riung.desk.tables import Conversation
from tests.riung.desk import makers, stage
from tests.riung.desk.conftest import LogIn

PERSON = "6281200000077"
BANDUNG, PEMALANG = (conversation_id(PERSON, number) for number in ("1" * 15, "2" * 15))


def two_offices(database: Database) -> tuple[int, int]:
    """The same person with an officer of Bandung, and with Pemalang's bot."""
    for name, office in ((BANDUNG, "bandung"), (PEMALANG, "pemalang")):
        said = makers.user(f"halo {office}", sender=name, metadata={"office": office})
        event_intake.consume(database, [makers.started(name), said])
    stage.ask(database, BANDUNG)
    with database.reading() as session:
        found = session.scalars(select(Conversation).order_by(Conversation.id))
        one, other = [talk.id for talk in found]
        return one, other


def test_each_office_sees_its_own_talk_and_keeps_it(log_in_as: LogIn, database: Database) -> None:
    one, other = two_offices(database)
    rina = log_in_as("rina", Role.OFFICER, ("bandung",))
    rina.send(f"/desk/conversations/{one}/take")
    event_intake.consume(
        database, [makers.user("kuota?", sender=PEMALANG, metadata={"office": "pemalang"})]
    )

    assert "halo bandung" in rina.see(f"/desk/conversations/{one}")
    rina.see(f"/desk/conversations/{other}", code=404)
    sari = log_in_as("sari", Role.OFFICER, ("pemalang",))
    page = sari.see(f"/desk/conversations/{other}")
    assert "kuota?" in page
    assert "halo bandung" not in page
    with database.reading() as session:
        states = [talk.state for talk in session.scalars(select(Conversation).order_by("id"))]
        assert states == [State.OFFICER.value, State.BOT.value]


def test_a_person_is_forgotten_in_all_conversations(database: Database) -> None:
    two_offices(database)
    with database.writing() as session:
        assert conversations.erase(session, PERSON) == 1  # in the other one somebody waits
        left = session.scalars(select(Conversation.sender_id))
        assert list(left) == [BANDUNG]


def test_a_person_is_found_by_the_number_in_both(log_in_as: LogIn, database: Database) -> None:
    one, other = two_offices(database)
    page = log_in_as("kepala", Role.ADMIN, ("*",)).see("/desk?view=all&q=081200000077")
    assert f"/desk/conversations/{one}" in page
    assert f"/desk/conversations/{other}" in page


HOUR = 3600


def test_a_message_delivered_late_stands_at_its_own_time(database: Database) -> None:
    sent = int(clock.now().timestamp()) - 3 * HOUR
    event_intake.consume(
        database,
        [makers.started(), makers.user("mau bicara petugas", metadata={"timestamp": sent})],
    )
    with database.writing() as session:
        handover.requested(
            session,
            sender_id=makers.CITIZEN,
            office="bandung",
            ticket="ABC",
            reason="citizen",
            moment=clock.now(),
            asked_at=datetime.fromtimestamp(sent, timezone.utc),
        )
        found = conversations.of_sender(session, makers.CITIZEN)
        assert found is not None
        (line,) = conversations.lines(session, found.id)
        assert line.at.timestamp() == sent
        assert found.waiting_since == line.at


def test_messages_whose_long_ids_differ_only_in_their_end_are_both_kept(
    database: Database,
) -> None:
    alike = "wamid." + "QUJD" * 30
    said = [makers.user(text, message_id=f"{alike}{text}") for text in ("satu", "dua")]

    event_intake.consume(database, [makers.started(), *said])
    event_intake.consume(database, said)

    with database.reading() as session:
        found = conversations.of_sender(session, makers.CITIZEN)
        assert found is not None
        assert [line.text for line in conversations.lines(session, found.id)] == ["satu", "dua"]


def test_what_came_after_a_day_waits_for_an_officer_since_it_was_written(
    log_in_as: LogIn, database: Database
) -> None:
    sent = int(clock.now().timestamp()) - 25 * HOUR
    late = {"timestamp": sent, "late": True, "name": "Rahmat Hidayat"}
    event_intake.consume(
        database, [makers.started(), makers.user("dibentak petugas", "pengaduan", metadata=late)]
    )
    rina = log_in_as("rina", Role.OFFICER, ("bandung",))

    assert "Rahmat Hidayat 6281…001" in rina.see("/desk?view=waiting")
    with database.reading() as session:
        found = conversations.of_sender(session, makers.CITIZEN)
        assert found is not None
        assert found.waiting_since is not None
        assert found.waiting_since.timestamp() == sent
        assert not conversations.window_open(found, clock.now())
        chat = f"/desk/conversations/{found.id}"
    assert "dibentak petugas" in rina.see(chat)


def test_an_officer_sees_reactions_corrections_and_what_was_taken_back(
    log_in_as: LogIn, database: Database
) -> None:
    secret = makers.user("rahasia: pin saya 998877")
    number = makers.user("nomor saya …1208")

    def aside(kind: str, about: str, words: str = "") -> dict[str, Any]:
        told = {"type": kind, "aside": {"about": about, "words": words}}
        return makers.user("/kirim_lain", "kirim_lain", metadata=told)

    event_intake.consume(
        database,
        [
            makers.started(),
            secret,
            number,
            aside("reaction", "wamid.x", "👍"),
            aside("edit", number["message_id"], "nomor saya …1209"),
            aside("revoke", secret["message_id"]),
        ],
    )
    rina = log_in_as("rina", Role.OFFICER, ("bandung",))
    with database.reading() as session:
        found = conversations.of_sender(session, makers.CITIZEN)
        assert found is not None
    page = rina.see(f"/desk/conversations/{found.id}?view=all")

    assert "998877" not in page
    for shown in ("ditarik kembali", "menanggapi dengan 👍", "…1209", "diubah warga"):
        assert shown in page


def test_a_voice_note_plays_and_a_place_opens_on_a_map(
    log_in_as: LogIn, database: Database
) -> None:
    voice = {"media": {"id": "a1", "kind": "audio", "mime_type": "audio/ogg"}, "type": "audio"}
    place = {"location": {"latitude": -6.9, "longitude": 107.6, "name": ""}, "type": "location"}
    event_intake.consume(
        database,
        [
            makers.started(),
            makers.user("/kirim_media", "kirim_media", metadata=voice),
            makers.user("/kirim_lokasi", "kirim_lokasi", metadata=place),
        ],
    )
    rina = log_in_as("rina", Role.OFFICER, ("bandung",))
    with database.reading() as session:
        found = conversations.of_sender(session, makers.CITIZEN)
        assert found is not None
    answer = rina.client.get(f"/desk/conversations/{found.id}?view=all")

    assert "<audio controls" in answer.text
    assert "mlat=-6.9" in answer.text
    assert "media-src 'self'" in answer.headers["Content-Security-Policy"]


def test_a_card_and_an_order_are_read_and_an_answer_to_a_form_is_no_misunderstanding(
    log_in_as: LogIn, database: Database
) -> None:
    card = {"contacts": [{"name": "Pak Dadang", "phones": ["+62 811-000-0999"]}]}
    order = {"order": {"items": [{"id": "SKU-1", "quantity": 2}], "note": "yang biru"}}
    event_intake.consume(
        database,
        [
            makers.started(),
            makers.user("/kirim_kontak", "kirim_kontak", metadata={**card, "type": "contacts"}),
            makers.user("/kirim_pesanan", "kirim_pesanan", metadata={**order, "type": "order"}),
            makers.user("ayah mau umrah", "nlu_fallback", metadata={"in_form": "petugas_form"}),
        ],
    )
    rina = log_in_as("rina", Role.OFFICER, ("bandung",))
    with database.reading() as session:
        found = conversations.of_sender(session, makers.CITIZEN)
        assert found is not None
    page = rina.see(f"/desk/conversations/{found.id}")

    for shown in ("Pak Dadang: +62 811-000-0999", "2 × SKU-1", "yang biru", "ayah mau umrah"):
        assert shown in page
    assert 'class="intent' not in page


def test_a_supervisor_takes_a_talk_over_and_the_officer_has_no_reply_box_any_more(
    log_in_as: LogIn, database: Database
) -> None:
    one, _ = two_offices(database)
    chat = f"/desk/conversations/{one}"
    rina = log_in_as("rina", Role.OFFICER, ("bandung",))
    rina.send(f"{chat}/take")
    head = rina.see(f"{chat}/head")
    boss = log_in_as("boss", Role.SUPERVISOR, ("bandung",))
    assert "Ambil alih" in boss.see(chat)

    assert "data-reply" in boss.send(f"{chat}/take")
    assert "data-reply" not in rina.see(chat)
    told = [page.split("data-state=")[1][:12] for page in (head, rina.see(f"{chat}/head"))]
    assert told[0] != told[1]  # the officer's open page loads its other form
    rina.send(f"{chat}/take", code=409)


def test_words_are_found_everywhere_in_any_order_and_numbers_with_or_without_spaces(
    log_in_as: LogIn, database: Database
) -> None:
    one, other = two_offices(database)
    asked = makers.user("status 1179 0000 7700 0025 bagaimana ya pak", sender=BANDUNG)
    event_intake.consume(database, [asked])
    rina = log_in_as("rina", Role.OFFICER, ("bandung", "pemalang"))
    rina.send(f"/desk/conversations/{one}/note", text="berkas akta menyusul")

    for wanted in ("pak status", "1179000077000025", "1179 0000 7700 0025", "menyusul akta"):
        page = rina.see("/desk", params={"q": wanted})
        assert f"/desk/conversations/{one}" in page, wanted
        assert f"/desk/conversations/{other}" not in page, wanted
    assert f"/desk/conversations/{other}" in rina.see("/desk", params={"q": "pemalang halo"})


def test_a_booking_beside_the_talk_names_its_place(log_in_as: LogIn, database: Database) -> None:
    event_intake.consume(database, [makers.started(), makers.user()])
    chat = f"/desk/conversations/{stage.ask(database, makers.CITIZEN)}"
    booking: dict[str, Any] = {"code": "CFGHJM", "office": "pemalang", "place": "mpp_batang"}
    booking |= {"date": clock.today(), "service_class": "regular", "queue_number": 1, "moves": 0}
    booking |= {"sender": makers.CITIZEN, "kind": "baru", "sent_at": clock.now()}
    with database.writing() as session:
        session.add(Booking(**booking, created_at=clock.now()))
    assert "MPP Batang · CFGHJM" in log_in_as("rina").see(chat)


def test_whoever_gave_a_talk_away_is_writing_no_answer_any_more(
    log_in_as: LogIn, database: Database
) -> None:
    event_intake.consume(database, [makers.started(), makers.user()])
    chat = f"/desk/conversations/{stage.ask(database, makers.CITIZEN)}"
    rina, kepala = log_in_as("rina"), log_in_as("kepala", Role.SUPERVISOR)
    rina.send(f"{chat}/take")
    rina.send(f"{chat}/writing", code=204)
    assert "rina sedang membalas" in kepala.see(f"{chat}/writing").lower()
    kepala.send(f"{chat}/take")
    assert "sedang membalas" not in kepala.see(f"{chat}/writing")
