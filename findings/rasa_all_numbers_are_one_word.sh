#!/bin/sh
# Rasa Open Source 3.6.21 (CountVectorsFeaturizer): every number is the same word.
# Guess: "passport of 5 years" and "passport of 10 years" differ in a word, or with `analyzer: char_wb` in its letters, so
# a classifier learns to tell the two intents apart.
# Seen: each run of digits becomes "__NUMBER__" before anything is counted, with either analyzer and with no setting to
# stop it. The two sentences, and all others that differ in a number, have equal features: whatever classifier follows
# says the same of both. Numbers have to be found by an extractor and told apart by a rule.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3.10}" -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check rasa==3.6.21 'setuptools<81'
cd "$folder"
"$folder/env/bin/python" -W ignore - 2> warnings.log <<'PYTHON'
from pathlib import Path

from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.nlu.classifiers.logistic_regression_classifier import LogisticRegressionClassifier
from rasa.nlu.featurizers.sparse_featurizer.count_vectors_featurizer import CountVectorsFeaturizer
from rasa.nlu.tokenizers.whitespace_tokenizer import WhitespaceTokenizer
from rasa.shared.nlu.training_data.formats.rasa_yaml import RasaYAMLReader
from rasa.shared.nlu.training_data.message import Message

LEARNT = """version: "3.1"
nlu:
- intent: five
  examples: |
    - passport of 5 years
    - valid 5 years
- intent: ten
  examples: |
    - passport of 10 years
    - valid 10 years
"""
TEXTS = ("passport of 5 years", "passport of 10 years", "passport of ten years")
Path("store").mkdir()
storage, context = LocalModelStorage.create(Path("store")), ExecutionContext(GraphSchema({}))


def component(kind, name, **config):
    """A component of the pipeline with its defaults and `config`."""
    return kind.create({**kind.get_default_config(), **config}, storage, Resource(name), context)


def features(message):
    return [part.features.toarray().tolist() for part in message.get_sparse_features("text") if part]


seen = {}
for analyzer, longest in (("word", 1), ("char_wb", 4)):
    tokenizer = component(WhitespaceTokenizer, f"tokenizer {analyzer}")
    counts = {"analyzer": analyzer, "min_ngram": 1, "max_ngram": longest}
    featurizer = component(CountVectorsFeaturizer, f"featurizer {analyzer}", **counts)
    classifier = component(LogisticRegressionClassifier, f"classifier {analyzer}")
    learnt = tokenizer.process_training_data(RasaYAMLReader().reads(LEARNT))
    featurizer.train(learnt)
    classifier.train(featurizer.process_training_data(learnt))
    five, ten, word = messages = featurizer.process(tokenizer.process([Message({"text": text}) for text in TEXTS]))
    classifier.process(messages)
    intents = [message.get("intent")["name"] for message in (five, ten)]
    seen[analyzer] = (features(five) == features(ten), features(five) == features(word), len(set(intents)))
    print(f"{analyzer}: features of 5 and 10 equal {seen[analyzer][0]}, intents {intents}")
raise SystemExit(set(seen.values()) != {(True, False, 1)})
PYTHON
