#!/bin/sh
# whatstk 0.7.1 (chats exported from WhatsApp): in an Indonesian chat the line before a message becomes part of its author.
# Guess: an export is read the same whatever the language of the phone; lines that nobody wrote, such as the note on
# encryption at the top or "Budi added Sari", are left out.
# Seen: they are, as long as hours are written 09:05. Phones in Indonesian write 09.05, and then such a line, with the line
# break and the date of the next, stands before the name: the first message of every chat is of an author of its own, and so
# is each one behind an event, with the hour of the event. Counts by author and by hour are wrong without an error. Also with
# a header format given, and in 0.9.1 (newer Pythons). Lines without ": " behind the date have to be taken out before.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3.10}" -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check whatstk==0.7.1 'numpy<2' 'setuptools<81'
cd "$folder"
"$folder/env/bin/python" -W ignore - <<'PYTHON'
from pathlib import Path

from whatstk import WhatsAppChat

CHAT = """01/12/26 {0} - Pesan dan panggilan dienkripsi secara end-to-end.
01/12/26 {1} - Budi: halo kak
01/12/26 {2} - Budi menambahkan Sari
13/12/26 {3} - Sari: mau tanya
"""
HOURS = ("09.00", "09.05", "09.06", "09.07")


def read(hours, **header):
    """Author and hour of each message."""
    Path("chat.txt").write_text(CHAT.format(*hours), encoding="utf-8")
    table = WhatsAppChat.from_source("chat.txt", **header).df
    return [(name, f"{day:%d %H:%M}") for name, day in zip(table["username"], table["date"])]


colons = read([hour.replace(".", ":") for hour in HOURS])
dots, told = read(HOURS), read(HOURS, hformat="%d/%m/%y %H.%M - %name:")
print(f"09:05: {colons}\n09.05: {dots}")
raise SystemExit(
    colons != [("Budi", "01 09:05"), ("Sari", "13 09:07")]
    or [hour for _, hour in dots] != ["01 09:00", "01 09:06"]
    or any("\n" not in name for name, _ in dots)
    or told != dots
)
PYTHON
