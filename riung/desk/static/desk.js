// The desk's few lines of script: sound and title badge, keyboard, drafts, typing sign, toasts.
"use strict";

const plainTitle = document.title;

function badge() {
  const tabs = document.querySelector(".tabs");
  if (!tabs) return;
  const open = Number(tabs.dataset.waiting) + Number(tabs.dataset.unread);
  document.title = open ? `(${open}) ${plainTitle}` : plainTitle;
}

// What each browser may switch off: the sound of new messages, and single-letter keys, which speech
// input and tremor set off (WCAG 2.1.4).
const isOn = (what) => (localStorage.getItem(what) || (what === "notify" ? "off" : "on")) !== "off";

function showToggles() {
  document.querySelectorAll("[data-toggle]").forEach((button) => {
    const on = isOn(button.dataset.toggle);
    button.setAttribute("aria-pressed", String(on));
    button.querySelector("[data-toggle-state]").textContent = on ? "nyala" : "mati";
  });
  document.querySelectorAll(".keys").forEach((list) => (list.hidden = !isOn("keys")));
}

// Two short tones made here, so that no sound file has to be loaded.
function ring() {
  if (!isOn("sound")) return;
  const Audio = window.AudioContext || window.webkitAudioContext;
  if (!Audio) return;
  const audio = new Audio();
  [660, 880].forEach((pitch, position) => {
    const tone = audio.createOscillator();
    const volume = audio.createGain();
    const start = audio.currentTime + position * 0.16;
    tone.frequency.value = pitch;
    volume.gain.setValueAtTime(0.08, start);
    volume.gain.exponentialRampToValueAtTime(0.001, start + 0.15);
    tone.connect(volume).connect(audio.destination);
    tone.start(start);
    tone.stop(start + 0.16);
  });
}

// For whoever works in another window; it names nobody, as screens are seen by others.
function notify(text) {
  if (!document.hidden || !isOn("notify") || window.Notification?.permission !== "granted") return;
  new Notification("Meja Petugas", { body: text, tag: "riung" });
}

function toast(text) {
  const box = document.createElement("div");
  box.className = "toast";
  box.textContent = text;
  document.getElementById("toasts").append(box);
  setTimeout(() => box.remove(), 8000);
}

// Where a browser without scripts begins to read; this one finds the newest line by itself.
if (location.hash === "#newest") history.replaceState(null, "", location.pathname + location.search);

const lines = () => document.querySelector("[data-lines]");

function toBottom() {
  const box = lines();
  if (box) box.scrollTop = box.scrollHeight;
}

// The line that was searched for; else the newest one.
function toPlace() {
  const noted = location.hash.startsWith("#note-") && document.getElementById(location.hash.slice(1));
  const line = document.querySelector("[data-here]") || noted;
  if (!line) return toBottom();
  wasAtBottom = false;
  line.scrollIntoView({ block: "center" });
}

// A screen reader hears what the citizen wrote since the page was opened, and none of it twice.
const heard = new Set();
const shownLines = () => [...document.querySelectorAll(".lines .line[id]")];
const noteLines = () => shownLines().forEach((line) => heard.add(line.id));

function sayNewLines() {
  const log = document.querySelector("[data-said]");
  shownLines().filter((line) => !heard.has(line.id)).forEach((line) => {
    heard.add(line.id);
    if (!log || !line.matches(".citizen")) return;
    const words = document.createElement("p");
    words.textContent = line.querySelector(".line-text, .file, audio")?.textContent || "Lampiran";
    log.append(words);
  });
}

// Where the keyboard was goes on after a form was sent and the page came anew.
function keepFocus(form) {
  const kept = { id: document.activeElement?.id, action: form?.getAttribute("action") };
  sessionStorage.setItem("focus", JSON.stringify(kept));
}

function takeUpFocus() {
  const kept = JSON.parse(sessionStorage.getItem("focus") || "null");
  sessionStorage.removeItem("focus");
  if (!kept || location.hash) return;
  const same = [...document.forms].find((form) => form.getAttribute("action") === kept.action)?.querySelector("button");
  const wrong = document.querySelector("[aria-invalid]"); // an error: its field first
  const place = wrong || (kept.id && document.getElementById(kept.id)) || reply()?.querySelector("textarea") || same;
  (place || document.getElementById("main")).focus({ preventScroll: true });
}

