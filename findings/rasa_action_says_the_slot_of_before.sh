#!/bin/sh
# Rasa Open Source 3.6.21, rasa-sdk 3.6.2: a response that an action sends is filled before the slots that it sets.
# Guess: an action that returns SlotSet("city", "Bandung") and sends the response "Your city is {city}." says Bandung, as
# slots and messages come back in one answer of the action server.
# Seen: the messages are filled and sent first, the slots are set behind them: "Your city is None.", and the next time the
# city of before, which nobody notices as wrong. The same response as the rule's next step is right. An action has to give
# the value with the message: `utter_message(response=..., city="Bandung")`.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3.10}" -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check rasa==3.6.21 rasa-sdk==3.6.2 'setuptools<81'
cd "$folder"
cat > domain.yml <<'YAML'
version: "3.1"
intents: [choose]
entities: [city]
slots: {city: {type: text, mappings: [{type: custom}]}}
actions: [action_choose]
responses: {utter_city: [{text: "Your city is {city}."}]}
YAML
cat > config.yml <<'YAML'
recipe: default.v1
language: en
pipeline: [{name: KeywordIntentClassifier}]
policies: [{name: RulePolicy}]
YAML
cat > data.yml <<'YAML'
version: "3.1"
nlu: [{intent: choose, examples: "- choose\n- my city\n"}]
rules: [{rule: choose, steps: [{intent: choose}, {action: action_choose}, {action: utter_city}]}]
YAML
"$folder/env/bin/python" -W ignore - 3>&1 > run.log 2>&1 <<'PYTHON'
import asyncio
import os

from rasa.core.agent import Agent
from rasa.core.channels.channel import CollectingOutputChannel, UserMessage
from rasa.model_training import train
from rasa.utils.endpoints import EndpointConfig
from rasa_sdk import Action
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import ActionExecutor


class Choose(Action):
    """Sets the city of the message and says it."""

    def name(self):
        return "action_choose"

    def run(self, dispatcher, tracker, domain):
        dispatcher.utter_message(response="utter_city")
        return [SlotSet("city", next(tracker.get_latest_entity_values("city")))]


executor = ActionExecutor()
executor.register_action(Choose)


class Server(EndpointConfig):
    """The action server, asked without a network."""

    async def request(self, *args, json, **kwargs):
        return await executor.run(json)


async def said(agent, city):
    """What is said to who chooses this city: by the action, and by the rule's next step."""
    output = CollectingOutputChannel()
    text = f'/choose{{"city": "{city}"}}'
    await agent.handle_message(UserMessage(text, output, sender_id="somebody"))
    return [message["text"] for message in output.messages]


async def main(model):
    agent = Agent.load(model, action_endpoint=Server("http://127.0.0.1"))
    return {city: await said(agent, city) for city in ("Bandung", "Medan")}


seen = asyncio.run(main(train("domain.yml", "config.yml", ["data.yml"], output="models").model))
for city, texts in seen.items():
    os.write(3, f"{city} is chosen: {texts}\n".encode())
SEEN = {
    "Bandung": ["Your city is None.", "Your city is Bandung."],
    "Medan": ["Your city is Bandung.", "Your city is Medan."],
}
raise SystemExit(seen != SEEN)
PYTHON
