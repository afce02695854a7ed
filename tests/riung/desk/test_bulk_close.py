"""Ending several conversations: chosen, confirmed, and each by its own right."""

import re

import pytest

from riung.backend.db import Database
from riung.desk import event_intake
from riung.desk.access import Role
from riung.desk.tables import AuditEntry, Conversation, User
from tests.riung.desk import makers, stage
from tests.riung.desk.conftest import Browser, LogIn

WAITING, MINE, COLLEAGUES, ELSEWHERE = (f"62812000001{number:02d}" for number in range(4))


@pytest.fixture
def rina(log_in_as: LogIn) -> Browser:
    return log_in_as("rina", Role.OFFICER)


@pytest.fixture
def chats(database: Database, rina: Browser, log_in_as: LogIn) -> dict[str, int]:
    """One that waits, one of hers, one of a colleague, one of another office."""
    log_in_as("budi", Role.OFFICER)
    found = {}
    for sender in (WAITING, MINE, COLLEAGUES, ELSEWHERE):
        office = "pemalang" if sender == ELSEWHERE else "bandung"
        said = makers.user("tolong", sender=sender, metadata={"office": office})
        event_intake.consume(database, [makers.started(sender), said])
        found[sender] = stage.ask(database, sender)
    with database.writing() as session:
        session.get(Conversation, found[ELSEWHERE]).office = "pemalang"
        ids = {user.login: user.id for user in session.query(User)}
    stage.take(database, MINE, ids["rina"], "Rina")
    stage.take(database, COLLEAGUES, ids["budi"], "Budi")
    return found


def state(database: Database, chat: int) -> str:
    with database.reading() as session:
        return str(session.get(Conversation, chat).state)


def offered(page: str) -> set[int]:
    return {int(found) for found in re.findall(r'name="id" value="(\d+)"', page)}


def test_only_what_one_may_end_is_offered(rina: Browser, chats: dict[str, int]) -> None:
    assert offered(rina.see("/desk/close")) == {chats[WAITING], chats[MINE]}


def test_nothing_ends_before_it_was_confirmed(
    rina: Browser, chats: dict[str, int], database: Database
) -> None:
    ids = f"id={chats[WAITING]}&id={chats[MINE]}&id={chats[COLLEAGUES]}"
    page = rina.see(f"/desk/close/confirm?{ids}")
    assert offered(page) == {chats[WAITING], chats[MINE]}
    assert "Tutup 2 percakapan" in page
    assert state(database, chats[WAITING]) == "waiting"


def test_each_ends_by_its_own_right(
    rina: Browser, chats: dict[str, int], database: Database
) -> None:
    page = rina.send("/desk/close", id=list(chats.values()), summary="Sudah dijawab.")
    assert "2 percakapan sudah ditutup" in page
    assert "dipegang petugas lain" in page
    assert "milik kantor lain" in page
    states = {sender: state(database, chat) for sender, chat in chats.items()}
    assert states == {
        WAITING: "bot", MINE: "closing", COLLEAGUES: "officer", ELSEWHERE: "waiting",
    }  # fmt: skip
    with database.reading() as session:
        written = session.query(AuditEntry).filter_by(action="conversation_closed")
        assert written.count() == 2


def test_a_supervisor_may_end_what_others_hold(
    log_in_as: LogIn, chats: dict[str, int], database: Database
) -> None:
    sari = log_in_as("sari", Role.SUPERVISOR)
    assert chats[COLLEAGUES] in offered(sari.see("/desk/close"))
    sari.send("/desk/close", id=[chats[COLLEAGUES]])
    assert state(database, chats[COLLEAGUES]) == "closing"


def test_nothing_chosen_leads_back_to_the_choice(rina: Browser, chats: dict[str, int]) -> None:
    assert "Lanjut" in rina.see("/desk/close/confirm")
    assert "0 percakapan sudah ditutup" in rina.send("/desk/close")
