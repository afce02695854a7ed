#!/bin/sh
# whatsapp-api-js 6.3.0 (npm) and heyoo 0.1.2 (PyPI): a message that WhatsApp refuses looks as if it had been sent.
# Guess: when the Cloud API answers 400 (more than 24 hours since the person wrote, error 131047), `sendMessage` rejects and
# `send_message` raises.
# Seen: both return the body of the answer, which has `error` where `messages` would be. whatsapp-api-js even calls the
# handler of sent messages, `on.sent`, with an id that is undefined. A bot that waits for an exception notes that the person
# was told. After every call it has to be looked at whether the answer has an error.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$folder" whatsapp-api-js@6.3.0
"${PYTHON:-python3.10}" -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check heyoo==0.1.2
cd "$folder"
cat > refused.json <<'JSON'
{"error": {"message": "(#131047) Re-engagement message", "type": "OAuthException", "code": 131047}}
JSON
node --input-type=module - <<'JAVASCRIPT'
import { readFileSync } from "node:fs";
import { WhatsAppAPI } from "whatsapp-api-js";
import { Text } from "whatsapp-api-js/messages";

const fetch = async () => new Response(readFileSync("refused.json"), { status: 400 });
const api = new WhatsAppAPI({ token: "token", secure: false, v: "v24.0", ponyfill: { fetch } });
const sent = [];
api.on.sent = ({ id }) => sent.push(`${id}`);
let outcome;
try {
  const answer = await api.sendMessage("1", "6280000000000", new Text("Paspor Anda selesai"));
  outcome = `returned, error ${answer.error.code}`;
} catch (error) {
  outcome = `rejected, ${error.name}`;
}
await new Promise((resolve) => setTimeout(resolve, 100));
console.log(`whatsapp-api-js: ${outcome}; on.sent called with the id ${sent}`);
process.exit(outcome === "returned, error 131047" && sent.join() === "undefined" ? 0 : 1);
JAVASCRIPT
"$folder/env/bin/python" -W ignore - <<'PYTHON'
import logging
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

from heyoo import WhatsApp


class Refusing(BaseHTTPRequestHandler):
    """Answers every message as the Cloud API does after 24 hours."""

    def do_POST(self):
        self.rfile.read(int(self.headers["content-length"]))
        self.send_response(400)
        self.send_header("content-type", "application/json")
        self.end_headers()
        self.wfile.write(Path("refused.json").read_bytes())

    def log_message(self, *args):
        """Nothing."""


logging.disable()
server = HTTPServer(("127.0.0.1", 0), Refusing)
threading.Thread(target=server.serve_forever, daemon=True).start()
client = WhatsApp("token", phone_number_id="1")
client.url = f"http://127.0.0.1:{server.server_port}/1/messages"
try:
    outcome = f"returned, error {client.send_message('Paspor Anda selesai', '6280000000000')['error']['code']}"
except Exception as error:
    outcome = f"raised, {type(error).__name__}"
print(f"heyoo: {outcome}")
raise SystemExit(outcome != "returned, error 131047")
PYTHON
