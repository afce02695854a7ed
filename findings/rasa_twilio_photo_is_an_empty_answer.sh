#!/bin/sh
# Rasa Open Source 3.6.21 (Twilio channel): a photo sent on WhatsApp while a form asks is an empty answer, and the photo is gone.
# Guess: the photo's address (`MediaUrl0`) is in the metadata of the message, and a form that asks for a text asks again.
# Seen: a photo without words is a message with the text "" and no metadata: neither an action nor the store knows that there
# was one. A slot with a `from_text` mapping takes "" for an answer, so the form goes on, and the complaint is filed with
# nothing in it. A subclass of the channel has to override `get_metadata`, and `validate_<slot>` has to refuse "".
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3.10}" -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check rasa==3.6.21 'setuptools<81'
cd "$folder"
cat > domain.yml <<'YAML'
version: "3.1"
intents: [report]
slots:
  reason:
    type: text
    influence_conversation: false
    mappings:
    - {type: from_text, conditions: [{active_loop: report_form, requested_slot: reason}]}
forms: {report_form: {required_slots: [reason]}}
responses:
  utter_ask_reason: [{text: "What happened?"}]
  utter_done: [{text: "Noted: ({reason})"}]
YAML
cat > config.yml <<'YAML'
recipe: default.v1
language: en
pipeline: [{name: KeywordIntentClassifier}]
policies: [{name: RulePolicy}]
YAML
cat > data.yml <<'YAML'
version: "3.1"
nlu: [{intent: report, examples: "- report\n- complaint\n"}]
rules:
- {rule: begin, steps: [{intent: report}, {action: report_form}, {active_loop: report_form}]}
- rule: end
  condition: [{active_loop: report_form}]
  steps:
  - action: report_form
  - active_loop: null
  - slot_was_set: [{requested_slot: null}]
  - action: utter_done
YAML
"$folder/env/bin/python" -W ignore - > train.log 2>&1 <<'PYTHON'
from rasa.model_training import train

train("domain.yml", "config.yml", ["data.yml"], output="models", fixed_model_name="model")
PYTHON
"$folder/env/bin/python" -W ignore - 3>&1 > ask.log 2>&1 <<'PYTHON'
import asyncio
import os
from types import SimpleNamespace

from rasa.core.agent import Agent
from rasa.core.channels.twilio import TwilioInput, TwilioOutput
from rasa.shared.core.events import UserUttered

OUR_NUMBER = "whatsapp:+6281111111111"
PERSON = "whatsapp:+6280000000000"
PHOTO = {"Body": "", "NumMedia": "1", "MediaUrl0": "https://example.com/1", "MediaContentType0": "image/jpeg"}
said = []


class Sent(TwilioOutput):
    """Keeps what would go to Twilio."""

    async def _send_message(self, message_data):
        said.append(message_data["body"])


class Channel(TwilioInput):
    """Twilio's channel, with answers that stay here."""

    def get_output_channel(self):
        return Sent("account", "token", OUR_NUMBER)


async def talk(*forms):
    """What the bot says to these requests of Twilio's, and what it knows of the last message."""
    agent = Agent.load("models/model.tar.gz")
    routes = Channel("account", "token", OUR_NUMBER).blueprint(agent.handle_message)
    (webhook,) = [one.handler for one in routes._future_routes if "POST" in one.methods]
    for form in forms:
        await webhook(SimpleNamespace(form={"From": PERSON, **form}, headers={}, json=None))
    tracker = await agent.tracker_store.retrieve(PERSON)
    return [event.as_dict() for event in tracker.events if isinstance(event, UserUttered)][-1]


message = asyncio.run(talk({"Body": "report"}, PHOTO))
knows = "example.com" in str(message)
os.write(3, f"said: {said}; the message: {message['text']!r}; its photo is known: {knows}\n".encode())
raise SystemExit((said, message["text"], knows) != (["What happened?", "Noted: ()"], "", False))
PYTHON