let wasAtBottom = true;
// A warning above the answer, or a phone's keyboard, leaves less room: the newest line stays in sight.
if (lines()) new ResizeObserver(() => wasAtBottom && toBottom()).observe(lines());
// A picture that arrives late pushes the newest line out of sight.
document.addEventListener("load", (event) => {
  if (wasAtBottom && event.target.matches?.(".lines img")) toBottom();
}, true);
// A file that cannot be shown says so and can be opened for the reason; evidence of a complaint may
// be no picture but a voice note or a video.
function insteadOf(picture) {
  const words = document.createElement("span");
  words.className = "file";
  words.textContent = `📎 ${picture.alt || "berkas"}, belum bisa ditampilkan: buka untuk alasannya`;
  picture.replaceWith(words);
}

function asSound(picture) {
  const file = document.createElement("a");
  Object.assign(file, { href: picture.src, download: "bukti", className: "download small", textContent: "Unduh berkas bukti" });
  const player = document.createElement("video");
  Object.assign(player, { controls: true, preload: "metadata", className: "picture" });
  player.setAttribute("aria-label", picture.alt);
  player.addEventListener("loadedmetadata", () => {
    player.classList.toggle("sound", !player.videoWidth);
    picture.closest("a").replaceWith(player, file);
  }, { once: true });
  player.addEventListener("error", () => {
    picture.alt = "Berkas bukti";
    const words = document.createElement("span");
    words.className = "file";
    words.textContent = "📎 Buka berkas bukti";
    picture.replaceWith(words);
  });
  player.src = picture.src;
}

function unshown(picture) {
  if (picture.matches("[data-any-kind]")) asSound(picture);
  else insteadOf(picture);
}

// Not every browser plays what phones record (Ogg Opus): the file can be taken all the same.
function unplayed(player) {
  const link = player.parentElement?.querySelector(".download");
  if (link) link.textContent = "Tidak bisa diputar di sini: unduh berkasnya";
}

document.addEventListener("error", (event) => {
  if (event.target.matches?.("img.picture")) unshown(event.target);
  if (event.target.matches?.(".line audio, .line video")) unplayed(event.target);
}, true);
document.addEventListener("scroll", (event) => {
  const box = lines();
  if (event.target === box) {
    wasAtBottom = box.scrollHeight - box.scrollTop - box.clientHeight < 80;
  }
}, true);
document.addEventListener("htmx:beforeSwap", (event) => {
  // An open menu or a half-written summary must not vanish under the officer's hands.
  if (event.detail.target?.id === "head" && event.detail.target.querySelector("details[open]")) {
    event.detail.shouldSwap = false;
  }
});
document.addEventListener("htmx:afterSwap", (event) => {
  if (event.detail.target === lines()) {
    sayNewLines();
    if (wasAtBottom) toBottom();
  }
  if (event.detail.target?.id === "head") stateMayHaveChanged();
  badge();
});
document.addEventListener("htmx:sseMessage", (event) => {
  if (event.detail.type === "alert") {
    ring();
    notify("Ada pesan warga yang menunggu.");
  }
  if (event.detail.type === "mention") htmx.trigger(document.body, "mentioned");
  if (event.detail.type === "escalated") {
    ring();
    notify("Ada pengaduan yang dieskalasi.");
    toast("Ada pengaduan yang dieskalasi.");
    htmx.trigger(document.body, "escalated");
  }
});
document.addEventListener("htmx:responseError", (event) => {
  const page = new DOMParser().parseFromString(event.detail.xhr.responseText, "text/html");
  toast(page.body.textContent.trim() || "Ada gangguan; coba lagi.");
});
document.addEventListener("htmx:sendError", () => toast("Sambungan terputus; mencoba lagi."));

