#!/bin/sh
# Rasa Open Source 3.6.21 (forms, from_text): a reminder that comes while a form asks is written down as the answer.
# Guess: a trigger (reminder, `trigger_intent`) has no text of the person, and a tapped button is its intent and entities:
# neither fills a slot by `from_text`.
# Seen: the slot holds "EXTERNAL: remind", the form goes on, and what the reminder's rule says isn't said at all. A tapped
# "/inform{...}" is put into the slot as it is written. `not_intent` in the mapping has to name every such intent.
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
nlu: [{intent: book, examples: "- book\n- book a place\n"}]
rules:
- {rule: begin, steps: [{intent: book}, {action: booking}, {active_loop: booking}]}
- {rule: remind, steps: [{intent: remind}, {action: utter_remind}]}
- rule: end
  condition: [{active_loop: booking}]
  steps: [{action: booking}, {active_loop: null}, {action: utter_done}]
YAML
"$folder/env/bin/python" -W ignore - 3>&1 > run.log 2>&1 <<'PYTHON'
import asyncio
import os
from pathlib import Path

from rasa.core.agent import Agent
from rasa.core.channels.channel import CollectingOutputChannel, UserMessage
from rasa.model_training import train


def model(excepted):
    """A form that asks for a name, with this written into the slot's mapping."""
    Path("domain.yml").write_text(
        'version: "3.1"\nintents: [book, remind, inform]\nentities: [city]\n'
        "forms: {booking: {required_slots: [name]}}\nslots:\n"
        f"  name: {{type: text, mappings: [{{type: from_text, {excepted}"
        " conditions: [{active_loop: booking, requested_slot: name}]}]}\nresponses:\n"
        "  utter_ask_name: [{text: 'your name?'}]\n  utter_remind: [{text: bring your card}]\n"
        "  utter_done: [{text: 'booked for {name}'}]\n"
    )
    return train("domain.yml", "config.yml", ["data.yml"], output="models").model


async def said(agent, then):
    """What is said when this happens while the form asks for the name."""
    output = CollectingOutputChannel()
    await agent.handle_message(UserMessage("book", output, sender_id="somebody"))
    output.messages.clear()
    if then == "reminder":
        tracker = await agent.tracker_store.get_or_create_tracker("somebody")
        await agent.trigger_intent("remind", [], output, tracker)
    else:
        await agent.handle_message(UserMessage(then, output, sender_id="somebody"))
    return [message["text"] for message in output.messages]


plain = model("")
seen = {}
for label, path, then in (
    ("a reminder", plain, "reminder"),
    ("a tapped button", plain, '/inform{"city": "Batang"}'),
    ("a reminder, not_intent", model("not_intent: [remind],"), "reminder"),
):
    seen[label] = asyncio.run(said(Agent.load(path), then))
    os.write(3, f"{label}: {seen[label]}\n".encode())
raise SystemExit(
    list(seen.values())
    != [
        ["booked for EXTERNAL: remind"],
        ['booked for /inform{"city": "Batang"}'],
        ["bring your card", "your name?"],
    ]
)
PYTHON
