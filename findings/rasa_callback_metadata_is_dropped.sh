#!/bin/sh
# Rasa Open Source 3.6.21 (callback channel): the metadata of a message is dropped.
# Guess: the callback channel takes the same message as the REST channel, which it extends, and differs only in where the
# answers go; `metadata` reaches actions and slots.
# Seen: of one and the same request REST keeps {"number": "6281..."}, the callback channel None, and answers 200. What a
# gateway knows of a message (its number, its id, a photo's address) has to come as entities of a payload, or by a channel of
# one's own.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3.10}" -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check rasa==3.6.21 'setuptools<81'
cd "$folder"
"$folder/env/bin/python" -W ignore - 3>&1 > run.log 2>&1 <<'PYTHON'
import os
import socket
import threading
import time
from http.client import HTTPConnection
from json import dumps

from rasa.core.channels.callback import CallbackInput
from rasa.core.channels.rest import RestInput
from rasa.core.run import configure_app
from rasa.utils.endpoints import EndpointConfig

heard = {}


class Bot:
    """Keeps what a channel hands over."""

    async def handle_message(self, message):
        heard[message.input_channel] = (message.text, message.metadata)


app = configure_app([RestInput(), CallbackInput(EndpointConfig("http://127.0.0.1"))])
app.ctx.agent = Bot()
listening = socket.socket()
listening.bind(("127.0.0.1", 0))
serve = {"sock": listening, "register_sys_signals": False, "access_log": False}
threading.Thread(target=app.run, kwargs=serve, daemon=True).start()
for _ in range(50):
    try:
        socket.create_connection(listening.getsockname(), timeout=1).close()
        break
    except OSError:
        time.sleep(0.2)
METADATA = {"number": "6281111111111"}
statuses = []
for channel in ("rest", "callback"):
    connection = HTTPConnection(*listening.getsockname(), timeout=10)
    body = dumps({"sender": "somebody", "message": "hello", "metadata": METADATA})
    connection.request("POST", f"/webhooks/{channel}/webhook", body, {"content-type": "application/json"})
    statuses.append(connection.getresponse().status)
os.write(3, f"statuses: {statuses}; heard: {heard}\n".encode())
SEEN = {"rest": ("hello", METADATA), "callback": ("hello", None)}
os._exit((statuses, heard) != ([200, 200], SEEN))
PYTHON
