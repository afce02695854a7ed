#!/bin/sh
# Rasa Open Source 3.6.21 (responses): one value that is missing leaves all placeholders of the text as they are.
# Guess: in "Hello {name}, at {hour}" without an hour the name is put in, and the hour is "None", as the documentation says
# of slots that don't exist.
# Seen: the person reads "Hello {name}, at {hour}": braces, and no name. "None" comes only for a slot that exists and is
# empty. A log line says so, training and `rasa data validate` do not, though a value that an action forgets for one branch is
# enough. The title of a button beside it is filled, each text for itself. A slot for every placeholder, or all values in
# each call, prevent it.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3.10}" -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check rasa==3.6.21 'setuptools<81'
cd "$folder"
"$folder/env/bin/python" -W ignore - 2> warnings.log <<'PYTHON'
from rasa.core.nlg.response import TemplatedNaturalLanguageGenerator

BUTTON = {"title": "I am {name}", "payload": "/greet"}
RESPONSES = {"utter_hello": [{"text": "Hello {name}, at {hour}", "buttons": [BUTTON]}]}
generator = TemplatedNaturalLanguageGenerator(RESPONSES)


def said(slots, **values):
    """The text, and the title of its button."""
    response = generator.generate_from_slots("utter_hello", slots, "whatsapp", **values)
    return response["text"], response["buttons"][0]["title"]


seen = {
    "no hour": said({}, name="Ani"),
    "an empty slot for the hour": said({"hour": None}, name="Ani"),
    "all values": said({}, name="Ani", hour="09.00"),
}
for label, texts in seen.items():
    print(f"{label}: {texts}")
raise SystemExit(
    [text for text, _ in seen.values()] != ["Hello {name}, at {hour}", "Hello Ani, at None", "Hello Ani, at 09.00"]
    or {title for _, title in seen.values()} != {"I am Ani"}
)
PYTHON
