#!/bin/sh
# terbilang 0.0.6: the sum of Rp 101.000 is spelled in words that Indonesian does not have.
# Guess: a package that spells sums for receipts says "seratus satu ribu" for 101.000: "seribu" is 1.000 alone.
# Seen: every "satu ribu" becomes "seribu", inside longer sums too: 101.000 is "seratus seribu", 201.000 "dua ratus seribu", and
# 1.101.000 likewise; 21.000 is right. A price with its zero cents, as office programs write it, ends in "koma nol nol". For
# a receipt the words have to be checked against the figures.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3.10}" -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check terbilang==0.0.6 'setuptools<81'
cd "$folder"
"$folder/env/bin/python" -W ignore - <<'PYTHON'
from terbilang import Terbilang

SEEN = {
    "1.000": "seribu",
    "21.000": "dua puluh satu ribu",
    "101.000": "seratus seribu",
    "201.000": "dua ratus seribu",
    "1.101.000": "satu juta seratus seribu",
    "350.000": "tiga ratus lima puluh ribu",
    "350.000,00": "tiga ratus lima puluh ribu koma nol nol",
}
seen = {figures: Terbilang(figures).getresult() for figures in SEEN}
for figures, words in seen.items():
    print(f"{figures}: {words}")
raise SystemExit(seen != SEEN)
PYTHON
