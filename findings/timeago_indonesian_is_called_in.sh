#!/bin/sh
# timeago 1.0.16: asked for Indonesian, it answers in English.
# Guess: `timeago.format(…, locale="id")` says "2 jam yang lalu", as "de" says "vor 2 Stunden", or refuses what it lacks.
# Seen: Indonesian is there under the code of before 1989, `in_ID`; for "id", "id_ID" and for any word that is no locale the
# answer is English, without an error. A desk that takes the locale of its pages shows English hours to officers. The name has
# to be translated, and what comes out tested.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3.10}" -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check timeago==1.0.16
cd "$folder"
"$folder/env/bin/python" -W ignore - <<'PYTHON'
from datetime import datetime, timedelta

import timeago

NOW = datetime(2026, 12, 1, 9)
LOCALES = ["id", "id_ID", "in_ID", "nonsense", "de"]
seen = {locale: timeago.format(NOW - timedelta(hours=2), NOW, locale) for locale in LOCALES}
for locale, words in seen.items():
    print(f"{locale}: {words}")
english = dict.fromkeys(["id", "id_ID", "nonsense"], "2 hours ago")
raise SystemExit(seen != {**english, "in_ID": "2 jam yang lalu", "de": "vor 2 Stunden"})
PYTHON
