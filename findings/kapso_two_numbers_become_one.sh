#!/bin/sh
# @kapso/whatsapp-cloud-api 0.3.0 (npm): in a delivery for two numbers all messages are of the number that comes last.
# Guess: `normalizeWebhook` gives every message of a delivery, as it promises, and with each the number that it was sent to.
# Seen: the messages of all entries and changes are in one list, but there is one `phoneNumberId`, of the last change; the
# messages have none. A business with a number for each office, whose deliveries the Cloud API may put together, answers the
# first office's citizen from the second's number. Each change has to be handed over as a delivery of its own.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$folder" @kapso/whatsapp-cloud-api@0.3.0
cd "$folder"
node - <<'JAVASCRIPT'
const { normalizeWebhook } = require("@kapso/whatsapp-cloud-api/server");

/** A message to one of the business's numbers. */
function change(number, body) {
  const text = { id: `wamid.${number}`, from: "6280000000000", timestamp: "1796000000", type: "text" };
  const metadata = { display_phone_number: `62811111111${number}`, phone_number_id: number };
  const messages = [{ ...text, text: { body } }];
  return { field: "messages", value: { messaging_product: "whatsapp", metadata, messages } };
}

function read(changes) {
  const delivery = { object: "whatsapp_business_account", entry: [{ id: "9", changes }] };
  const { phoneNumberId, messages } = normalizeWebhook(delivery);
  const own = messages.some((message) => /phone_?number/i.test(JSON.stringify(message)));
  return `${messages.map(({ text }) => text.body)} to ${phoneNumberId}, own number ${own}`;
}

const both = read([change("1", "north"), change("2", "south")]);
const first = read([change("1", "north")]);
console.log(`two numbers: ${both}\none: ${first}`);
const same = both === "north,south to 2, own number false" && first === "north to 1, own number false";
process.exit(same ? 0 : 1);
JAVASCRIPT
