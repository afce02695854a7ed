#!/bin/sh
# ics 0.7.3 (ics.py): an Indonesian day without hours is written as the day before.
# Guess: an event that begins on 25 December, 00:00 in Jakarta, and is made all-day, is on 25 December.
# Seen: "DTSTART;VALUE=DATE:20261224", whatever the hour: the day begins at midnight in Jakarta, which is turned into UTC
# before its date is taken. West of Greenwich it is right. A whole day has to be given as a date without zone; a time
# without zone is UTC, so "2026-12-01 09:00" is at four in the afternoon.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3.10}" -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check ics==0.7.3 arrow==1.4.0
cd "$folder"
"$folder/env/bin/python" -W ignore - <<'PYTHON'
from datetime import datetime
from zoneinfo import ZoneInfo

from ics import Event

JAKARTA, LIMA = ZoneInfo("Asia/Jakarta"), ZoneInfo("America/Lima")


def written(begin, whole_day=True):
    """When an event that begins then is, in the file."""
    event = Event(name="Christmas", begin=begin)
    if whole_day:
        event.make_all_day()
    return next(line for line in event.serialize().splitlines() if line.startswith("DTSTART"))


seen = {
    "a day in Jakarta": written(datetime(2026, 12, 25, tzinfo=JAKARTA)),
    "from eight there": written(datetime(2026, 12, 25, 8, tzinfo=JAKARTA)),
    "a day in Lima": written(datetime(2026, 12, 25, tzinfo=LIMA)),
    "a date": written("2026-12-25"),
    "nine without zone": written("2026-12-01 09:00:00", whole_day=False),
}
for label, line in seen.items():
    print(f"{label}: {line}")
raise SystemExit(
    [line.split(":")[1] for line in seen.values()]
    != ["20261224", "20261224", "20261225", "20261225", "20261201T090000Z"]
)
PYTHON
