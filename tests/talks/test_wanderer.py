"""What always holds, whatever is written: two thousand turns at random, the same ones each time."""

from __future__ import annotations

import re
from pathlib import Path
from random import Random

import pytest

from tests.running_backend import Backend
from tests.talks.talk import Helpdesk, Talk
from tests.talks.wanderer import Wanderer, words_of_all_topics

CITIZENS, TURNS = 20, 100
ERRORS = ("sedang tidak bisa dibuka", "cannot be opened right now", "sistem kami sedang gangguan")
INDONESIAN = re.compile(r"\b(?:yang|untuk|tidak|dengan|atau|Anda|sudah|belum|dari|dan)\b")
ENGLISH = re.compile(r"\b(?:the|you|your|with|and|not|for|is|are|please)\b", re.IGNORECASE)
FOREIGN = 4
"""Words of the other language from which on an answer is in it; names of offices and papers are
Indonesian in English answers too."""


@pytest.mark.timeout(600)
@pytest.mark.parametrize("seed", range(CITIZENS))
async def test_what_always_holds(helpdesk: Helpdesk, backend: Backend, seed: int) -> None:
    random = Random(seed)
    talk = Talk(helpdesk, office=("bandung", "pemalang")[seed % 2])
    wanderer = Wanderer(talk, random, words_of_all_topics())
    for _ in range(TURNS):
        before = len(talk.bubbles)
        await wanderer.step()
        if len(talk.bubbles) > before:
            await _holds(wanderer)
        if random.random() < 0.1:
            await _leaves_in_one(wanderer)
        if random.random() < 0.04:
            await _reaches_a_person_in_two(wanderer)
    await _keeps_no_nik(wanderer, backend)


async def _holds(wanderer: Wanderer) -> None:
    said, story = wanderer.talk.last.text, wanderer.done[-12:]
    assert said.strip() or wanderer.talk.last.native, story
    assert not any(error in said for error in ERRORS), (said, story)
    assert "{" not in said, (said, story)
    assert "None" not in said, (said, story)
    if len(wanderer.talk.bubbles) > 1:
        assert said != wanderer.talk.bubbles[-2].text or not said, (said, story)
    language = (await wanderer.talk.tracker()).get_slot("bahasa") or "id"
    foreign = (INDONESIAN if language == "en" else ENGLISH).findall(said)
    assert len(set(foreign)) < FOREIGN, (language, foreign, said, story)


async def _leaves_in_one(wanderer: Wanderer) -> None:
    await wanderer.say("batal")
    await _holds(wanderer)
    assert (await wanderer.talk.tracker()).active_loop_name is None, wanderer.done[-12:]


async def _reaches_a_person_in_two(wanderer: Wanderer) -> None:
    reached = [await wanderer.say("petugas")]
    if not _is_with_an_officer(reached[-1]):
        reached.append(await wanderer.say("petugas"))
    assert _is_with_an_officer(reached[-1]), (reached, wanderer.done[-12:])
    await _holds(wanderer)
    await wanderer.say("menu")


def _is_with_an_officer(said: str) -> bool:
    return "iket" in said or "icket" in said


async def _keeps_no_nik(wanderer: Wanderer, backend: Backend) -> None:
    kept = await wanderer.talk.stored() + wanderer.talk.published() + _everything(backend)
    assert not [number for number in wanderer.niks if number in kept]
    assert not [number for number in wanderer.niks if f"{number[:6]} {number[6:]}" in kept]


def _everything(backend: Backend) -> str:
    """All bytes of the backend's database, also those not yet in its main file."""
    main = Path(str(backend.database.engine.url.database))
    files = sorted(main.parent.glob(f"{main.name}*"))
    return "".join(file.read_bytes().decode("latin-1") for file in files)
