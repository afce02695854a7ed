#!/bin/sh
# @builderbot/provider-meta 1.2.2 (BuilderBot on WhatsApp's Cloud API): the news of a message that failed is answered with 400.
# Guess: a status "failed" is told to the program, and the delivery answered with 200, as Meta asks; messages in the same
# delivery are handled.
# Seen: the whole delivery is refused. Meta brings what was refused again and again, for days, each time with the same alert,
# and a message that came with it is never handled. One number that isn't on WhatsApp is enough. A status "delivered" gets
# 200. What stands before the bot should keep such statuses from it.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$folder" \
    @builderbot/provider-meta@1.2.2 @builderbot/bot@1.3.13
cd "$folder"
node - <<'JAVASCRIPT'
const { MetaProvider } = require("@builderbot/provider-meta");
const { createProvider } = require("@builderbot/bot");

const ACCOUNT = { jwtToken: "token", numberId: "1", verifyToken: "verify", version: "v24.0" };
const METADATA = { display_phone_number: "6281111111111", phone_number_id: "1" };

function change(content) {
  return { field: "messages", value: { messaging_product: "whatsapp", metadata: METADATA, ...content } };
}

function status(name) {
  const errors = [{ code: 131026, title: "Message undeliverable" }];
  const news = { id: "wamid.0", status: name, timestamp: "1796000000", recipient_id: "6280000000001" };
  return change({ statuses: [name === "failed" ? { ...news, errors } : news] });
}

const contacts = [{ profile: { name: "Ani" }, wa_id: "6280000000000" }];
const text = { id: "wamid.1", from: "6280000000000", timestamp: "1796000000", type: "text" };
const message = change({ contacts, messages: [{ ...text, text: { body: "halo" } }] });

/** The status of the answer, and how many messages reach the bot. */
async function delivered(changes) {
  const provider = createProvider(MetaProvider, ACCOUNT);
  const vendor = await provider.initVendor();
  const heard = [];
  vendor.on("message", ({ body }) => heard.push(body));
  vendor.on("notice", () => {});
  const answer = { statusCode: 200, writeHead: (code) => (answer.statusCode = code), end: () => {} };
  const body = { object: "whatsapp_business_account", entry: [{ id: "9", changes }] };
  await vendor.incomingMsg({ globalVendorArgs: ACCOUNT, body }, answer);
  await new Promise((resolve) => setTimeout(resolve, 1500));
  return `${answer.statusCode}, messages ${heard.length}`;
}

(async () => {
  const seen = {
    "a message": await delivered([message]),
    "with a delivered one": await delivered([message, status("delivered")]),
    "with a failed one": await delivered([message, status("failed")]),
    "a failed one": await delivered([status("failed")]),
  };
  Object.entries(seen).forEach(([label, outcome]) => console.log(`${label}: ${outcome}`));
  const wanted = ["200, messages 1", "200, messages 1", "400, messages 0", "400, messages 0"];
  process.exit(Object.values(seen).join() === wanted.join() ? 0 : 1);
})();
JAVASCRIPT
