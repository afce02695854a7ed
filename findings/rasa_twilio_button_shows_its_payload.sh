#!/bin/sh
# Rasa Open Source 3.6.21 (Twilio channel): on WhatsApp a button is a message of its own that shows its payload.
# Guess: a response with buttons, on a channel that has none, is one message with a numbered list of their titles, and the
# number or the title picks one.
# Seen: three messages for two buttons, "1: Yes (/confirm{"day": "mon"})": what was meant for the program is read by the
# person, who has to type it as it stands there, slash, braces and quotes. "1" and "Yes" are texts as any other. Other
# channels that don't draw buttons (send_text_with_buttons of OutputChannel) do the same. For WhatsApp a variation with
# `channel: twilio` needs the choices in its text, and rules or examples for them.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3.10}" -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check rasa==3.6.21 'setuptools<81'
cd "$folder"
"$folder/env/bin/python" -W ignore - 2> warnings.log <<'PYTHON'
import asyncio

from rasa.core.channels.twilio import TwilioOutput

BUTTONS = [
    {"title": "Yes", "payload": '/confirm{"day": "mon"}'},
    {"title": "No", "payload": "/decline"},
]


class Sent(TwilioOutput):
    """Keeps what would go to Twilio."""

    def __init__(self):
        super().__init__("account", "token", "whatsapp:+6281111111111")
        self.kept = []

    async def _send_message(self, message_data):
        self.kept.append(message_data["body"])


channel = Sent()
asyncio.run(channel.send_response("whatsapp:+6280000000000", {"text": "Monday?", "buttons": BUTTONS}))
for text in channel.kept:
    print(text)
raise SystemExit(channel.kept != ["Monday?", '1: Yes (/confirm{"day": "mon"})', "2: No (/decline)"])
PYTHON
