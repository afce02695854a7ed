#!/bin/sh
# Rasa Open Source 3.6.21, rasa-sdk 3.6.2 (RulePolicy): after the followup of an action the fallback speaks too.
# Guess: an action that returns FollowupAction("utter_hours") says the hours, and the bot waits for the next message; the
# steps of the rule behind the action come after it.
# Seen: "Open from 8.", then "I did not understand.": no rule knows a turn with that response in it, and what no rule knows
# goes to the fallback, which reverts the message too: the city it told is None. The rule's own next step is never taken. The
# followup has to stand in a rule behind the action, or in a story, or say its text itself.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3.10}" -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check rasa==3.6.21 rasa-sdk==3.6.2 'setuptools<81'
cd "$folder"
cat > domain.yml <<'YAML'
version: "3.1"
intents: [open, visit, ask]
entities: [city]
slots: {city: {type: text, mappings: [{type: from_entity, entity: city}]}}
actions: [action_open, action_visit]
responses:
  utter_hours: [{text: Open from 8.}]
  utter_bring: [{text: Bring your passport.}]
  utter_city: [{text: "Your city is {city}."}]
  utter_default: [{text: I did not understand.}]
YAML
cat > config.yml <<'YAML'
recipe: default.v1
language: en
pipeline: [{name: KeywordIntentClassifier}]
policies: [{name: RulePolicy}]
YAML
cat > data.yml <<'YAML'
version: "3.1"
nlu:
- {intent: open, examples: "- open\n- hours\n"}
- {intent: visit, examples: "- visit\n- come\n"}
- {intent: ask, examples: "- my city\n- which city\n"}
rules:
- {rule: open, steps: [{intent: open}, {action: action_open}, {action: utter_bring}]}
- {rule: visit, steps: [{intent: visit}, {action: action_visit}, {action: utter_hours}, {action: utter_bring}]}
- {rule: ask, steps: [{intent: ask}, {action: utter_city}]}
YAML
"$folder/env/bin/python" -W ignore - 3>&1 > run.log 2>&1 <<'PYTHON'
import asyncio
import os

from rasa.core.agent import Agent
from rasa.core.channels.channel import CollectingOutputChannel, UserMessage
from rasa.model_training import train
from rasa.utils.endpoints import EndpointConfig
from rasa_sdk import Action
from rasa_sdk.events import FollowupAction
from rasa_sdk.executor import ActionExecutor


class Open(Action):
    """Has the hours said."""

    def name(self):
        return "action_open"

    def run(self, dispatcher, tracker, domain):
        return [FollowupAction("utter_hours")]


class Visit(Open):
    """The same, where the rule has the hours as its next step."""

    def name(self):
        return "action_visit"


executor = ActionExecutor()
executor.register_action(Open)
executor.register_action(Visit)


class Server(EndpointConfig):
    """The action server, asked without a network."""

    async def request(self, *args, json, **kwargs):
        return await executor.run(json)


async def said(agent, intent, city):
    """What is said to this intent with a city, and to the question after it."""
    texts = []
    for text in (f'/{intent}{{"city": "{city}"}}', "/ask"):
        output = CollectingOutputChannel()
        await agent.handle_message(UserMessage(text, output, sender_id=f"for {intent}"))
        texts.append([message["text"] for message in output.messages])
    return texts


async def main(model):
    agent = Agent.load(model, action_endpoint=Server("http://127.0.0.1"))
    return {intent: await said(agent, intent, "Bandung") for intent in ("open", "visit")}


seen = asyncio.run(main(train("domain.yml", "config.yml", ["data.yml"], output="models").model))
for intent, texts in seen.items():
    os.write(3, f"{intent}: {texts}\n".encode())
SEEN = {
    "open": [["Open from 8.", "I did not understand."], ["Your city is None."]],
    "visit": [["Open from 8.", "Bring your passport."], ["Your city is Bandung."]],
}
raise SystemExit(seen != SEEN)
PYTHON
