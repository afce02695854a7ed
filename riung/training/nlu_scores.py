"""The figures of an evaluation. A label of `also` counts as right everywhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sklearn.metrics import f1_score

from riung.training.nlu_runs import Answer

CITIZENS = frozenset({"ulasan", "laporan", "chat"})
"""Kinds of real messages that citizens wrote themselves (shared/nlu/README.md)."""

ENTITIES = frozenset({"nomor_permohonan", "tanggal", "kantor", "jenis_permohonan", "jenis_paspor"})
"""The entities of spec/intents.md; ours for the dialogue (bahasa, pilihan …) are not measured."""

OUT_OF_SCOPE = "di_luar_topik"


@dataclass(frozen=True)
class Scores:
    """Shares of all messages, from 0 to 1, unless said otherwise.

    Attributes:
        guessed: right before asking back is considered (plain accuracy of the first guess).
        right: answered rightly.
        wrong: answered wrongly.
        asked: asked back.
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
        guessed=sum(guessed_right(answer) for answer in answers) / total,
        right=right / total,
        wrong=(total - right - asked) / total,
        asked=asked / total,
        precision=right / max(total - asked, 1),
        macro_f1=_macro_f1(answers),
        out_of_scope=_share([answer.right for answer in outside]),
        turned_away=_share([answer.right or answer.asked_back for answer in outside]),
        entity_f1=_entity_f1(answers),
    )


def guessed_right(answer: Answer) -> bool:
    """Whether the best guess counts as right, asked back or not."""
    return answer.guess in {answer.example.intent, *answer.example.also}


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
