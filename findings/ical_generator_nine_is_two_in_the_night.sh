#!/bin/sh
# ical-generator 10.2.0 (npm): an appointment at nine in Jakarta is at two in the night.
# Guess: `start: new Date("2026-12-01T09:00:00+07:00")` with `timezone: "Asia/Jakarta"` is written as nine o'clock of Jakarta.
# Seen: the zone is written beside the hour of the server: on one in UTC the line reads `DTSTART;TZID=Asia/Jakarta:…T020000`, and
# the phone shows two in the night. On a developer's machine in Jakarta it is right. Without a zone the moment is written in UTC
# and right; with one the hour has to be given by a library that knows zones.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$folder" ical-generator@10.2.0
cd "$folder"
for zone in UTC Asia/Jakarta; do
    TZ=$zone node --input-type=module - > "${zone#*/}.txt" <<'JAVASCRIPT'
import ical from "ical-generator";

/** How the start of an appointment at nine in Jakarta is written. */
function start(zoned) {
  const event = { start: new Date("2026-12-01T09:00:00+07:00"), summary: "Paspor", ...zoned };
  return /DTSTART.*/.exec(ical({ events: [event] }).toString())[0];
}

console.log(`with the zone: ${start({ timezone: "Asia/Jakarta" })}\nwithout: ${start({})}`);
JAVASCRIPT
    sed "s|^|server in $zone, |" "${zone#*/}.txt"
done
cat > UTC.seen <<'TEXT'
with the zone: DTSTART;TZID=Asia/Jakarta:20261201T020000
without: DTSTART:20261201T020000Z
TEXT
cat > Jakarta.seen <<'TEXT'
with the zone: DTSTART;TZID=Asia/Jakarta:20261201T090000
without: DTSTART:20261201T020000Z
TEXT
cmp -s UTC.txt UTC.seen && cmp -s Jakarta.txt Jakarta.seen
