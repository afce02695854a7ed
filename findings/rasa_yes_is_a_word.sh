#!/bin/sh
# Rasa Open Source 3.6.21: a variation of a response for `value: yes` is never said.
# Guess: in a YAML file yes, on and true are the same, as for most tools that an office uses; a variation with the
# condition `value: yes` is said while the bool slot is true.
# Seen: Rasa reads YAML 1.2: `yes` is a word of three letters and equals no bool. The default variation is said, and
# without one nothing at all. A quoted "2" is no 2 either; capitals of a text do not count.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3.10}" -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check rasa==3.6.21 'setuptools<81'
cd "$folder"
"$folder/env/bin/python" -W ignore - 3>&1 > run.log 2>&1 <<'PYTHON'
import os

from rasa.core.nlg import TemplatedNaturalLanguageGenerator
from rasa.shared.core.domain import Domain

SLOTS = {"married": True, "children": 2, "city": "Bandung"}
SEEN = {
    ("married", "yes"): "the default",
    ("married", "true"): "the other",
    ("children", '"2"'): "the default",
    ("children", "2"): "the other",
    ("city", "bandung"): "the other",
}


def said(slot, value):
    """Which variation is said while the slots hold these values."""
    domain = Domain.from_yaml(
        f"""
version: "3.1"
slots:
  married: {{type: bool, mappings: [{{type: custom}}]}}
  children: {{type: float, mappings: [{{type: custom}}]}}
  city: {{type: text, mappings: [{{type: custom}}]}}
responses:
  utter_note:
  - text: the default
  - text: the other
    condition: [{{type: slot, name: {slot}, value: {value}}}]
"""
    )
    generator = TemplatedNaturalLanguageGenerator(domain.responses)
    return generator.generate_from_slots("utter_note", SLOTS, "rest")["text"]


seen = {asked: said(*asked) for asked in SEEN}
for (slot, value), text in seen.items():
    os.write(3, f"{slot} is {SLOTS[slot]}, asked for {value}: {text}\n".encode())
raise SystemExit(seen != SEEN)
PYTHON
