#!/bin/sh
# Rasa Open Source 3.6.21 (RulePolicy): a rule's condition on a slot with `influence_conversation: false` always holds.
# Guess: training refuses it, as it refuses a condition on a slot that the domain lacks; or the rule never applies.
# Seen: the condition is gone. The rule meant for staff answers everybody, the slot set or not; neither training nor
# `rasa data validate` says so. The slot has to influence the conversation, or the action has to look at it.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3.10}" -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check rasa==3.6.21 'setuptools<81'
cd "$folder"
cat > config.yml <<'YAML'
recipe: default.v1
language: en
pipeline: [{name: KeywordIntentClassifier}]
policies: [{name: RulePolicy}]
YAML
cat > data.yml <<'YAML'
version: "3.1"
nlu: [{intent: list, examples: "- list\n- show the list\n"}]
rules:
- {rule: for staff, condition: [{slot_was_set: [{staff: true}]}], steps: [{intent: list}, {action: utter_list}]}
YAML
"$folder/env/bin/python" -W ignore - 3>&1 > run.log 2>&1 <<'PYTHON'
import asyncio
import os
from pathlib import Path

from rasa.core.agent import Agent
from rasa.core.channels.channel import CollectingOutputChannel, UserMessage
from rasa.model_training import train


async def said(model):
    """What is said to somebody of whom no slot is set."""
    output = CollectingOutputChannel()
    await Agent.load(model).handle_message(UserMessage("list", output, sender_id="somebody"))
    return [message["text"] for message in output.messages]


seen = {}
for influences in ("true", "false"):
    Path("domain.yml").write_text(
        'version: "3.1"\nintents: [list]\nresponses: {utter_list: [{text: the list}]}\n'
        "slots: {staff: {type: bool, mappings: [{type: custom}],"
        f" influence_conversation: {influences}}}}}\n"
    )
    model = train("domain.yml", "config.yml", ["data.yml"], output="models").model
    seen[influences] = asyncio.run(said(model))
os.write(3, f"slot not set, by influence_conversation: {seen}\n".encode())
raise SystemExit(seen != {"true": [], "false": ["the list"]})
PYTHON
