#!/bin/sh
# Rasa Open Source 3.6.21: a form whose question is missing says nothing and takes the next message for the answer.
# Guess: a slot of a form without `utter_ask_…` stops the training, or `rasa data validate`, or the bot says so.
# Seen: training and `rasa data validate` pass (0, no line names the slot). The citizen writes "register" and reads
# nothing; the "hello?" that follows is kept as the age. So it goes after a slot is renamed and its question is not. What
# is asked has to be compared with the forms by a check of one's own.
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
  age:
    type: text
    influence_conversation: false
    mappings: [{type: from_text, conditions: [{active_loop: visitor_form, requested_slot: age}]}]
forms: {visitor_form: {required_slots: [age]}}
responses:
  utter_done: [{text: "Noted: {age}"}]
YAML
cat > config.yml <<'YAML'
recipe: default.v1
language: en
assistant_id: visitors
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
status=0
"$folder/env/bin/python" -W ignore -m rasa data validate --domain domain.yml --config config.yml --data data.yml \
    --fail-on-warnings > validate.log 2>&1 || status=$?
echo "validate: $status, lines about the question: $(grep -c ask_age validate.log || true)"
grep -q ask_age validate.log && exit 1
[ "$status" = 0 ] || exit 1
"$folder/env/bin/python" -W ignore - 3>&1 > run.log 2>&1 <<'PYTHON'
import asyncio
import os

from rasa.core.agent import Agent
from rasa.core.channels.channel import CollectingOutputChannel, UserMessage
from rasa.model_training import train


async def talk(*texts):
    """What the bot says to each of these messages."""
    agent = Agent.load(train("domain.yml", "config.yml", ["data.yml"], output="models").model)
    said = []
    for text in texts:
        channel = CollectingOutputChannel()
        await agent.handle_message(UserMessage(text, channel, "a"))
        said.append([message["text"] for message in channel.messages])
    return said


said = asyncio.run(talk("register", "hello?"))
os.write(3, f"said to register: {said[0]}, to hello?: {said[1]}\n".encode())
raise SystemExit(said != [[], ["Noted: hello?"]])
PYTHON
