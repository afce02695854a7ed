#!/bin/sh
# moment 2.31.0 (locale id): "10 siang" is ten at night, "12 malam" noon and "1 malam" one in the afternoon.
# Guess: with `moment.locale("id")`, "h A" reads the day's parts as they are said: 10 siang is 10:00, 12 malam (midnight)
# 00:00, 1 malam 01:00.
# Seen: twelve hours are added to every "siang" below eleven, and to every "sore" and "malam": 22:00, 12:00, 13:00, without
# a word, also with strict parsing. Written again they have another name: "10 malam", "12 siang", "1 siang". Right are
# "pagi", "sore", "siang" from eleven to five and "malam" from six to eleven. Nothing of the text is left over, so a check of
# the form finds no fault; an hour with its part of the day has to be read by the bot itself.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$folder" moment@2.31.0
cd "$folder"
node - <<'JAVASCRIPT'
const moment = require("moment");

moment.locale("id");
const SEEN = {
  "9 pagi": "09:00, 9 pagi",
  "10 siang": "22:00, 10 malam",
  "11 siang": "11:00, 11 siang",
  "1 siang": "13:00, 1 siang",
  "3 sore": "15:00, 3 sore",
  "8 malam": "20:00, 8 malam",
  "12 malam": "12:00, 12 siang",
  "1 malam": "13:00, 1 siang",
};
const seen = Object.keys(SEEN).map((said) => {
  const hour = moment(said, "h A", true);
  return [said, `${hour.format("HH:mm")}, ${hour.format("h A")}`];
});
seen.forEach(([said, read]) => console.log(`${said}: ${read}`));
process.exit(seen.every(([said, read]) => read === SEEN[said]) ? 0 : 1);
JAVASCRIPT
