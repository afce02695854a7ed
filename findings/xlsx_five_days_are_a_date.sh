#!/bin/sh
# pyexcel-xlsxr 0.6.2, xlsx2csv 0.8.6: five days are the fourth of January 1900, or `0 "12ari"`.
# Guess: a number that Excel shows with a word behind it (the format `0 "hari"`, days) is read as the number, as openpyxl
# does.
# Seen: letters inside the quotation marks are taken for those of a date. Where the word has a d, m, y or h, pyexcel-xlsxr
# gives a day of the year 1900, and xlsx2csv writes the format itself, with figures in place of its letters; `0 "kali"`
# (times) is a number in both. Units have to stand in the heading, not in the format.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3.10}" -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check pyexcel-xlsxr==0.6.2 pyexcel-io==0.6.8 \
    xlsx2csv==0.8.6 openpyxl==3.1.5
cd "$folder"
"$folder/env/bin/python" -W ignore - <<'PYTHON'
import csv
import subprocess
import sys
from pathlib import Path

from openpyxl import Workbook
from pyexcel_io import get_data

STYLES = ['0 "hari"', '0 "dokumen"', '0 "kali"', "0"]
book = Workbook()
for row, style in enumerate(STYLES, start=1):
    book.active.cell(row, 1, 5).number_format = style
book.save("counts.xlsx")
((*rows,),) = get_data("counts.xlsx", library="pyexcel-xlsxr").values()
program = Path(sys.executable).with_name("xlsx2csv")
lines = subprocess.run([program, "counts.xlsx"], capture_output=True, text=True, check=True).stdout.splitlines()
shown = [cell for (cell,) in csv.reader(lines)]
seen = {style: (str(row[0]), cell) for style, row, cell in zip(STYLES, rows, shown)}
for style, (cell, line) in seen.items():
    print(f"{style}: pyexcel-xlsxr {cell}, xlsx2csv {line}")
SEEN = {
    '0 "hari"': ("1900-01-04 00:00:00", '0 "12ari"'),
    '0 "dokumen"': ("1900-01-04 00:00:00", '0 "04oku01en"'),
    '0 "kali"': ("5", "5"),
    "0": ("5", "5"),
}
raise SystemExit(seen != SEEN)
PYTHON
