#!/bin/sh
# errbot 6.2.1: an apostrophe in a name is a quotation mark of a command line.
# Guess: an `arg_botcmd` with `nargs="+"` called with two names hears two names: "!call Ma'ruf Nur'aini".
# Seen: the text of the chat is split as a shell does: two names with an apostrophe are one name without any, "Maruf
# Nuraini", and nobody is told; one such name ("Ma'ruf", "Jum'at") is refused with "No closing quotation". Names of this kind
# are common in Indonesia. A `botcmd` with `split_args_with=None` hears them as written.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3.10}" -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check errbot==6.2.1 pytest==9.2.0 'setuptools<81'
mkdir "$folder/plugin"
cd "$folder"
cat > plugin/queue.plug <<'INI'
[Core]
Name = Queue
Module = counter

[Python]
Version = 3
INI
cat > plugin/counter.py <<'PYTHON'
from errbot import BotPlugin, arg_botcmd, botcmd


class Queue(BotPlugin):
    """Calls people to the counter."""

    @arg_botcmd("names", type=str, nargs="+")
    def call(self, message, names):
        return f"{len(names)} called: {', '.join(names)}"

    @botcmd(split_args_with=None)
    def hear(self, message, names):
        return f"{len(names)} heard: {', '.join(names)}"
PYTHON
"$folder/env/bin/python" -W ignore - 3>&1 > run.log 2>&1 <<'PYTHON'
import os
from pathlib import Path

from errbot.backends.test import TestBot

SEEN = {
    "!call Ani Budi": "2 called: Ani, Budi",
    "!call Ma'ruf Nur'aini": "1 called: Maruf Nuraini",
    "!hear Ma'ruf Nur'aini": "2 heard: Ma'ruf, Nur'aini",
    "!call Ma'ruf Budi": "I couldn't parse this command; No closing quotation",
}
bot = TestBot(extra_plugin_dir=str(Path("plugin").resolve()))
bot.start()
seen = {}
for command in SEEN:
    bot.push_message(command)
    seen[command] = bot.pop_message(timeout=20)
for command, answer in seen.items():
    os.write(3, f"{command}: {answer}\n".encode())
os._exit(seen != SEEN)
PYTHON
