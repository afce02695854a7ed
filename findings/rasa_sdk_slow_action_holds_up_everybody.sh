#!/bin/sh
# rasa-sdk 3.6.2 (action server): while one person's action waits, everybody else's waits too.
# Guess: a server of web requests runs the actions of several people side by side.
# Seen: a plain `def run` runs in the server's one event loop: four actions that wait half a second each take two. A
# backend that is slow for one holds up all. The same wait in an `async def run` takes half a second for all four; calls
# that block have to be put into a thread there.
set -eu
folder=$(mktemp -d)
trap 'kill "$server" 2> /dev/null || true; rm -rf "$folder"' EXIT
server=
"${PYTHON:-python3.10}" -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check rasa-sdk==3.6.2 'setuptools<81'
cd "$folder"
cat > own_actions.py <<'PY'
import asyncio
import time

from rasa_sdk import Action


class Plain(Action):
    """Waits for a backend, as most actions do."""

    def name(self):
        return "action_plain"

    def run(self, dispatcher, tracker, domain):
        time.sleep(0.5)
        return []


class Async(Action):
    """Lets others go on while it waits."""

    def name(self):
        return "action_async"

    async def run(self, dispatcher, tracker, domain):
        await asyncio.sleep(0.5)
        return []
PY
port=$("$folder/env/bin/python" -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
"$folder/env/bin/python" -W ignore -m rasa_sdk --actions own_actions --port "$port" > server.log 2>&1 &
server=$!
"$folder/env/bin/python" -W ignore - "$port" <<'PYTHON'
import json
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from urllib.request import Request, urlopen

server = f"http://127.0.0.1:{sys.argv[1]}"
PEOPLE = 4


def run(call):
    """Let the server run this action for this person."""
    action, person = call
    tracker = {"sender_id": person, "slots": {}, "events": [], "latest_message": {}, "active_loop": {}}
    asked = {"next_action": action, "sender_id": person, "tracker": tracker, "domain": {}}
    urlopen(Request(f"{server}/webhook", json.dumps(asked).encode(), {"Content-Type": "application/json"}))


for _ in range(120):
    try:
        urlopen(f"{server}/health")
        break
    except OSError:
        time.sleep(0.5)
took = {}
for action in ("action_plain", "action_async"):
    begun = time.monotonic()
    with ThreadPoolExecutor(PEOPLE) as people:
        list(people.map(run, [(action, f"person {number}") for number in range(PEOPLE)]))
    took[action] = time.monotonic() - begun
    print(f"{action}: {PEOPLE} people, half a second each: {took[action]:.1f} seconds")
raise SystemExit(not (took["action_plain"] >= 2 and took["action_async"] < 1.5))
PYTHON
