"""How the answers to real messages differ from those of the last released model.

`nlu_released.json` beside this module holds that model's answers by place in the file, no message;
`python -m riung.training.evaluate --release` writes it anew when a model goes out.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path

from riung.training.nlu_runs import Answer

RELEASED = Path(__file__).with_suffix(".json")


@dataclass(frozen=True)
class Change:
    """A message that is answered otherwise than before; `place` counts from 1 in its file."""

    place: int
    meant: str
    before: str
    now: str
    gain: int
    """1: right now and not before, -1: the other way about, 0: neither."""


def write_released(released: Path, answers: Mapping[Path, Sequence[Answer]], day: date) -> None:
    """Keep the answers to each file of real messages as those of the released model."""
    files = {
        file.stem: {"sha256": _digest(file), "answers": [answer.intent for answer in given]}
        for file, given in answers.items()
    }
    text = json.dumps({"released": day.isoformat(), "files": files}, indent=1)
    released.write_text(text + "\n", "utf-8")


def changes(released: Path, file: Path, answers: Sequence[Answer]) -> list[Change] | None:
    """Where the answers to `file` differ; None when it is another file than the released one."""
    known = json.loads(released.read_text("utf-8"))["files"].get(file.stem)
    if known is None or known["sha256"] != _digest(file):
        return None
    return list(_changes(known["answers"], answers))


def _changes(before: Sequence[str], answers: Sequence[Answer]) -> Iterator[Change]:
    for place, (old, answer) in enumerate(zip(before, answers, strict=True), start=1):
        if old != answer.intent:
            meant = {answer.example.intent, *answer.example.also}
            gain = int(answer.right) - int(old in meant)
            yield Change(place, answer.example.intent, old, answer.intent, gain)


def _digest(file: Path) -> str:
    return sha256(file.read_bytes()).hexdigest()
