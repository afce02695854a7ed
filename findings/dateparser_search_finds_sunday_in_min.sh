#!/bin/sh
# dateparser 1.5.0 (search_dates), Indonesian: who greets the admin has named last Sunday.
# Guess: in "min mau tanya" (admin, I'd like to ask) there is no date; "senin depan jam 9" is next Monday at nine.
# Seen: "min", how citizens address an admin, is the short form of Minggu (Sunday): yesterday. Of "senin depan" (next Monday)
# only "senin" is read, which is today where today is a Monday, and "jam 9" (nine o'clock) is a day of last September, the
# ninth month. Dates found in a chat message have to be looked at again before they are used.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3.10}" -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check dateparser==1.5.0
cd "$folder"
"$folder/env/bin/python" -W ignore - <<'PYTHON'
from datetime import datetime

from dateparser.search import search_dates

MONDAY = datetime(2026, 11, 30, 10)
SEEN = {
    "min mau tanya": ["min: 29 Nov"],
    "mau ke kantor senin depan": ["senin: 30 Nov"],
    "bisa jam 9?": ["jam 9: 30 Sep"],
    "anak saya lahir 3 maret 2019": ["3 maret 2019: 03 Mar"],
    "mau tanya": [],
}
seen = {
    text: [
        f"{words}: {date:%d %b}"
        for words, date in search_dates(text, languages=["id"], settings={"RELATIVE_BASE": MONDAY}) or ()
    ]
    for text in SEEN
}
for text, dates in seen.items():
    print(f"{text}: {dates}")
raise SystemExit(seen != SEEN)
PYTHON
