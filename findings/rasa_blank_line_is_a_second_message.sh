#!/bin/sh
# Rasa Open Source 3.6.21 (channels): a response with a blank line is sent as two messages, with buttons as one.
# Guess: one response is one message, and a blank line in its text a blank line.
# Seen: a text without buttons is split wherever a line is blank, by REST, Twilio (WhatsApp), Telegram, Facebook, Slack and
# socket.io alike, with no setting to stop it: each paragraph is a message that is paid for and may arrive before the one it
# follows. Who takes the first of the REST answers loses the rest. The same text with buttons stays whole. A custom channel
# that overrides `send_text_message` sends it as it is.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3.10}" -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check rasa==3.6.21 'setuptools<81'
cd "$folder"
"$folder/env/bin/python" -W ignore - 2> warnings.log <<'PYTHON'
import asyncio

from rasa.core.channels.channel import CollectingOutputChannel
from rasa.core.channels.twilio import TwilioOutput

TEXT = "Bring:\n- identity card\n- family card\n\nBe there at 09.00."
BUTTONS = [{"title": "Where?", "payload": "/where"}]


class Sent(TwilioOutput):
    """Keeps what would go to Twilio."""

    def __init__(self):
        super().__init__("account", "token", "whatsapp:+6281111111111")
        self.kept = []

    async def _send_message(self, message_data):
        self.kept.append(message_data["body"])


def parts(response):
    """How many messages a response is, on the REST channel and on Twilio's."""
    rest, twilio = CollectingOutputChannel(), Sent()
    asyncio.run(rest.send_response("somebody", {**response}))
    asyncio.run(twilio.send_response("somebody", {**response}))
    return len(rest.messages), twilio.kept


plain, with_buttons = parts({"text": TEXT}), parts({"text": TEXT, "buttons": BUTTONS})
print(f"REST: {plain[0]} messages, with buttons {with_buttons[0]}")
print(f"Twilio: {plain[1]}")
raise SystemExit((plain[0], with_buttons[0], plain[1]) != (2, 1, TEXT.split("\n\n")))
PYTHON
