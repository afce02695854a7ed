// Behind the scenes: each webhook and Graph API request, with its body.

import { byId, el, kata, toast } from "./dom.js";
import { clockTime } from "./format.js";
import { state } from "./state.js";

const KEPT = 60; // entries drawn; the server keeps more

export function startTraces() {
  const list = byId("trace-list");
  state.addEventListener("traces", () => {
    const recent = state.traces.slice(-KEPT).reverse();
    list.replaceChildren(...(recent.length ? recent.map(entry) : [el("li", { class: "empty" }, kata.jejak_kosong)]));
  });
  state.addEventListener("trace", ({ detail }) => {
    list.querySelector(".empty")?.remove();
    list.prepend(entry(detail.trace));
    while (list.children.length > KEPT) list.lastElementChild.remove();
  });
}

function entry(trace) {
  const details = el(
    "details",
    { class: "trace" },
    el(
      "summary",
      {},
      el("span", { class: `way ${trace.direction}` }, trace.direction === "graph" ? kata.jejak_graph : kata.jejak_webhook),
      el("span", { class: "what" }, trace.summary),
      el("span", { class: `code${trace.status === 200 ? "" : " bad"}` }, String(trace.status || kata.tanpa_jawaban)),
      el("time", {}, clockTime(trace.at)),
    ),
  );
  details.addEventListener("toggle", () => details.open && details.children.length === 1 && fill(details, trace), { once: true });
  return el("li", { "data-direction": trace.direction, "data-summary": trace.summary }, details);
}

function fill(details, trace) {
  const headers = Object.entries(trace.headers).map(([name, value]) => `${name}: ${value}`);
  details.append(
    el("pre", {}, [`POST ${trace.url}`, ...headers].join("\n")),
    heading(kata.isi, trace.body),
    el("pre", { class: "json" }, ...pretty(trace.body)),
    heading(`${kata.jawaban} ${trace.status || kata.tanpa_jawaban} · ${trace.milliseconds} ms`, null),
    el("pre", { class: "json" }, ...pretty(trace.answer)),
  );
}

function heading(text, copied) {
  const copy = async () => {
    await navigator.clipboard.writeText(copied);
    toast(kata.tersalin);
  };
  return el("h4", {}, text, copied ? el("button", { onclick: copy }, kata.salin) : null);
}

/** JSON with colours; anything else as it is. */
function pretty(text) {
  let indented;
  try {
    indented = JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return [text];
  }
  const tokens = indented.split(/("(?:[^"\\]|\\.)*"(?:\s*:)?|\b-?\d[\d.]*\b|\btrue\b|\bfalse\b|\bnull\b)/);
  return tokens.map((token, index) => {
    if (index % 2 === 0) return token;
    const kind = token.startsWith('"') ? (token.endsWith(":") ? "k" : "s") : "n";
    return el("span", { class: kind }, token);
  });
}
