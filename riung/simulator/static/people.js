// The citizens one can be, and the office one writes to.

import { gist } from "./bubble.js";
import { byId, el } from "./dom.js";
import { phoneNumber } from "./format.js";
import { state } from "./state.js";

const TONES = 6;

export function startPeople(closePanels) {
  for (const kind of ["current", "citizens", "bubble", "chat"]) state.addEventListener(kind, draw);
  const line = byId("line");
  line.addEventListener("change", () => state.open(line.value, state.current.citizen));
  state.addEventListener("current", () => (line.value = state.current.phone_number_id));
  byId("citizens").addEventListener("click", (event) => {
    const id = event.target.closest("[data-citizen]")?.dataset.citizen;
    if (!id) return;
    state.open(state.current.phone_number_id, id);
    closePanels();
  });
}

function draw() {
  const focused = document.activeElement?.dataset?.citizen;
  byId("citizens").replaceChildren(...[...state.citizens.values()].map(entry));
  if (focused) byId("citizens").querySelector(`[data-citizen="${CSS.escape(focused)}"]`)?.focus();
}

function entry(citizen, index) {
  const here = citizen.id === state.current.citizen;
  const unread = here ? 0 : state.unread(citizen.id);
  const last = unread ? state.last(citizen.id) : null;
  const initials = citizen.nama.split(" ").map((word) => word[0]).slice(0, 2).join("");
  return el(
    "li",
    {},
    el(
      "button",
      { class: "citizen", "data-citizen": citizen.id, "aria-current": String(here) },
      el("span", { class: `avatar tone-${index % TONES}`, "aria-hidden": "true" }, initials),
      el(
        "span",
        {},
        el("span", { class: "name block" }, citizen.nama),
        el("span", { class: "about block" }, last ? gist(last).split("\n")[0].slice(0, 48) : citizen.tentang),
        el("span", { class: "address block" }, citizen.nomor ? phoneNumber(citizen.nomor) : (citizen.username ?? citizen.bsuid)),
      ),
      unread ? el("span", { class: "unread" }, String(unread)) : null,
    ),
  );
}
