#!/bin/sh
# Rasa Open Source 3.6.21 (Facebook channel): a menu of four choices has none.
# Guess: Messenger takes three buttons a message; of four the channel sends three, or two messages, or refuses.
# Seen: the text goes out alone, all buttons are left out: "What do you need?" and nothing to tap. Three are there. A
# warning of the process says so when it happens, to nobody who waits. Longer menus have to be `quick_replies`, or lines
# of the text.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3.10}" -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check rasa==3.6.21 'setuptools<81'
cd "$folder"
"$folder/env/bin/python" -W ignore - 3>&1 > run.log 2>&1 <<'PYTHON'
import asyncio
import os

from rasa.core.channels.facebook import MessengerBot

sent = []


class Page:
    """Keeps what would go to Messenger."""

    def send(self, payload, recipient_id, message_type):
        sent.append(payload if isinstance(payload, dict) else payload.to_dict())


def shown(count, kind="buttons"):
    """How many choices of a menu Messenger gets, and the text."""
    sent.clear()
    choices = [{"title": f"Choice {n}", "payload": f"/choose_{n}"} for n in range(count)]
    if kind == "quick_replies":
        choices = [{**choice, "content_type": "text"} for choice in choices]
    message = {"text": "What do you need?", kind: choices}
    asyncio.run(MessengerBot(Page()).send_response("1", message))
    (payload,) = sent
    inside = payload.get("attachment", {}).get("payload", payload)
    return inside["text"], len(inside.get("buttons") or inside.get("quick_replies") or [])


seen = {"3 buttons": shown(3), "4 buttons": shown(4), "4 quick replies": shown(4, "quick_replies")}
for label, (text, count) in seen.items():
    os.write(3, f"{label}: {text!r} and {count}\n".encode())
text = "What do you need?"
raise SystemExit(seen != {"3 buttons": (text, 3), "4 buttons": (text, 0), "4 quick replies": (text, 4)})
PYTHON
