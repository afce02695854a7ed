#!/bin/sh
# padacioso 1.0.0: a question is not understood when it ends in a question mark.
# Guess: "buka jam berapa" (when do you open), one of the intent's own examples, is understood with "?" behind it, or with
# a word before it.
# Seen: the whole message has to be the example: with a question mark, a full stop or "min" (admin) before it no intent is
# found; only capitals do not count. In an example with a place all that follows is the place: "Batang?" and "Batang besok
# ya". Marks and greetings have to be taken off before.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3.10}" -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check padacioso==1.0.0 simplematch==1.4
cd "$folder"
"$folder/env/bin/python" -W ignore - <<'PYTHON'
from padacioso import IntentContainer

container = IntentContainer()
container.add_intent("hours", ["buka jam berapa"])
container.add_intent("queue", ["ambil antrean di {place}"])
SEEN = {
    "buka jam berapa": ("hours", {}),
    "Buka Jam Berapa": ("hours", {}),
    "buka jam berapa?": (None, {}),
    "buka jam berapa.": (None, {}),
    "min buka jam berapa": (None, {}),
    "ambil antrean di Batang?": ("queue", {"place": "Batang?"}),
    "ambil antrean di Batang besok ya": ("queue", {"place": "Batang besok ya"}),
}
seen = {}
for text in SEEN:
    found = container.calc_intent(text)
    seen[text] = (found["name"], found["entities"])
    print(f"{text}: {seen[text]}")
raise SystemExit(seen != SEEN)
PYTHON
