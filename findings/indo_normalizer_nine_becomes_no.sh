#!/bin/sh
# indo-normalizer 1.2.0 and nusantara-nlp 0.2.1: digits are read as letters, so hours, days and numbers are lost.
# Guess: a normaliser of Indonesian chat text leaves numbers as they are: "jam 9" is nine o'clock.
# Seen: digits count as letters of hidden writing ("9" is a "g"), by both: indo-normalizer makes "jam enggak" (the hour no)
# of it, as "g" is short for no; "tgl 5" (the 5th) becomes "tgl sih", and a phone number a word. nusantara-nlp writes
# "jam g" and "tgl s". indo-normalizer turns "foto di Batang" into "from Batang" besides. Numbers have to be set aside.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3.10}" -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check indo-normalizer==1.2.0 nusantara-nlp==0.2.1
cd "$folder"
"$folder/env/bin/python" -W ignore - <<'PYTHON'
from indo_normalizer import Normalizer
from nusantara import NLP

SEEN = {
    "buka jam 9": ("buka jam enggak", "buka jam g"),
    "tgl 5 desember": ("tgl sih desember", "tgl s desember"),
    "no hp 081200000000": None,
    "foto di batang": ("foto dari batang", "foto di batang"),
}
one, other = Normalizer(), NLP()
seen = {text: (one.normalize_text(text)[0], other.normalize(text)) for text in SEEN}
for text, pair in seen.items():
    print(f"{text}: {pair}")
number = seen.pop("no hp 081200000000")
has_number = ["081200000000" in text for text in number]
raise SystemExit(has_number != [False, False] or seen != {k: v for k, v in SEEN.items() if v})
PYTHON
