#!/bin/sh
# Rasa Open Source 3.6.21: the message that begins a form is taken for every answer of it.
# Guess: a slot of a form with the mapping `from_text` holds what is written after its question.
# Seen: such a mapping takes every message, before the form too: "register" is the name and the city, nothing is asked,
# and the form is done with both. The condition `active_loop` changes nothing of it: the message that begins the form is
# read again once the form is active. Only with `requested_slot` beside it a text is the answer to its question. Training
# and `rasa data validate` say nothing of it.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3.10}" -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check rasa==3.6.21 'setuptools<81'
cd "$folder"
cat > domain.yml <<'YAML'
version: "3.1"
intents: [register]
slots:
  name: {type: text, influence_conversation: false, mappings: [{type: from_text}]}
  city: {type: text, influence_conversation: false, mappings: [{type: from_text}]}
forms: {visitor_form: {required_slots: [name, city]}}
responses:
  utter_ask_name: [{text: "Your name?"}]
  utter_ask_city: [{text: "Your city?"}]
  utter_done: [{text: "Noted: {name} of {city}"}]
YAML
sed -E 's/^  (name|city): (.*from_text)/  \1: \2, conditions: [{active_loop: visitor_form, requested_slot: \1}]/' \
    domain.yml > asked.yml
sed 's/, requested_slot: [a-z]*//' asked.yml > active.yml
cat > config.yml <<'YAML'
recipe: default.v1
language: en
pipeline: [{name: KeywordIntentClassifier}]
policies: [{name: RulePolicy}]
YAML
cat > data.yml <<'YAML'
version: "3.1"
nlu: [{intent: register, examples: "- register\n- sign up\n"}]
rules:
- {rule: begin, steps: [{intent: register}, {action: visitor_form}, {active_loop: visitor_form}]}
- rule: end
  condition: [{active_loop: visitor_form}]
  steps:
  - action: visitor_form
  - active_loop: null
  - slot_was_set: [{requested_slot: null}]
  - action: utter_done
YAML
"$folder/env/bin/python" -W ignore - 3>&1 > run.log 2>&1 <<'PYTHON'
import asyncio
import os

from rasa.core.agent import Agent
from rasa.core.channels.channel import CollectingOutputChannel, UserMessage
from rasa.model_training import train


async def talk(domain, *texts):
    """What the bot says to these messages."""
    agent = Agent.load(train(domain, "config.yml", ["data.yml"], output="models").model)
    channel = CollectingOutputChannel()
    for text in texts:
        await agent.handle_message(UserMessage(text, channel, "a"))
    return [message["text"] for message in channel.messages]


seen = {
    "every text": asyncio.run(talk("domain.yml", "register")),
    "texts of the form": asyncio.run(talk("active.yml", "register")),
    "the text asked for": asyncio.run(talk("asked.yml", "register", "Ani", "Bandung")),
}
for label, said in seen.items():
    os.write(3, f"{label}: {said}\n".encode())
SEEN = {
    "every text": ["Noted: register of register"],
    "texts of the form": ["Noted: register of register"],
    "the text asked for": ["Your name?", "Your city?", "Noted: Ani of Bandung"],
}
raise SystemExit(seen != SEEN)
PYTHON
