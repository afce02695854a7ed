#!/bin/sh
# opening-hours-py 2.1.4 (the `opening_hours` of OpenStreetMap): half of Indonesia's national holidays are working days.
# Guess: with `country="ID"`, "Mo-Su 08:00-16:00; PH off" is closed on all of them.
# Seen: closed on those with a fixed date and those of Easter; open on all that follow another calendar, nine of the 17 of
# 2026: Eid al-Fitr with its second day, Eid al-Adha, Islamic New Year, the Prophet's birthday, Isra' Mi'raj, Lunar New
# Year, Nyepi, Vesak. Without a country no day is a holiday. Those days have to be written: "2026 Mar 21-22 off".
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3.10}" -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check opening-hours-py==2.1.4 holidays==0.107
cd "$folder"
"$folder/env/bin/python" -W ignore - <<'PYTHON'
from datetime import date, datetime, time

from holidays import country_holidays
from opening_hours import OpeningHours

RULE = "Mo-Su 08:00-16:00; PH off"


def open_days(rule, days):
    """The days on which it is open by this rule at nine."""
    hours = OpeningHours(rule, country="ID")
    return [day for day in days if hours.is_open(datetime.combine(day, time(9)))]


national = country_holidays("ID", years=2026)
taken = open_days(RULE, sorted(national))
written = open_days(f"{RULE}; 2026 Mar 21-22 off", taken)
for day in taken:
    print(f"{day:%d %b}: open on {national[day]}")
print(f"open on {len(taken)} of {len(national)} holidays, with two of them written on {len(written)}")
eid = {date(2026, 3, 21), date(2026, 3, 22)}
raise SystemExit((len(national), len(taken), set(taken) - set(written)) != (17, 9, eid))
PYTHON
