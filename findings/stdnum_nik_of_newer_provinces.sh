#!/bin/sh
# python-stdnum 2.2: identity numbers (NIK) of Indonesia's newer provinces are refused.
# Guess: `stdnum.id.nik` accepts every number whose region the Ministry of Home Affairs has.
# Seen: 65 (Kalimantan Utara, 2012), 92 (Papua Barat), 93, 95 and 96 (three of the provinces of 2022) are `InvalidComponent`;
# the library's table holds the statistics office's codes. The numbers below are made up; only their shape counts.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3.10}" -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check python-stdnum==2.2
cd "$folder"
"$folder/env/bin/python" -W ignore - <<'PYTHON'
from stdnum.exceptions import InvalidComponent
from stdnum.id import nik


def is_taken(number: str) -> bool:
    try:
        nik.validate(number)
    except InvalidComponent:
        return False
    return True


regions = ("3273", "6501", "9202", "9301", "9501", "9601")
seen = {region: is_taken(f"{region}015507900012") for region in regions}
print(f"taken by region: {seen}")
raise SystemExit(seen != {region: region == "3273" for region in regions})
PYTHON
