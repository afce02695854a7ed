#!/bin/sh
# fluent.runtime 0.4.0 (Project Fluent): the year in an Indonesian message is 2.026.
# Guess: "Tahun { $year }, nomor { $number }" with the numbers 2026 and 1012 is "Tahun 2026, nomor 1012"; grouping is asked
# for with `NUMBER()`. A message taken over from English with a branch for `[one]` says that branch for one.
# Seen: each number is formatted for the language, without `NUMBER()` too: "2.026", "1.012", which in English would be
# decimals. As a text, or with `NUMBER($year, useGrouping: 0)`, it stays. Indonesian has no plural, so `[one]` is never
# said, and no error tells of it; `[1]` is. Between invisible marks stands every value, unless `use_isolating` is off: a
# number copied out of a chat brings them along.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3.10}" -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check fluent.runtime==0.4.0
cd "$folder"
"$folder/env/bin/python" -W ignore - <<'PYTHON'
from fluent.runtime import FluentBundle, FluentResource

MESSAGES = """
ticket = Tahun { $year }, nomor { $number }
plain = Tahun { NUMBER($year, useGrouping: 0) }
files = { $count ->
    [one] satu berkas
   *[other] { $count } berkas
 }
counted = { $count ->
    [1] satu berkas
   *[other] { $count } berkas
 }
"""


def said(name, isolating=False, **values):
    """The message, or what was wrong with it."""
    bundle = FluentBundle(["id"], use_isolating=isolating)
    bundle.add_resource(FluentResource(MESSAGES))
    text, errors = bundle.format_pattern(bundle.get_message(name).value, values)
    return text if not errors else str(errors)


SEEN = {
    "numbers": (said("ticket", year=2026, number=1012), "Tahun 2.026, nomor 1.012"),
    "texts": (said("ticket", year="2026", number="1012"), "Tahun 2026, nomor 1012"),
    "by default": (said("plain", isolating=True, year=2026), "Tahun \u20682026\u2069"),
    "without grouping": (said("plain", year=2026), "Tahun 2026"),
    "one file": (said("files", count=1), "1 berkas"),
    "one file, by [1]": (said("counted", count=1), "satu berkas"),
}
for label, (text, _) in SEEN.items():
    print(f"{label}: {ascii(text)}")
raise SystemExit(any(text != wanted for text, wanted in SEEN.values()))
PYTHON
