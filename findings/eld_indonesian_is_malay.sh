#!/bin/sh
# eld 1.0.6: every message in Indonesian is in Malay.
# Guess: a detector of 60 languages says "id" for Indonesian, or is unsure of a language that it lacks.
# Seen: Indonesian is not among the 60, and Malay, its neighbour, is: what citizens write is "ms", from the greeting to
# the question, and Javanese is Norwegian. A helpdesk that answers in the language detected, and has Indonesian and
# English, takes its fallback for nearly everybody. The list of languages has to be read before a detector is taken.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3.10}" -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check eld==1.0.6
cd "$folder"
"$folder/env/bin/python" -W ignore - <<'PYTHON'
from eld import LanguageDetector

SEEN = {
    "Selamat pagi, saya ingin bertanya tentang pembuatan paspor": "ms",
    "kapan paspor saya jadi": "ms",
    "berapa biaya perpanjangan paspor anak": "ms",
    "piro regane paspor": "no",
    "Good morning, when is my passport ready": "en",
}
detector = LanguageDetector()
seen = {text: detector.detect(text).language for text in SEEN}
for text, language in seen.items():
    print(f"{text}: {language}")
raise SystemExit(seen != SEEN)
PYTHON
