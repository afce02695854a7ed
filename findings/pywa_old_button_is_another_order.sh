#!/bin/sh
# pywa 4.5.0 (CallbackData): a button sent by an earlier version of the program does something else.
# Guess: the data of a button holds the name of its class, so that `Cancel(place=7)`, tapped after an update, is still that
# or is not known any more.
# Seen: it holds the class's number in the order of the program, "1~7". A class that is added above moves all numbers: the
# citizen taps "cancel" in an old message and the handler of `Confirm` runs. Old messages keep their buttons: new classes
# have to go below the others, and none may be taken out.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3.10}" -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check pywa==4.5.0
cd "$folder"
cat > bot.py <<'PY'
import dataclasses
import json
import sys

from pywa import WhatsApp
from pywa.types import CallbackData

client = WhatsApp(phone_id="1", token="token", server=None, verify_token="verify", validate_updates=False)


def order(name):
    """A kind of button, with a handler that says that it runs."""
    kind = type(name, (CallbackData,), {"__annotations__": {"place": int}})
    kind = dataclasses.dataclass(frozen=True)(kind)
    client.on_callback_button(factory=kind)(lambda _, button: print(button.data))
    return kind


kinds = {name: order(name) for name in sys.argv[1].split(",")}
if len(sys.argv) == 2:
    print(kinds["Cancel"](7).to_str())
    sys.exit()
person = {"wa_id": "6280000000000", "user_id": "ID.1"}
message = {"from": person["wa_id"], "from_user_id": person["user_id"], "id": "wamid.2", "timestamp": "1796000000"}
message["context"] = {"from": "6281111111111", "id": "wamid.1"}
tapped = {"type": "button_reply", "button_reply": {"id": sys.argv[2], "title": "Cancel"}}
value = {"messaging_product": "whatsapp", "contacts": [{"profile": {"name": "A"}} | person]}
value["metadata"] = {"display_phone_number": "6281111111111", "phone_number_id": "1"}
value["messages"] = [message | {"type": "interactive", "interactive": tapped}]
change = {"field": "messages", "value": value}
delivery = {"object": "whatsapp_business_account", "entry": [{"id": "9", "changes": [change]}]}
client.webhook_update_handler(json.dumps(delivery).encode())
PY
bot() { "$folder/env/bin/python" -W ignore bot.py "$@" 2> run.log; }
button=$(bot Confirm,Cancel)
before=$(bot Confirm,Cancel "$button")
above=$(bot Move,Confirm,Cancel "$button")
below=$(bot Confirm,Cancel,Move "$button")
echo "the button Cancel(7) holds $button; tapped: $before; with a class added above: $above; below: $below"
[ "$button $before $above $below" = "1~7 Cancel(place=7) Confirm(place=7) Cancel(place=7)" ]
