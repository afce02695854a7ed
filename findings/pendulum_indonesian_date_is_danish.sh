#!/bin/sh
# pendulum 3.3.0 (locale id): the long form of an Indonesian date is written as in Danish.
# Guess: `format("LLLL", locale="id")` is "Selasa, 1 Desember 2026 21.05", or with "pukul" before the hour.
# Seen: "Selasa d. 1. Desember 2026 21:05": Indonesian words in the form of Danish, where "d." means "the" and a full stop
# follows the day; LL and LLL have the full stop, hours a colon. The names of days and months are right, so a look at one of
# them finds nothing. A form of one's own ("dddd, D MMMM YYYY HH.mm") is written well.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3.10}" -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check pendulum==3.3.0
cd "$folder"
"$folder/env/bin/python" -W ignore - <<'PYTHON'
import pendulum

moment = pendulum.datetime(2026, 12, 1, 21, 5)
SEEN = {
    "LL": ("id", "1. Desember 2026"),
    "LLLL": ("id", "Selasa d. 1. Desember 2026 21:05"),
    "LLLL, Danish": ("da", "tirsdag d. 1. december 2026 21:05"),
    "dddd, D MMMM YYYY HH.mm": ("id", "Selasa, 1 Desember 2026 21.05"),
}
seen = {form: moment.format(form.split(", Danish")[0], locale=language) for form, (language, _) in SEEN.items()}
for form, text in seen.items():
    print(f"{form}: {text}")
raise SystemExit(seen != {form: text for form, (_, text) in SEEN.items()})
PYTHON
