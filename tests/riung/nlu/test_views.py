import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.feature_extraction.text import TfidfVectorizer

from riung.nlu.views import (
    MOST_MARKS,
    Features,
    Floats,
    letter_runs,
    pairs,
    root,
    tone,
    views,
    word_runs,
)

SETTINGS = {
    "word_ngrams": [1, 2],
    "char_ngrams": [2, 4],
    "pair_window": 3,
    "pair_weight": 1.0,
    "tone_weight": 0.5,
}


@pytest.mark.parametrize("word", ["bayar", "dibayar", "membayar", "pembayaran", "dibayarkan"])
def test_a_word_and_its_derivations_share_a_root(word: str) -> None:
    assert root(word) == "bayar"


@pytest.mark.parametrize("word", ["di", "ktp", "350", "paspor"])
def test_short_words_and_numbers_stay(word: str) -> None:
    assert root(word) == word


def test_pairs_are_of_words_apart_within_the_window_in_either_order() -> None:
    assert pairs(3, "kuota masih penuh terus") == ["kuota_penuh", "kuota_terus", "masih_terus"]
    assert pairs(3, "penuh masih kuota") == ["kuota_penuh"]
    assert pairs(3, "paspor ?") == []


def test_grievance_and_praise_are_marked_but_not_without_end() -> None:
    assert tone("aplikasi ribet parah") == ["keluhan", "keluhan"]
    assert tone("pelayanan ramah") == ["pujian"]
    assert tone("ribet " * 9) == ["keluhan"] * MOST_MARKS
    assert tone("berapa biaya paspor") == []


@given(st.lists(st.text(alphabet="abc ", max_size=12), min_size=1, max_size=6), st.text("abc ?"))
def test_any_line_has_features_within_the_learnt_columns(examples: list[str], line: str) -> None:
    for view in views(SETTINGS):
        learnt, rows = view.learn(examples)
        columns, values = learnt.vector(view.analyze(line))

        assert len(columns) == len(values) == len(set(columns.tolist()))
        assert all(0 <= column < len(learnt) for column in columns)
        assert values @ values == pytest.approx(view.weight**2 if len(values) else 0)
        assert rows.toarray()[0] == pytest.approx(_dense(learnt, view.analyze(examples[0])))


def _dense(learnt: Features, analyzed: list[str]) -> Floats:
    """One line as `Features.vector` gives it, with a value in every column."""
    whole = np.zeros(len(learnt))
    columns, values = learnt.vector(analyzed)
    whole[columns] = values
    return whole


@given(st.text("ab ü?1", max_size=30), st.integers(1, 3), st.integers(0, 3))
def test_runs_are_those_of_scikit_learn(text: str, shortest: int, more: int) -> None:
    line, lengths = " ".join(text.split()), (shortest, shortest + more)
    words = TfidfVectorizer(token_pattern=r"\S+", ngram_range=lengths).build_analyzer()
    letters = TfidfVectorizer(analyzer="char_wb", ngram_range=lengths).build_analyzer()

    assert sorted(word_runs(*lengths, line)) == sorted(words(line))
    assert sorted(letter_runs(*lengths, line)) == sorted(letters(line))


def test_serving_loads_nothing_of_scikit_learn() -> None:
    code = "import sys, riung.nlu.classifier; print('sklearn' in sys.modules)"
    leave_out = "from riung.dialogue.unused import leave_out; leave_out(); "
    run = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", leave_out + code], capture_output=True, text=True
    )

    assert run.stdout.strip() == "False", run.stderr
