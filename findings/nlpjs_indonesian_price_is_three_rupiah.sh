#!/bin/sh
# node-nlp 4.27.0 (NLP.js): in a bot whose language is Indonesian prices and dates are read as in America.
# Guess: with `languages: ["id"]` "Rp 350.000" is an amount of 350000, "5/12/2026" the fifth of December.
# Seen: a language that Microsoft's recognisers don't know is read as English, without a word: the amount is 3.5 rupiah and
# the number 350, of 1.500.000 there are three numbers, 5/12 is the twelfth of May. Prices and dates need a rule of the
# bot's own (a regular expression as entity), and `ner: {builtins: []}` so that none of these stands beside it.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$folder" node-nlp@4.27.0
cd "$folder"
node - <<'JAVASCRIPT'
const { NlpManager } = require("node-nlp");

const SEEN = {
  "biayanya Rp 350.000": "number 350, currency 3.5",
  "bayar 1.500.000": "number 1, number 500, number 0",
  "tanggal 5/12/2026": "number 5, number 12, number 2026, date 2026-05-12",
};

(async () => {
  const quiet = { autoSave: false, nlu: { log: false } };
  const bot = new NlpManager({ languages: ["id"], forceNER: true, ...quiet });
  bot.addDocument("id", "berapa biaya paspor", "price");
  bot.addDocument("id", "kapan bisa datang", "date");
  await bot.train();
  let same = true;
  for (const text of Object.keys(SEEN)) {
    const { entities } = await bot.process("id", text);
    const values = entities.map(({ entity, resolution }) => {
      return `${entity} ${resolution.value ?? resolution.strValue}`;
    });
    console.log(`${text}: ${values.join(", ")}`);
    same &&= values.join(", ") === SEEN[text];
  }
  process.exit(same ? 0 : 1);
})();
JAVASCRIPT
