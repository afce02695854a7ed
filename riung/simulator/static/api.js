// What the page asks the server.

import { kata } from "./dom.js";

async function call(path, method, body, headers = { "Content-Type": "application/json" }) {
  let response;
  try {
    response = await fetch(`/simulator${path}`, { method, body, headers });
  } catch {
    throw new Error(kata.tidak_tersambung);
  }
  if (response.status === 204) return null;
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new Error(typeof answer.detail === "string" ? answer.detail : kata.gagal);
  return answer;
}

const post = (path, body) => call(path, "POST", JSON.stringify(body));

export const write = (chat, content, reply_to = null) => post("/messages", { ...chat, content, reply_to });
export const writeAgain = (chat, id) => post(`/messages/${encodeURIComponent(id)}/again`, chat);
export const markRead = (chat) => post("/read", chat);
export const clear = (chat) => post("/clear", chat);
export const recordingOf = (chat) => `/simulator/recording?${new URLSearchParams(chat)}`;
export const chooseFault = (id, once) => call("/fault", "PUT", JSON.stringify({ id, once }));

export function upload(file) {
  const form = new FormData();
  form.append("file", file);
  return call("/media", "POST", form, {});
}
