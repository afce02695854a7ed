#!/bin/sh
# Rasa Open Source 3.6.21, rasa-sdk 3.6.2: an entity that has a role fills no slot that is mapped without one.
# Guess: `{type: from_entity, entity: city}` takes every city; `role` in a mapping only narrows it. `get_latest_entity_values`
# of an action without a role gives all cities of the message.
# Seen: without `role` only cities without a role count. The day the examples get roles ("from [Jakarta]...") the slot, and
# the actions that asked for "city", are empty, and nothing is said in training. Each role needs a mapping of its own.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3.10}" -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check rasa==3.6.21 rasa-sdk==3.6.2 'setuptools<81'
cd "$folder"
"$folder/env/bin/python" -W ignore - 3>&1 > run.log 2>&1 <<'PYTHON'
import asyncio
import os

from rasa.core.actions.action import ActionExtractSlots
from rasa.core.channels.channel import CollectingOutputChannel
from rasa.core.nlg import TemplatedNaturalLanguageGenerator
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import UserUttered
from rasa.shared.core.trackers import DialogueStateTracker, EventVerbosity
from rasa_sdk import Tracker

domain = Domain.from_yaml(
    """
version: "3.1"
intents: [move]
entities: [{city: {roles: [from, to]}}]
slots:
  city: {type: text, mappings: [{type: from_entity, entity: city}]}
  origin: {type: text, mappings: [{type: from_entity, entity: city, role: from}]}
"""
)
FROM = {"entity": "city", "value": "Jakarta", "role": "from"}
TO = {"entity": "city", "value": "Bandung", "role": "to"}


async def filled(*entities):
    """The slots that a message with these entities fills, and the cities that an action sees."""
    tracker = DialogueStateTracker("somebody", domain.slots)
    tracker.update(UserUttered("move", {"name": "move"}, list(entities)), domain)
    generator = TemplatedNaturalLanguageGenerator(domain.responses)
    events = await ActionExtractSlots(None).run(CollectingOutputChannel(), generator, tracker, domain)
    state = Tracker.from_dict(tracker.current_state(EventVerbosity.ALL))
    return {event.key: event.value for event in events}, [*state.get_latest_entity_values("city")]


seen = {
    "without a role": asyncio.run(filled({"entity": "city", "value": "Jakarta"})),
    "one with a role": asyncio.run(filled(FROM)),
    "two with roles": asyncio.run(filled(FROM, TO)),
}
for label, (slots, cities) in seen.items():
    os.write(3, f"{label}: slots {slots}, cities for an action {cities}\n".encode())
SEEN = {
    "without a role": ({"city": "Jakarta"}, ["Jakarta"]),
    "one with a role": ({"origin": "Jakarta"}, []),
    "two with roles": ({"origin": "Jakarta"}, []),
}
raise SystemExit(seen != SEEN)
PYTHON
