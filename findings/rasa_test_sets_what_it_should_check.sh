#!/bin/sh
# Rasa Open Source 3.6.21 (test stories, `rasa test core`): `slot_was_set` in a test is done, not checked.
# Guess: a test story with `slot_was_set: [{city: Batang}]` fails where the message fills no slot, or another value.
# Seen: the slot is set in the test's conversation, and the test passes with the answer that the slot would lead to. In the
# running bot "in Batang" fills nothing and is answered otherwise. Without that line the story fails, as it should: only
# what the bot does tells whether a slot was filled.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3.10}" -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check rasa==3.6.21 'setuptools<81'
cd "$folder"
cat > config.yml <<'YAML'
recipe: default.v1
language: en
pipeline: [{name: KeywordIntentClassifier}, {name: RegexEntityExtractor}]
policies: [{name: RulePolicy}]
YAML
cat > domain.yml <<'YAML'
version: "3.1"
intents: [place]
entities: [city]
slots: {city: {type: text, mappings: [{type: from_entity, entity: city}]}}
responses: {utter_which: [{text: "which city?"}], utter_there: [{text: 'we are in {city}'}]}
YAML
cat > data.yml <<'YAML'
version: "3.1"
nlu:
- {intent: place, examples: "- in [Batang](city)\n- in [Pemalang](city)\n"}
- {lookup: city, examples: "- Pemalang\n"}
rules:
- {rule: none, condition: [{slot_was_set: [{city: null}]}], steps: [{intent: place}, {action: utter_which}]}
- {rule: one, condition: [{slot_was_set: [{city: x}]}], steps: [{intent: place}, {action: utter_there}]}
YAML
"$folder/env/bin/python" -W ignore - 3>&1 > run.log 2>&1 <<'PYTHON'
import asyncio
import os
from pathlib import Path

from rasa.core.agent import Agent
from rasa.core.channels.channel import CollectingOutputChannel, UserMessage
from rasa.model_testing import test_core
from rasa.model_training import train

model = train("domain.yml", "config.yml", ["data.yml"], output="models").model


async def said(text):
    """What the running bot says to it."""
    output = CollectingOutputChannel()
    await Agent.load(model).handle_message(UserMessage(text, output, sender_id="somebody"))
    return [message["text"] for message in output.messages]


def passes(*steps):
    """Whether a test story of these steps passes."""
    Path("test_stories.yml").write_text(
        'version: "3.1"\nstories:\n- story: one\n  steps:\n' + "".join(f"  - {step}\n" for step in steps)
    )
    asyncio.run(test_core(model, "test_stories.yml", output="results", additional_arguments={"e2e": True}))
    return "None of the test stories failed" in Path("results/failed_test_stories.yml").read_text()


user, there = "{user: in Batang, intent: place}", "action: utter_there"
seen = {
    "the bot says": asyncio.run(said("in Batang")),
    "the test with slot_was_set passes": passes(user, "slot_was_set: [{city: Batang}]", there),
    "the test without it passes": passes(user, there),
}
os.write(3, f"{seen}\n".encode())
raise SystemExit(list(seen.values()) != [["which city?"], True, False])
PYTHON
