#!/bin/sh
# Rasa Open Source 3.6.21 (Socket.IO channel): with a `namespace` in the credentials the bot hears, but is never heard.
# Guess: `socketio: {namespace: /counter}` moves the whole talk into that namespace, as when one server has a bot for each
# counter.
# Seen: events of the client are taken in that namespace, `session_confirm` and all answers are sent in the default one, where
# nobody listens: the bot's log shows a good conversation, the screen stays empty. Without `namespace` both come. Bots are
# told apart by `socketio_path` or by the names of events instead.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3.10}" -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check rasa==3.6.21 'setuptools<81'
cd "$folder"
cat > talk.py <<'PYTHON'
import os
import socket
import sys
import threading
import time

import socketio

from rasa.core.channels.socketio import SocketIOInput
from rasa.core.run import configure_app

namespace = sys.argv[1]
heard, received = [], []


class Bot:
    """Answers what it hears."""

    async def handle_message(self, message):
        heard.append(message.text)
        await message.output_channel.send_text_message(message.sender_id, "good morning")


app = configure_app([SocketIOInput.from_credentials({"namespace": namespace} if namespace != "/" else {})])
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
client = socketio.Client()
client.on("*", lambda event, content: received.append(event), namespace=namespace)
client.connect("http://%s:%d" % listening.getsockname(), namespaces=[namespace], transports=["polling"])
client.emit("session_request", {}, namespace=namespace)
client.emit("user_uttered", {"message": "hello"}, namespace=namespace)
for _ in range(50):
    if heard and len(received) == 2:
        break
    time.sleep(0.1)
os.write(3, f"{namespace}: heard by the bot {heard}, by the client {received}\n".encode())
EVENTS = ["session_confirm", "bot_uttered"] if namespace == "/" else []
os._exit((heard, received) != (["hello"], EVENTS))
PYTHON
for namespace in / /counter; do
    "$folder/env/bin/python" -W ignore talk.py "$namespace" 3>&1 > run.log 2>&1
done
