#!/bin/sh
# Rasa Open Source 3.6.21 (Telegram channel): a question written under a photo is not heard.
# Guess: a photo, or a document, with a caption ("is this letter genuine?") is a message whose text is the caption; or at
# least a message without text, which the bot can ask about.
# Seen: Telegram gets 200 and the bot is never called: no event, no fallback, no line in the log. The person waits. So with
# voice messages, contacts and stickers, but those have no words. A place does arrive, as the text {"lng":…, "lat":…}.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3.10}" -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check rasa==3.6.21 'setuptools<81'
cd "$folder"
"$folder/env/bin/python" -W ignore - 3>&1 > run.log 2>&1 <<'PYTHON'
import asyncio
import os
from types import SimpleNamespace

from rasa.core.channels.channel import CollectingOutputChannel
from rasa.core.channels.telegram import TelegramInput

heard = []


class Sent(CollectingOutputChannel):
    """Keeps what would go to Telegram."""

    async def get_me(self):
        return SimpleNamespace(username="a_bot")


class Channel(TelegramInput):
    """Telegram's channel, with answers that stay here."""

    def get_output_channel(self):
        return Sent()


async def hear(message):
    """What the bot is called with."""
    heard.append(message.text)


PHOTO = {"file_id": "a", "file_unique_id": "a", "width": 90, "height": 90}
DOCUMENT = {"file_id": "a", "file_unique_id": "a", "file_name": "letter.pdf"}
CONTENTS = {
    "a text": {"text": "hello"},
    "a photo with a caption": {"photo": [PHOTO], "caption": "is this letter genuine?"},
    "a document with a caption": {"document": DOCUMENT, "caption": "is this letter genuine?"},
    "a place": {"location": {"longitude": 106.8, "latitude": -6.2}},
}


async def send():
    """The status of each message, and what was heard of it."""
    seen = {}
    (webhook,) = [
        route.handler
        for route in Channel("token", "a_bot", "https://example.com").blueprint(hear)._future_routes
        if route.uri == "/webhook"
    ]
    person = {"id": 100, "is_bot": False, "first_name": "A"}
    chat = {"id": 100, "type": "private", "first_name": "A"}
    for label, content in CONTENTS.items():
        heard.clear()
        message = {"message_id": 1, "from": person, "chat": chat, "date": 1790000000, **content}
        update = {"update_id": 1, "message": message}
        answer = await webhook(SimpleNamespace(method="POST", json=update, headers={}))
        seen[label] = (answer.status, [*heard])
    return seen


seen = asyncio.run(send())
for label, (status, texts) in seen.items():
    os.write(3, f"{label}: {status}, heard {texts}\n".encode())
SEEN = {
    "a text": (200, ["hello"]),
    "a photo with a caption": (200, []),
    "a document with a caption": (200, []),
    "a place": (200, ['{"lng":106.8, "lat":-6.2}']),
}
raise SystemExit(seen != SEEN)
PYTHON
