#!/bin/sh
# Rasa Open Source 3.6.21 (markers): `not_action`, `not_intent` and `slot_was_not_set` mean the opposite.
# Guess: `never: [{action: utter_apology}]` marks conversations without an apology, `slot_was_not_set: city` the events
# while the city is unknown: the reference lists these names as the negated ones.
# Seen: in a file of markers they are read as if "not" were not there: `not_intent: complain` marks the complaints, and
# `slot_was_not_set` the events while the city is known; `never` is `at_least_once`. Statistics made with them are turned
# around. The operator `not` does what it says: `not: [{intent: complain}]`.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3.10}" -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check rasa==3.6.21 'setuptools<81'
cd "$folder"
cat > markers.yml <<'YAML'
not_complained: {not_intent: complain}
not_apologised: {not_action: utter_apology}
city_unknown: {slot_was_not_set: city}
never_apologised: {never: [{action: utter_apology}]}
other_than_complaints: {not: [{intent: complain}]}
YAML
"$folder/env/bin/python" -W ignore - 3>&1 > run.log 2>&1 <<'PYTHON'
import os
from pathlib import Path

import rasa.core.evaluation.marker  # noqa: F401
from rasa.core.evaluation.marker_base import Marker
from rasa.shared.core.events import ActionExecuted, SlotSet, UserUttered

EVENTS = [
    UserUttered("hello", {"name": "greet", "confidence": 1.0}),
    UserUttered("again no place", {"name": "complain", "confidence": 1.0}),
    SlotSet("city", "Solo"),
    ActionExecuted("utter_apology"),
]
NAMES = ["hello", "complaint", "city set", "apology"]
(session,) = Marker.from_path(Path("markers.yml")).evaluate_events(EVENTS)
seen = {marker: [NAMES[event.idx] for event in events] for marker, events in session.items()}
for marker, marked in seen.items():
    os.write(3, f"{marker}: {marked}\n".encode())
SEEN = {
    "not_complained": ["complaint"],
    "not_apologised": ["apology"],
    "city_unknown": ["city set", "apology"],
    "never_apologised": ["apology"],
    "other_than_complaints": ["hello", "city set", "apology"],
}
raise SystemExit(seen != SEEN)
PYTHON
