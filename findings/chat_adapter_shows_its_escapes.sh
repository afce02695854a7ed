#!/bin/sh
# @chat-adapter/whatsapp 4.41.1 (Chat SDK): people on WhatsApp read backslashes and angle brackets that nobody wrote.
# Guess: `{markdown: …}` becomes what WhatsApp shows: **bold** is *bold*, other text is as it was, a link its address.
# Seen: the text is written again as Markdown, with the escapes of Markdown, which WhatsApp shows: "S&K" (terms) is "S\&K",
# "#12" at the start of a line "\#12", a mark behind a price "\*", "~2" (about two) "\~2"; an address of mail or of a page
# stands in angle brackets, and [page](address) as it is. A list that begins again is numbered on: "1. 3." is "1. 2.".
# Given as a plain string a text is sent as it was written: for WhatsApp write its own marks and no Markdown.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$folder" @chat-adapter/whatsapp@4.41.1
cd "$folder"
node --input-type=module - <<'JAVASCRIPT'
import { createWhatsAppAdapter } from "@chat-adapter/whatsapp";

const account = { accessToken: "token", appSecret: "secret", phoneNumberId: "1", verifyToken: "verify" };
const adapter = createWhatsAppAdapter({ ...account, userName: "bot" });
const person = adapter.encodeThreadId({ phoneNumberId: "1", userWaId: "6280000000000" });
const SEEN = {
  "**Syarat**: KTP": "*Syarat*: KTP",
  "S&K berlaku": "S\\&K berlaku",
  "#12 dipanggil": "\\#12 dipanggil",
  "Rp 350.000*": "Rp 350.000\\*",
  "~2 hari": "\\~2 hari",
  "tulis ke a@contoh.id": "tulis ke <a@contoh.id>",
  "lihat https://contoh.id/a": "lihat <https://contoh.id/a>",
  "[laman](https://contoh.id/a)": "[laman](https://contoh.id/a)",
  "1. KTP\n3. Akta": "1. KTP\n2. Akta",
};

/** The text that goes to WhatsApp. */
async function sent(message) {
  let body = "";
  globalThis.fetch = async (_, request) => {
    ({ body } = JSON.parse(request.body).text);
    return Response.json({ contacts: [], messages: [{ id: "wamid.1" }] });
  };
  await adapter.postMessage(person, message);
  return body;
}

let same = true;
for (const [text, wanted] of Object.entries(SEEN)) {
  const [markdown, plain] = [await sent({ markdown: text }), await sent(text)];
  console.log(`${JSON.stringify(text)}: ${JSON.stringify(markdown)}`);
  same &&= markdown === wanted && plain === text;
}
process.exit(same ? 0 : 1);
JAVASCRIPT
