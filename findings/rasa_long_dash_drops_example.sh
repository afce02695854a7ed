#!/bin/sh
# Rasa Open Source 3.6.21: an example that begins with a long dash is dropped.
# Guess: an error, or an example with a dash in it. Word processors turn "- " into the long dash by themselves.
# Seen: the line is neither an example of its own nor a part of the one before; nothing is said.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3.10}" -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check rasa==3.6.21 'setuptools<81'
cd "$folder"
"$folder/env/bin/python" -W ignore - <<'PYTHON'
from rasa.shared.nlu.training_data.formats.rasa_yaml import RasaYAMLReader

written = """version: "3.1"
nlu:
- intent: salam
  examples: |
    - halo
    \u2013 selamat pagi
    - selamat sore
"""
read = [example.get("text") for example in RasaYAMLReader().reads(written).training_examples]
print(f"examples read: {read}")
raise SystemExit(read != ["halo", "selamat sore"])
PYTHON
