#!/bin/sh
# python-i18n 0.3.9: a text with the one plural form that Indonesian has is shown as its name.
# Guess: Indonesian has one form, which CLDR, ICU, Babel and Rails call `other`; a text with `other` alone is said for
# every number.
# Seen: only what has `one` as well is taken for plural forms: the citizen reads "queue.docs", for every number, without
# an error. A form that the language does not have must be written, and is then said for one.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3.10}" -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check python-i18n==0.3.9 PyYAML==6.0.2
cd "$folder"
"$folder/env/bin/python" -W ignore - <<'PYTHON'
from pathlib import Path

import i18n

Path("queue.id.yml").write_text(
    """id:
  docs: {other: "%{count} dokumen"}
  files: {one: "satu berkas", other: "%{count} berkas"}
""",
    "utf-8",
)
i18n.load_path.append(".")
i18n.set("locale", "id")
SEEN = {
    ("docs", 1): "queue.docs",
    ("docs", 5): "queue.docs",
    ("files", 1): "satu berkas",
    ("files", 5): "5 berkas",
}
seen = {(key, count): i18n.t(f"queue.{key}", count=count) for key, count in SEEN}
for (key, count), text in seen.items():
    print(f"{key}, {count}: {text}")
raise SystemExit(seen != SEEN)
PYTHON
