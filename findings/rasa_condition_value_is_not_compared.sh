#!/bin/sh
# Rasa Open Source 3.6.21 (RulePolicy): the value in a rule's condition on a text or float slot isn't compared.
# Guess: a rule with the condition `slot_was_set: [{city: Jakarta}]` is for Jakarta; one with `{people: 3}` for three.
# Seen: a text slot counts as set or not, whatever it holds: the rule for Jakarta answers who lives in Bandung. A float slot
# is cut at `max_value`, which is 1.0 where the domain names none: the rule for three answers for seven. Training and
# `rasa data validate` say nothing. The slot has to be `categorical` with its values listed, the float to have its range.
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
import json
import os
from pathlib import Path

from rasa.core.agent import Agent
from rasa.core.channels.channel import CollectingOutputChannel, UserMessage
from rasa.model_training import train
from rasa.shared.core.events import SlotSet


def model(kind, asked):
    """A model with one rule, for a slot of this kind that holds what is asked."""
    Path("domain.yml").write_text(
        'version: "3.1"\nintents: [where]\nresponses: {utter_rule: [{text: the rule}]}\n'
        f"slots: {{slot: {{{kind}, mappings: [{{type: custom}}]}}}}\n"
    )
    Path("data.yml").write_text(
        'version: "3.1"\nnlu: [{intent: where, examples: "- where\\n- which office\\n"}]\n'
        f"rules: [{{rule: one, condition: [{{slot_was_set: [{{slot: {json.dumps(asked)}}}]}}],"
        " steps: [{intent: where}, {action: utter_rule}]}]\n"
    )
    return train("domain.yml", "config.yml", ["data.yml"], output="models").model


async def said(agent, value):
    """What is said while the slot holds this value."""
    tracker = await agent.tracker_store.get_or_create_tracker(f"with {value}")
    tracker.update(SlotSet("slot", value))
    await agent.tracker_store.save(tracker)
    output = CollectingOutputChannel()
    await agent.handle_message(UserMessage("where", output, sender_id=tracker.sender_id))
    return [message["text"] for message in output.messages]


seen = {}
for kind, asked, values in (
    ("type: text", "Jakarta", ("Jakarta", "Bandung", None)),
    ("type: categorical, values: [Jakarta, Bandung]", "Jakarta", ("Jakarta", "Bandung", None)),
    ("type: float", 3, (3, 7, 0.5)),
    ("type: float, max_value: 10", 3, (3, 7, 0.5)),
):
    agent = Agent.load(model(kind, asked))
    seen[kind] = [value for value in values if asyncio.run(said(agent, value))]
    os.write(3, f"{kind}, rule for {asked}: applies for {seen[kind]} of {list(values)}\n".encode())
raise SystemExit(list(seen.values()) != [["Jakarta", "Bandung"], ["Jakarta"], [3, 7], [3]])
PYTHON
