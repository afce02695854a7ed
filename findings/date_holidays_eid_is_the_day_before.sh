#!/bin/sh
# date-holidays 3.37.0 (npm): by its list for Indonesia the second day of Eid al-Fitr is a working day.
# Guess: `new Holidays("ID")` has the days of the government's decree, or says of a reckoned one that it is.
# Seen: Islamic days are those of Saudi Arabia's calendar, of the type "public" as all others: Eid al-Fitr of 2025 and of
# 2026 is a day early, and on 1 April 2025, a Tuesday on which all offices were closed, nothing is known. Isra' Mi'raj (16
# January 2026) is called Maulid, which the year so has twice; Easter Sunday, a holiday since 2024, and the joint holidays
# (cuti bersama) are none. PyPI's `holidays` (0.107) has the days of the decree and is compared with here.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$folder" date-holidays@3.37.0
"${PYTHON:-python3.10}" -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check holidays==0.107
cd "$folder"
node - > days.json <<'JAVASCRIPT'
const Holidays = require("date-holidays");

const list = new Holidays("ID");
const days = [2025, 2026].flatMap((year) => list.getHolidays(year));
console.log(JSON.stringify(days.map((day) => [day.date.slice(0, 10), day.type, day.name])));
JAVASCRIPT
"$folder/env/bin/python" -W ignore - <<'PYTHON'
from json import load

from holidays import country_holidays

decreed = {f"{day}": name for day, name in country_holidays("ID", years=(2025, 2026)).items()}
with open("days.json", encoding="utf-8") as file:
    listed = {day: (kind, name) for day, kind, name in load(file)}
missing = {day: name for day, name in sorted(decreed.items()) if day not in listed}
early = [day for day, (_, name) in listed.items() if "Idul Fitri" in name and day not in decreed]
births = [day for day, (_, name) in listed.items() if "Maulid" in name and day[:4] == "2026"]
for day, name in missing.items():
    print(f"{day}, {name}: a working day")
print(f"Eid al-Fitr on a working day: {early}; Maulid of 2026: {births}")
elsewhere = {"2025-04-20", "2025-06-27", "2026-04-05"}
raise SystemExit(
    set(missing) != elsewhere | {"2025-04-01", "2026-03-22"}
    or early != ["2025-03-30", "2026-03-20"]
    or births != ["2026-01-16", "2026-08-25"]
    or {kind for kind, _ in listed.values()} != {"public"}
)
PYTHON
