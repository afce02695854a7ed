#!/bin/sh
# Rasa Open Source 3.6.21 (EntitySynonymMapper): the value of an annotation replaces that word in entities of every kind.
# Guess: `[may]{"entity": "month", "value": "05"}` says what "may" means as a month.
# Seen: the kind is not kept. A person whose name is extracted as "May" is called "05" from then on, and a number that an
# extractor found as 10 becomes the text "10" as soon as one example has [10] annotated, whatever it is annotated as.
# Training warns only when two values stand for one word. Values are better made in the action, by the entity's kind.
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
from rasa.nlu.extractors.entity_synonyms import EntitySynonymMapper
from rasa.shared.nlu.training_data.formats.rasa_yaml import RasaYAMLReader
from rasa.shared.nlu.training_data.message import Message

LEARNT = """version: "3.1"
nlu:
- intent: travel
  examples: |
    - in [may]{"entity": "month", "value": "05"}
    - with [10](suitcases) suitcases
"""
FOUND = (("name", "May"), ("people", 10), ("people", 11))

Path("store").mkdir()
mapper = EntitySynonymMapper.create(
    EntitySynonymMapper.get_default_config(),
    LocalModelStorage.create(Path("store")),
    Resource("mapper"),
    ExecutionContext(GraphSchema({})),
)
mapper.train(RasaYAMLReader().reads(LEARNT))
message = Message({"text": "May, 10 or 11", "entities": [{"entity": kind, "value": value} for kind, value in FOUND]})
mapper.process([message])
seen = [(entity["entity"], entity["value"]) for entity in message.get("entities")]
print(f"found: {list(FOUND)}\nafter: {seen}")
raise SystemExit(seen != [("name", "05"), ("people", "10"), ("people", 11)])
PYTHON
