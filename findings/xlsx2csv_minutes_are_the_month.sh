#!/bin/sh
# xlsx2csv 0.8.6: half past nine, written with a dot, is "0909.12" in the CSV file.
# Guess: a cell with an hour in Indonesia's form, hh.mm, is written as it is shown: "09.30".
# Seen: without a colon before it "mm" is taken for the month, and "hh" is written twice: every hour of a day in December
# ends in 12, so 08.00 and 08.45 are the same "0808.12" (with h.mm, "08.12"). With a colon it is right. A list of hours
# has to be exported with colons, or read by a library that gives hours as hours.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3.10}" -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check xlsx2csv==0.8.6 openpyxl==3.1.5
cd "$folder"
"$folder/env/bin/python" -W ignore - <<'PYTHON'
import subprocess
import sys
from datetime import datetime
from pathlib import Path

from openpyxl import Workbook

SEEN = {
    "hh:mm": ["08:00", "08:45", "09:30"],
    "hh.mm": ["0808.12", "0808.12", "0909.12"],
    "h.mm": ["08.12", "08.12", "09.12"],
    "dd/mm/yyyy": ["01/12/2026"] * 3,
}
book = Workbook()
for style in SEEN:
    book.active.append([datetime(2026, 12, 1, *hour) for hour in ((8, 0), (8, 45), (9, 30))])
    for cell in book.active[book.active.max_row]:
        cell.number_format = style
book.save("hours.xlsx")
program = Path(sys.executable).with_name("xlsx2csv")
lines = subprocess.run([program, "hours.xlsx"], capture_output=True, text=True, check=True).stdout.split()
seen = {style: line.split(",") for style, line in zip(SEEN, lines)}
for style, shown in seen.items():
    print(f"{style}: {shown}")
raise SystemExit(seen != SEEN)
PYTHON
