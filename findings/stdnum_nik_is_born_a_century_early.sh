#!/bin/sh
# python-stdnum 2.2: everybody born since 2000 was born in the last century by their Indonesian identity number (NIK).
# Guess: `nik.get_birth_date` takes two digits as the year that makes sense: 04 as 2004. It has a parameter `minyear` of 1920.
# Seen: 1900 is added to every year, and 2000 only where that day did not exist (29 February 2000); `minyear` is not read. A
# person of 22 years is 122, a baby is as old as her great-grandparents. The numbers below are made up; only their shape counts.
# Where a date lies more than a lifetime back, add a hundred years; the number itself does not tell.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3.10}" -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check python-stdnum==2.2
cd "$folder"
"$folder/env/bin/python" -W ignore - <<'PYTHON'
from stdnum.id import nik

years = ("90", "99", "00", "04", "25")
seen = {year: nik.get_birth_date(f"3273011505{year}0001").year for year in years}
asked = nik.get_birth_date("3273011505040001", minyear=1950).year
print(f"year by its two digits: {seen}; 04 with minyear=1950: {asked}")
raise SystemExit((seen, asked) != ({year: 1900 + int(year) for year in years}, 1904))
PYTHON
