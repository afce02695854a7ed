#!/bin/sh
# icalevents 0.3.1: the office is closed on the day after Christmas, too.
# Guess: a holiday of one whole day (DTSTART 25, DTEND 26 December, as RFC 5545 has it: the end is not part of it) is found on
# the 25th and not on the 26th.
# Seen: it is found all day on the 26th as well, from eight to three. A bot that asks the calendar whether the office is open says
# no one day too long. Of each event found start and end have to be compared again.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3.10}" -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check icalevents==0.3.1
cd "$folder"
"$folder/env/bin/python" -W ignore - <<'PYTHON'
from datetime import datetime

from icalevents.icalevents import events

CALENDAR = b"""BEGIN:VCALENDAR
VERSION:2.0
PRODID:office
BEGIN:VEVENT
UID:1
SUMMARY:Christmas
DTSTART;VALUE=DATE:20261225
DTEND;VALUE=DATE:20261226
END:VEVENT
END:VCALENDAR
"""


def closed(day):
    """What is found in the calendar in the office hours of a day in December."""
    hours = {"start": datetime(2026, 12, day, 8), "end": datetime(2026, 12, day, 15)}
    return [(event.summary, str(event.end.date())) for event in events(string_content=CALENDAR, **hours)]


seen = {day: closed(day) for day in (24, 25, 26, 27)}
for day, found in seen.items():
    print(f"{day} December: {found}")
christmas = [("Christmas", "2026-12-26")]
raise SystemExit(seen != {24: [], 25: christmas, 26: christmas, 27: []})
PYTHON
