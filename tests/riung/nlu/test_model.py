from pathlib import Path
from typing import Any

import numpy as np
import pytest
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.naive_bayes import MultinomialNB
from sklearn.pipeline import make_union
from sklearn.svm import LinearSVC

from riung.nlu.model import IntentModel

SETTINGS = {
    "word_ngrams": [1, 2],
    "char_ngrams": [2, 4],
    "pair_window": 4,
    "pair_weight": 1.0,
    "tone_weight": 0.4,
    "C": 1.0,
    "tolerance": 1e-4,
    "margin_weight": 5.0,
    "bayes_weight": 0.3,
    "bayes_smoothing": 0.1,
    "random_state": 1,
    "out_of_scope": "salam",
    "unknown_is_out_of_scope": 0.7,
    "half_known": 0.0,
    "story_words": 8,
    "story_intents": ["pengaduan"],
    "story_odds": 2.0,
    "outside_odds": [1.0, 1.0],
}
LINES = {
    "biaya_paspor": ["berapa biaya", "harga paspor", "biaya paspor berapa", "harga berapa"],
    "lokasi_kantor": ["alamat kantor", "kantor di mana", "lokasi kantor", "di mana alamat"],
    "salam": ["halo", "selamat pagi", "halo pagi", "selamat siang"],
}


def trained(**settings: Any) -> IntentModel:
    model = IntentModel({**SETTINGS, **settings})
    model.fit(
        [line for lines in LINES.values() for line in lines],
        [intent for intent, lines in LINES.items() for _ in lines],
    )
    return model


def test_confidences_are_a_distribution_over_the_intents() -> None:
    model = trained()

    confidences = model.predict(["biaya kantor", "zzz", ""])

    assert confidences.shape == (3, len(LINES))
    assert np.allclose(confidences.sum(axis=1), 1)
    assert model.intents == sorted(LINES)


def test_it_ranks_as_scikit_learn_does() -> None:
    lines = [line for examples in LINES.values() for line in examples]
    intents = [intent for intent, examples in LINES.items() for _ in examples]
    features = make_union(
        TfidfVectorizer(token_pattern=r"\S+", ngram_range=(1, 2), sublinear_tf=True),
        TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 4), sublinear_tf=True, min_df=2),
    )
    matrix = features.fit_transform(lines)
    machine = LinearSVC(C=1.0, random_state=1).fit(matrix, intents)
    bayes = MultinomialNB(alpha=0.1).fit(matrix, intents)
    asked = ["berapa harga", "selamat pagi kantor", "alamat paspor di mana"]
    model = trained(pair_weight=0, tone_weight=0)

    confidences = model.predict(asked)

    seen = features.transform(asked)
    powers = np.exp(5 * machine.decision_function(seen) + 0.3 * bayes.predict_log_proba(seen))
    wanted = powers / powers.sum(axis=1, keepdims=True)
    assert np.allclose(confidences, wanted, rtol=5e-3)  # the planes are kept in half precision


def test_what_was_learnt_is_recognised() -> None:
    model = trained()

    best = model.predict(["harga paspor berapa", "alamat kantor di mana"]).argmax(axis=1)

    assert [model.intents[column] for column in best] == ["biaya_paspor", "lokasi_kantor"]


def test_unknown_words_speak_for_out_of_scope() -> None:
    model = trained()

    gibberish, known = model.predict(["xyzzy plugh", "harga paspor"])

    assert gibberish.max() == pytest.approx(0.7 + 0.3 / len(LINES))
    assert model.intents[int(gibberish.argmax())] == SETTINGS["out_of_scope"]
    assert known.max() > gibberish.min()


def test_a_word_of_one_example_is_less_sure_than_one_of_many() -> None:
    often = ["ya", "ya boleh", "ya bisa", "ya ada", "ya sudah", "ya nanti"]
    model = IntentModel({**SETTINGS, "half_known": 1.0})
    model.fit([*often, "cucok", "tidak", "bukan"], ["a"] * 7 + ["salam"] * 2)

    rare, frequent = model.predict(["cucok", "ya"])[:, model.intents.index("a")]

    assert rare < 0.8 < frequent


def test_a_long_line_is_rather_a_story() -> None:
    model = trained()
    told = IntentModel({**SETTINGS, "story_words": 2, "story_intents": ["lokasi_kantor"]})
    told.fit(
        [line for lines in LINES.values() for line in lines],
        [intent for intent, lines in LINES.items() for _ in lines],
    )
    place = model.intents.index("lokasi_kantor")

    for line, changed in (("harga", False), ("harga kantor", True)):
        before, after = model.predict([line])[0], told.predict([line])[0]
        assert bool(after[place] > before[place] + 1e-6) is changed
        assert after.sum() == pytest.approx(1)


def test_a_line_without_a_word_of_ours_is_rather_out_of_scope() -> None:
    outside = {"out_of_scope": "lokasi_kantor", "outside_odds": [0.5, 2.0]}
    plain, weighed = trained(), trained(**outside)
    place = plain.intents.index("lokasi_kantor")

    for line, likelier in (("alamat", True), ("alamat paspor", False)):
        before, after = plain.predict([line])[0], weighed.predict([line])[0]
        assert bool(after[place] > before[place]) is likelier


def test_without_an_out_of_scope_intent_unknown_words_say_nothing() -> None:
    model = IntentModel({**SETTINGS, "out_of_scope": "none"})
    model.fit(["ya", "iya", "ya ya", "tidak", "bukan", "tidak mau"], ["a"] * 3 + ["b"] * 3)

    assert np.allclose(model.predict(["xyzzy"]), 0.5)


def test_a_saved_model_answers_the_same(tmp_path: Path) -> None:
    model = trained()
    model.save(tmp_path)

    loaded = IntentModel.load(tmp_path, SETTINGS)

    assert np.allclose(loaded.predict(["halo kantor"]), model.predict(["halo kantor"]))


def test_two_intents_are_enough() -> None:
    model = IntentModel(SETTINGS)
    model.fit(["ya", "iya", "ya ya", "tidak", "bukan", "tidak mau"], ["a"] * 3 + ["b"] * 3)

    assert model.predict(["iya"]).shape == (1, 2)
