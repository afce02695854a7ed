#!/bin/sh
# vcf 2.1.2 (npm): a contact's name and note keep the backslashes of the file.
# Guess: a parser of contacts gives "Imigrasi, Pemalang" and a note of two lines, as they were before they were written.
# Seen: what the format escapes stays escaped: "Imigrasi\, Pemalang", and a new line as "\n", two letters; in the jCard
# too, which has no such escapes. Written again by the same library it is as before, so a test that goes round passes.
# Each value has to be unescaped before it is shown.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$folder" vcf@2.1.2
cd "$folder"
node - <<'JAVASCRIPT'
const Card = require("vcf");

const LINES = ["BEGIN:VCARD", "VERSION:3.0", "N:;Imigrasi;;;", "FN:Imigrasi\\, Pemalang", "NOTE:Senin\\nSelasa", "END:VCARD"];
const card = new Card().parse(LINES.join("\r\n"));
const [, properties] = card.toJSON();
const seen = {
  name: card.get("fn").valueOf(),
  note: card.get("note").valueOf(),
  jCard: properties.find(([property]) => property === "fn")[3],
};
for (const [label, text] of Object.entries(seen)) console.log(`${label}: ${text}`);
const wanted = { name: "Imigrasi\\, Pemalang", note: "Senin\\nSelasa", jCard: "Imigrasi\\, Pemalang" };
process.exit(JSON.stringify(seen) === JSON.stringify(wanted) ? 0 : 1);
JAVASCRIPT
