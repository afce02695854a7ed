#!/bin/sh
# @builderbot/provider-meta 1.2.2 (BuilderBot on WhatsApp's Cloud API): who taps a button of 17 to 20 letters gets no answer.
# Guess: WhatsApp takes titles of 20 letters, so "Perpanjangan paspor" (renewal, 19) is sent as it is, and its tap begins the
# flow with that keyword, as the documentation shows with shorter ones.
# Seen: a title is cut to 16 letters without a word: people read "Perpanjangan pas", and a tap comes back as that title (the
# id is only a place in the row), which no keyword matches. "Batalkan antrean A" and "… B" are sent as two equal titles.
# Keep titles at 16 letters, or give each flow the cut one as a second keyword.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$folder" \
    @builderbot/provider-meta@1.2.2 @builderbot/bot@1.3.13
cd "$folder"
node - <<'JAVASCRIPT'
const { MetaProvider } = require("@builderbot/provider-meta");
const { addKeyword, createBot, createFlow, createProvider, TestTool } = require("@builderbot/bot");

const TITLES = ["Perpanjangan paspor", "Paspor baru"];
const ACCOUNT = { jwtToken: "token", numberId: "1", verifyToken: "verify", version: "v24.0" };

/** The titles that would go to WhatsApp. */
async function sent(titles) {
  const provider = createProvider(MetaProvider, ACCOUNT);
  const bodies = [];
  provider.sendMessageMeta = async (body) => bodies.push(body);
  await provider.sendButtons("6280000000000", titles.map((body) => ({ body })), "Ada perlu apa?");
  return bodies[0].interactive.action.buttons.map(({ reply }) => reply.title);
}

/** What the bot answers when each of these titles comes back. */
async function answered(tapped) {
  const flow = createFlow(TITLES.map((title) => addKeyword(title).addAnswer(`about ${title}`)));
  const database = new TestTool.TestDB();
  const provider = createProvider(TestTool.TestProvider);
  await createBot({ flow, database, provider });
  for (const [person, body] of tapped.entries()) {
    await provider.delaySendMessage(0, "message", { from: `62812000000${person}`, body });
  }
  await new Promise((resolve) => setTimeout(resolve, 2000));
  return tapped.map((_, person) => {
    const said = database.listHistory.find(({ from }) => from === `62812000000${person}`);
    return said ? said.answer : "nothing";
  });
}

(async () => {
  const shown = await sent(TITLES);
  const said = await answered(shown);
  const alike = await sent(["Batalkan antrean A", "Batalkan antrean B"]);
  console.log(`shown: ${shown.join(", ")}; answered: ${said.join(", ")}`);
  console.log(`alike: ${alike.join(", ")}`);
  const same =
    shown.join() === "Perpanjangan pas,Paspor baru" &&
    said.join() === "nothing,about Paspor baru" &&
    alike.join() === "Batalkan antrean,Batalkan antrean";
  process.exit(same ? 0 : 1);
})();
JAVASCRIPT
