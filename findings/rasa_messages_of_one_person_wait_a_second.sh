#!/bin/sh
# Rasa Open Source 3.6.21: messages of one conversation that come together are answered one a second.
# Guess: a conversation's messages follow each other as fast as they are handled, some milliseconds each.
# Seen: who finds the conversation locked looks again after a second (`wait_time_in_seconds` of the lock store, which no
# setting reaches) wherever a turn waits for anything, as for the network below. Five messages at once take four seconds
# and more, however idle the machine is; five messages of five persons take none. Whoever writes in short lines meets it.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3.10}" -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check rasa==3.6.21 'setuptools<81'
cd "$folder"
cat > domain.yml <<'YAML'
version: "3.1"
intents: [greet]
responses: {utter_greet: [{text: Hello}]}
YAML
cat > config.yml <<'YAML'
recipe: default.v1
language: en
pipeline: [{name: KeywordIntentClassifier}]
policies: [{name: RulePolicy}]
YAML
cat > data.yml <<'YAML'
version: "3.1"
nlu: [{intent: greet, examples: "- hello\n- good morning\n"}]
rules: [{rule: greet, steps: [{intent: greet}, {action: utter_greet}]}]
YAML
"$folder/env/bin/python" -W ignore - 3>&1 > run.log 2>&1 <<'PYTHON'
import asyncio
import os
import time

from rasa.core.agent import load_agent
from rasa.core.channels.channel import CollectingOutputChannel, UserMessage
from rasa.model_training import train

train("domain.yml", "config.yml", ["data.yml"], output="models", fixed_model_name="model")


class Sending(CollectingOutputChannel):
    """Needs a hundredth of a second to send, as over a quick network."""

    async def send_text_message(self, recipient_id, text, **more):
        await asyncio.sleep(0.01)
        await super().send_text_message(recipient_id, text, **more)


async def seconds(agent, people):
    """How long it takes until all are answered, writing at once."""
    began = time.monotonic()
    outputs = [Sending() for _ in people]
    await asyncio.gather(
        *(
            agent.handle_message(UserMessage("hello", output, sender_id=person))
            for person, output in zip(people, outputs)
        )
    )
    assert all(output.messages for output in outputs)
    return time.monotonic() - began


async def main():
    agent = await load_agent("models/model.tar.gz")
    await seconds(agent, ["warm-up"])
    apart = await seconds(agent, [f"person {number}" for number in range(5)])
    together = await seconds(agent, ["one person"] * 5)
    return apart, together


apart, together = asyncio.run(main())
os.write(3, f"five persons: {apart:.1f} s; five messages of one: {together:.1f} s\n".encode())
raise SystemExit(together < 4 or apart > together / 2)
PYTHON
