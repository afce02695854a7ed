#!/bin/sh
# Rasa Open Source 3.6.21 (RegexEntityExtractor): a name in a lookup table that ends in a bracket or a full stop is found
# only where a letter or digit follows it at once, so never in a sentence.
# Guess: the names of a table are literal words; marks in them are escaped, and whoever writes the name is understood.
# Seen: they are escaped, but a word boundary is set on either side, and behind a mark there is none: "ulp (mall)" is not
# found in "buka di ulp (mall)" and neither is "jl." in "jl. suci". Training says nothing. With `use_word_boundaries: false`
# both are found, and so is "ulp" within "gulp".
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
from rasa.nlu.extractors.regex_entity_extractor import RegexEntityExtractor
from rasa.shared.nlu.training_data.formats.rasa_yaml import RasaYAMLReader
from rasa.shared.nlu.training_data.message import Message

LEARNT = """version: "3.1"
nlu:
- intent: jam_buka
  examples: |
    - buka di [ulp]{"entity": "tempat"}
- lookup: tempat
  examples: |
    - ulp (mall)
    - jl.
    - ulp
"""
TEXTS = ("buka di ulp (mall)", "alamat jl. suci", "gulp")


def found(boundaries):
    """The entities in each text."""
    Path("store").mkdir(exist_ok=True)
    extractor = RegexEntityExtractor.create(
        {**RegexEntityExtractor.get_default_config(), "use_word_boundaries": boundaries},
        LocalModelStorage.create(Path("store")),
        Resource("extractor"),
        ExecutionContext(GraphSchema({})),
    )
    extractor.train(RasaYAMLReader().reads(LEARNT))
    messages = [Message({"text": text}) for text in TEXTS]
    extractor.process(messages)
    return [[entity["value"] for entity in one.get("entities") or ()] for one in messages]


bounded, free = found(True), found(False)
print(f"with word boundaries: {bounded}; without: {free}")
raise SystemExit(
    bounded != [["ulp"], [], []] or free != [["ulp (mall)"], ["jl."], ["ulp"]]
)
PYTHON
