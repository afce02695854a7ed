#!/bin/sh
# Rasa Open Source 3.6.21: a named reminder replaces the reminder of that name of everybody else.
# Guess: the name tells a conversation's reminders apart, as `ReminderCancelled("pay")` cancels only one's own.
# Seen: it is the job's id for the whole server. The second person who asks for a reminder "pay" takes the first one's
# place, and the first is never reminded; nothing is logged. Names have to hold the conversation's id, or be left out.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3.10}" -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check rasa==3.6.21 'setuptools<81'
cd "$folder"
cat > domain.yml <<'YAML'
version: "3.1"
intents: [remind, EXTERNAL_due]
actions: [action_remind]
responses: {utter_due: [{text: It is time}]}
YAML
cat > config.yml <<'YAML'
recipe: default.v1
language: en
pipeline: [{name: KeywordIntentClassifier}]
policies: [{name: RulePolicy}]
YAML
cat > data.yml <<'YAML'
version: "3.1"
nlu: [{intent: remind, examples: "- remind me\n- reminder\n"}]
rules:
- {rule: ask, steps: [{intent: remind}, {action: action_remind}]}
- {rule: due, steps: [{intent: EXTERNAL_due}, {action: utter_due}]}
YAML
"$folder/env/bin/python" -W ignore - 3>&1 > run.log 2>&1 <<'PYTHON'
import asyncio
import os
from datetime import datetime, timedelta, timezone

from rasa.core.agent import Agent
from rasa.core.channels.channel import CollectingOutputChannel, UserMessage
from rasa.model_training import train
from rasa.utils.endpoints import EndpointConfig


class Actions(EndpointConfig):
    """Answers as an action server does that schedules a reminder in three seconds."""

    def __init__(self, name):
        super().__init__("http://127.0.0.1/webhook")
        self.name = name

    async def request(self, json, **_):
        due = datetime.now(timezone.utc) + timedelta(seconds=3)
        reminder = {"intent": "EXTERNAL_due", "name": self.name.format(**json)}
        told = {"date_time": due.isoformat(), "kill_on_user_msg": False}
        return {"events": [{"event": "reminder", **reminder, **told}], "responses": []}


async def said(model, name):
    """What is said to two persons who ask for a reminder one after the other."""
    agent = Agent.load(model, action_endpoint=Actions(name))
    outputs = {person: CollectingOutputChannel() for person in ("first", "second")}
    for person, output in outputs.items():
        await agent.handle_message(UserMessage("remind me", output, sender_id=person))
    await asyncio.sleep(6)
    return {person: [one["text"] for one in output.messages] for person, output in outputs.items()}


model = train("domain.yml", "config.yml", ["data.yml"], output="models").model


async def main():
    return await said(model, "pay"), await said(model, "pay {sender_id}")


alike, apart = asyncio.run(main())
os.write(3, f"both named 'pay': {alike}\nwith the conversation's id: {apart}\n".encode())
reminded = ["It is time"]
raise SystemExit(
    alike != {"first": [], "second": reminded} or apart != {"first": reminded, "second": reminded}
)
PYTHON
