#!/bin/sh
# Rasa Open Source 3.6.21 (markers): a question `and` its answer never happened.
# Guess: `and: [{intent: ask_price}, {action: utter_price}]` marks the conversations in which the price was asked and
# told.
# Seen: `and` asks what holds at one and the same event, and no event is a message and an action at once: it marks
# nothing, in any conversation, without a word. A slot holds on, so `and` of a slot and an intent works and makes one
# trust it. For two events of a conversation it has to be `seq`, or `and` of two `at_least_once`.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3.10}" -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check rasa==3.6.21 'setuptools<81'
cd "$folder"
cat > markers.yml <<'YAML'
asked_and_told: {and: [{intent: ask_price}, {action: utter_price}]}
asked_then_told: {seq: [{intent: ask_price}, {action: utter_price}]}
asked_with_city: {and: [{intent: ask_price}, {slot_was_set: city}]}
each_at_least_once:
  and: [{at_least_once: [{intent: ask_price}]}, {at_least_once: [{action: utter_price}]}]
YAML
"$folder/env/bin/python" -W ignore - 3>&1 > run.log 2>&1 <<'PYTHON'
import os
from pathlib import Path

import rasa.core.evaluation.marker  # noqa: F401
from rasa.core.evaluation.marker_base import Marker
from rasa.shared.core.events import ActionExecuted, SlotSet, UserUttered

EVENTS = [
    SlotSet("city", "Solo"),
    UserUttered("how much", {"name": "ask_price", "confidence": 1.0}),
    ActionExecuted("utter_price"),
]
NAMES = ["city set", "question", "answer"]
(session,) = Marker.from_path(Path("markers.yml")).evaluate_events(EVENTS)
seen = {marker: [NAMES[event.idx] for event in events] for marker, events in session.items()}
for marker, marked in seen.items():
    os.write(3, f"{marker}: {marked}\n".encode())
SEEN = {
    "asked_and_told": [],
    "asked_then_told": ["answer"],
    "asked_with_city": ["question"],
    "each_at_least_once": ["answer"],
}
raise SystemExit(seen != SEEN)
PYTHON
