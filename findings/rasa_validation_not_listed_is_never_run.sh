#!/bin/sh
# Rasa Open Source 3.6.21: a validation that is not among the actions of the domain is never run.
# Guess: a form is checked by the class whose name is `validate_` and the form's name; without it in the domain Rasa refuses.
# Seen: Rasa asks the action server only for actions that the domain lists. One forgotten line, and every answer is taken: the age
# is "abc". Training, `rasa data validate` and the action server, which registers the class, say nothing. The same holds for
# `action_validate_slot_mappings`. What the programs have must be compared with the list.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3.10}" -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check rasa==3.6.21 rasa-sdk==3.6.2 'setuptools<81'
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
  utter_ask_age: [{text: "Your age?"}]
  utter_done: [{text: "Noted: {age}"}]
YAML
{ cat domain.yml; echo "actions: [validate_visitor_form]"; } > listed.yml
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
cat > checks.py <<'PYTHON'
from rasa_sdk.forms import FormValidationAction


class Visitor(FormValidationAction):
    """Takes an age in figures."""

    def name(self):
        return "validate_visitor_form"

    def validate_age(self, value, dispatcher, tracker, domain):
        return {"age": value if value.isdigit() else None}
PYTHON
status=0
"$folder/env/bin/python" -W ignore -m rasa data validate --domain domain.yml --config config.yml --data data.yml \
    --fail-on-warnings > validate.log 2>&1 || status=$?
echo "validate, without the line: $status"
[ "$status" = 0 ] || exit 1
"$folder/env/bin/python" -W ignore - 3>&1 > run.log 2>&1 <<'PYTHON'
import asyncio
import os
import socket
import threading

from rasa.core.agent import Agent
from rasa.core.channels.channel import CollectingOutputChannel, UserMessage
from rasa.model_training import train
from rasa.utils.endpoints import EndpointConfig
from rasa_sdk.endpoint import create_app

server = create_app("checks")
listening = socket.socket()
listening.bind(("127.0.0.1", 0))
serve = {"sock": listening, "register_sys_signals": False, "access_log": False}
threading.Thread(target=server.run, kwargs=serve, daemon=True).start()
actions = EndpointConfig(f"http://127.0.0.1:{listening.getsockname()[1]}/webhook")


async def talk(domain, *texts):
    """What the bot says to these messages."""
    model = train(domain, "config.yml", ["data.yml"], output="models").model
    agent, channel = Agent.load(model, action_endpoint=actions), CollectingOutputChannel()
    for text in texts:
        await agent.handle_message(UserMessage(text, channel, "a"))
    return [message["text"] for message in channel.messages]


seen = {
    "not listed": asyncio.run(talk("domain.yml", "register", "abc")),
    "listed": asyncio.run(talk("listed.yml", "register", "abc")),
}
for label, said in seen.items():
    os.write(3, f"{label}: {said}\n".encode())
os._exit(seen != {"not listed": ["Your age?", "Noted: abc"], "listed": ["Your age?", "Your age?"]})
PYTHON
