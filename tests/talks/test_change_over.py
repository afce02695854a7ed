"""Another version goes live while citizens write: nobody's conversation is lost."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from riung.dialogue.published import change_over
from riung.workshop.following import Follower
from riung.workshop.versions import MODEL, Versions
from tests.talks.talk import Helpdesk, Talk
from tests.versions import trained_version

OLD, NEW = "Waspada", "Awas"


@pytest.fixture
async def follower(helpdesk: Helpdesk, tmp_path: Path) -> AsyncIterator[Follower]:
    """The dialogue server reads version 1; version 2 says something else."""
    store = Versions(tmp_path / "versions")
    store.publish(trained_version(store).number, "sari")
    trained_version(store, old=OLD, new=NEW)
    store.enter("rasa", 1)
    follower = Follower(store, "rasa")
    yield follower
    await change_over(helpdesk.agent, follower, 1)


async def test_new_words_are_said_from_the_next_turn_on(citizen: Talk, follower: Follower) -> None:
    assert OLD in await citizen.say("kontak resmi kantor")

    await change_over(citizen.helpdesk.agent, follower, 2)

    assert NEW in await citizen.say("kontak resmi kantor")
    told = follower.store.loaded("rasa")
    assert told is not None
    assert (told.version, told.problem) == (2, "")


async def test_a_form_that_is_being_filled_goes_on(citizen: Talk, follower: Follower) -> None:
    await citizen.say("saya mau mengadu soal pelayanan")
    asked = (await citizen.tracker()).get_slot("requested_slot")

    await change_over(citizen.helpdesk.agent, follower, 2)
    tracker = await citizen.tracker()

    assert (tracker.active_loop_name, tracker.get_slot("requested_slot")) == ("aduan_form", asked)
    await citizen.say("3")
    assert (await citizen.tracker()).get_slot("requested_slot") != asked


async def test_a_version_that_cannot_be_loaded_changes_nothing(
    citizen: Talk, follower: Follower
) -> None:
    store = follower.store
    (store.place(2) / MODEL).write_bytes(b"rusak")
    store.publish(2, "sari")

    await change_over(citizen.helpdesk.agent, follower, 2)

    assert OLD in await citizen.say("kontak resmi kantor")
    assert store.live() == 1
    told = store.loaded("rasa")
    assert told is not None
    assert told.problem
