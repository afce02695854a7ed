#!/bin/sh
# businesstimedelta 1.0.1: two working hours after nine in the morning in Jakarta are five in the afternoon.
# Guess: `WorkDayRule(time(8), time(16), …)` means eight to four where the times that are counted come from: their own zone,
# or for times without zone the same clock.
# Seen: the hours are those of Greenwich, unless the rule has a `tz`, which must be one of pytz (one of zoneinfo raises).
# From 09:00 to 15:00 in Jakarta no working hour passes; a time limit of two hours ends at 17:00, after the office has
# closed. A time without zone counts as of Greenwich, and what comes back has a zone: it can't be compared with the time it
# was reckoned from. With the zone in the rule all is right.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3.10}" -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check businesstimedelta==1.0.1 pytz==2025.2 tzdata==2025.2
cd "$folder"
"$folder/env/bin/python" -W ignore - <<'PYTHON'
from datetime import datetime, time
from zoneinfo import ZoneInfo

import pytz
from businesstimedelta import BusinessTimeDelta, Rules, WorkDayRule

JAKARTA = ZoneInfo("Asia/Jakarta")
nine = datetime(2026, 12, 4, 9, tzinfo=JAKARTA)  # a Friday


def counted(start, **zone):
    """The working hours from `start` to 15:00, and when two of them have passed."""
    rule = Rules([WorkDayRule(time(8), time(16), working_days=[0, 1, 2, 3, 4], **zone)])
    end = start + BusinessTimeDelta(rule, hours=2)
    return rule.difference(start, start.replace(hour=15)).hours, f"{end.astimezone(JAKARTA):%a %H:%M}"


plain = counted(nine)
with_zone = counted(nine, tz=pytz.timezone("Asia/Jakarta"))
returned = nine.replace(tzinfo=None) + BusinessTimeDelta(
    Rules([WorkDayRule(time(8), time(16), working_days=[4])]), hours=2
)
print(f"hours to 15:00, end of two: {plain}; with the zone in the rule {with_zone}")
print(f"a time without zone comes back as {returned}")
raise SystemExit(
    (plain, with_zone) != ((0, "Fri 17:00"), (6, "Fri 11:00")) or f"{returned:%H:%M%z}" != "11:00+0000"
)
PYTHON
