#!/bin/sh
# rasa-sdk 3.6.2 (FormValidationAction): a slot that `required_slots` appends to the list it is given is never asked.
# Guess: what `required_slots` returns counts: `domain_slots.append("reason"); return domain_slots` adds a question.
# Seen: the list is that of the domain itself, and the SDK looks whether the returned one differs from it. Changed in place
# it doesn't, so the SDK takes the method for not overridden and leaves the next question to Rasa, which knows of no
# addition; a removed slot is asked all the same. No error, no warning. `return domain_slots + ["reason"]` works.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3.10}" -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check rasa-sdk==3.6.2 'setuptools<81'
cd "$folder"
"$folder/env/bin/python" -W ignore - 2> run.log <<'PYTHON'
import asyncio

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.forms import FormValidationAction


class InPlace(FormValidationAction):
    def name(self):
        return "validate_order_form"

    async def required_slots(self, domain_slots, dispatcher, tracker, domain):
        domain_slots.append("reason")
        return domain_slots


class NewList(InPlace):
    async def required_slots(self, domain_slots, dispatcher, tracker, domain):
        return domain_slots + ["reason"]


def next_question(form):
    """What the form asks when the slots of its domain are filled."""
    domain = {"forms": {"order_form": {"required_slots": ["name", "town"]}}}
    slots = {"name": "Ani", "town": "Batang", "reason": None}
    tracker = Tracker("somebody", slots, {}, [], False, None, {"name": "order_form"}, "action_listen")
    events = asyncio.run(form().run(CollectingDispatcher(), tracker, domain))
    return [event["value"] for event in events if event.get("name") == "requested_slot"]


seen = {form.__name__: next_question(form) for form in (InPlace, NewList)}
print(f"asked next: {seen}")
raise SystemExit(seen != {"InPlace": [], "NewList": ["reason"]})
PYTHON
