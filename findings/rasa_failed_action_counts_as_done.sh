#!/bin/sh
# Rasa Open Source 3.6.21: a rule goes on after an action that failed, and says that it is done.
# Guess: when the action server answers 500 the turn ends, or a fallback is said; "Your place is booked", the rule's next
# step, is not.
# Seen: the error is in the log only. The action is kept as executed, without its events, and the rule's next step follows:
# the person reads that the place is booked. The sentence belongs into the action, or behind a slot that the action sets.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3.10}" -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check rasa==3.6.21 'setuptools<81'
cd "$folder"
cat > domain.yml <<'YAML'
version: "3.1"
intents: [book]
actions: [action_book]
responses: {utter_booked: [{text: Your place is booked}]}
YAML
cat > config.yml <<'YAML'
recipe: default.v1
language: en
pipeline: [{name: KeywordIntentClassifier}]
policies: [{name: RulePolicy}]
YAML
cat > data.yml <<'YAML'
version: "3.1"
nlu: [{intent: book, examples: "- book\n- a place please\n"}]
rules: [{rule: book, steps: [{intent: book}, {action: action_book}, {action: utter_booked}]}]
YAML
"$folder/env/bin/python" -W ignore - 3>&1 > run.log 2>&1 <<'PYTHON'
import asyncio
import os
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

from rasa.core.agent import Agent
from rasa.core.channels.channel import CollectingOutputChannel, UserMessage
from rasa.model_training import train
from rasa.utils.endpoints import EndpointConfig

asked = []


class Failing(BaseHTTPRequestHandler):
    """An action server whose database is down."""

    def do_POST(self):
        asked.append(self.path)
        self.send_error(500)


server = HTTPServer(("127.0.0.1", 0), Failing)
threading.Thread(target=server.serve_forever, daemon=True).start()
model = train("domain.yml", "config.yml", ["data.yml"], output="models").model


async def main():
    endpoint = EndpointConfig("http://127.0.0.1:%d/webhook" % server.server_port)
    agent = Agent.load(model, action_endpoint=endpoint)
    output = CollectingOutputChannel()
    await agent.handle_message(UserMessage("book", output, sender_id="somebody"))
    tracker = await agent.tracker_store.retrieve("somebody")
    done = [event.action_name for event in tracker.events if event.type_name == "action"]
    return [message["text"] for message in output.messages], "action_book" in done


said, kept = asyncio.run(main())
os.write(3, f"asked: {asked}; kept as executed: {kept}; said: {said}\n".encode())
raise SystemExit((asked, kept, said) != (["/webhook"], True, ["Your place is booked"]))
PYTHON
