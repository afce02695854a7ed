#!/bin/sh
# Rasa Open Source 3.6.21 (Telegram channel): a corrected message answers the question that came after it.
# Guess: who corrects a message in Telegram ("Anni" to "Ani") corrects the answer, or nothing happens; the bot has asked the
# next question by then, and that one is still open.
# Seen: the corrected text comes as a new message, with nothing that tells it is an edit: the name stays "Anni", and "Ani" is
# the city. The form is finished with two answers, one of them wrong. Edits have to be left out before the channel, by
# `edited_message` of the update.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3.10}" -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check rasa==3.6.21 'setuptools<81'
cd "$folder"
cat > domain.yml <<'YAML'
version: "3.1"
intents: [register]
slots:
  name:
    type: text
    influence_conversation: false
    mappings: [{type: from_text, conditions: [{active_loop: visitor_form, requested_slot: name}]}]
  city:
    type: text
    influence_conversation: false
    mappings: [{type: from_text, conditions: [{active_loop: visitor_form, requested_slot: city}]}]
forms: {visitor_form: {required_slots: [name, city]}}
responses:
  utter_ask_name: [{text: "Your name?"}]
  utter_ask_city: [{text: "Your city?"}]
  utter_done: [{text: "Noted: {name} of {city}"}]
YAML
cat > config.yml <<'YAML'
recipe: default.v1
language: en
pipeline: [{name: KeywordIntentClassifier}]
policies: [{name: RulePolicy}]
YAML
cat > data.yml <<'YAML'
version: "3.1"
nlu: [{intent: register, examples: "- register\n- sign up\n"}]
rules:
- {rule: begin, steps: [{intent: register}, {action: visitor_form}, {active_loop: visitor_form}]}
- rule: end
  condition: [{active_loop: visitor_form}]
  steps:
  - action: visitor_form
  - active_loop: null
  - slot_was_set: [{requested_slot: null}]
  - action: utter_done
YAML
"$folder/env/bin/python" -W ignore - 3>&1 > run.log 2>&1 <<'PYTHON'
import asyncio
import os
from types import SimpleNamespace

from rasa.core.agent import Agent
from rasa.core.channels.channel import CollectingOutputChannel
from rasa.core.channels.telegram import TelegramInput
from rasa.model_training import train
from rasa.shared.core.events import UserUttered

said = []


class Sent(CollectingOutputChannel):
    """Keeps what would go to Telegram."""

    async def get_me(self):
        return SimpleNamespace(username="a_bot")

    async def send_text_message(self, recipient_id, text, **kwargs):
        said.append(text)


class Channel(TelegramInput):
    """Telegram's channel, with answers that stay here."""

    def get_output_channel(self):
        return Sent()


def update(number, text, key="message", **more):
    """What Telegram sends for a text."""
    person = {"id": 100, "is_bot": False, "first_name": "A"}
    chat = {"id": 100, "type": "private", "first_name": "A"}
    return {
        "update_id": number,
        key: {"message_id": number, "from": person, "chat": chat, "date": 1790000000, "text": text, **more},
    }


async def talk(model, *updates):
    """Has the bot hear these updates; the last message as it is kept."""
    agent = Agent.load(model)
    routes = Channel("token", "a_bot", "https://example.com").blueprint(agent.handle_message)
    (webhook,) = [one.handler for one in routes._future_routes if one.uri == "/webhook"]
    for one in updates:
        await webhook(SimpleNamespace(method="POST", json=one, headers={}))
    tracker = await agent.tracker_store.retrieve("100")
    return [event.as_dict() for event in tracker.events if isinstance(event, UserUttered)][-1]


corrected = update(2, "Ani", "edited_message", edit_date=1790000009)
model = train("domain.yml", "config.yml", ["data.yml"], output="models").model
message = asyncio.run(talk(model, update(1, "register"), update(2, "Anni"), corrected))
known = "edit" in str(message)
os.write(3, f"said: {said}; known to be an edit: {known}\n".encode())
raise SystemExit((said, known) != (["Your name?", "Your city?", "Noted: Anni of Ani"], False))
PYTHON
