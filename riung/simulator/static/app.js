// Starts the page.

import { startChat } from "./chat.js";
import { startComposer, startReply } from "./composer.js";
import { byId } from "./dom.js";
import { clockTime } from "./format.js";
import { startPeople } from "./people.js";
import { startSide } from "./side.js";
import { state } from "./state.js";
import { startTraces } from "./traces.js";

function closePanels() {
  for (const panel of document.querySelectorAll(".panel.open")) panel.classList.remove("open");
  document.querySelector(".phone").inert = false;
  document.dispatchEvent(new Event("visibilitychange"));
}

function openPanel(name) {
  const panel = byId(`panel-${name}`);
  panel.classList.add("open");
  document.querySelector(".phone").inert = true;
  panel.querySelector("[data-close]").focus();
}

for (const button of document.querySelectorAll("[data-open]")) button.addEventListener("click", () => openPanel(button.dataset.open));
for (const button of document.querySelectorAll("[data-close]")) button.addEventListener("click", closePanels);
document.addEventListener("keydown", (event) => event.key === "Escape" && closePanels());

state.addEventListener("online", () => (byId("offline").hidden = true));
state.addEventListener("offline", () => (byId("offline").hidden = false));
window.addEventListener("hashchange", () => state.open(...decodeURIComponent(location.hash.slice(1)).split("/")));

const tellTime = () => (byId("clock").textContent = clockTime(state.now));
tellTime();
setInterval(tellTime, 10_000);

startChat(startReply);
startComposer();
startPeople(closePanels);
startSide(closePanels);
startTraces();
state.connect();
