"""Putting a conversation aside: until when, where it is meanwhile, and what brings it back."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from riung import clock
from riung.backend.db import Database
from riung.desk import conversations, event_intake, snooze, timeouts
from riung.desk.access import DeskError, Role
from riung.desk.rasa_api import RasaApi
from riung.desk.tables import Change, User
from riung.office.offices import offices
from tests.riung.desk import makers, stage
from tests.riung.desk.conftest import Browser, LogIn
from tests.riung.desk.fake_rasa import FakeRasa

FRIDAY = "2026-11-20T09:00:00+07:00"


@pytest.fixture(autouse=True)
def _friday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RIUNG_NOW", FRIDAY)


@pytest.mark.parametrize(
    ("chosen", "typed", "comes_back"),
    [
        ("60", "", "2026-11-20T10:00:00+07:00"),
        ("", "2026-11-20T14:30", "2026-11-20T14:30:00+07:00"),
        ("", "2026-11-24T08:00", "2026-11-24T08:00:00+07:00"),
    ],
)
def test_the_moment_is_what_the_officer_chose(chosen: str, typed: str, comes_back: str) -> None:
    found = snooze.moment(offices()["bandung"], chosen, typed, clock.now())
    assert found == datetime.fromisoformat(comes_back)


def test_the_next_working_day_is_not_a_weekend() -> None:
    found = snooze.moment(offices()["bandung"], snooze.NEXT_DAY, "", clock.now())
    assert found.astimezone(clock.WIB).weekday() == 0


@pytest.mark.parametrize("typed", ["", "besok", "2026-11-20T08:59", "2027-02-01T08:00"])
def test_a_moment_that_is_none_is_refused(typed: str) -> None:
    with pytest.raises(DeskError):
        snooze.moment(offices()["bandung"], "", typed, clock.now())


class Aside:
    """Rina holds a conversation and puts it aside for an hour."""

    def __init__(self, database: Database, rina: Browser, user_id: int) -> None:
        self.database, self.rina = database, rina
        event_intake.consume(database, [makers.started(), makers.user("tolong dicek")])
        self.chat = stage.ask(database, makers.CITIZEN)
        stage.take(database, makers.CITIZEN, user_id, "Rina")
        self.rina.send(f"/desk/conversations/{self.chat}/snooze", until="60")

    def stands_in(self, view: str) -> bool:
        return f'id="row-{self.chat}"' in self.rina.see(f"/desk/inbox/rows?view={view}")

    def bells(self) -> int:
        with self.database.reading() as session:
            return session.query(Change).filter_by(kind="alert").count()


@pytest.fixture
def aside(database: Database, log_in_as: LogIn, rasa: FakeRasa) -> Aside:
    rina = log_in_as("rina", Role.OFFICER)
    with database.reading() as session:
        user_id = session.query(User).filter_by(login="rina").one().id
    return Aside(database, rina, user_id)


def test_it_leaves_the_lists_and_says_until_when(aside: Aside) -> None:
    assert (aside.stands_in("mine"), aside.stands_in("snoozed")) == (False, True)
    assert "ditunda sampai 10.00" in aside.rina.see("/desk/inbox/rows?view=all")
    page = aside.rina.see(f"/desk/conversations/{aside.chat}")
    assert "ditunda sampai Jumat 20 November 2026, 10.00 WIB" in page


def test_the_citizens_next_message_brings_it_back(aside: Aside) -> None:
    event_intake.consume(aside.database, [makers.user("halo?")])
    assert (aside.stands_in("mine"), aside.stands_in("snoozed")) == (True, False)


def test_its_time_brings_it_back_and_the_bell_rings(
    aside: Aside, rasa_api: RasaApi, desk_settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = aside.bells()
    monkeypatch.setenv("RIUNG_NOW", (clock.now() + timedelta(minutes=61)).isoformat())
    timeouts.run_due(clock.now(), aside.database, desk_settings, rasa_api)
    assert (aside.stands_in("mine"), aside.stands_in("snoozed")) == (True, False)
    assert aside.bells() == before + 1


def test_it_is_not_closed_while_it_is_put_aside(
    aside: Aside, rasa_api: RasaApi, desk_settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RIUNG_NOW", (clock.now() + timedelta(minutes=59)).isoformat())
    timeouts.run_due(clock.now(), aside.database, desk_settings, rasa_api)
    assert aside.stands_in("snoozed")


def test_it_can_be_taken_up_before_its_time(aside: Aside) -> None:
    aside.rina.send(f"/desk/conversations/{aside.chat}/unsnooze")
    assert aside.stands_in("mine")


def test_a_colleague_cannot_put_it_aside_or_take_it_up(aside: Aside, log_in_as: LogIn) -> None:
    budi = log_in_as("budi", Role.OFFICER)
    for what in ("snooze", "unsnooze"):
        budi.send(f"/desk/conversations/{aside.chat}/{what}", code=403, until="60")
    with aside.database.reading() as session:
        found = conversations.of_sender(session, makers.CITIZEN)
        assert found is not None
        assert snooze.is_snoozed(found)
