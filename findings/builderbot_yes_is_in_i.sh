#!/bin/sh
# @builderbot/bot 1.3.13 (chatbots for WhatsApp): the keyword "ya" (yes) hears "saya tidak jadi" (I won't, after all).
# Guess: a flow with `addKeyword("ya")` begins when somebody says "ya", in capitals too; `sensitive: true` minds capitals.
# Seen: a keyword is a pattern that is looked for anywhere, inside of words too: "saya" (I) and "biaya" (fee) say yes, and
# the first flow of the list that is found so is played. Only with `sensitive: true` does a keyword begin and end with a
# word, and then "Ya", as phones write the first word of a message, is not heard any more: nobody answers. Whole words in
# any case need a regular expression: `addKeyword("/^ya\\b/i", {regex: true})`.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$folder" @builderbot/bot@1.3.13
cd "$folder"
node - <<'JAVASCRIPT'
const { addKeyword, createBot, createFlow, createProvider, TestTool } = require("@builderbot/bot");

const MESSAGES = ["ya", "Ya", "saya tidak jadi", "berapa biaya", "tidak"];

/** What the bot answers to each message, each from a person of its own. */
async function answers(yes, no, options) {
  const flow = createFlow([
    addKeyword(yes, options).addAnswer("booked"),
    addKeyword(no, options).addAnswer("cancelled"),
  ]);
  const database = new TestTool.TestDB();
  const provider = createProvider(TestTool.TestProvider);
  await createBot({ flow, database, provider });
  for (const [person, body] of MESSAGES.entries()) {
    await provider.delaySendMessage(0, "message", { from: `62812000000${person}`, body });
  }
  await new Promise((resolve) => setTimeout(resolve, 3000));
  return MESSAGES.map((_, person) => {
    const said = database.listHistory.filter(({ from }) => from === `62812000000${person}`);
    return said.map(({ answer }) => answer).join() || "nothing";
  });
}

(async () => {
  const seen = {
    plain: await answers("ya", "tidak", undefined),
    sensitive: await answers("ya", "tidak", { sensitive: true }),
    regex: await answers("/^ya\\b/i", "/^tidak\\b/i", { regex: true }),
  };
  Object.entries(seen).forEach(([kind, said]) => console.log(`${kind}: ${said.join(", ")}`));
  const same =
    seen.plain.join() === "booked,booked,booked,booked,cancelled" &&
    seen.sensitive.join() === "booked,nothing,cancelled,nothing,cancelled" &&
    seen.regex.join() === "booked,booked,nothing,nothing,cancelled";
  process.exit(same ? 0 : 1);
})();
JAVASCRIPT
