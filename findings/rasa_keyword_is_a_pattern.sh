#!/bin/sh
# Rasa Open Source 3.6.21 (KeywordIntentClassifier): an example is taken as a regular expression.
# Guess: the classifier looks for the example's words as they are written; a question mark is a question mark.
# Seen: the mark changes the word before it. After training with "harga?", "berapa harg sekarang" is that intent, as the
# last letter has become optional, and "jam (buka)" in the training data is never found in a message that says just that,
# as the brackets are a group.
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
from rasa.nlu.classifiers.keyword_intent_classifier import KeywordIntentClassifier
from rasa.shared.nlu.training_data.formats.rasa_yaml import RasaYAMLReader
from rasa.shared.nlu.training_data.message import Message

LEARNT = """version: "3.1"
nlu:
- intent: biaya
  examples: |
    - harga?
- intent: jam_buka
  examples: |
    - jam (buka)
"""
TEXTS = ("harga?", "berapa harg sekarang", "jam (buka)", "jam buka")

Path("store").mkdir()
classifier = KeywordIntentClassifier.create(
    KeywordIntentClassifier.get_default_config(),
    LocalModelStorage.create(Path("store")),
    Resource("classifier"),
    ExecutionContext(GraphSchema({})),
)
classifier.train(RasaYAMLReader().reads(LEARNT))
messages = [Message({"text": text}) for text in TEXTS]
classifier.process(messages)
seen = {one.get("text"): one.get("intent")["name"] for one in messages}
print(seen)
raise SystemExit(list(seen.values()) != ["biaya", "biaya", None, "jam_buka"])
PYTHON
