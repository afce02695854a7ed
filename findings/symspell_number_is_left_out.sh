#!/bin/sh
# symspellpy 6.10.1 (lookup_compound): the correction of a sentence leaves its numbers out.
# Guess: words are corrected, "9" is no word and stays, as a number of 16 digits does.
# Seen: a number of one or two digits is the nearest short word, or nothing: "buka jam 9" (open at nine?) becomes "buka jam",
# "paspor untuk 2 orang" (passports for 2) loses the two, "jam 08.00" is "jam di di". `ignore_non_words=True` keeps the
# digits, not their dot: "jam 08 00". Words with digits have to be kept away from it.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3.10}" -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check symspellpy==6.10.1
cd "$folder"
"$folder/env/bin/python" -W ignore - <<'PYTHON'
from symspellpy import SymSpell

WORDS = {"paspor": 100, "jam": 80, "di": 90, "buka": 50, "untuk": 60, "orang": 50, "nik": 20}
SEEN = {
    "buka jm 9": ("buka jam", "buka jam 9"),
    "paspr untuk 2 orang": ("paspor untuk orang", "paspor untuk 2 orang"),
    "jam 08.00": ("jam di di", "jam 08 00"),
    "nik 1234567890123456": ("nik 1234567890123456", "nik 1234567890123456"),
}
speller = SymSpell(max_dictionary_edit_distance=2)
for word, count in WORDS.items():
    speller.create_dictionary_entry(word, count)
seen = {
    text: tuple(
        speller.lookup_compound(text, 2, ignore_non_words=ignored)[0].term for ignored in (False, True)
    )
    for text in SEEN
}
for text, pair in seen.items():
    print(f"{text}: {pair[0]!r}, with ignore_non_words {pair[1]!r}")
raise SystemExit(seen != SEEN)
PYTHON
