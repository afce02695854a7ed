#!/bin/sh
# @chatwoot/markdown-to-txt 2.0.4 (npm): the lines of a list become one word.
# Guess: an answer of the desk in Markdown becomes the same lines without marks, for a channel or a preview of plain text.
# Seen: marks go, and with them what parted the lines: "1. KTP 2. KK 3. Akta" is "KTPKKAkta", two paragraphs are one, a heading
# runs into what follows; the numbers of the steps are gone. Only lines of one paragraph stay apart. A price stays as it is,
# a table keeps its lines. Lists have to be turned into lines before.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$folder" @chatwoot/markdown-to-txt@2.0.4
cd "$folder"
node - <<'JAVASCRIPT'
const { markdownToTxt } = require("@chatwoot/markdown-to-txt");

const SEEN = {
  "1. KTP\n2. KK\n3. Akta": "KTPKKAkta",
  "- KTP\n- KK": "KTPKK",
  "Selamat pagi.\n\nPaspor Anda selesai.": "Selamat pagi.Paspor Anda selesai.",
  "# Jam buka\n\nSenin 08.00": "Jam bukaSenin 08.00",
  "**Syarat**:\nKTP\nKK": "Syarat:\nKTP\nKK",
  "Biaya Rp 350.000": "Biaya Rp 350.000",
};
const seen = Object.keys(SEEN).map((markdown) => [markdown, markdownToTxt(markdown)]);
for (const [markdown, text] of seen) console.log(`${JSON.stringify(markdown)}: ${JSON.stringify(text)}`);
process.exit(seen.every(([markdown, text]) => text === SEEN[markdown]) ? 0 : 1);
JAVASCRIPT
