#!/bin/sh
# business-duration 0.68: two working days of eight hours are two thirds of a day.
# Guess: `businessDuration(…, starttime=time(8), endtime=time(16), unit="day")` from Tuesday 09:00 to Thursday 09:00 is 2.0:
# the summary counts "business duration in days", and "within three working days" is what offices promise.
# Seen: 0.667: the working hours between the two, 16, are divided by 24. Without hours of the office the same call gives 2.0,
# so a bound of days holds until the hours are added to it; then three days are only over after nine. With `unit="hour"` and
# divided by the length of the office's day it is right.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3.10}" -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check business-duration==0.68 pandas==2.3.3 'numpy<2'
cd "$folder"
"$folder/env/bin/python" -W ignore - <<'PYTHON'
from datetime import datetime, time

from business_duration import businessDuration

HOURS = {"starttime": time(8), "endtime": time(16)}
tuesday, thursday = datetime(2026, 12, 1, 9), datetime(2026, 12, 3, 9)
seen = {
    "days, whole days": businessDuration(tuesday, thursday, unit="day"),
    "days, 08-16": businessDuration(tuesday, thursday, unit="day", **HOURS),
    "hours, 08-16": businessDuration(tuesday, thursday, unit="hour", **HOURS),
}
for label, value in seen.items():
    print(f"{label}: {value:.3f}")
raise SystemExit([round(value, 3) for value in seen.values()] != [2.0, 0.667, 16.0])
PYTHON