// A colleague named us in a note since the page was opened.
let named = null;
document.addEventListener("htmx:afterSettle", (event) => {
  if (event.detail.pathInfo?.requestPath !== "/desk/mentions/count") return;
  const count = Number(event.detail.target.querySelector("[data-mentions]")?.dataset.mentions || 0);
  if (named !== null && count > named) {
    ring();
    notify("Rekan menyebut Anda dalam catatan.");
    toast("Rekan menyebut Anda dalam catatan.");
  }
  named = count;
});

// Who may answer has changed (taken over, handed on, timed out), or whether free text may be sent:
// the page needs its other form.
function stateMayHaveChanged() {
  const head = document.querySelector(".chat-head");
  const chat = document.querySelector("[data-talk]");
  if (!head || !chat) return;
  const before = chat.dataset.state;
  chat.dataset.state = head.dataset.state;
  if (!before || before === head.dataset.state) return;
  keepFocus();
  location.reload();
}

function reply() {
  return document.querySelector("[data-reply]");
}

function remember(area) {
  sessionStorage.setItem(`draft-${area.dataset.draft}`, area.value);
}

function startReply(form) {
  const area = form.querySelector("textarea");
  const file = form.querySelector("[data-file]");
  const fileName = form.querySelector("[data-file-name]");
  area.value = sessionStorage.getItem(`draft-${area.dataset.draft}`) || "";
  let lastSign = 0;
  area.addEventListener("input", () => {
    remember(area);
    if (Date.now() - lastSign > 5000) {
      lastSign = Date.now();
      const headers = JSON.parse(document.body.getAttribute("hx-headers"));
      fetch(form.dataset.writing, { method: "POST", headers });
    }
  });
  file.addEventListener("change", () => {
    fileName.textContent = file.files.length ? file.files[0].name : "";
  });
  form.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.elt !== form || !event.detail.successful) return;
    form.reset();
    fileName.textContent = "";
    remember(area);
    toBottom();
    area.focus();
  });
}

document.addEventListener("click", (event) => {
  const canned = event.target.closest("[data-canned]");
  if (canned) {
    const area = reply().querySelector("textarea");
    area.value = area.value ? `${area.value}\n${canned.dataset.canned}` : canned.dataset.canned;
    remember(area);
    canned.closest("details").open = false;
    area.focus();
  }
  const toggle = event.target.closest("[data-toggle]")?.dataset.toggle;
  if (toggle) {
    localStorage.setItem(toggle, isOn(toggle) ? "off" : "on");
    showToggles();
    if (toggle === "sound") ring();
    if (toggle === "notify" && isOn("notify")) window.Notification?.requestPermission();
  }
  if (event.target.closest("[data-print]")) window.print();
  if (event.target.closest("[data-side-toggle]")) {
    document.querySelector(".desk-grid").classList.toggle("show-side");
  }
  document.querySelectorAll("details.pop[open], details.me[open]").forEach((menu) => {
    if (!menu.contains(event.target)) menu.open = false;
  });
});

document.addEventListener("submit", (event) => {
  const question = event.target.dataset.confirm;
  if (question && !window.confirm(question)) event.preventDefault();
  if (event.target.method === "post" && !event.target.matches("[hx-post]") && !event.defaultPrevented) keepFocus(event.target);
});

function step(by) {
  const links = [...document.querySelectorAll(".row-link")];
  const here = links.findIndex((link) => link.hasAttribute("aria-current"));
  const next = links[Math.min(Math.max(here + by, 0), links.length - 1)];
  if (next) next.click();
}

const KEYS = {
  j: () => step(1),
  k: () => step(-1),
  "/": () => document.querySelector("[data-search]")?.focus(),
  a: () => document.querySelector("button.take")?.click(),
  r: () => reply()?.querySelector("textarea").focus(),
};

document.addEventListener("keydown", (event) => {
  const form = event.target.closest?.("form");
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && form) {
    event.preventDefault();
    form.requestSubmit();
    return;
  }
  if (event.key === "Escape") {
    document.querySelectorAll("details.pop[open]").forEach((menu) => (menu.open = false));
    event.target.blur?.();
  }
  const typing = event.target.closest?.("input, textarea, select");
  const isOurs = KEYS[event.key] && isOn("keys");
  if (typing || event.ctrlKey || event.metaKey || event.altKey || !isOurs) return;
  event.preventDefault();
  KEYS[event.key]();
});

