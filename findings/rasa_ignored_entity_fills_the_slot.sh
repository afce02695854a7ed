#!/bin/sh
# Rasa Open Source 3.6.21: an intent that ignores an entity lets it fill the slot.
# Guess: with `ignore_entities: [city]` the cities of "I lost it in Solo" leave the slot `city` alone, in which the office is kept
# that was asked about.
# Seen: only the policies do not look at the entity; the slot is filled all the same, and the next answer is for Solo. What
# should not fill it has to be named in the mapping, with `not_intent`.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3.10}" -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check rasa==3.6.21 'setuptools<81'
cd "$folder"
cat > domain.yml <<'YAML'
version: "3.1"
intents: [hours, {lost: {ignore_entities: [city]}}]
entities: [city]
slots:
  city: {type: text, influence_conversation: false, mappings: [{type: from_entity, entity: city}]}
responses:
  utter_hours: [{text: "Hours in {city}: at eight"}]
  utter_lost: [{text: "Go to the police"}]
YAML
sed 's/entity: city}/entity: city, not_intent: lost}/' domain.yml > mapping.yml
cat > config.yml <<'YAML'
recipe: default.v1
language: en
pipeline: [{name: WhitespaceTokenizer}, {name: KeywordIntentClassifier}, {name: RegexEntityExtractor}]
policies: [{name: RulePolicy}]
YAML
cat > data.yml <<'YAML'
version: "3.1"
nlu:
- {intent: hours, examples: "- hours\n- hours in [Batang](city)\n"}
- {intent: lost, examples: "- lost\n- stolen\n"}
- {lookup: city, examples: "- Batang\n- Solo\n"}
rules:
- {rule: hours, steps: [{intent: hours}, {action: utter_hours}]}
- {rule: lost, steps: [{intent: lost}, {action: utter_lost}]}
YAML
"$folder/env/bin/python" -W ignore - 3>&1 > run.log 2>&1 <<'PYTHON'
import asyncio
import os

from rasa.core.agent import Agent
from rasa.core.channels.channel import CollectingOutputChannel, UserMessage
from rasa.model_training import train


async def talk(domain, *texts):
    """What the bot says last to these messages."""
    agent = Agent.load(train(domain, "config.yml", ["data.yml"], output="models").model)
    channel = CollectingOutputChannel()
    for text in texts:
        await agent.handle_message(UserMessage(text, channel, "a"))
    return channel.messages[-1]["text"]


TEXTS = ["hours in Batang", "I lost it in Solo", "what hours please"]
seen = {
    "ignored": asyncio.run(talk("domain.yml", *TEXTS)),
    "not in the mapping": asyncio.run(talk("mapping.yml", *TEXTS)),
}
for label, said in seen.items():
    os.write(3, f"{label}: {said}\n".encode())
wanted = {"ignored": "Hours in Solo: at eight", "not in the mapping": "Hours in Batang: at eight"}
raise SystemExit(seen != wanted)
PYTHON
