#!/bin/sh
# Rasa Open Source 3.6.21 (REST channel): callers that send no `sender` all speak in one conversation.
# Guess: a message without `sender`, or with the key misspelt ("sender_id"), is refused, or begins a conversation of its own.
# Seen: it is answered with 200, in the conversation "default", which all such callers share: the second is told the name
# that the first gave, and answers the form that the first had begun. With one person at a time nothing is seen of it. The
# page or program before the channel has to make a name for each visitor, and a channel of one's own can ask for it.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3.10}" -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check rasa==3.6.21 'setuptools<81'
cd "$folder"
cat > domain.yml <<'YAML'
version: "3.1"
intents: [tell, ask]
entities: [name]
slots: {name: {type: text, mappings: [{type: from_entity, entity: name}]}}
responses:
  utter_noted: [{text: Noted}]
  utter_name: [{text: "You are {name}"}]
YAML
cat > config.yml <<'YAML'
recipe: default.v1
language: en
pipeline: [{name: KeywordIntentClassifier}]
policies: [{name: RulePolicy}]
YAML
cat > data.yml <<'YAML'
version: "3.1"
nlu:
- {intent: tell, examples: "- I am Ani\n- my name is Ani\n"}
- {intent: ask, examples: "- who am I\n- my name please\n"}
rules:
- {rule: tell, steps: [{intent: tell}, {action: utter_noted}]}
- {rule: ask, steps: [{intent: ask}, {action: utter_name}]}
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
from json import dumps, loads

from rasa.core.agent import Agent
from rasa.core.channels.rest import RestInput
from rasa.core.run import configure_app

app = configure_app([RestInput()])
app.ctx.agent = Agent.load("models/model.tar.gz")
listening = socket.socket()
listening.bind(("127.0.0.1", 0))
serve = {"sock": listening, "register_sys_signals": False, "access_log": False}
threading.Thread(target=app.run, kwargs=serve, daemon=True).start()


def say(text, **caller):
    """The status, and the first of the answers to a message from another program."""
    connection = HTTPConnection(*listening.getsockname(), timeout=10)
    body = dumps({"message": text, **caller})
    connection.request("POST", "/webhooks/rest/webhook", body, {"content-type": "application/json"})
    answer = connection.getresponse()
    (first, *_) = loads(answer.read())
    return answer.status, first["recipient_id"], first["text"]


for _ in range(50):
    try:
        socket.create_connection(listening.getsockname(), timeout=1).close()
        break
    except OSError:
        time.sleep(0.2)
say('/tell{"name": "Ani"}')
seen = {
    "another": say("/ask"),
    "another, key misspelt": say("/ask", sender_id="visitor-2"),
    "another, with a sender": say("/ask", sender="visitor-3"),
}
for label, answer in seen.items():
    os.write(3, f"{label}: {answer}\n".encode())
shared = (200, "default", "You are Ani")
os._exit(list(seen.values()) != [shared, shared, (200, "visitor-3", "You are None")])
PYTHON
