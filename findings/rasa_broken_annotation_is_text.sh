#!/bin/sh
# Rasa Open Source 3.6.21: an entity annotation that is not closed is trained as text.
# Guess: an error with the line, as for broken JSON elsewhere.
# Seen: no entity, and the brackets, quotes and braces are words of the example.
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
- intent: syarat
  examples: |
    - mau paspor [baru]{"entity": "jenis"}
    - mau paspor [baru]{"entity": "jenis"
"""
read = [
    (example.get("text"), len(example.get("entities") or ()))
    for example in RasaYAMLReader().reads(written).training_examples
]
print(f"text and number of entities: {read}")
raise SystemExit(read != [("mau paspor baru", 1), ('mau paspor [baru]{"entity": "jenis"', 0)])
PYTHON
