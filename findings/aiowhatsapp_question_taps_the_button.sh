#!/bin/sh
# aiowhatsapp 1.1.0: a typed question runs the handler of a button, and a photo the handler of texts.
# Guess: a handler added by `on_interactive_message` is called for tapped buttons and rows, one by `on_message` for texts.
# Seen: the kind of a handler isn't looked at, only its pattern: "batal atau pindah, bagaimana?" (cancel or move, how?) runs
# the handler of the button "batal", so the place is cancelled by who only asked. A photo is a message with the text "":
# a text handler without pattern gets it, and a button's id that none matches. Handlers have to look at the type first.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3.10}" -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check aiowhatsapp==1.1.0
cd "$folder"
"$folder/env/bin/python" -W ignore - <<'PYTHON'
from aiowhatsapp.whatsapp import Whatsapp

client = Whatsapp("1", "token", mark_as_read=False)
client.threaded = False
called = []


@client.on_interactive_message(regex="^batal")
def cancel(update, context):
    called.append("cancel button")


@client.on_message()
def answer(update, context):
    called.append("text")


def handled(kind, content):
    """The handlers that a message of this kind reaches."""
    called.clear()
    message = {"from": "6280000000000", "id": "wamid.1", "timestamp": "1796000000", "type": kind}
    value = {"messaging_product": "whatsapp", "messages": [message | {kind: content}]}
    value["metadata"] = {"display_phone_number": "6281111111111", "phone_number_id": "1"}
    value["contacts"] = [{"profile": {"name": "A"}, "wa_id": message["from"]}]
    change = {"field": "messages", "value": value}
    delivery = {"object": "whatsapp_business_account", "entry": [{"id": "9", "changes": [change]}]}
    client.process_update(delivery)
    return list(called)


def button(name):
    """A tapped button of this id."""
    return {"type": "button_reply", "button_reply": {"id": name, "title": name}}


seen = {
    "text 'halo'": handled("text", {"body": "halo"}),
    "button 'batal'": handled("interactive", button("batal")),
    "text 'batal atau pindah, bagaimana?'": handled("text", {"body": "batal atau pindah, bagaimana?"}),
    "photo": handled("image", {"id": "1"}),
    "button 'lain'": handled("interactive", button("lain")),
}
for label, names in seen.items():
    print(f"{label}: {names}")
raise SystemExit(
    list(seen.values()) != [["text"], ["cancel button"], ["cancel button"], ["text"], ["text"]]
)
PYTHON
