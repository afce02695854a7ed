#!/bin/sh
# segno 1.6.6, jsqr 1.4.0 (npm): a short ticket number becomes a code that a reader of QR codes does not see.
# Guess: `segno.make("A-012")` is a QR code as any other, only small.
# Seen: what is short enough becomes a Micro QR code, of another standard, with one corner mark instead of three: a reader for
# QR codes finds nothing in the picture. The number of the queue and short addresses fall under it, a long address does not,
# so a test with the office's page passes. `segno.make_qr`, or `micro=False`, makes the code that is meant.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3.10}" -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check segno==1.6.6
npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$folder" jsqr@1.4.0
cd "$folder"
"$folder/env/bin/python" -W ignore - > codes.json <<'PYTHON'
from json import dumps

import segno

CODES = {
    "make, a ticket": segno.make("A-012"),
    "make_qr, a ticket": segno.make_qr("A-012"),
    "make, an address": segno.make("https://example.go.id/antrean/A-012"),
}
rows = {label: [*map(list, code.matrix_iter(scale=8, border=4))] for label, code in CODES.items()}
print(dumps({label: [CODES[label].designator.startswith("M"), rows[label]] for label in CODES}))
PYTHON
node - <<'JAVASCRIPT'
const { readFileSync } = require("node:fs");
const jsQR = require("jsqr");

const SEEN = {
  "make, a ticket": "micro, not read",
  "make_qr, a ticket": "QR, A-012",
  "make, an address": "QR, https://example.go.id/antrean/A-012",
};
const codes = Object.entries(JSON.parse(readFileSync("codes.json", "utf8")));

/** What kind of code it is, and what a reader of QR codes finds in its picture. */
function read([micro, rows]) {
  const pixels = rows.flat().flatMap((dark) => [...Array(3).fill(dark ? 0 : 255), 255]);
  const found = jsQR(Uint8ClampedArray.from(pixels), rows[0].length, rows.length);
  return `${micro ? "micro" : "QR"}, ${found ? found.data : "not read"}`;
}

const seen = codes.map(([label, code]) => [label, read(code)]);
for (const [label, outcome] of seen) console.log(`${label}: ${outcome}`);
process.exit(seen.every(([label, outcome]) => outcome === SEEN[label]) ? 0 : 1);
JAVASCRIPT
