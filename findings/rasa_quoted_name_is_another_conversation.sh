#!/bin/sh
# Rasa Open Source 3.6.21 (HTTP API): a percent-encoded conversation id is another conversation.
# Guess: /conversations/<id>/… decodes its path, as HTTP clients encode it: "a%40b" is the conversation "a@b".
# Seen: the path is taken as it stands in the request. Both calls answer 200; who reads under the encoded name finds
# an empty conversation, and what was written under it never reaches the person. Names of channels often hold "@", "+"
# or ":" (addresses, phone numbers), which clients encode by themselves.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3.10}" -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check rasa==3.6.21 'setuptools<81'
cd "$folder"
cat > domain.yml <<'YAML'
version: "3.1"
intents: [greet]
responses: {utter_greet: [{text: Hello}]}
YAML
cat > config.yml <<'YAML'
recipe: default.v1
language: en
pipeline: [{name: KeywordIntentClassifier}]
policies: [{name: RulePolicy}]
YAML
cat > data.yml <<'YAML'
version: "3.1"
nlu: [{intent: greet, examples: "- hello\n- good morning\n"}]
rules: [{rule: greet, steps: [{intent: greet}, {action: utter_greet}]}]
YAML
"$folder/env/bin/python" -W ignore - > train.log 2>&1 <<'PYTHON'
from rasa.model_training import train

train("domain.yml", "config.yml", ["data.yml"], output="models", fixed_model_name="model")
PYTHON
"$folder/env/bin/python" -W ignore - 3>&1 > ask.log 2>&1 <<'PYTHON'
import os
import socket
import threading
import time
from http.client import HTTPConnection
from json import loads

from rasa.core.agent import Agent
from rasa.server import create_app

app = create_app(Agent.load("models/model.tar.gz"))
listening = socket.socket()
listening.bind(("127.0.0.1", 0))
serve = {"sock": listening, "register_sys_signals": False, "access_log": False}
threading.Thread(target=app.run, kwargs=serve, daemon=True).start()


def call(method, path, body=None):
    connection = HTTPConnection(*listening.getsockname(), timeout=10)
    connection.request(method, path, body)
    answer = connection.getresponse()
    return answer.status, loads(answer.read())


def events_of(name):
    status, tracker = call("GET", f"/conversations/{name}/tracker")
    return status, len(tracker["events"])


for _ in range(50):
    try:
        call("GET", "/")
    except (OSError, ValueError):
        time.sleep(0.2)
said = '{"event": "bot", "text": "The office answers"}'
call("POST", "/conversations/somebody@shop/tracker/events", said)
plain, quoted = events_of("somebody@shop"), events_of("somebody%40shop")
os.write(3, f"somebody@shop: status and events {plain}; somebody%40shop: {quoted}\n".encode())
os._exit(not (plain[0] == quoted[0] == 200 and plain[1] > quoted[1]))
PYTHON
