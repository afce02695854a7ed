"""Live updates, from a change in the database to the stream of a page."""

import asyncio
import contextlib
import re
from collections.abc import Callable
from typing import Any

import pytest

from riung import clock
from riung.backend.db import Database
from riung.desk import conversations, live_updates, sessions
from riung.desk.access import Principal, Role
from riung.desk.tables import Change
from tests.riung.desk.conftest import LogIn

RINA = Principal(1, "rina", "Rina", Role.OFFICER, ("bandung",))


def announce(database: Database, *changes: Any) -> None:
    with database.writing() as session:
        for office, kind, conversation in changes:
            live_updates.announce(session, office, kind, conversation)


def talk(session: Any, sender: Any, owner: Any) -> Any:
    """A conversation that `owner` holds."""
    found = conversations.of_sender_or_new(session, sender, "bandung", clock.now())
    found.owner_id = owner
    return found.id


async def listen(
    hub: Any, count: Any, after: Any = None, then: Any = lambda: None, shown: Any = 7
) -> Any:
    """The names of the next `count` events, and what `then` causes once somebody listens on the
    page that shows a conversation.
    """
    stream = hub.follow(RINA, after, shown)
    first = asyncio.ensure_future(stream.__anext__())
    while not hub._pages:
        await asyncio.sleep(0.01)
    await asyncio.to_thread(then)
    names = [(await asyncio.wait_for(first, 5))["event"]]
    for _ in range(count - 1):
        names.append((await asyncio.wait_for(stream.__anext__(), 5))["event"])
    await stream.aclose()
    return names


async def test_a_change_reaches_the_pages_of_its_office_only(database: Database) -> None:
    changes = (("pemalang", "inbox", 1), ("bandung", "talk", 7), ("bandung", "alert", 7))
    hub = live_updates.Hub(database)
    names = await listen(hub, 2, then=lambda: announce(database, *changes))
    assert names == ["talk-7", "alert"]


async def test_the_bell_rings_for_what_nobody_holds_and_for_ones_own(
    database: Database, person: Callable[..., int]
) -> None:
    mine, colleagues = person("rina"), person("budi")
    assert mine == RINA.id
    with database.writing() as session:
        held = [talk(session, f"62812000000{owner or 9}", owner) for owner in (mine, colleagues)]
    changes = [("bandung", "alert", one) for one in (*held, None)]
    after = [("bandung", "talk", 7)]
    hub = live_updates.Hub(database)
    names = await listen(hub, 3, then=lambda: announce(database, *changes, *after))
    assert sorted(names) == ["alert", "alert", "talk-7"]
    hub = live_updates.Hub(database)
    names = await listen(hub, 1, then=lambda: announce(database, changes[1], *after))
    assert names == ["talk-7"]


async def test_old_changes_are_not_repeated_to_a_page_that_just_opened(database: Database) -> None:
    announce(database, ("bandung", "inbox", 1))
    hub = live_updates.Hub(database)
    names = await listen(hub, 1, then=lambda: announce(database, ("bandung", "talk", 7)))
    assert names == ["talk-7"]


async def test_a_page_that_was_away_gets_what_it_missed(database: Database) -> None:
    announce(database, ("bandung", "inbox", 1), ("bandung", "talk", 7))
    assert await listen(live_updates.Hub(database), 1, after=1) == ["talk-7"]


async def test_a_page_that_missed_much_is_told_each_thing_once(database: Database) -> None:
    for _ in range(100):
        announce(database, ("bandung", "talk", 7), ("bandung", "inbox", 7))
    assert sorted(await listen(live_updates.Hub(database), 2, after=1)) == ["inbox", "talk-7"]


async def test_a_page_hears_nothing_of_conversations_that_it_does_not_show(
    database: Database,
) -> None:
    changes = [("bandung", "talk", 6), ("bandung", "presence", 8), ("bandung", "presence", 7)]
    hub = live_updates.Hub(database)
    assert await listen(hub, 1, then=lambda: announce(database, *changes)) == ["presence-7"]


async def test_the_bell_rings_once_however_many_write_in_the_same_second(
    database: Database,
) -> None:
    def much() -> None:
        for number in range(5):
            announce(database, ("bandung", "alert", None))
            announce(database, ("bandung", "talk", 7 if number == 4 else 1))

    names = await listen(live_updates.Hub(database), 2, then=much)
    assert names == ["alert", "talk-7"]


def test_what_is_noted_twice_in_a_transaction_is_told_once(database: Database) -> None:
    announce(database, *[("bandung", "inbox", 3)] * 3)
    with database.reading() as session:
        assert session.query(Change).count() == 1


async def test_nothing_is_missed_between_a_page_and_its_stream(
    database: Database, log_in_as: LogIn
) -> None:
    announce(database, ("bandung", "inbox", 1))
    page = log_in_as("rina", Role.OFFICER, ("bandung",)).see("/desk")
    announce(database, ("bandung", "alert", 2))
    after = re.search(r"/desk/live\?after=(\d+)", page)
    assert after
    assert await listen(live_updates.Hub(database), 1, after=int(after[1])) == ["alert"]


async def test_the_hub_rests_when_nobody_listens_and_wakes_up_again(database: Database) -> None:
    hub = live_updates.Hub(database)
    await listen(hub, 1, then=lambda: announce(database, ("bandung", "inbox", None)))
    assert hub._task is not None
    with contextlib.suppress(asyncio.TimeoutError):
        await asyncio.wait_for(hub._task, 3)
    assert hub._task.done()
    names = await listen(hub, 1, then=lambda: announce(database, ("bandung", "talk", 7)))
    assert names == ["talk-7"]


async def test_the_stream_of_somebody_switched_off_ends(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live_updates, "LOOK_AGAIN", 0.05)
    asked = iter([True, False])
    stream = live_updates.while_allowed(
        live_updates.Hub(database).follow(RINA, None), lambda: next(asked)
    )

    with pytest.raises(StopAsyncIteration):
        await asyncio.wait_for(stream.__anext__(), 5)
    assert next(asked, None) is None


def test_following_does_not_keep_a_session_alive(
    database: Database, log_in_as: LogIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = log_in_as("rina")
    token = browser.client.cookies["riung_desk"]
    monkeypatch.setenv("RIUNG_NOW", "+PT8H")
    assert sessions.find(database, token, touch=False)
    monkeypatch.setenv("RIUNG_NOW", "+PT10H")
    assert sessions.find(database, token, touch=False) is None
