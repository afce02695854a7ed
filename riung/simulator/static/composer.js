// The box one writes in: text, quoted replies, attachments.

import * as api from "./api.js";
import { gist } from "./bubble.js";
import { send } from "./chat.js";
import { byId, kata, toast } from "./dom.js";
import { openAttachments, openPreview, closeSheet } from "./sheet.js";
import { state } from "./state.js";

const box = byId("tulis");
let replyTo = null;

export function startComposer() {
  byId("composer").addEventListener("submit", (event) => {
    event.preventDefault();
    submit();
  });
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    submit();
  });
  box.addEventListener("input", grow);
  byId("unquote").addEventListener("click", () => startReply(null));
  byId("attach").addEventListener("click", () =>
    openAttachments(() => byId("picture").click(), () => byId("document").click(), (content) => sendOne(content)));
  for (const id of ["picture", "document"]) byId(id).addEventListener("change", (event) => choose(event.target));
  state.addEventListener("current", () => startReply(null));
}

/** Answer one particular message; null ends it. */
export function startReply(bubble) {
  replyTo = bubble?.id ?? null;
  byId("quoting").hidden = !bubble;
  if (!bubble) return;
  byId("quoting-who").textContent = bubble.by === "citizen" ? kata.anda : state.line.nama_singkat;
  byId("quoting-text").textContent = gist(bubble);
  box.focus();
}

async function submit() {
  const body = box.value.trim();
  if (!body) return;
  box.value = "";
  grow();
  box.focus();
  const sent = await sendOne({ type: "text", text: { body } });
  if (sent || box.value) return;
  box.value = body; // what could not be sent is not lost
  grow();
}

function sendOne(content) {
  const quoted = replyTo;
  startReply(null);
  return send(content, quoted);
}

function grow() {
  box.style.height = "40px";
  box.style.height = `${Math.min(box.scrollHeight, 116)}px`;
}

function choose(input) {
  const [file] = input.files;
  input.value = "";
  closeSheet();
  if (file) openPreview(file, (caption) => sendFile(file, caption));
}

async function sendFile(file, caption) {
  try {
    const { id, mime_type } = await api.upload(file);
    const type = mime_type.startsWith("image/") ? "image" : "document";
    sendOne({ type, [type]: caption ? { id, caption } : { id } });
  } catch (error) {
    toast(error.message);
  }
}
