#!/bin/sh
# Rasa Open Source 3.6.21 (ruamel.yaml 0.17.21): reading a domain takes the square of the number of its answers.
# Guess: a file of twice as many answers is read with twice the work, by Rasa as by the YAML library that it uses.
# Seen: with four times the work. Rasa registers a pattern for ${VARIABLES} that fits any first letter. For each plain value
# ruamel appends the patterns of any first letter to the list of the value's own letter, where there is one ("true", "false",
# "null" and numbers have), and keeps the longer list. The key "text", which each answer has, begins with "t": the nth is
# compared with that pattern n times. 2,000 answers are two million comparisons; the library alone makes 2,001. 8,000
# answers take seconds.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3.10}" -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check rasa==3.6.21 ruamel.yaml==0.17.21 'setuptools<81'
cd "$folder"
"$folder/env/bin/python" -W ignore - 3>&1 > run.log 2>&1 <<'PYTHON'
import cProfile
import os
import pstats

from ruamel.yaml import YAML


def library_alone(text):
    reader = YAML(typ="safe")
    reader.version = "1.2"
    return reader.load(text)


def comparisons(read, count):
    """How often a pattern is tried while a domain of that many answers is read."""
    text = "responses:\n" + "".join(f"  utter_{n}:\n  - text: Hello\n" for n in range(count))
    profile = cProfile.Profile()
    assert len(profile.runcall(read, text)["responses"]) == count
    calls = pstats.Stats(profile).stats.items()
    return sum(figures[0] for (_, _, name), figures in calls if "'match' of 're.Pattern'" in name)


alone = [comparisons(library_alone, count) for count in (500, 1000, 2000)]
from rasa.shared.utils.io import read_yaml  # from here on the pattern is registered

rasa = [comparisons(read_yaml, count) for count in (500, 1000, 2000)]
os.write(3, f"ruamel.yaml alone: {alone}\nby Rasa: {rasa}\n".encode())
assert alone[1] < 2.1 * alone[0] and alone[2] < 2.1 * alone[1], alone
assert 3.7 < rasa[1] / rasa[0] < 4.1 and 3.7 < rasa[2] / rasa[1] < 4.1, rasa
PYTHON
