#!/bin/sh
# Rasa Open Source 3.6.21 (action_default_fallback): a message that isn't understood takes back what was found in it.
# Guess: the fallback says sorry and forgets the intent; the slots that the message's entities filled stay filled.
# Seen: the whole message is reverted, slots as well: "somewhere in Batang" sets the city, which is None at the next message.
# It happens also when no rule fits, with no fallback in the pipeline. A rule for `nlu_fallback` with a response of one's
# own keeps the slot.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3.10}" -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check rasa==3.6.21 'setuptools<81'
cd "$folder"
cat > domain.yml <<'YAML'
version: "3.1"
intents: [price]
entities: [city]
slots: {city: {type: text, mappings: [{type: from_entity, entity: city}]}}
responses: {utter_price: [{text: 'price in {city}'}], utter_sorry: [{text: sorry}]}
YAML
"$folder/env/bin/python" -W ignore - 3>&1 > run.log 2>&1 <<'PYTHON'
import asyncio
import os
from pathlib import Path

from rasa.core.agent import Agent
from rasa.core.channels.channel import CollectingOutputChannel, UserMessage
from rasa.model_training import train


def model(classifier, action):
    """One that does this after a message without intent."""
    Path("config.yml").write_text(
        "recipe: default.v1\nlanguage: en\npipeline: [{name: KeywordIntentClassifier},"
        f" {{name: RegexEntityExtractor}}{classifier}]\npolicies: [{{name: RulePolicy}}]\n"
    )
    Path("data.yml").write_text(
        'version: "3.1"\nnlu:\n- {intent: price, examples: "- how much\\n- the price\\n"}\n'
        '- {lookup: city, examples: "- Batang\\n- Pemalang\\n"}\n'
        '- {intent: price, examples: "- how much in [Batang](city)\\n"}\nrules:\n'
        "- {rule: price, steps: [{intent: price}, {action: utter_price}]}\n"
        f"{action and '- {rule: sorry, steps: [{intent: nlu_fallback}, {action: ' + action + '}]}'}\n"
    )
    return train("domain.yml", "config.yml", ["data.yml"], output="models").model


async def said(agent, *texts):
    """What is said to these messages."""
    output = CollectingOutputChannel()
    for text in texts:
        await agent.handle_message(UserMessage(text, output, sender_id="somebody"))
    return [message["text"] for message in output.messages]


fallback = ", {name: FallbackClassifier, threshold: 0.5}"
seen = {}
for label, classifier, action in (
    ("default fallback", fallback, "action_default_fallback"),
    ("no rule", "", ""),
    ("own response", fallback, "utter_sorry"),
):
    agent = Agent.load(model(classifier, action))
    seen[label] = asyncio.run(said(agent, "somewhere in Batang", "how much"))
    os.write(3, f"{label}: {seen[label]}\n".encode())
raise SystemExit(
    list(seen.values()) != [["price in None"], ["price in None"], ["sorry", "price in Batang"]]
)
PYTHON
