"""Training and asking NLU models through Rasa itself, for the evaluation."""

from __future__ import annotations

import asyncio
import contextlib
import io
import json
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rasa.core.agent import Agent
from rasa.model_training import train_nlu
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from riung.nlu.offers import offers
from riung.phrases import intent_labels

FALLBACK = "nlu_fallback"


@dataclass(frozen=True)
class Example:
    """A labelled message.

    Attributes:
        also: further intents that count as right.
        entities: (name, start, end) in code points.
        kind: where it comes from (ulasan, laporan, chat, faq, nlu); empty for our own.
        batch: who wrote it and when (`riung.training.nlu_batches`); empty for others' words.
    """

    text: str
    intent: str
    also: frozenset[str] = frozenset()
    entities: frozenset[tuple[str, int, int]] = frozenset()
    kind: str = ""
    batch: str = ""


@dataclass(frozen=True)
class Answer:
    """What a pipeline made of an example.

    Attributes:
        intent: the answer, `FALLBACK` when it asked back.
        guess: its best intent before asking back, with its `confidence`.
        offered: the meanings that are offered when it asks back.
    """

    example: Example
    intent: str
    guess: str
    confidence: float
    entities: frozenset[tuple[str, int, int]] = frozenset()
    offered: tuple[str, ...] = ()

    @property
    def right(self) -> bool:
        """Answered, and with an intent that counts as right."""
        return self.intent in {self.example.intent, *self.example.also}

    @property
    def guessed_right(self) -> bool:
        """Whether the best guess counts as right, asked back or not."""
        return self.guess in {self.example.intent, *self.example.also}

    @property
    def helped(self) -> bool:
        """Answered rightly, or asked back with a right meaning among those offered."""
        meant = {self.example.intent, *self.example.also}
        return self.right or (self.asked_back and not meant.isdisjoint(self.offered))

    @property
    def asked_back(self) -> bool:
        """Not sure enough to answer."""
        return self.intent == FALLBACK


@dataclass
class Run:
    """One pipeline on one set of examples, with its cost."""

    answers: list[Answer] = field(default_factory=list)
    training_seconds: float = 0.0
    milliseconds: float = 0.0


def real_examples(file: Path) -> list[Example]:
    """The labelled real messages of a JSONL file."""
    return [_real_example(json.loads(line)) for line in file.read_text("utf-8").splitlines()]


def _real_example(row: dict[str, Any]) -> Example:
    spans = {(e["entity"], e["start"], e["end"]) for e in row["entities"]}
    return Example(
        row["text"], row["intent"], frozenset(row["also"]), frozenset(spans), row["kind"]
    )


def run(config: Path, train: Sequence[Example], test: Sequence[Example]) -> Run:
    """Train the pipeline of `config` on `train` and ask it `test`."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        messages = [Message({TEXT: example.text, INTENT: example.intent}) for example in train]
        TrainingData(messages).persist_nlu(str(folder / "nlu.yml"))
        start = time.perf_counter()
        with contextlib.redirect_stdout(io.StringIO()):
            model = train_nlu(str(config), str(folder / "nlu.yml"), name, fixed_model_name="nlu")
        seconds = time.perf_counter() - start
        answers, milliseconds = asyncio.run(_ask(str(model), test))
    return Run(answers, seconds, milliseconds)


async def _ask(model: str, examples: Sequence[Example]) -> tuple[list[Answer], float]:
    """The answers, and the milliseconds a message takes (after a warm-up)."""
    agent = Agent.load(model)
    for example in examples[:20]:
        await agent.parse_message(example.text)
    start = time.perf_counter()
    parsed = [await agent.parse_message(example.text) for example in examples]
    milliseconds = (time.perf_counter() - start) * 1000 / max(len(examples), 1)
    answers = [_answer(e, result) for e, result in zip(examples, parsed, strict=True)]
    return answers, milliseconds


def _answer(example: Example, parsed: dict[str, Any]) -> Answer:
    ranking = [entry for entry in parsed["intent_ranking"] if entry["name"] != FALLBACK]
    best = ranking[0] if ranking else parsed["intent"]
    spans = {(e["entity"], e["start"], e["end"]) for e in parsed["entities"]}
    return Answer(
        example,
        str(parsed["intent"]["name"]),
        str(best["name"]),
        float(best["confidence"]),
        frozenset(spans),
        tuple(offers((str(entry["name"]) for entry in ranking), intent_labels("id"))),
    )
