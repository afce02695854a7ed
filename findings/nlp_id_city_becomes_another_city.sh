#!/bin/sh
# nlp-id 0.1.18.0 (Lemmatizer): the city of Pemalang becomes the city of Malang.
# Guess: a lemmatizer for Indonesian takes prefixes and suffixes off words ("kehilangan" becomes "hilang") and leaves names.
# Seen: a name whose rest is in its dictionary is cut as a word is: Pemalang and Malang, of two provinces, are one, Bekasi is
# "bekas" (used), Kediri "diri" (self), Pekalongan "kalong" (a bat). A full stop in a number is taken out with the others:
# 09.00 is "09 00" and 350.000 "350 000". Cities have to be found before, in the text as it was written.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3.10}" -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check nlp-id==0.1.18.0 'numpy<2' 'setuptools<81'
cd "$folder"
"$folder/env/bin/python" -W ignore - <<'PYTHON'
from nlp_id.lemmatizer import Lemmatizer

SEEN = {
    "kehilangan paspornya": "hilang paspor",
    "kantor imigrasi Pemalang": "kantor imigrasi malang",
    "kantor imigrasi Malang": "kantor imigrasi malang",
    "Bekasi": "bekas",
    "Kediri": "diri",
    "Pekalongan": "kalong",
    "jam 09.00": "jam 09 00",
    "Rp 350.000": "rp 350 000",
}
lemmatizer = Lemmatizer()
seen = {text: lemmatizer.lemmatize(text) for text in SEEN}
for text, lemmas in seen.items():
    print(f"{text}: {lemmas}")
raise SystemExit(seen != SEEN)
PYTHON
