"""A classifier is trained once for the same examples."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from riung.nlu import kept
from riung.nlu.kept import trained
from riung.nlu.model import IntentModel

SETTINGS: dict[str, Any] = {
    "word_ngrams": [1, 1],
    "char_ngrams": [2, 3],
    "pair_window": 4,
    "pair_weight": 1.0,
    "tone_weight": 0.4,
    "C": 1.0,
    "tolerance": 0.01,
    "margin_weight": 5.0,
    "bayes_weight": 0.3,
    "bayes_smoothing": 0.1,
    "random_state": 1,
    "out_of_scope": "lain",
    "unknown_is_out_of_scope": 0.7,
    "half_known": 0.0,
    "story_words": 8,
    "story_intents": ["pengaduan"],
    "story_odds": 2.0,
    "outside_odds": [1.0, 1.0],
}
LINES, INTENTS = ["ya", "iya", "ya ya", "tidak", "bukan", "tidak mau"], ["a"] * 3 + ["b"] * 3


def test_the_same_examples_are_trained_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = trained(LINES, INTENTS, SETTINGS, tmp_path)
    monkeypatch.setattr(IntentModel, "fit", None)

    second = trained(LINES, INTENTS, SETTINGS, tmp_path)

    assert (first.predict(["ya mau"]) == second.predict(["ya mau"])).all()


@pytest.mark.parametrize(
    ("lines", "intents", "settings"),
    [
        ([*LINES[:-1], "tidak usah"], INTENTS, SETTINGS),
        (LINES, ["b", *INTENTS[1:]], SETTINGS),
        (LINES, INTENTS, {**SETTINGS, "C": 2.0}),
    ],
)
def test_whatever_changed_is_trained_anew(
    tmp_path: Path, lines: list[str], intents: list[str], settings: dict[str, Any]
) -> None:
    trained(LINES, INTENTS, SETTINGS, tmp_path)

    trained(lines, intents, settings, tmp_path)

    assert len(list(tmp_path.iterdir())) == 2


def test_only_the_latest_are_kept(tmp_path: Path) -> None:
    for number in range(kept.KEPT + 2):
        trained([*LINES, f"tidak {number}"], [*INTENTS, "b"], SETTINGS, tmp_path)

    assert len(list(tmp_path.iterdir())) == kept.KEPT
