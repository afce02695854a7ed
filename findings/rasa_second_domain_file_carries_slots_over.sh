#!/bin/sh
# Rasa Open Source 3.6.21: a second domain file that sets the length of a session turns the carrying over of slots on again.
# Guess: domain files of a folder are put together key by key: `session_expiration_time` of one and
# `carry_over_slots_to_new_session: false` of the other both hold.
# Seen: the section of the file that is read last counts as a whole, with the defaults for what it leaves out: slots, and
# with them names and numbers, go into the next session again. For a response that stands in both files there is a
# warning, for this none. The section has to stand in one file.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3.10}" -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check rasa==3.6.21 'setuptools<81'
cd "$folder"
mkdir domain
cat > domain/common.yml <<'YAML'
version: "3.1"
intents: [open]
session_config: {session_expiration_time: 60, carry_over_slots_to_new_session: false}
YAML
cat > domain/opening.yml <<'YAML'
version: "3.1"
responses: {utter_open: [{text: "At nine"}]}
session_config: {session_expiration_time: 120}
YAML
"$folder/env/bin/python" - 3>&1 > run.log 2>&1 <<'PYTHON'
import os

from rasa.shared.core.domain import Domain

seen = {}
for name in ("domain/common.yml", "domain"):
    session = Domain.load(name).session_config
    seen[name] = (session.session_expiration_time, session.carry_over_slots)
    os.write(3, "{}: session of {} minutes, slots carried over: {}\n".format(name, *seen[name]).encode())
raise SystemExit(seen != {"domain/common.yml": (60, False), "domain": (120, True)})
PYTHON
grep -q session run.log && exit 1
exit 0
