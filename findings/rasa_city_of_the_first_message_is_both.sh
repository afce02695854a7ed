#!/bin/sh
# Rasa Open Source 3.6.21: the one city of the message that begins a form fills both of the form's cities.
# Guess: two slots of a form that are mapped from the entity `city` are filled one after the other, as they are asked. So
# it is inside the form: an answer fills only the slot that was asked.
# Seen: in the first message no form is active yet, and the city fills both slots: "move to Bandung" is from Bandung to
# Bandung, nothing is asked. Of two cities the last one counts for both. With roles, or with `active_loop` in the
# conditions, it is kept apart.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3.10}" -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check rasa==3.6.21 'setuptools<81'
cd "$folder"
cat > domain.yml <<'YAML'
version: "3.1"
intents: [move]
entities: [city]
slots:
  origin: {type: text, influence_conversation: false, mappings: [{type: from_entity, entity: city}]}
  target: {type: text, influence_conversation: false, mappings: [{type: from_entity, entity: city}]}
forms: {move_form: {required_slots: [origin, target]}}
responses:
  utter_ask_origin: [{text: "From where?"}]
  utter_ask_target: [{text: "To where?"}]
  utter_done: [{text: "From {origin} to {target}"}]
YAML
cat > config.yml <<'YAML'
recipe: default.v1
language: en
pipeline: [{name: WhitespaceTokenizer}, {name: KeywordIntentClassifier}, {name: RegexEntityExtractor}]
policies: [{name: RulePolicy}]
YAML
cat > data.yml <<'YAML'
version: "3.1"
nlu:
- {intent: move, examples: "- move\n- go to [Bandung](city)\n"}
- {lookup: city, examples: "- Bandung\n- Jakarta\n- Solo\n"}
rules:
- {rule: begin, steps: [{intent: move}, {action: move_form}, {active_loop: move_form}]}
- rule: end
  condition: [{active_loop: move_form}]
  steps:
  - action: move_form
  - active_loop: null
  - slot_was_set: [{requested_slot: null}]
  - action: utter_done
YAML
"$folder/env/bin/python" -W ignore - 3>&1 > run.log 2>&1 <<'PYTHON'
import asyncio
import os

from rasa.core.agent import Agent
from rasa.core.channels.channel import CollectingOutputChannel, UserMessage
from rasa.model_training import train


async def talk(model, *texts):
    """What the bot says to these messages."""
    agent, channel = Agent.load(model), CollectingOutputChannel()
    for text in texts:
        await agent.handle_message(UserMessage(text, channel, "a"))
    return [message["text"] for message in channel.messages]


model = train("domain.yml", "config.yml", ["data.yml"], output="models").model
SEEN = {
    ("move please", "Jakarta", "Bandung"): ["From where?", "To where?", "From Jakarta to Bandung"],
    ("move to Bandung",): ["From Bandung to Bandung"],
    ("move from Jakarta to Bandung",): ["From Bandung to Bandung"],
}
seen = {texts: asyncio.run(talk(model, *texts)) for texts in SEEN}
for texts, said in seen.items():
    os.write(3, f"{', '.join(texts)}: {said}\n".encode())
raise SystemExit(seen != SEEN)
PYTHON
