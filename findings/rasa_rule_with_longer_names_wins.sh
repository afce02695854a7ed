#!/bin/sh
# Rasa Open Source 3.6.21 (RulePolicy): of two rules that apply the one with the longer names is taken.
# Guess: the one with more conditions, as the closer description; or training refuses the two.
# Seen: the rules' states are compared by the number of their letters. "vip" and "group" are both asked by the first rule,
# which loses against the second once its only slot is called "number_of_the_application" instead of "number". Training
# finds no contradiction. Conditions have to shut each other out (`slot_was_set: [{vip: null}]`).
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
from rasa.shared.core.events import SlotSet


def model(name):
    """Two rules: one asks for two slots, one for the slot of this name."""
    slots = "".join(
        f"  {slot}: {{type: bool, mappings: [{{type: custom}}]}}\n" for slot in ("vip", "group", name)
    )
    Path("domain.yml").write_text(
        f'version: "3.1"\nintents: [hello]\nslots:\n{slots}'
        "responses: {utter_two: [{text: two slots}], utter_one: [{text: one slot}]}\n"
    )
    Path("data.yml").write_text(
        'version: "3.1"\nnlu: [{intent: hello, examples: "- hello\\n- good morning\\n"}]\nrules:\n'
        "- {rule: two, condition: [{slot_was_set: [{vip: true}]}, {slot_was_set: [{group: true}]}],"
        " steps: [{intent: hello}, {action: utter_two}]}\n"
        f"- {{rule: one, condition: [{{slot_was_set: [{{{name}: true}}]}}],"
        " steps: [{intent: hello}, {action: utter_one}]}\n"
    )
    return train("domain.yml", "config.yml", ["data.yml"], output="models").model


async def said(model, name):
    """What is said while all three slots are set."""
    agent = Agent.load(model)
    tracker = await agent.tracker_store.get_or_create_tracker("somebody")
    tracker.update_with_events([SlotSet(slot, True) for slot in ("vip", "group", name)], agent.domain)
    await agent.tracker_store.save(tracker)
    output = CollectingOutputChannel()
    await agent.handle_message(UserMessage("hello", output, sender_id="somebody"))
    return [message["text"] for message in output.messages]


seen = {
    name: asyncio.run(said(model(name), name)) for name in ("number", "number_of_the_application")
}
os.write(3, f"rule taken by the third slot's name: {seen}\n".encode())
raise SystemExit(list(seen.values()) != [["two slots"], ["one slot"]])
PYTHON
