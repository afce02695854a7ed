#!/bin/sh
# Rasa Open Source 3.6.21 (RegexEntityExtractor): of two names in a lookup table that begin alike the one listed first
# is found, not the longer one.
# Guess: as other phrase matchers do, the longest name that stands in the message wins.
# Seen: "kantor jakarta pusat" is an entity "jakarta", because that line stands above "jakarta pusat". With the two lines
# exchanged it is "jakarta pusat". A table in alphabetical order always has the shorter name first.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3.10}" -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check rasa==3.6.21 'setuptools<81'
cd "$folder"
cat > lookup.py <<'PYTHON'
"""What the extractor finds in a message, for lookup tables of one entity."""

from pathlib import Path

from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.nlu.extractors.regex_entity_extractor import RegexEntityExtractor
from rasa.shared.nlu.training_data.formats.rasa_yaml import RasaYAMLReader
from rasa.shared.nlu.training_data.message import Message

LEARNT = """version: "3.1"
nlu:
- intent: alamat
  examples: |
    - alamat kantor [bogor]{"entity": "kantor"}
- lookup: kantor
  examples: |
"""


def found(names, text):
    """The entities in `text` with a lookup table of these names."""
    Path("store").mkdir(exist_ok=True)
    extractor = RegexEntityExtractor.create(
        RegexEntityExtractor.get_default_config(),
        LocalModelStorage.create(Path("store")),
        Resource("extractor"),
        ExecutionContext(GraphSchema({})),
    )
    written = LEARNT + "".join(f"    - {name}\n" for name in names)
    extractor.train(RasaYAMLReader().reads(written))
    message = Message({"text": text})
    extractor.process([message])
    return [entity["value"] for entity in message.get("entities")]
PYTHON
"$folder/env/bin/python" -W ignore - 2> warnings.log <<'PYTHON'
from lookup import found

names = ["jakarta", "jakarta pusat"]
listed = found(names, "kantor jakarta pusat")
exchanged = found(names[::-1], "kantor jakarta pusat")
print(f"shorter name first: {listed}; longer name first: {exchanged}")
raise SystemExit(listed != ["jakarta"] or exchanged != ["jakarta pusat"])
PYTHON
