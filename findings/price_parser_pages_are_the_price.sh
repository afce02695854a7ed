#!/bin/sh
# price-parser 0.5.1: the first number of a text is the price, also where the currency stands before another.
# Guess: of "Paspor 48 halaman: Rp 350.000" (a passport of 48 pages) the price is 350000, the number behind "Rp".
# Seen: 48, with the currency Rp; ten for "10 tahun Rp 950.000" (ten years), 48 for "48 pages: $ 35". The words behind a
# number are not read either: "Rp 350rb" (350 thousand) is 350 and "Rp 1,35 juta" (million) 1.35. A text has to be cut to
# the price first, and "rb" and "juta" be written out.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3.10}" -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check price-parser==0.5.1
cd "$folder"
"$folder/env/bin/python" -W ignore - <<'PYTHON'
from price_parser import Price

SEEN = {
    "Rp 350.000 untuk 48 halaman": ("350000", "Rp"),
    "Paspor 48 halaman: Rp 350.000": ("48", "Rp"),
    "Paspor 10 tahun Rp 950.000": ("10", "Rp"),
    "48 pages: $ 35": ("48", "$"),
    "Rp 350rb": ("350", "Rp"),
    "Rp 1,35 juta": ("1.35", "Rp"),
}
seen = {text: (str(price.amount), price.currency) for text in SEEN for price in [Price.fromstring(text)]}
for text, price in seen.items():
    print(f"{text}: {price}")
raise SystemExit(seen != SEEN)
PYTHON
