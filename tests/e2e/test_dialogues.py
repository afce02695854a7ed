"""The dialogues of docs/dialogues happen over the whole path as they are written there."""

from __future__ import annotations

import pytest

from riung.training.conversation_files import missing
from tests.dialogues import Line, dialogues, name
from tests.e2e.citizen import Citizen


@pytest.mark.parametrize("dialogue", dialogues(), ids=name)
def test_a_written_dialogue_happens(citizen: Citizen, dialogue: list[Line]) -> None:
    for said, answered in dialogue:
        answer = citizen.say(said).text
        assert not missing(answer, answered), f"{said!r}: {answer}"


def test_there_are_as_many_as_the_kinds_need() -> None:
    assert len(list(dialogues())) >= 80
