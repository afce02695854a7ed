"""A conversation is a person and a number: each office has its own with the same citizen."""

from __future__ import annotations

from sqlalchemy import select

from riung.backend.db import Database
from riung.conversation_id import conversation_id
from riung.desk import conversations, event_intake
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
