#!/bin/sh
# Rasa Open Source 3.6.21: a slot of type bool or float holds the text of the entity that fills it.
# Guess: `type: bool` makes False of "false", `type: float` 2.0 of "2": that is what the type is for.
# Seen: the type only says how a policy looks at the slot. An action that reads it gets the text, and as "false" is a text
# that isn't empty, `if tracker.get_slot("paid")` holds; "2" < 10 is an error. A response with the condition `value: false`
# isn't said either. The value has to be made in `validate_<slot>` or `action_validate_slot_mappings`.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3.10}" -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check rasa==3.6.21 'setuptools<81'
cd "$folder"
cat > domain.yml <<'YAML'
version: "3.1"
intents: [tell]
entities: [paid, people]
slots:
  paid: {type: bool, mappings: [{type: from_entity, entity: paid}]}
  people: {type: float, max_value: 10, mappings: [{type: from_entity, entity: people}]}
responses:
  utter_told:
  - text: not paid
    condition: [{type: slot, name: paid, value: false}]
  - text: no condition holds
YAML
cat > config.yml <<'YAML'
recipe: default.v1
language: en
pipeline: [{name: KeywordIntentClassifier}]
policies: [{name: RulePolicy}]
YAML
cat > data.yml <<'YAML'
version: "3.1"
nlu: [{intent: tell, examples: "- tell\n- to tell\n"}]
rules: [{rule: tell, steps: [{intent: tell}, {action: utter_told}]}]
YAML
"$folder/env/bin/python" -W ignore - 3>&1 > run.log 2>&1 <<'PYTHON'
import asyncio
import os

from rasa.core.agent import Agent
from rasa.core.channels.channel import CollectingOutputChannel, UserMessage
from rasa.model_training import train

model = train("domain.yml", "config.yml", ["data.yml"], output="models").model


async def main():
    agent, output = Agent.load(model), CollectingOutputChannel()
    told = '/tell{"paid": "false", "people": "2"}'
    await agent.handle_message(UserMessage(told, output, sender_id="somebody"))
    tracker = await agent.tracker_store.retrieve("somebody")
    held = {slot: tracker.get_slot(slot) for slot in ("paid", "people")}
    return held, [message["text"] for message in output.messages]


held, said = asyncio.run(main())
os.write(3, f"held: {held}; paid counts as {bool(held['paid'])}; said: {said}\n".encode())
raise SystemExit((held, said) != ({"paid": "false", "people": "2"}, ["no condition holds"]))
PYTHON
