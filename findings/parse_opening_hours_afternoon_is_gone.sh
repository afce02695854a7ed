#!/bin/sh
# parse-opening-hours 0.4.2: Friday is gone, and so is the afternoon.
# Guess: "Monday to Thursday 8am - 3pm, Friday 8am to 11am" is read to its end, or refused.
# Seen: reading stops behind the first hours, without an error: Friday is no day of work, whether a comma, a semicolon, a new line
# or "and" stands before it. Behind the pause at noon nothing is left either: the office closes at twelve. Each part has to
# be given by itself, and what was read counted.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3.10}" -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check parse-opening-hours==0.4.2
cd "$folder"
"$folder/env/bin/python" -W ignore - <<'PYTHON'
from opening_hours import OpeningHours

FROM_MONDAY = ["monday", "tuesday", "wednesday", "thursday"]
SEEN = {
    "Monday to Thursday 8am - 3pm, Friday 8am to 11am": (FROM_MONDAY, "15:00"),
    "Monday to Thursday 8am - 3pm\nFriday 8am to 11am": (FROM_MONDAY, "15:00"),
    "Monday to Thursday 8am - 12pm, 1pm - 3pm": (FROM_MONDAY, "12:00"),
    "Friday 8am to 11am": (["friday"], "11:00"),
}
seen = {}
for text in SEEN:
    hours = OpeningHours.parse(text).json()
    seen[text] = ([day["day"] for day in hours], hours[-1]["closes"])
    print(f"{text!r}: {', '.join(seen[text][0])}, closes at {seen[text][1]}")
raise SystemExit(seen != SEEN)
PYTHON
