#!/bin/sh
# lokal-id 0.7.2 (Samaran): of "my name is wrong in the passport" the word "wrong" is masked as a name.
# Guess: what is masked before a text goes to a model or a log is what names somebody; "nama saya salah di paspor" names nobody.
# Seen: the word behind "nama saya" or "saya" is a name: "salah" (wrong) becomes [NAME_1], and so do WNI (citizen), TKI (worker
# abroad) and M-Paspor behind "saya". The one word that tells what the person needs is gone. Other verbs are known ("saya mau").
# Names have to be left out with `exclude`, or the intent found before the mask.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3.10}" -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check lokal-id==0.7.2
cd "$folder"
"$folder/env/bin/python" -W ignore - <<'PYTHON'
from lokal import Samaran

SEEN = {
    "Nama saya Budi Santoso": "Nama saya [NAME_1]",
    "Nama saya salah di paspor": "Nama saya [NAME_1] di paspor",
    "saya TKI, bisa perpanjang?": "saya [NAME_1], bisa perpanjang?",
    "saya WNI di Malaysia": "saya [NAME_1] di Malaysia",
    "saya mau tanya": "saya mau tanya",
}
seen = {text: Samaran().mask(text).text for text in SEEN}
for text, masked in seen.items():
    print(f"{text}: {masked}")
raise SystemExit(seen != SEEN)
PYTHON
