#!/bin/sh
# pycountry 26.2.16: a list of Indonesia's provinces has 45 lines, two of them twice, and none of Papua Pegunungan.
# Guess: `subdivisions.get(country_code="ID")` are the 38 provinces, each once.
# Seen: ISO 3166-2 gives codes to the seven big islands too ("Geographical unit"), and they stand among the provinces: Jawa
# can be chosen beside Jawa Barat, Maluku and Papua stand there twice, once as an island. Each province has its island as
# `parent`; who takes only those is right. By name "Papua Pegunungan" is not found, it is written "Papua Pengunungan".
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3.10}" -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check pycountry==26.2.16
cd "$folder"
"$folder/env/bin/python" -W ignore - <<'PYTHON'
from collections import Counter

import pycountry

listed = list(pycountry.subdivisions.get(country_code="ID"))
names = Counter(one.name for one in listed)
islands = sorted(one.name for one in listed if one.type == "Geographical unit")
twice = sorted(name for name, times in names.items() if times > 1)
below = sum(one.parent_code is not None for one in listed)
highland = sorted(name for name in names if name.startswith("Papua Pe"))
print(f"listed: {len(listed)}; with a parent: {below}; twice: {twice}")
print(f"islands: {islands}; {highland}")
raise SystemExit(
    (len(listed), below, len(islands), twice, highland)
    != (45, 38, 7, ["Maluku", "Papua"], ["Papua Pengunungan"])
)
PYTHON
