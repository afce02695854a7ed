"""One person is one person, by whatever number or user id somebody asks."""

from __future__ import annotations

from fastapi.testclient import TestClient
from sqlalchemy import select

from riung import clock
from riung.backend.bookings.rescheduling import open_bookings_of
from riung.backend.bookings.tables import Booking, Flag
from riung.backend.db import Database
from riung.backend.people import person_of, sender_hash
from riung.backend.subscriptions.tables import Subscription
from riung.desk import conversations, event_intake
from riung.desk.cases.tables import Case
from riung.desk.cases.work import of_sender
from riung.desk.handover import Actor, apply
from riung.desk.introductions import Introduction, introduce
from riung.desk.ownership import Event, State
from riung.desk.tables import AskedErasure, Conversation, Outgoing
from tests.riung.backend.citizens import local
from tests.riung.desk.conftest import API_KEY
from tests.riung.desk.fake_rasa import FakeRasa
from tests.riung.desk.makers import user

USER, PHONE, NEW_PHONE = "ID.900000000000072", "6281100000072", "6281100000073"


def booked(database: Database, sender: str, identity: str) -> None:
    now = local("2026-11-20T08:00:00")
    with database.writing() as session:
        session.add(
            Booking(
                code=f"K{identity}", office="pemalang", place="mpp_batang", date=now.date(),
                service_class="regular", queue_number=int(identity), kind="baru", status="booked",
                source="chat", sender=sender, name="Siti", identity_hash=identity,
                moves=0, sent_at=now, created_at=now,
            )
        )  # fmt: skip


def tell(database: Database, person: str, *ids: str) -> None:
    with database.writing() as session:
        introduce(person, Introduction(ids=list(ids)), session)


def codes_of(database: Database, sender: str) -> list[str]:
    with database.reading() as session:
        return [one.code for one in open_bookings_of(session, sender)]


def test_what_was_booked_by_number_is_found_in_the_chat_and_the_other_way(
    database: Database,
) -> None:
    booked(database, PHONE, "1")
    tell(database, USER, USER, PHONE)

    for known_as in (USER, PHONE, "+62 811-0000-0072", f"{USER}@111111111111111"):
        assert codes_of(database, known_as) == ["K1"]


def test_a_changed_number_leads_to_the_same_person_and_the_old_one_to_nobody(
    database: Database,
) -> None:
    booked(database, PHONE, "1")
    tell(database, USER, USER, PHONE)
    tell(database, USER, USER, NEW_PHONE)

    assert codes_of(database, NEW_PHONE) == ["K1"]
    assert codes_of(database, PHONE) == []


def test_who_gets_a_number_later_learns_nothing_of_who_had_it(database: Database) -> None:
    booked(database, PHONE, "1")
    tell(database, PHONE, NEW_PHONE)  # named by the number they had
    tell(database, f"{PHONE}-2", PHONE)

    assert codes_of(database, f"{PHONE}@111111111111111") == ["K1"]
    assert codes_of(database, PHONE) == []


def test_two_places_of_one_person_are_both_kept(database: Database) -> None:
    booked(database, PHONE, "1")
    booked(database, USER, "2")
    tell(database, USER, USER, PHONE)

    with database.reading() as session:
        assert person_of(session, PHONE) == USER
        assert len(session.scalars(select(Booking)).all()) == 2
    assert sorted(codes_of(database, PHONE)) == sorted(codes_of(database, USER)) == ["K1", "K2"]


def test_what_was_asked_for_under_an_id_is_the_persons_whatever_it_is(database: Database) -> None:
    now = local("2026-11-20T08:00:00")
    with database.writing() as session:
        case = {"office": "tanjung_priok", "step": "diterima", "details": {}, "files": []}
        session.add(
            Case(
                code="C1",
                kind="micin",
                sender=PHONE,
                team={},
                created_at=now,
                updated_at=now,
                **case,
            )
        )
        session.add(conversations.new(f"{PHONE}@111111111111111", "bandung", now))
        session.add(AskedErasure(person=PHONE, asked_at=now))
        flag = {"office": "pemalang", "reason": "many_tries", "sender_masked": "6281…072"}
        session.add(
            Flag(
                sender_hash=sender_hash(session, PHONE),
                count=21, first_at=now, last_at=now, **flag,
            )
        )  # fmt: skip
    tell(database, USER, USER, PHONE)

    with database.reading() as session:
        assert [one.code for one in of_sender(session, USER)] == ["C1"]
        assert session.scalars(select(Conversation.person)).all() == [USER]
        assert session.scalars(select(AskedErasure.person)).all() == [USER]
        assert session.scalars(select(Flag.sender_hash)).all() == [sender_hash(session, USER)]


