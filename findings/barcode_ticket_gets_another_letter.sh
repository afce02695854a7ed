#!/bin/sh
# python-barcode 0.16.1, zxing-cpp 2.3.0: the scanner at the counter reads another ticket number than the one printed.
# Guess: a Code 39 barcode of "A012" is read as "A012"; Code 39 needs no check digit.
# Seen: one is added, and is part of what is read: "A012" is scanned as "A012D", "B7" as "B7I". Looked up as it is, no ticket
# is found. `add_checksum=False` leaves it out, and Code 128, whose check digit readers keep to themselves, has no such letter.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3.10}" -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check python-barcode==0.16.1 zxing-cpp==2.3.0 \
    pillow==11.3.0 'numpy<2.3'
cd "$folder"
"$folder/env/bin/python" -W ignore - <<'PYTHON'
import barcode
import zxingcpp
from barcode.writer import ImageWriter


def scanned(kind, ticket, **options):
    """What a scanner reads of this ticket."""
    picture = barcode.get_barcode_class(kind)(ticket, writer=ImageWriter(), **options).render()
    (found,) = zxingcpp.read_barcodes(picture)
    return found.text


seen = {
    "Code 39": [scanned("code39", "A012"), scanned("code39", "B7")],
    "Code 39 without": [scanned("code39", ticket, add_checksum=False) for ticket in ("A012", "B7")],
    "Code 128": [scanned("code128", "A012"), scanned("code128", "B7")],
}
for label, tickets in seen.items():
    print(f"{label}: {tickets}")
plain = ["A012", "B7"]
raise SystemExit(seen != {"Code 39": ["A012D", "B7I"], "Code 39 without": plain, "Code 128": plain})
PYTHON
