#!/bin/sh
# hapilibur 0.2.0: in a year that the package has no list of every day is a working day.
# Guess: for a year without data the question whether a day is a holiday is refused, as it is for a day that does not exist.
# Seen: the answer is no: New Year's Day 2027 and Independence Day 2025 are working days, in December the next holiday is None.
# The list is of 2026 alone, so an office that plans ahead opens on every holiday of January. What years there are has to be
# asked from the list itself, with `libur(year)`, which is empty.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3.10}" -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check hapilibur==0.2.0
cd "$folder"
"$folder/env/bin/python" -W ignore - <<'PYTHON'
import hapilibur

DAYS = ["2025-08-17", "2026-08-17", "2027-01-01", "2027-08-17"]
seen = {day: hapilibur.is_libur(day) for day in DAYS}
for day, off in seen.items():
    print(f"{day}: holiday {off}, days of that year: {len(hapilibur.libur(int(day[:4])))}")
try:
    wrong = hapilibur.is_libur("2026-02-30")
except ValueError:
    wrong = "refused"
print(f"2026-02-30: {wrong}")
known = {day: day == "2026-08-17" for day in DAYS}
raise SystemExit(seen != known or wrong != "refused" or bool(hapilibur.libur(2027)))
PYTHON
