"""The dialogues of docs/percakapan.md happen as they are written there."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from tests.e2e.citizen import Citizen
from tests.paths import ROOT

PAGE = (ROOT / "docs" / "percakapan.md").read_text("utf-8")
Line = tuple[str, str]


def dialogues() -> Iterator[list[Line]]:
    """(what the citizen writes, what the answer holds) of each block."""
    for block in re.findall(r"```\n(.*?)```", PAGE, re.DOTALL):
        said = re.findall(r"^warga: (.*)$", block, re.MULTILINE)
        answered = re.findall(r"^bot:   (.*)$", block, re.MULTILINE)
        assert len(said) == len(answered) > 0
        yield list(zip(said, answered, strict=True))


@pytest.mark.parametrize("dialogue", dialogues(), ids=lambda lines: lines[0][0])
def test_a_written_dialogue_happens(citizen: Citizen, dialogue: list[Line]) -> None:
    for said, answered in dialogue:
        answer = citizen.say(said).text
        for part in filter(None, map(str.strip, answered.split("…"))):
            assert part in answer
