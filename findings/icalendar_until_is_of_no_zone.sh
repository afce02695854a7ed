#!/bin/sh
# icalendar 7.3.0: a repeated event's last time is written without zone, and dateutil refuses the rule.
# Guess: `until` given with a zone is written in UTC, as RFC 5545, 3.3.10, asks where the event begins in a zone.
# Seen: "UNTIL=20261231T235900", the local hour without zone and without "Z". dateutil, by which many programs read such
# rules, raises ValueError. `until` has to be turned into UTC before it is handed over.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3.10}" -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check icalendar==7.3.0 python-dateutil==2.9.0.post0
cd "$folder"
"$folder/env/bin/python" -W ignore - <<'PYTHON'
from datetime import datetime, timezone
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr
from icalendar import Event

JAKARTA = ZoneInfo("Asia/Jakarta")
BEGIN, UNTIL = datetime(2026, 12, 1, 8, tzinfo=JAKARTA), datetime(2026, 12, 31, 23, 59, tzinfo=JAKARTA)


def written(until):
    """The rule of a weekly event as the library writes it, and how often it is by dateutil."""
    event = Event()
    event.add("dtstart", BEGIN)
    event.add("rrule", {"freq": "weekly", "until": until})
    rule = event["rrule"].to_ical().decode()
    try:
        return rule, len(list(rrulestr(rule, dtstart=BEGIN)))
    except ValueError as error:
        return rule, type(error).__name__


local, utc = written(UNTIL), written(UNTIL.astimezone(timezone.utc))
print(f"until with a zone: {local}; in UTC: {utc}")
raise SystemExit(
    (local, utc)
    != (
        ("FREQ=WEEKLY;UNTIL=20261231T235900", "ValueError"),
        ("FREQ=WEEKLY;UNTIL=20261231T165900Z", 5),
    )
)
PYTHON
