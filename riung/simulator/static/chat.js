// The conversation on the screen: draws bubbles, keeps the end in view, reports what was read.

import * as api from "./api.js";
import { bubbleItem, isTap, ticks } from "./bubble.js";
import { byId, el, kata, toast } from "./dom.js";
import { dayName } from "./format.js";
import { openList } from "./sheet.js";
import { state } from "./state.js";

const list = byId("bubbles");
const scroll = byId("scroll");
const DAY = 24 * 3600;
let typingTimer;

export function startChat(startReply) {
  const talk = {
    officeName: () => state.line.nama_singkat,
    choose: (bubble, content) => send(content, bubble.id),
    openList: (bubble) => openList(bubble, (content) => send(content, bubble.id)),
    reply: startReply,
    again: (bubble) => api.writeAgain(state.current, bubble.id).catch(say),
    jump,
  };
  state.addEventListener("current", () => drawAll(talk));
  state.addEventListener("chat", ({ detail }) => detail.key === state.key && drawAll(talk));
  state.addEventListener("bubble", ({ detail }) => detail.key === state.key && drawOne(detail, talk));
  state.addEventListener("typing", ({ detail }) => detail.key === state.key && drawTyping());
  document.addEventListener("visibilitychange", reportRead);
  scroll.addEventListener("scroll", () => (byId("to-end").hidden = atEnd(160)), { passive: true });
  byId("to-end").addEventListener("click", () => toEnd());
  byId("clear").addEventListener("click", () => api.clear(state.current).catch(say));
  list.addEventListener("click", ({ target }) => {
    const picked = target.closest(".bubble");
    list.querySelectorAll(".picked").forEach((bubble) => bubble.classList.remove("picked"));
    picked?.classList.add("picked"); // a touch shows the reply arrow, as hovering does
  });
  list.addEventListener("load", () => wasAtEnd && toEnd(), true); // a picture got its height
  new ResizeObserver(() => (wasAtEnd ? toEnd("instant") : null)).observe(scroll);
}

/** Send something as the citizen on the screen; false when it could not leave this page. */
export async function send(content, replyTo = null) {
  try {
    await api.write(state.current, content, replyTo);
    return true;
  } catch (error) {
    say(error);
    return false;
  }
}

const say = (error) => toast(error.message);

function drawAll(talk) {
  const { chat } = state;
  const items = [];
  chat.bubbles.forEach((bubble, index) => items.push(...withDay(bubble, chat.bubbles[index - 1], bubbleItem(bubble, chat, talk))));
  list.replaceChildren(...items);
  byId("starter").hidden = items.length > 0;
  byId("record").href = api.recordingOf(state.current);
  byId("office-name").textContent = state.line.nama_singkat;
  drawTyping();
  toEnd("instant");
  reportRead();
}

function drawOne({ bubble, fresh }, talk) {
  const { chat } = state;
  const old = itemOf(bubble.id);
  const follow = atEnd(80) || bubble.by === "citizen";
  if (!old) append(bubble, chat, talk);
  else if (bubble.error || old.dataset.status === "failed") redraw(old, bubble, chat, talk);
  else {
    old.dataset.status = bubble.status; // only the tick: a reader's focus stays where it is
    old.querySelector(".meta").replaceWith(ticks(bubble));
  }
  drawTyping();
  if (follow && (fresh || bubble.error)) toEnd();
  reportRead();
}

function append(bubble, chat, talk) {
  const item = bubbleItem(bubble, chat, talk);
  item.classList.add("arriving");
  byId("starter").hidden = true;
  list.append(...withDay(bubble, chat.bubbles.at(-2), item));
  if (!isTap(bubble)) return;
  for (const button of itemOf(bubble.reply_to)?.querySelectorAll(".actions button") ?? []) button.disabled = true;
}

function redraw(old, bubble, chat, talk) {
  const item = bubbleItem(bubble, chat, talk);
  item.classList.toggle("first", old.classList.contains("first"));
  old.replaceWith(item);
}

const itemOf = (id) => list.querySelector(`[data-id="${CSS.escape(id)}"]`);

function withDay(bubble, before, item) {
  const newDay = !before || dayName(before.at) !== dayName(bubble.at);
  if (newDay || before.by !== bubble.by) item.classList.add("first");
  return newDay ? [el("li", { class: "day" }, el("p", { class: "pill" }, sayDay(bubble.at))), item] : [item];
}

function sayDay(at) {
  const name = dayName(at);
  if (name === dayName(state.now)) return kata.hari_ini;
  return name === dayName(state.now - DAY) ? kata.kemarin : name;
}

function drawTyping() {
  clearTimeout(typingTimer);
  const left = state.chat.typing_until - state.now;
  const dots = byId("typing");
  byId("office-state").textContent = left > 0 ? kata.mengetik : kata.akun;
  if (left <= 0) {
    dots?.remove();
    return;
  }
  const follow = atEnd(80);
  list.append(dots ?? el("li", { class: "by-office first typing", id: "typing", "aria-hidden": "true" },
    el("div", { class: "bubble" }, el("i"), el("i"), el("i"))));
  if (follow) toEnd();
  typingTimer = setTimeout(drawTyping, left * 1000 + 50);
}

/** What the citizen has on the screen is read, as soon as it has arrived. */
function reportRead() {
  const seen = document.visibilityState === "visible" && !document.querySelector(".panel.open");
  const waiting = state.chat.bubbles.some((bubble) => bubble.by === "office" && bubble.status === "delivered");
  if (seen && waiting) api.markRead(state.current).catch(() => {});
}

let wasAtEnd = true;

function atEnd(slack) {
  wasAtEnd = scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < slack;
  return wasAtEnd;
}

function toEnd(behavior = "auto") {
  wasAtEnd = true;
  scroll.scrollTo({ top: scroll.scrollHeight, behavior: behavior === "auto" ? "smooth" : "instant" });
}

function jump(id) {
  const item = itemOf(id);
  if (!item) return;
  item.scrollIntoView({ block: "center" });
  item.classList.add("flash");
  setTimeout(() => item.classList.remove("flash"), 1300);
}
