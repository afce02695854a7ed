#!/bin/sh
# Rasa Open Source 3.6.21: a misspelt key of the domain is left out without a word.
# Guess: an error with the line, as for a misspelt key of a rule. Rules write `condition`, slot mappings `conditions`, so
# one is soon written for the other.
# Seen: the rule with `conditions` is refused; the mapping with `condition` is trained without it, and a slot that only a
# form should fill takes every message of every conversation as its value. The misspelt part `respones` is gone likewise.
# `rasa data validate` finds neither. The domain is better read by a schema of one's own.
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
"$folder/env/bin/python" -W ignore - 3>&1 > run.log 2>&1 <<'PYTHON'
import asyncio
import os
from pathlib import Path

from rasa.core.agent import Agent
from rasa.core.channels.channel import CollectingOutputChannel, UserMessage
from rasa.model_training import train
from rasa.shared.exceptions import YamlException


def written(mapping="conditions", rule="condition"):
    """The assistant's files, with these words for the conditions of a slot mapping and of a rule."""
    Path("domain.yml").write_text(
        f"""version: "3.1"
intents: [hello]
slots:
  reason:
    type: text
    influence_conversation: false
    mappings:
    - type: from_text
      {mapping}: [{{active_loop: complaint, requested_slot: reason}}]
forms: {{complaint: {{required_slots: [reason]}}}}
responses:
  utter_hello: [{{text: hello}}]
  utter_ask_reason: [{{text: "Why?"}}]
respones:
  utter_bye: [{{text: bye}}]
"""
    )
    Path("data.yml").write_text(
        f"""version: "3.1"
nlu: [{{intent: hello, examples: "- hello\\n- good morning\\n"}}]
rules:
- {{rule: hello, {rule}: [{{active_loop: null}}], steps: [{{intent: hello}}, {{action: utter_hello}}]}}
"""
    )


async def reason(model):
    """What the form's slot holds after a greeting, with no form begun."""
    agent = Agent.load(model)
    await agent.handle_message(UserMessage("hello", CollectingOutputChannel(), sender_id="somebody"))
    tracker = await agent.tracker_store.retrieve("somebody")
    return tracker.get_slot("reason"), "utter_bye" in agent.domain.responses


def trained(**words):
    """What is seen with these words, or the error's name."""
    written(**words)
    try:
        return asyncio.run(reason(train("domain.yml", "config.yml", ["data.yml"], output="models").model))
    except YamlException as error:
        return type(error).__name__


right, in_mapping, in_rule = trained(), trained(mapping="condition"), trained(rule="conditions")
os.write(
    3,
    f"slot and utter_bye, as meant: {right}; condition in a mapping: {in_mapping}; conditions in a rule: {in_rule}\n".encode(),
)
seen = (right, in_mapping, in_rule)
raise SystemExit(seen != ((None, False), ("hello", False), "YamlValidationException"))
PYTHON
