#!/bin/sh
# rivescript 1.15.0: what a star catches isn't what was written: 09.00 is 0900, an address has no dots.
# Guess: in "+ besok jam *" (tomorrow at *) the star of "besok jam 09.00" is "09.00"; with `utf8=True` nothing is taken away.
# Seen: signs are dropped before anything is looked at: "0900", "budicontohid", "a012". With `utf8=True` the at sign and
# the dash stay, the dot does not: "0900", "budi@contohid". Capitals are gone in both. A code or an address has to be read
# from the message itself, and a dot kept by `unicode_punctuation`.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3.10}" -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check rivescript==1.15.0
cd "$folder"
"$folder/env/bin/python" -W ignore - <<'PYTHON'
import re

from rivescript import RiveScript

MESSAGES = ("besok jam 09.00", "email budi@contoh.id", "nomor A-012")


def stars(utf8, punctuation=None):
    """What a star catches of each message."""
    bot = RiveScript(utf8=utf8)
    if punctuation:
        bot.unicode_punctuation = re.compile(punctuation)
    bot.stream("+ besok jam *\n- <star>\n\n+ email *\n- <star>\n\n+ nomor *\n- <star>\n")
    bot.sort_replies()
    return [bot.reply("somebody", message) for message in MESSAGES]


seen = {
    "plain": stars(False),
    "utf8": stars(True),
    "utf8, own signs": stars(True, "[,!?;:]"),
}
for label, caught in seen.items():
    print(f"{label}: {caught}")
raise SystemExit(
    list(seen.values())
    != [
        ["0900", "budicontohid", "a012"],
        ["0900", "budi@contohid", "a-012"],
        ["09.00", "budi@contoh.id", "a-012"],
    ]
)
PYTHON
