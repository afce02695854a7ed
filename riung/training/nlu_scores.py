"""The figures of an evaluation. A label of `also` counts as right everywhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from sklearn.metrics import f1_score

from riung.nlu.vocabulary import Kinds, vocabulary
from riung.training.nlu_runs import Answer

CITIZENS = frozenset({"ulasan", "laporan", "chat", "tweet", "forum", "surat"})
"""Kinds of real messages that citizens wrote themselves."""

ENTITIES = frozenset(
    {
        *("nomor_permohonan", "tanggal", "kantor", "jenis_permohonan"),
        vocabulary(Kinds).entitas_dokumen,
    }
)
"""The entities of a question; ours for the dialogue (bahasa, pilihan …) are not measured."""

OUT_OF_SCOPE = "di_luar_topik"


@dataclass(frozen=True)
class Scores:
    """Shares of all messages, from 0 to 1, unless said otherwise.

    Attributes:
        guessed: right before asking back is considered (plain accuracy of the first guess).
        right: answered rightly.
        wrong: answered wrongly.
        asked: asked back.
        helped: answered rightly, or asked back with a right meaning among those offered.
        calibration_error: mean distance of confidence and share right, over ten equal steps of
            confidence (expected calibration error).
        precision: right among the answered.
        macro_f1: mean over the intents that occur; asking back counts as a miss.
        out_of_scope: share of out-of-scope messages recognised as such; None without any.
        turned_away: the same, asking back counted as well, since nothing wrong was said.
        entity_f1: exact spans and names; None when no entity is expected.
    """

    messages: int
    guessed: float
    right: float
    wrong: float
    asked: float
    helped: float
    calibration_error: float
    precision: float
    macro_f1: float
    out_of_scope: float | None
    turned_away: float | None
    entity_f1: float | None


def score(answers: Sequence[Answer]) -> Scores:
    """The figures of some answers (at least one)."""
    total = len(answers)
    right = sum(answer.right for answer in answers)
    asked = sum(answer.asked_back for answer in answers)
    outside = [answer for answer in answers if answer.example.intent == OUT_OF_SCOPE]
    return Scores(
        messages=total,
        guessed=sum(answer.guessed_right for answer in answers) / total,
        right=right / total,
        wrong=(total - right - asked) / total,
        asked=asked / total,
        helped=sum(answer.helped for answer in answers) / total,
        calibration_error=calibration_error(answers),
        precision=right / max(total - asked, 1),
        macro_f1=_macro_f1(answers),
        out_of_scope=_share([answer.right for answer in outside]),
        turned_away=_share([answer.right or answer.asked_back for answer in outside]),
        entity_f1=_entity_f1(answers),
    )


def calibration_error(answers: Sequence[Answer], steps: int = 10) -> float:
    """How far confidence and share of right first guesses are apart, from 0 to 1."""
    confidences = np.array([answer.confidence for answer in answers])
    right = np.array([answer.guessed_right for answer in answers], float)
    step = np.minimum((confidences * steps).astype(int), steps - 1)
    parts = [step == number for number in range(steps) if (step == number).any()]
    return float(
        sum(part.mean() * abs(confidences[part].mean() - right[part].mean()) for part in parts)
    )


def risk_and_coverage(answers: Sequence[Answer]) -> list[tuple[float, float]]:
    """Share answered (coverage) and share wrong among them (risk), the surest answers first."""
    surest = sorted(answers, key=lambda answer: -answer.confidence)
    wrong = np.cumsum([not answer.guessed_right for answer in surest])
    count = np.arange(1, len(surest) + 1)
    return list(zip((count / len(surest)).tolist(), (wrong / count).tolist(), strict=True))


@dataclass(frozen=True)
class IntentScore:
    """How one intent fares: messages that mean it, and shares of them."""

    intent: str
    messages: int
    right: float
    helped: float
    asked: float


def by_intent(answers: Sequence[Answer]) -> list[IntentScore]:
    """The intents that occur, the most frequent first."""
    groups: dict[str, list[Answer]] = {}
    for answer in answers:
        groups.setdefault(answer.example.intent, []).append(answer)
    scores = [
        IntentScore(
            intent,
            len(group),
            sum(answer.right for answer in group) / len(group),
            sum(answer.helped for answer in group) / len(group),
            sum(answer.asked_back for answer in group) / len(group),
        )
        for intent, group in groups.items()
    ]
    return sorted(scores, key=lambda entry: (-entry.messages, entry.intent))


def by_citizens(answers: Sequence[Answer]) -> list[Answer]:
    """Only what citizens wrote themselves."""
    return [answer for answer in answers if answer.example.kind in CITIZENS]


def counted_as(answer: Answer) -> str:
    """The predicted intent, or the expected one when the prediction counts as right."""
    return answer.example.intent if answer.right else answer.intent


def _macro_f1(answers: Sequence[Answer]) -> float:
    expected = [answer.example.intent for answer in answers]
    predicted = [counted_as(answer) for answer in answers]
    labels = sorted(set(expected))
    return float(f1_score(expected, predicted, labels=labels, average="macro", zero_division=0))


def _entity_f1(answers: Sequence[Answer]) -> float | None:
    expected = found = both = 0
    for answer in answers:
        spans = {span for span in answer.entities if span[0] in ENTITIES}
        expected += len(answer.example.entities)
        found += len(spans)
        both += len(spans & answer.example.entities)
    return 2 * both / (expected + found) if expected else None


def _share(values: Sequence[bool]) -> float | None:
    return sum(values) / len(values) if values else None
