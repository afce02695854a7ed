#!/bin/sh
# Rasa Open Source 3.6.21 (forms, from_text): a question that comes while a form asks is taken for the answer.
# Guess: "how much" has an intent and a rule of its own, so it is answered and the form asks again, as it does when the form
# asks for a city that is filled by an entity.
# Seen: a slot filled by `from_text` takes the question: "how much" is the person's name, the next slot is asked, and the
# rule is not played. One by entity does so as soon as the question names a city. `not_intent: [price]` in the mapping, or
# `ignored_intents` of the form, has to name every intent that may interrupt.
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
cat > data.yml <<'YAML'
version: "3.1"
nlu:
- {intent: book, examples: "- book\n- book a place\n"}
- {intent: price, examples: "- how much\n- how much in [Batang](city)\n"}
- {lookup: city, examples: "- Batang\n- Pemalang\n"}
rules:
- {rule: begin, steps: [{intent: book}, {action: booking}, {active_loop: booking}]}
- {rule: price, steps: [{intent: price}, {action: utter_price}]}
YAML
"$folder/env/bin/python" -W ignore - 3>&1 > run.log 2>&1 <<'PYTHON'
import asyncio
import os
from pathlib import Path

from rasa.core.agent import Agent
from rasa.core.channels.channel import CollectingOutputChannel, UserMessage
from rasa.model_training import train


def model(first, mapping):
    """A form that asks for this slot first and for a date then."""
    Path("domain.yml").write_text(
        'version: "3.1"\nintents: [book, price]\nentities: [city]\n'
        f"forms: {{booking: {{required_slots: [{first}, date]}}}}\nslots:\n"
        f"  {first}: {{type: text, mappings: [{mapping}]}}\n"
        "  date: {type: text, mappings: [{type: custom}]}\nresponses:\n"
        f"  utter_ask_{first}: [{{text: 'which {first}?'}}]\n"
        "  utter_ask_date: [{text: 'which date?'}]\n  utter_price: [{text: it costs 5}]\n"
    )
    return train("domain.yml", "config.yml", ["data.yml"], output="models").model


async def said(agent, *texts):
    """What is said to the last of these messages."""
    for text in texts:
        output = CollectingOutputChannel()
        await agent.handle_message(UserMessage(text, output, sender_id=" ".join(texts)))
    return [message["text"] for message in output.messages]


asked = "conditions: [{active_loop: booking, requested_slot: name}]"
seen = {}
for label, slot, mapping, question in (
    ("name from text", "name", f"{{type: from_text, {asked}}}", "how much"),
    ("name, not price", "name", f"{{type: from_text, not_intent: [price], {asked}}}", "how much"),
    ("city from entity", "city", "{type: from_entity, entity: city}", "how much"),
    ("city from entity, named", "city", "{type: from_entity, entity: city}", "how much in Batang"),
):
    agent = Agent.load(model(slot, mapping))
    seen[label] = asyncio.run(said(agent, "book", question))
    os.write(3, f"{label}: {question!r} is answered {seen[label]}\n".encode())
raise SystemExit(
    list(seen.values())
    != [["which date?"], ["it costs 5", "which name?"], ["it costs 5", "which city?"], ["which date?"]]
)
PYTHON
