#!/bin/sh
# vobject 0.9.9 (vCard): the name of an office comes out letter by letter.
# Guess: `card.add("org").value = "Kantor Imigrasi"` is the organisation of that name, as `fn` and `note` take a text.
# Seen: "ORG:K;a;n;t;o;r; ;I;m;..." - the value is a list of an organisation and its units, and a text is taken as the list
# of its letters. No error; it is read as an office called "K" with fourteen units. A list with one text is right.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3.10}" -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check vobject==0.9.9
cd "$folder"
"$folder/env/bin/python" -W ignore - <<'PYTHON'
import vobject


def written(office):
    """The line of a card's organisation, and what is read back from it."""
    card = vobject.vCard()
    card.add("n").value = vobject.vcard.Name(given="Helpdesk")
    card.add("fn").value = "Helpdesk"
    card.add("org").value = office
    text = card.serialize()
    line = next(line for line in text.splitlines() if line.startswith("ORG"))
    return line, vobject.readOne(text).org.value


seen = [written("Kantor Imigrasi"), written(["Kantor Imigrasi"])]
for line, read in seen:
    print(f"{line} is read as {read}")
raise SystemExit(
    seen
    != [
        ("ORG:" + ";".join("Kantor Imigrasi"), list("Kantor Imigrasi")),
        ("ORG:Kantor Imigrasi", ["Kantor Imigrasi"]),
    ]
)
PYTHON
