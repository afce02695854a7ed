"""A sample of the thousand slips: each is refused in plain words, or the bot answers as ever."""

from __future__ import annotations

from pathlib import Path
from random import Random

from riung.training.check import problems
from tests.riung.training.slips import KINDS, slip
from tests.riung.training.thousand import edited_files, to_blame, told_there, untold

SAMPLE = 40


def test_a_slip_is_refused_in_plain_words_or_breaks_nothing(project: Path) -> None:
    dice, files, passed, refused, there = Random(17), edited_files(project), [], 0, 0
    for _ in range(SAMPLE):
        one = slip(files, dice)
        one.make()
        found = problems(project)
        one.undo()
        assert untold(found) == [], str(one)
        passed += [] if found else [one]
        refused, there = refused + bool(found), there + told_there(one, found)

    assert refused > SAMPLE / 2
    assert there > refused * 0.7
    assert to_blame(project, passed) == []


def test_every_kind_of_slip_changes_a_line_somewhere() -> None:
    lines = [
        '  - {id: "a b c", jam: "08:00-15:00", kata: [satu, dua], nilai: 100}',
        "kunci_satu: {x} 12 30",
    ]
    dice = Random(1)

    same = [name for name, make in KINDS.items() if all(make(line, dice) == line for line in lines)]

    assert same == []
