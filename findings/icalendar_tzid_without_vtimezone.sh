#!/bin/sh
# icalendar 7.3.0: an event in a named zone is written without that zone's definition.
# Guess: `to_ical` writes a VTIMEZONE for each TZID that it writes; RFC 5545, 3.2.19, asks for it.
# Seen: only the parameter; a calendar program that does not know the name shows the hour of its own zone.
# `Calendar.add_missing_timezones` has to be called before writing.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3.10}" -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check icalendar==7.3.0
cd "$folder"
"$folder/env/bin/python" -W ignore - <<'PYTHON'
from datetime import datetime
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

calendar = Calendar()
calendar.add("prodid", "-//findings//ID")
calendar.add("version", "2.0")
event = Event()
event.add("uid", "1@findings")
event.add("dtstart", datetime(2026, 12, 1, 8, tzinfo=ZoneInfo("Asia/Jakarta")))
calendar.add_component(event)
before = calendar.to_ical().decode()
calendar.add_missing_timezones()
after = calendar.to_ical().decode()
print([line for line in before.splitlines() if "TZ" in line or "VTIMEZONE" in line])
print(f"with a VTIMEZONE: as written {'VTIMEZONE' in before}, after the call {'VTIMEZONE' in after}")
raise SystemExit(("TZID" in before, "VTIMEZONE" in before, "VTIMEZONE" in after) != (True, False, True))
PYTHON
