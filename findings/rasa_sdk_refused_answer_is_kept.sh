#!/bin/sh
# rasa-sdk 3.6.2: a validation that says what is wrong and returns nothing has taken the answer.
# Guess: `validate_age` that says "In figures, please" and returns {} leaves the slot empty, and the form asks again.
# Seen: what is not named in the result keeps the value that the citizen wrote: "abc" is the age, after the words that refuse it.
# So it is with None (a warning) and with a misspelt slot, which is set as well. Only {"age": None} empties it.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3.10}" -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check rasa-sdk==3.6.2 'setuptools<81'
cd "$folder"
"$folder/env/bin/python" -W ignore - <<'PYTHON'
import asyncio

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.forms import FormValidationAction

DOMAIN = {"forms": {"visitor_form": {"required_slots": ["age"]}}, "slots": {"age": {}}}


def kept(result):
    """What slots hold after a validation that refuses "abc" with this result."""

    class Refusing(FormValidationAction):
        """Says what is wrong."""

        def name(self):
            return "validate_visitor_form"

        def validate_age(self, value, dispatcher, tracker, domain):
            dispatcher.utter_message(text="In figures, please")
            return result

    answer = [{"event": "slot", "name": "age", "value": "abc", "timestamp": None}]
    loop = {"name": "visitor_form"}
    tracker = Tracker("a", {"age": "abc"}, {"text": "abc"}, answer, False, None, loop, "action_listen")
    events = asyncio.run(Refusing().run(CollectingDispatcher(), tracker, DOMAIN))
    return {event["name"]: event["value"] for event in events}


SEEN = {
    "{}": {"age": "abc"},
    "None": {"age": "abc"},
    "{'agee': None}": {"age": "abc", "agee": None},
    "{'age': None}": {"age": None},
}
seen = {label: kept(eval(label)) for label in SEEN}
for label, slots in seen.items():
    print(f"returned {label}: {slots}")
raise SystemExit(seen != SEEN)
PYTHON
