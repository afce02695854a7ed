#!/bin/sh
# Rasa Open Source 3.6.21: what stands behind "#" after a training example is trained as words of the example.
# Guess: a comment, as "#" after a blank begins one everywhere else in the file, and as a line of the block that begins
# with "#" is left out.
# Seen: the examples are one block of text, in which YAML knows no comments, and the reader leaves out only whole lines.
# "- berapa biayanya  # dari loket 3, Siti" teaches the intent a name and a counter, without a word at training.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3.10}" -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check rasa==3.6.21 'setuptools<81'
cd "$folder"
"$folder/env/bin/python" -W ignore - 2> warnings.log <<'PYTHON'
from rasa.shared.nlu.training_data.formats.rasa_yaml import RasaYAMLReader

written = """version: "3.1"
nlu:
- intent: biaya  # a comment
  examples: |
    # a comment
    - berapa biayanya  # dari loket 3, Siti
"""
read = [example.get("text") for example in RasaYAMLReader().reads(written).training_examples]
print(f"examples: {read}")
raise SystemExit(read != ["berapa biayanya  # dari loket 3, Siti"])
PYTHON
