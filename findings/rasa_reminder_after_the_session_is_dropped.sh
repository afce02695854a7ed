#!/bin/sh
# Rasa Open Source 3.6.21: a reminder that is due after the session's end never comes.
# Guess: a reminder of tomorrow comes tomorrow, and `kill_on_user_message: false` keeps it whatever the person writes.
# Seen: it comes only within `session_expiration_time` of the person's last message, an hour unless it is set. When it is
# due, Rasa begins the new session first, then looks for the reminder in that session, finds none and drops it, with a line
# in the debug log. With sessions switched off (0) the same reminder comes. Three seconds stand for the hour below.
# Whoever reminds of the next day keeps the day outside and asks for it with `POST /conversations/<id>/trigger_intent`.
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
nlu: [{intent: remind, examples: "- remind me\n- reminder\n"}]
rules:
- {rule: ask, steps: [{intent: remind}, {action: action_remind}]}
- {rule: due, steps: [{intent: EXTERNAL_due}, {action: utter_due}]}
YAML
for minutes in 0 0.05; do
  cat > "domain_$minutes.yml" <<YAML
version: "3.1"
intents: [remind, EXTERNAL_due]
actions: [action_remind]
responses: {utter_due: [{text: It is time}]}
session_config: {session_expiration_time: $minutes, carry_over_slots_to_new_session: true}
YAML
done
"$folder/env/bin/python" -W ignore - 3>&1 > run.log 2>&1 <<'PYTHON'
import asyncio
import os
from datetime import datetime, timedelta, timezone

from rasa.core.agent import Agent
from rasa.core.channels.channel import CollectingOutputChannel, UserMessage
from rasa.model_training import train
from rasa.utils.endpoints import EndpointConfig


class Actions(EndpointConfig):
    """Answers as an action server does that schedules a reminder in some seconds."""

    def __init__(self, seconds):
        super().__init__("http://127.0.0.1/webhook")
        self.seconds = seconds

    async def request(self, **_):
        due = datetime.now(timezone.utc) + timedelta(seconds=self.seconds)
        reminder = {"intent": "EXTERNAL_due", "name": f"in {self.seconds} s"}
        told = {"date_time": due.isoformat(), "kill_on_user_msg": False}
        return {"events": [{"event": "reminder", **reminder, **told}], "responses": []}


async def said(model, seconds):
    """What is said to a person who asks once for a reminder in `seconds` and waits."""
    agent = Agent.load(model, action_endpoint=Actions(seconds))
    output = CollectingOutputChannel()
    await agent.handle_message(UserMessage("remind me", output, sender_id="somebody"))
    await asyncio.sleep(seconds + 4)
    return [message["text"] for message in output.messages]


models = {
    minutes: train(f"domain_{minutes}.yml", "config.yml", ["data.yml"], output=f"of_{minutes}").model
    for minutes in ("0", "0.05")
}


async def main():
    return [
        await said(models["0.05"], seconds=1),
        await said(models["0.05"], seconds=5),
        await said(models["0"], seconds=5),
    ]


within, after, without_sessions = asyncio.run(main())
os.write(3, f"due within the session: {within}; after it: {after}; no sessions: {without_sessions}\n".encode())
raise SystemExit((within, after, without_sessions) != (["It is time"], [], ["It is time"]))
PYTHON
