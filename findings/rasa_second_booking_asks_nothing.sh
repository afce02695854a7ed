#!/bin/sh
# Rasa Open Source 3.6.21: the second booking of a conversation asks nothing and books the first again.
# Guess: a form that is begun anew asks its questions anew.
# Seen: the slots of the first time are still full: the form is done at once, with yesterday's city and without a question; a
# new session changes nothing, as slots are carried over to it. The slots have to be emptied when the form is done, by an action
# with `AllSlotsReset` or one `SlotSet` each, or the session has to begin without them.
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
  target:
    type: text
    influence_conversation: false
    mappings: [{type: from_entity, entity: city, conditions: [{active_loop: move_form}]}]
forms: {move_form: {required_slots: [target]}}
responses:
  utter_ask_target: [{text: "To where?"}]
  utter_done: [{text: "Booked: {target}"}]
YAML
sed 's/^responses:/session_config: {session_expiration_time: 0.001, carry_over_slots_to_new_session: CARRY}\n&/' \
    domain.yml > sessions.yml
sed 's/CARRY/true/' sessions.yml > carried.yml
sed 's/CARRY/false/' sessions.yml > emptied.yml
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


async def talk(domain, *texts):
    """What the bot says to these messages, a tenth of a second apart."""
    agent = Agent.load(train(domain, "config.yml", ["data.yml"], output="models").model)
    channel = CollectingOutputChannel()
    for text in texts:
        await agent.handle_message(UserMessage(text, channel, "a"))
        await asyncio.sleep(0.1)
    return [message["text"] for message in channel.messages]


seen = {
    "again": asyncio.run(talk("domain.yml", "move", "Solo", "move")),
    "in a new session": asyncio.run(talk("carried.yml", "move to Solo", "move")),
    "in one without slots": asyncio.run(talk("emptied.yml", "move to Solo", "move")),
}
for label, said in seen.items():
    os.write(3, f"{label}: {said}\n".encode())
SEEN = {
    "again": ["To where?", "Booked: Solo", "Booked: Solo"],
    "in a new session": ["Booked: Solo", "Booked: Solo"],
    "in one without slots": ["Booked: Solo", "To where?"],
}
raise SystemExit(seen != SEEN)
PYTHON
