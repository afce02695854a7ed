#!/bin/sh
# pywa 4.5.0: of the messages that WhatsApp delivers together only the first is handled.
# Guess: a webhook delivery holds lists (`entry`, `changes`, `messages`), and a handler is called for each message in them.
# Seen: the first message of the first change of the first entry; the others are answered with 200 and gone, so WhatsApp
# does not send them again. Meta's guide to webhooks says that up to 1,000 updates may come as one delivery.
# `webhook_update_handler` has to be called once for each message, with a delivery made for it alone.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3.10}" -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check pywa==4.5.0
cd "$folder"
"$folder/env/bin/python" -W ignore - 2> run.log <<'PYTHON'
import json

from pywa import WhatsApp

client = WhatsApp(phone_id="1", token="token", server=None, verify_token="verify", validate_updates=False)
handled = []


@client.on_message
def keep(_, message):
    handled.append(message.text)


def change(*texts):
    """A change with messages of one person."""
    person = {"wa_id": "6280000000000", "user_id": "ID.1"}
    messages = [
        {"from": person["wa_id"], "from_user_id": person["user_id"], "id": f"wamid.{text}"}
        | {"timestamp": "1796000000", "type": "text", "text": {"body": text}}
        for text in texts
    ]
    metadata = {"display_phone_number": "6281111111111", "phone_number_id": "1"}
    value = {"messaging_product": "whatsapp", "metadata": metadata, "messages": messages}
    return {"field": "messages", "value": value | {"contacts": [{"profile": {"name": "A"}} | person]}}


def answer(*entries):
    """How a delivery of these entries, each a list of changes, is answered, and what reached the handler."""
    handled.clear()
    delivery = {"object": "whatsapp_business_account"}
    delivery["entry"] = [{"id": "9", "changes": changes} for changes in entries]
    _, status = client.webhook_update_handler(json.dumps(delivery).encode())
    return status, list(handled)


seen = {
    "two messages": answer([change("one", "two")]),
    "two changes": answer([change("three"), change("four")]),
    "two entries": answer([change("five")], [change("six")]),
}
print(seen)
raise SystemExit(list(seen.values()) != [(200, ["one"]), (200, ["three"]), (200, ["five"])])
PYTHON
