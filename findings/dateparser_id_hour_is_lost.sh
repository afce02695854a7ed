#!/bin/sh
# dateparser 1.5.0, Indonesian: the hour behind "besok" (tomorrow) is dropped, and the hour of now stands in its place.
# Guess: "besok pukul 09.00" is tomorrow at nine, as "1 Desember pukul 09.00" is nine; Indonesian writes hours with a dot.
# Seen: tomorrow at ten o'clock, when it is ten now: with a dot, and with "jam" for "pukul" (both mean "at"), the hour is
# left out behind besok, kemarin and hari ini (today). "besok 09:00" and "besok pukul 09:00" are right. A date is returned,
# so nobody notices. Write the dot between digits as a colon and "jam" as "pukul" before it is parsed.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3.10}" -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check dateparser==1.5.0
cd "$folder"
"$folder/env/bin/python" -W ignore - <<'PYTHON'
from datetime import datetime

import dateparser

NOW = datetime(2026, 11, 30, 10)
SEEN = {
    "1 Desember pukul 09.00": "1 at 09:00",
    "besok pukul 09:00": "1 at 09:00",
    "besok pukul 09.00": "1 at 10:00",
    "besok 09.00": "1 at 10:00",
    "besok jam 09:00": "1 at 10:00",
    "kemarin pukul 09.00": "29 at 10:00",
    "hari ini pukul 14.30": "30 at 10:00",
}
seen = {
    text: f"{date.day} at {date:%H:%M}"
    for text in SEEN
    for date in [dateparser.parse(text, languages=["id"], settings={"RELATIVE_BASE": NOW})]
}
for text, date in seen.items():
    print(f"{text}: {date}")
raise SystemExit(seen != SEEN)
PYTHON
