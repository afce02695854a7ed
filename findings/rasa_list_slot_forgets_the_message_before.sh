#!/bin/sh
# Rasa Open Source 3.6.21: a list slot keeps only what the last message named, and is said with brackets.
# Guess: a slot of the type `list` gathers: "I have KTP and KK", then "and akta", are three documents.
# Seen: each message that names one begins the list anew: after "akta" it is ['akta'], and what was said before is gone. In
# a response it is Python's form, brackets and quotation marks. A text slot mapped from the same entity holds the last of
# the message. An action has to put old and new together, and to say them.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3.10}" -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check rasa==3.6.21 'setuptools<81'
cd "$folder"
cat > domain.yml <<'YAML'
version: "3.1"
intents: [have]
entities: [document]
slots:
  documents: {type: list, influence_conversation: false, mappings: [{type: from_entity, entity: document}]}
responses: {utter_noted: [{text: "You have {documents}"}]}
YAML
cat > config.yml <<'YAML'
recipe: default.v1
language: en
pipeline: [{name: WhitespaceTokenizer}, {name: KeywordIntentClassifier}, {name: RegexEntityExtractor}]
policies: [{name: RulePolicy}]
YAML
cat > data.yml <<'YAML'
version: "3.1"
nlu:
- {intent: have, examples: "- have\n- have a [KTP](document)\n"}
- {lookup: document, examples: "- KTP\n- KK\n- akta\n"}
rules: [{rule: have, steps: [{intent: have}, {action: utter_noted}]}]
YAML
"$folder/env/bin/python" -W ignore - 3>&1 > run.log 2>&1 <<'PYTHON'
import asyncio
import os

from rasa.core.agent import Agent
from rasa.core.channels.channel import CollectingOutputChannel, UserMessage
from rasa.model_training import train


async def talk(*texts):
    """What the bot says to these messages."""
    agent = Agent.load(train("domain.yml", "config.yml", ["data.yml"], output="models").model)
    channel = CollectingOutputChannel()
    for text in texts:
        await agent.handle_message(UserMessage(text, channel, "a"))
    return [message["text"] for message in channel.messages]


said = asyncio.run(talk("I have KTP and KK", "I have the akta too", "I have no more"))
for text in said:
    os.write(3, f"{text}\n".encode())
raise SystemExit(said != ["You have ['KTP', 'KK']", "You have ['akta']", "You have ['akta']"])
PYTHON
