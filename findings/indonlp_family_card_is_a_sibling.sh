#!/bin/sh
# indoNLP 0.3.4: "kk", the family card that every office asks for, becomes a sibling or one letter.
# Guess: `replace_slang` leaves the short names of documents; `replace_word_elongation` shortens "lamaaa", not two letters.
# Seen: "bawa kk asli" (bring the original family card) becomes "bawa kakak asli" (bring the original elder sibling) by the
# one, "bawa k asli" by the other. "ktp" is left. Documents have to be taken out before, and put back behind it.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3.10}" -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check indoNLP==0.3.4
cd "$folder"
"$folder/env/bin/python" -W ignore - <<'PYTHON'
from indoNLP.preprocessing import replace_slang, replace_word_elongation

texts = ("bawa ktp dan kk asli", "lamaaa")
seen = {made.__name__: [made(text) for text in texts] for made in (replace_slang, replace_word_elongation)}
print(seen)
raise SystemExit(
    seen["replace_slang"][0] != "bawa ktp dan kakak asli"
    or seen["replace_word_elongation"] != ["bawa ktp dan k asli", "lama"]
)
PYTHON
