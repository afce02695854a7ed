#!/bin/sh
# Rasa Open Source 3.6.21 (Twilio channel): a place shared on WhatsApp arrives without its coordinates.
# Guess: as its documentation says, a shared place is the intent `locationData` with the entities `Latitude` and `Longitude`,
# which fill the slots of these names.
# Seen: the intent comes, the entities do not: the channel writes them in single quotes, which is no JSON, so the message is
# taken without them, with a warning in the log. The slots stay empty and the nearest office can't be told. The figures are
# only in the text of the message, where an action of one's own can read them.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3.10}" -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check rasa==3.6.21 'setuptools<81'
cd "$folder"
"$folder/env/bin/python" -W ignore - 2> warnings.log <<'PYTHON'
import asyncio
from types import SimpleNamespace

from rasa.core.channels.twilio import TwilioInput
from rasa.nlu.classifiers.regex_message_handler import RegexMessageHandler
from rasa.shared.core.domain import Domain
from rasa.shared.nlu.training_data.message import Message

PLACE = {"From": "whatsapp:+6280000000000", "Body": "", "Latitude": "-6.9175", "Longitude": "107.6191"}
DOMAIN = 'version: "3.1"\nintents: [locationData]\nentities: [Latitude, Longitude]\n'


def text_of(form):
    """The text that the channel hands on for this request of Twilio's."""
    heard = []

    async def hear(message):
        heard.append(message.text)

    routes = TwilioInput("account", "token", "whatsapp:+6281111111111").blueprint(hear)
    (webhook,) = [one.handler for one in routes._future_routes if "POST" in one.methods]
    request = SimpleNamespace(form=form, headers={}, json=None)
    asyncio.run(webhook(request))
    return heard[0]


def understood(text):
    """The intent, and the entities by name."""
    (message,) = RegexMessageHandler().process([Message({"text": text})], Domain.from_yaml(DOMAIN))
    return message.get("intent")["name"], {one["entity"]: one["value"] for one in message.get("entities")}


shared = text_of(PLACE)
seen, as_json = understood(shared), understood(shared.replace("'", '"'))
print(f"{shared}\nunderstood: {seen}; written as JSON: {as_json}")
found = {"Latitude": -6.9175, "Longitude": 107.6191}
raise SystemExit((seen, as_json) != (("locationData", {}), ("locationData", found)))
PYTHON
