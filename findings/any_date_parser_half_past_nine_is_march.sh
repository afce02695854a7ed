#!/bin/sh
# any-date-parser 2.2.4 (npm, locale id-ID): "9.30" is the ninth of March.
# Guess: with the locale "id-ID", whose hours are written with a dot, "9.30" is half past nine, as "9:30" is.
# Seen: a number with a dot is a day and a month of which one digit is enough: 9.30 is 9 March, 13.45 is 13 April, "12.30 WIB"
# (with its time zone) 12 March; what is left over is dropped. 09.00 is the ninth day of the year 2000, without a month.
# Behind "pukul" or "jam" (o'clock), or a date in words, the same figures are an hour. "Dalam 3 hari" (in three days) is
# the third. An hour alone has to be read before a message gets here, or given its "pukul".
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$folder" any-date-parser@2.2.4
cd "$folder"
node - <<'JAVASCRIPT'
const parser = require("any-date-parser").default;

const SEEN = {
  "9:30": '{"hour":9,"minute":30}',
  "9.30": '{"day":9,"month":3}',
  "13.45": '{"day":13,"month":4}',
  "12.30 WIB": '{"day":12,"month":3}',
  "09.00": '{"day":9,"year":2000}',
  "pukul 09.30": '{"hour":9,"minute":30}',
  "5 Agustus 2026 09.30": '{"hour":9,"minute":30,"day":5,"month":8,"year":2026}',
  "dalam 3 hari": '{"day":3}',
};
const seen = Object.keys(SEEN).map((text) => [text, JSON.stringify(parser.attempt(text, "id-ID"))]);
seen.forEach(([text, read]) => console.log(`${text}: ${read}`));
process.exit(seen.every(([text, read]) => read === SEEN[text]) ? 0 : 1);
JAVASCRIPT