// What is typed outlives an expired login: it is kept until its form was taken, which is when a page
// comes that is neither the login nor an error. Whoever logs out leaves nothing behind, nor does who
// was followed by somebody else in the same window.
const who = document.body.dataset.who;
if (who && who !== (sessionStorage.getItem("who") || who)) sessionStorage.clear();
if (who) sessionStorage.setItem("who", who);

const TYPED = "form[method=post] textarea:not([data-draft])";
const typedKey = (area) => `typed ${area.form.getAttribute("action")} ${area.name}`;
const typedIn = (form) => [...form.querySelectorAll(TYPED)].map(typedKey);
const keepTyped = (area) => sessionStorage.setItem(typedKey(area), area.value);

function takeUpTyped(within) {
  within?.querySelectorAll(TYPED).forEach((area) => {
    area.value ||= sessionStorage.getItem(typedKey(area)) || "";
    const folded = area.closest("details.note-form");
    if (folded && area.value) folded.open = true;
  });
}

function sentWas(keys) {
  keys.forEach((key) => sessionStorage.removeItem(key));
}

sentWas(document.querySelector("[data-not-taken]") ? [] : JSON.parse(sessionStorage.getItem("sent") || "[]"));
sessionStorage.removeItem("sent");
takeUpTyped(document);
document.addEventListener("htmx:afterSwap", (event) => takeUpTyped(event.detail.target));
document.addEventListener("input", (event) => event.target.matches(TYPED) && keepTyped(event.target));
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.getAttribute("action") === "/desk/logout") sessionStorage.clear();
  if (form.method !== "post" || event.defaultPrevented || form.matches("[hx-post]")) return;
  form.querySelectorAll(TYPED).forEach(keepTyped);
  sessionStorage.setItem("sent", JSON.stringify(typedIn(form)));
});
document.addEventListener("htmx:afterRequest", (event) => {
  const form = event.detail.elt;
  if (!form.matches?.("[data-clear]") || !event.detail.successful) return;
  sentWas(typedIn(form));
  form.reset();
});

// The counter's number is the browser's: asked for once, sent with each call.
function fillCounter() {
  const number = localStorage.getItem("counter") || "";
  document.querySelectorAll("[data-counter-number]").forEach((field) => (field.value ||= number));
  document.querySelectorAll("[data-counter-value]").forEach((field) => {
    field.value = number;
    field.disabled = !number;
  });
}

document.addEventListener("change", (event) => {
  if (!event.target.matches("[data-counter-number]")) return;
  localStorage.setItem("counter", event.target.value);
  fillCounter();
});

// The waiting room hears each call once, in Indonesian; a browser speaks only after somebody has
// pressed something on the page.
const nowCalled = () => document.querySelector("[data-call]");
let spoken = nowCalled()?.dataset.call;
let maySpeak = false;

function speakCall() {
  const call = nowCalled();
  if (!call || call.dataset.call === spoken) return;
  spoken = call.dataset.call;
  if (!maySpeak) return;
  const words = new SpeechSynthesisUtterance(call.dataset.words);
  words.lang = "id-ID";
  words.rate = 0.9;
  speechSynthesis.speak(words);
}

const voice = document.querySelector("[data-voice]");
if (voice && window.speechSynthesis) {
  voice.hidden = false;
  voice.addEventListener("click", () => {
    maySpeak = true;
    voice.hidden = true;
    spoken = "";
    speakCall();
  });
}
document.addEventListener("htmx:afterSwap", () => {
  fillCounter();
  speakCall();
});

document.querySelectorAll("img.picture").forEach((one) => one.complete && !one.naturalWidth && unshown(one));
fillCounter();
document.querySelector(".top nav [aria-current]")?.scrollIntoView({ inline: "center", block: "nearest" });
badge();
toPlace();
showToggles();
noteLines();
takeUpFocus();
stateMayHaveChanged();
if (reply()) startReply(reply());
