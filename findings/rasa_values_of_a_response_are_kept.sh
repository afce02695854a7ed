#!/bin/sh
# Rasa Open Source 3.6.21 and rasa-sdk 3.6.2: values given to a response stay in the conversation, said or not.
# Guess: of `utter_message(response="utter_found", last="0001", number="...")` the conversation keeps what its text says.
# Seen: the event's metadata holds every value by its name, so the whole number stands in the tracker store, in what the
# event broker publishes and in what the HTTP API tells, though the citizen reads its last digits only. What must not be
# kept must not be handed over, or be taken out of the metadata before the tracker is saved.
set -eu
folder=$(mktemp -d)
trap 'kill "$server" 2> /dev/null || true; rm -rf "$folder"' EXIT
server=
"${PYTHON:-python3.10}" -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check rasa==3.6.21 rasa-sdk==3.6.2 'setuptools<81'
cd "$folder"
cat > config.yml <<'YAML'
recipe: default.v1
language: en
pipeline: [{name: KeywordIntentClassifier}]
policies: [{name: RulePolicy}]
YAML
cat > domain.yml <<'YAML'
version: "3.1"
intents: [find]
actions: [action_find]
responses: {utter_found: [{text: "found the one that ends in {last}"}]}
YAML
cat > data.yml <<'YAML'
version: "3.1"
nlu: [{intent: find, examples: "- find\n- search\n"}]
rules: [{rule: find, steps: [{intent: find}, {action: action_find}]}]
YAML
cat > own_actions.py <<'PY'
from rasa_sdk import Action


class Find(Action):
    """Says a response with a value that its text does not use."""

    def name(self):
        return "action_find"

    def run(self, dispatcher, tracker, domain):
        dispatcher.utter_message(response="utter_found", last="0001", number="1234 5678 0001")
        return []
PY
port=$("$folder/env/bin/python" -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
"$folder/env/bin/python" -W ignore -m rasa_sdk --actions own_actions --port "$port" > server.log 2>&1 &
server=$!
"$folder/env/bin/python" -W ignore - "$port" 3>&1 > run.log 2>&1 <<'PYTHON'
import asyncio
import os
import sys
import time
from urllib.request import urlopen

from rasa.core.agent import Agent
from rasa.core.channels.channel import CollectingOutputChannel, UserMessage
from rasa.model_training import train
from rasa.shared.core.events import BotUttered
from rasa.utils.endpoints import EndpointConfig

server = f"http://127.0.0.1:{sys.argv[1]}"
for _ in range(120):
    try:
        urlopen(f"{server}/health")
        break
    except OSError:
        time.sleep(0.5)


async def answer(agent):
    """What is said, and what is kept with it."""
    output = CollectingOutputChannel()
    await agent.handle_message(UserMessage("find", output, sender_id="somebody"))
    tracker = await agent.tracker_store.retrieve("somebody")
    return output.messages[0]["text"], tracker.get_last_event_for(BotUttered).metadata


model = train("domain.yml", "config.yml", ["data.yml"], output="models").model
said, kept = asyncio.run(answer(Agent.load(model, action_endpoint=EndpointConfig(f"{server}/webhook"))))
os.write(3, f"said: {said!r}; kept with it: {kept}\n".encode())
raise SystemExit(
    (said, kept.get("number")) != ("found the one that ends in 0001", "1234 5678 0001")
)
PYTHON
