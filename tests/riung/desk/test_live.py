"""Live updates, from a change in the database to the stream of a page."""

import asyncio
import contextlib
from typing import Any

from riung.backend.db import Database
from riung.desk import live
from riung.desk.access import Principal, Role

RINA = Principal(1, "rina", "Rina", Role.OFFICER, ("bandung",))


def announce(database: Database, *changes: Any) -> None:
    with database.writing() as session:
        for office, kind, conversation in changes:
            live.announce(session, office, kind, conversation)


async def listen(hub: Any, count: Any, after: Any = None, then: Any = lambda: None) -> Any:
    """The names of the next `count` events, and what `then` causes once somebody listens."""
    stream = hub.follow(RINA, after)
    first = asyncio.ensure_future(stream.__anext__())
    while not hub._listeners:
        await asyncio.sleep(0.01)
    await asyncio.to_thread(then)
    names = [(await asyncio.wait_for(first, 5))["event"]]
    for _ in range(count - 1):
        names.append((await asyncio.wait_for(stream.__anext__(), 5))["event"])
    await stream.aclose()
    return names


async def test_a_change_reaches_the_pages_of_its_office_only(database: Database) -> None:
    changes = (("pemalang", "inbox", 1), ("bandung", "talk", 7), ("bandung", "alert", 7))
    hub = live.Hub(database)
    names = await listen(hub, 2, then=lambda: announce(database, *changes))
    assert names == ["talk-7", "alert"]


async def test_old_changes_are_not_repeated_to_a_page_that_just_opened(database: Database) -> None:
    announce(database, ("bandung", "inbox", 1))
    hub = live.Hub(database)
    names = await listen(hub, 1, then=lambda: announce(database, ("bandung", "talk", 2)))
    assert names == ["talk-2"]


async def test_a_page_that_was_away_gets_what_it_missed(database: Database) -> None:
    announce(database, ("bandung", "talk", 1), ("bandung", "talk", 2))
    assert await listen(live.Hub(database), 1, after=1) == ["talk-2"]


async def test_the_hub_rests_when_nobody_listens_and_wakes_up_again(database: Database) -> None:
    hub = live.Hub(database)
    await listen(hub, 1, then=lambda: announce(database, ("bandung", "inbox", None)))
    assert hub._task is not None
    with contextlib.suppress(asyncio.TimeoutError):
        await asyncio.wait_for(hub._task, 3)
    assert hub._task.done()
    names = await listen(hub, 1, then=lambda: announce(database, ("bandung", "talk", 3)))
    assert names == ["talk-3"]