def test_the_same_wish_under_two_ids_is_one_wish(database: Database) -> None:
    now = local("2026-11-20T08:00:00")
    wish = {"kind": "status", "office": "bandung", "subject": "1179000000001208"}
    with database.writing() as session:
        for sender in (PHONE, USER):
            session.add(Subscription(sender=sender, created_at=now, **wish))
    tell(database, USER, USER, PHONE)

    with database.reading() as session:
        assert session.scalars(select(Subscription.sender)).all() == [USER]


def test_a_conversation_told_of_after_its_person_is_theirs(database: Database) -> None:
    tell(database, USER, USER, PHONE)
    name = f"{PHONE}@111111111111111"
    event_intake.consume(database, [{**user(), "sender_id": name}])

    with database.reading() as session:
        assert session.scalars(select(Conversation.person)).all() == [USER]


def test_a_conversation_of_who_had_a_number_first_stays_theirs(database: Database) -> None:
    tell(database, PHONE, NEW_PHONE)  # named by the number they had
    tell(database, USER, USER, PHONE)
    name = f"{PHONE}@111111111111111"
    event_intake.consume(database, [{**user(), "sender_id": name}])

    with database.reading() as session:
        assert session.scalars(select(Conversation.person)).all() == [PHONE]


AT = "@111111111111111"


def test_an_officers_talk_goes_on_with_the_person_under_either_id(database: Database) -> None:
    now = local("2026-11-20T08:00:00")
    event_intake.consume(database, [{**user(), "sender_id": f"{PHONE}{AT}"}])
    with database.writing() as session:
        talk = conversations.of_sender(session, f"{PHONE}{AT}")
        assert talk
        apply(session, talk, Event.TAKE, moment=now, actor=Actor(name="Dewi"))
        held = talk.id
    event_intake.consume(database, [{**user(), "sender_id": f"{USER}{AT}"}])  # who is this?
    tell(database, USER, USER, PHONE)

    with database.reading() as session:
        rows = {one.sender_id: one for one in session.scalars(select(Conversation))}
        assert rows[f"{USER}{AT}"].id == held
        assert rows[f"{USER}{AT}"].state == State.OFFICER.value
        assert rows[f"{PHONE}{AT}"].state == State.BOT.value
        assert {one.person for one in rows.values()} == {USER}
        told = session.execute(
            select(Conversation.sender_id, Outgoing.events)
            .join(Outgoing, Outgoing.conversation_id == Conversation.id)
            .order_by(Outgoing.id)
        ).all()
    last = {name: [event["event"] for event in events] for name, events in told}
    assert last == {f"{USER}{AT}": ["slot", "pause"], f"{PHONE}{AT}": ["slot", "resume"]}


def test_a_talk_by_the_user_id_is_not_given_to_the_number(database: Database) -> None:
    now = local("2026-11-20T08:00:00")
    for sender in (PHONE, USER):
        event_intake.consume(database, [{**user(), "sender_id": f"{sender}{AT}"}])
    with database.writing() as session:
        talk = conversations.of_sender(session, f"{USER}{AT}")
        assert talk
        apply(session, talk, Event.TAKE, moment=now, actor=Actor(name="Dewi"))
        held = talk.id
    tell(database, USER, USER, PHONE)

    with database.reading() as session:
        talk = conversations.of_sender(session, f"{USER}{AT}")
        assert talk
        assert (talk.id, talk.state) == (held, State.OFFICER.value)


def test_the_bot_is_silent_in_the_persons_conversation_before_the_channel_is_answered(
    app_client: TestClient, rasa: FakeRasa, database: Database
) -> None:
    event_intake.consume(database, [{**user(), "sender_id": f"{PHONE}{AT}"}])
    with database.writing() as session:
        talk = conversations.of_sender(session, f"{PHONE}{AT}")
        assert talk
        apply(session, talk, Event.TAKE, moment=clock.now(), actor=Actor(name="Dewi"))

    told = app_client.put(
        f"/api/v1/people/{USER}",
        json={"ids": [USER, PHONE]},
        headers={"Authorization": f"Bearer {API_KEY}"},
    )

    assert told.status_code == 204
    assert rasa.kinds(f"{USER}{AT}")[-2:] == ["slot", "pause"]
