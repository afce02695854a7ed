#!/bin/sh
# botium-core 1.15.13 (npm): a conversation test passes when the bot says the opposite.
# Guess: the line under "#bot" is what the bot has to say; another answer fails.
# Seen: it is looked for inside the answer, inside words too, and without capitals: where "open" is expected, "We are not
# open" and "Closed. Opening hours: none" pass. Only an answer without these letters fails. `SCRIPTING_MATCHING_MODE:
# equals` compares the whole.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$folder" botium-core@1.15.13
cd "$folder"
mkdir tests
printf '%s\n' 'hours' '' '#me' 'are you open?' '' '#bot' 'open' > tests/hours.convo.txt
cat > run.js <<'JAVASCRIPT'
const { BotDriver } = require("botium-core");

/** Whether the test passes with a bot that says this. */
async function outcome(messageText, settings = {}) {
  const bot = ({ queueBotSays }) => ({ UserSays: () => queueBotSays({ messageText }) });
  const driver = new BotDriver({ PROJECTNAME: "office", CONTAINERMODE: bot, ...settings });
  const compiler = driver.BuildCompiler();
  compiler.ReadScriptsFromDirectory("tests");
  const container = await driver.Build();
  await container.Start();
  const result = await compiler.convos[0].Run(container).then(
    () => "passed",
    () => "failed",
  );
  await container.Stop();
  await container.Clean();
  return result;
}

(async () => {
  const seen = {
    open: await outcome("open"),
    "We are not open": await outcome("We are not open"),
    "Closed. Opening hours: none": await outcome("Closed. Opening hours: none"),
    Closed: await outcome("Closed"),
    "We are not open, equals": await outcome("We are not open", { SCRIPTING_MATCHING_MODE: "equals" }),
  };
  for (const [said, result] of Object.entries(seen)) console.log(`${said}: ${result}`);
  process.exit(Object.values(seen).join() === "passed,passed,passed,failed,failed" ? 0 : 1);
})();
JAVASCRIPT
node run.js
