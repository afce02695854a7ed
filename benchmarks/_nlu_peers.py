"""Other ways to understand, on the same task: fastText, nlp.js, a sentence encoder.

None of them is a dependency of the project. `benchmarks/nlu_peers/README.md` says how each is had
and run; this module gives them their task and scores what they answer:

    python -m benchmarks._nlu_peers write FOLDER     # examples.jsonl and messages.jsonl
    python -m benchmarks._nlu_peers score FOLDER     # a row for each FOLDER/<peer>.answers.json

An answers file holds `training_seconds`, `milliseconds` a message and `rankings`: for each message
of messages.jsonl its likeliest intents with their confidences, best first.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from riung.nlu.offers import offers
from riung.phrases import intent_labels
from riung.settings import ROOT
from riung.training.evaluate import REAL
from riung.training.nlu_batches import own_examples
from riung.training.nlu_runs import Example, real_examples

WRONG_AT_MOST = 0.08
"""Peers' confidences mean different things, so each is asked at its own best threshold: the one
that lets so many of the messages be answered wrongly."""

Ranking = Sequence[tuple[str, float]]


@dataclass(frozen=True)
class PeerScore:
    """Shares of a file's messages: first guesses right, then those at the peer's threshold."""

    guessed: float
    right: float
    helped: float


def write(folder: Path) -> None:
    """Examples and messages, one JSON object a line."""
    folder.mkdir(parents=True, exist_ok=True)
    _lines(folder / "examples.jsonl", own_examples(ROOT / "data"))
    _lines(folder / "messages.jsonl", [example for _, part in _files() for example in part])


def score(answered: Sequence[tuple[Example, Ranking]]) -> PeerScore:
    """How a peer fares with the messages of one file."""
    labels = intent_labels("id")
    judged = sorted(
        (
            (_right(example, ranking[0][0]), ranking[0][1], example, ranking)
            for example, ranking in answered
        ),
        key=lambda one: -one[1],
    )
    count = len(judged)
    answers = _answered([right for right, *_ in judged])
    right = sum(one[0] for one in judged[:answers])
    offered = sum(
        any(_right(example, intent) for intent in offers((name for name, _ in ranking), labels))
        for _, _, example, ranking in judged[answers:]
    )
    return PeerScore(
        sum(one[0] for one in judged) / count, right / count, (right + offered) / count
    )


def _answered(right: Sequence[bool]) -> int:
    """How many of the surest may be answered before too many are wrong."""
    wrong = 0
    for place, good in enumerate(right):
        wrong += not good
        if wrong > WRONG_AT_MOST * len(right):
            return place
    return len(right)


def _right(example: Example, intent: str) -> bool:
    return intent in {example.intent, *example.also}


def _files() -> Iterator[tuple[str, list[Example]]]:
    for file in REAL:
        if file.exists():
            yield file.stem, real_examples(file)


def _lines(file: Path, examples: Sequence[Example]) -> None:
    rows = (json.dumps({"text": e.text, "intent": e.intent}, ensure_ascii=False) for e in examples)
    file.write_text("\n".join(rows) + "\n", "utf-8")


def _report(folder: Path) -> None:
    for file in sorted(folder.glob("*.answers.json")):
        answers = json.loads(file.read_text("utf-8"))
        rankings, first = answers["rankings"], 0
        for name, part in _files():
            scored = score(list(zip(part, rankings[first : first + len(part)], strict=True)))
            first += len(part)
            print(
                f"| {file.name.partition('.')[0]} | {name} | {scored.guessed:.1%} "
                f"| {scored.right:.1%} | {scored.helped:.1%} "
                f"| {answers['training_seconds']:.0f} | {answers['milliseconds']:.1f} |"
            )


def main() -> None:
    """Write the task, or score the answers."""
    what, folder = sys.argv[1], Path(sys.argv[2])
    if what == "write":
        write(folder)
    else:
        _report(folder)


if __name__ == "__main__":
    main()
