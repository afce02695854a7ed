"""Sharing out what waits: to whom, how much, and when not."""

from collections.abc import Callable
from typing import Any

import pytest

from riung import clock
from riung.backend.db import Database
from riung.desk import conversations, handover, sessions, sharing
from riung.desk.access import Principal, Role
from riung.desk.handover import Actor
from riung.desk.ownership import Event
from riung.desk.tables import User
from riung.office.offices import offices
from tests.riung.desk import stage

MORNING = "2026-11-20T09:00:00+07:00"  # a Friday
NIGHT = "2026-11-20T22:00:00+07:00"


@pytest.fixture(autouse=True)
def _morning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RIUNG_NOW", MORNING)


@pytest.fixture
def wanted(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Switch it on in Bandung's file, for this test."""

    def switch(most: int = 5) -> None:
        known = dict(offices())
        rules = known["bandung"].meja.copy(
            update={"bagi_otomatis": True, "bagi_paling_banyak": most}
        )
        shown = {**known, "bandung": known["bandung"].copy(update={"meja": rules})}
        monkeypatch.setattr(sharing, "offices", lambda: shown)
        monkeypatch.setattr(handover, "offices", lambda: shown)

    return switch


class Morning:
    """The officers at work, and the citizens who wait."""

    def __init__(self, database: Database, person: Callable[..., int]) -> None:
        self.database, self._person = database, person
        self.ids: dict[str, int] = {}

    def comes(self, login: str, role: Role = Role.OFFICER, office: str = "bandung") -> None:
        self.ids[login] = self._person(login, role, (office,))
        with self.database.writing() as session:
            sessions.start(session, session.get(User, self.ids[login]))

    def wait(self, count: int) -> list[int]:
        first = 6281300000000 + 100 * len(self.ids)
        return [stage.ask(self.database, str(first + number)) for number in range(count)]

    def share(self) -> int:
        with self.database.writing() as session:
            return sharing.share(session, clock.now())

    def holders(self) -> dict[str, int]:
        with self.database.reading() as session:
            return {one.name.lower(): one.held for one in sharing.at_work(session)}

    def happens(self, chat: int, event: Event, login: str = "") -> None:
        actor = Actor(self.ids.get(login), login)
        with self.database.writing() as session:
            found = session.get(conversations.Conversation, chat)
            handover.apply(session, found, event, moment=clock.now(), actor=actor)


@pytest.fixture
def morning(database: Database, person: Callable[..., int]) -> Morning:
    return Morning(database, person)


def test_each_goes_to_whoever_is_at_work_and_holds_least(morning: Morning, wanted: Any) -> None:
    wanted()
    morning.comes("rina")
    morning.comes("budi")
    (first, *_) = morning.wait(3)
    morning.happens(first, Event.TAKE, "rina")
    assert morning.share() == 2
    assert sorted(morning.holders().values()) == [1, 2]
    assert morning.holders()["budi"] >= 1


def test_nothing_is_shared_where_the_office_does_not_want_it(morning: Morning) -> None:
    morning.comes("rina")
    morning.wait(2)
    assert morning.share() == 0


def test_who_is_away_or_serves_another_office_or_is_no_officer_gets_nothing(
    morning: Morning, wanted: Any
) -> None:
    wanted()
    morning.comes("rina")
    morning.comes("asep", office="pemalang")
    morning.comes("kepala", Role.ADMIN)
    with morning.database.writing() as session:
        rina = Principal(morning.ids["rina"], "rina", "Rina", Role.OFFICER, ("bandung",))
        sharing.set_away(session, rina, away=True)
    morning.wait(1)
    assert morning.share() == 0


def test_a_trainer_is_nobodys_colleague_at_the_desk(morning: Morning) -> None:
    morning.comes("rina")
    morning.comes("tono", Role.TRAINER)
    rina = Principal(morning.ids["rina"], "rina", "Rina", Role.OFFICER, ("bandung",))
    with morning.database.reading() as session:
        names = [one.id for one in sharing.colleagues_at_work(session, rina)]
    assert names == [morning.ids["rina"]]


def test_nobody_gets_more_than_the_office_says(morning: Morning, wanted: Any) -> None:
    wanted(most=2)
    morning.comes("rina")
    morning.wait(5)
    assert morning.share() == 2
    assert morning.share() == 0


def test_who_gave_one_back_does_not_get_it_again(morning: Morning, wanted: Any) -> None:
    wanted()
    morning.comes("rina")
    (chat,) = morning.wait(1)
    assert morning.share() == 1
    morning.happens(chat, Event.RELEASE, "rina")
    assert morning.share() == 0
    morning.comes("budi")
    assert morning.share() == 1
    assert morning.holders() == {"budi": 1, "rina": 0}


def test_nothing_is_shared_after_hours_or_to_who_went_home(
    morning: Morning, wanted: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted()
    morning.comes("rina")
    morning.wait(1)
    monkeypatch.setenv("RIUNG_NOW", NIGHT)
    assert morning.share() == 0
    monkeypatch.setenv("RIUNG_NOW", "2026-11-20T10:00:00+07:00")
    assert morning.share() == 0


def test_what_is_put_aside_is_not_shared(morning: Morning, wanted: Any) -> None:
    wanted()
    morning.comes("rina")
    (chat,) = morning.wait(1)
    morning.happens(chat, Event.SNOOZE)
    assert morning.share() == 0
