// The tools: things to try, faults to provoke, tabs.

import * as api from "./api.js";
import { send } from "./chat.js";
import { byId, toast } from "./dom.js";
import { state } from "./state.js";

export function startSide(closePanels) {
  const tabs = [...document.querySelectorAll('[role="tab"]')];
  for (const tab of tabs) tab.addEventListener("click", () => select(tab, tabs));
  tabs[0].parentElement.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const at = tabs.indexOf(document.activeElement);
    if (!step || at < 0) return;
    const next = tabs[(at + step + tabs.length) % tabs.length];
    select(next, tabs);
    next.focus();
  });
  for (const button of document.querySelectorAll("[data-send]"))
    button.addEventListener("click", () => {
      closePanels();
      sendAll(JSON.parse(button.dataset.send));
    });
  state.addEventListener("current", drawApplications);
  byId("faults").addEventListener("change", chooseFault);
  state.addEventListener("fault", drawFault);
}

/** One after the other, without waiting for answers. */
async function sendAll(texts) {
  for (const body of texts) await send({ type: "text", text: { body } });
}

/** Only the chosen office's example numbers are offered. */
function drawApplications() {
  for (const button of document.querySelectorAll("[data-office]")) button.hidden = button.dataset.office !== state.line.office;
}

function select(chosen, tabs) {
  for (const tab of tabs) {
    const on = tab === chosen;
    tab.setAttribute("aria-selected", String(on));
    tab.tabIndex = on ? 0 : -1;
    byId(tab.getAttribute("aria-controls")).hidden = !on;
  }
}

function chooseFault() {
  const chosen = document.querySelector('[name="fault"]:checked');
  if (chosen) api.chooseFault(chosen.value, !byId("fault-stays").checked).catch((error) => toast(error.message));
}

function drawFault() {
  for (const radio of document.querySelectorAll('[name="fault"]')) radio.checked = radio.value === state.fault.id;
  byId("fault-stays").checked = !state.fault.once;
  byId("fault-dot").hidden = document.querySelector('[name="fault"]').checked;
}
