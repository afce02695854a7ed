#!/bin/sh
# timezone-abbr-offsets 1.0.2 (npm): the hour of Jayapura is that of Jakarta.
# Guess: a table of abbreviations has Indonesia's three, WIB (+7), WITA (+8) and WIT (+9), as offices write them behind hours.
# Seen: WIB and WITA are missing, and WIT, the time of the east (Waktu Indonesia Timur), is +7: "09.00 WIT" is two hours late for
# everybody in Papua. Who looks whether one of the three is there finds it. Abbreviations of hours have to be a table of
# one's own, by the names of the zones.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$folder" timezone-abbr-offsets@1.0.2
cd "$folder"
node - <<'JAVASCRIPT'
const offsets = require("timezone-abbr-offsets");

const ZONES = { WIB: "Asia/Jakarta", WITA: "Asia/Makassar", WIT: "Asia/Jayapura" };
const at = new Date("2026-12-01T00:00:00Z");

/** Minutes before Greenwich, by the zone's own name. */
function real(timeZone) {
  const { hour } = Object.fromEntries(
    new Intl.DateTimeFormat("en-GB", { timeZone, hour: "numeric" }).formatToParts(at).map(({ type, value }) => [type, value]),
  );
  return Number(hour) * 60;
}

const seen = Object.entries(ZONES).map(([word, zone]) => [word, offsets[word], real(zone)]);
for (const [word, table, zone] of seen) console.log(`${word}: table ${table}, ${ZONES[word]} ${zone}`);
const wanted = [["WIB", undefined, 420], ["WITA", undefined, 480], ["WIT", 420, 540]];
process.exit(JSON.stringify(seen) === JSON.stringify(wanted) ? 0 : 1);
JAVASCRIPT
