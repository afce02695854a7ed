#!/bin/sh
# indonesian-number-normalizer 0.1.1: a dash is "minus", an hour with a dot loses its meaning, a phone number is billions.
# Guess: a package that spells the numbers of Indonesian texts, for reading aloud, reads what stands in them: hours with a dot
# as hours, "3-4" and "08.00-15.00" as from and to, a phone number digit by digit.
# Seen: "delapan.nolminus lima belas.nol" (eight.zerominus fifteen.zero), "tigaminus empat", "Aminus dua belas" for a queue
# number; 0812... is 81 billion. Right are hours with a colon, prices with "Rp" and decimals with a comma.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3.10}" -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check indonesian-number-normalizer==0.1.1
cd "$folder"
"$folder/env/bin/python" -W ignore - <<'PYTHON'
from indonesian_number_normalizer import create_normalizer

SEEN = {
    "08.00-15.00": "delapan.nolminus lima belas.nol",
    "jam 09.30": "jam sembilan.tiga puluh",
    "3-4 hari kerja": "tigaminus empat hari kerja",
    "antrean A-12": "antrean Aminus dua belas",
    "081200000000": "delapan puluh satu milyar dua ratus juta",
    "07:30": "tujuh lewat tiga puluh menit",
    "Rp 350.000": "tiga ratus lima puluh ribu rupiah",
    "1,5 juta": "satu koma lima juta",
}
normalizer = create_normalizer()
seen = {text: normalizer.normalize_text(text) for text in SEEN}
for text, spelled in seen.items():
    print(f"{text}: {spelled}")
raise SystemExit(seen != SEEN)
PYTHON
