"""The same dialogues without the wire: what is wrong shows in seconds (tests/e2e is the whole)."""

from __future__ import annotations

import pytest

from riung.training.conversation_tests import play
from tests.dialogues import Line, dialogues, name
from tests.running_backend import Backend
from tests.talks.talk import Talk


@pytest.fixture(autouse=True)
def _demo_application(backend: Backend) -> None:
    """The application number that the pages use."""
    backend.application("1179000000001208", "printing")


@pytest.mark.parametrize("dialogue", dialogues(), ids=name)
async def test_a_written_dialogue_happens(citizen: Talk, dialogue: list[Line]) -> None:
    lines = [line for said, answered in dialogue for line in (("warga", said), ("bot", answered))]

    played = await play(citizen, lines)

    assert not played.failed, played.shown()
