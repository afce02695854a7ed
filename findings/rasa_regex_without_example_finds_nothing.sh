#!/bin/sh
# Rasa Open Source 3.6.21: a regex of an entity finds nothing while no example has that entity annotated.
# Guess: `RegexEntityExtractor` needs the regex alone: the entity stands in the domain, the regex has its name.
# Seen: only regexes (and lookup tables) whose name is an entity of the annotated examples are kept; the others are left
# out of the model with a warning among those of the training. "status 1179000000001209" has no number, until one example
# reads "[1179000000001208](number)". The day the last such example is edited away the bot is deaf to numbers.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3.10}" -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check rasa==3.6.21 'setuptools<81'
cd "$folder"
cat > domain.yml <<'YAML'
version: "3.1"
intents: [status]
entities: [number]
responses: {utter_status: [{text: "Which one?"}]}
YAML
cat > config.yml <<'YAML'
recipe: default.v1
language: en
pipeline: [{name: WhitespaceTokenizer}, {name: KeywordIntentClassifier}, {name: RegexEntityExtractor}]
policies: [{name: RulePolicy}]
YAML
cat > plain.yml <<'YAML'
version: "3.1"
nlu:
- {intent: status, examples: "- status\n- status of 1179000000001208\n"}
- {regex: number, examples: "- \\d{16}\n"}
rules: [{rule: status, steps: [{intent: status}, {action: utter_status}]}]
YAML
sed 's/ 1179000000001208/ [1179000000001208](number)/' plain.yml > annotated.yml
"$folder/env/bin/python" -W ignore - 3>&1 > run.log 2>&1 <<'PYTHON'
import asyncio
import os

from rasa.core.agent import Agent
from rasa.model_training import train


def entities(data):
    """The entities of a message with another number."""
    agent = Agent.load(train("domain.yml", "config.yml", [data], output="models").model)
    message = asyncio.run(agent.parse_message("status 1179000000001209"))
    return [(entity["entity"], entity["value"]) for entity in message["entities"]]


seen = {"no example annotated": entities("plain.yml"), "one annotated": entities("annotated.yml")}
for label, found in seen.items():
    os.write(3, f"{label}: {found}\n".encode())
raise SystemExit(seen != {"no example annotated": [], "one annotated": [("number", "1179000000001209")]})
PYTHON
