#!/bin/sh
# rasa-sdk 3.6.2: an action that asks for the city when none was named never asks.
# Guess: `tracker.get_latest_entity_values("city")` is the list that its reference promises ("List of entity values"): empty, and so
# false, when no city was named.
# Seen: it is a generator, which is true whatever it holds: `if not cities` is never taken, and the answer names no city. Looked
# through twice it is empty the second time: "2 cities" and then none of them. `list(…)`, or `next(…, None)`, has to stand around it.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3.10}" -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check rasa-sdk==3.6.2 'setuptools<81'
cd "$folder"
"$folder/env/bin/python" -W ignore - <<'PYTHON'
from rasa_sdk import Tracker


def answer(*cities):
    """What an action makes of a message with these cities."""
    entities = [{"entity": "city", "value": city} for city in cities]
    tracker = Tracker("a", {}, {"text": "move", "entities": entities}, [], False, None, {}, None)
    found = tracker.get_latest_entity_values("city")
    if not found:
        return "Which city?"
    return f"{sum(1 for _ in found)} cities: {', '.join(found)}"


SEEN = {(): "0 cities: ", ("Batang", "Tegal"): "2 cities: "}
seen = {cities: answer(*cities) for cities in SEEN}
for cities, said in seen.items():
    print(f"{cities}: {said}")
raise SystemExit(seen != SEEN)
PYTHON
