"""The same dialogues without the wire: what is wrong shows in seconds (tests/e2e is the whole)."""

from __future__ import annotations

import pytest

from tests.dialogues import Line, dialogues, missing, name
from tests.running_backend import Backend
from tests.talks.talk import Talk


@pytest.fixture(autouse=True)
def _demo_application(backend: Backend) -> None:
    """The application number that the pages use."""
    backend.application("1179000000001208", "printing")


@pytest.mark.parametrize("dialogue", dialogues(), ids=name)
async def test_a_written_dialogue_happens(citizen: Talk, dialogue: list[Line]) -> None:
    for said, answered in dialogue:
        answer = await citizen.say(said)
        assert not missing(answer, answered), f"{said!r}: {answer}"
