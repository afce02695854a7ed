#!/bin/sh
# rasa-sdk 3.6.2: an action does not see that a message was not understood.
# Guess: `tracker.get_intent_of_latest_message()` gives the intent that Rasa decided on: `nlu_fallback` for what it doubts.
# Seen: it gives the next one, with the confidence that was too low: "price" of 0.31. An action that serves several intents
# answers the price of what nobody understood, and its branch for the fallback is never taken. With
# `skip_fallback_intent=False`, or from `latest_message["intent"]`, it is the fallback.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3.10}" -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check rasa-sdk==3.6.2 'setuptools<81'
cd "$folder"
"$folder/env/bin/python" -W ignore - <<'PYTHON'
from rasa_sdk import Tracker

RANKING = [
    {"name": "nlu_fallback", "confidence": 0.7},
    {"name": "price", "confidence": 0.31},
    {"name": "hours", "confidence": 0.3},
]
message = {"text": "hmm that", "intent": RANKING[0], "intent_ranking": RANKING, "entities": []}
tracker = Tracker("a", {}, message, [], False, None, {}, "action_listen")
seen = {
    "by itself": tracker.get_intent_of_latest_message(),
    "not skipped": tracker.get_intent_of_latest_message(skip_fallback_intent=False),
    "the message's": tracker.latest_message["intent"]["name"],
}
for label, intent in seen.items():
    print(f"{label}: {intent}")
fallback = "nlu_fallback"
raise SystemExit(seen != {"by itself": "price", "not skipped": fallback, "the message's": fallback})
PYTHON
