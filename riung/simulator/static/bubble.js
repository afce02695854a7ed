// One message as the phone shows it, drawn from the Cloud API's own message body.

import { el, icon, kata } from "./dom.js";
import { clockTime, plain, rich } from "./format.js";

/** The words that stand for a message in a quote or in the list of citizens. */
export function gist(bubble) {
  const { content } = bubble;
  const part = content[content.type];
  switch (content.type) {
    case "text": return plain(part.body);
    case "interactive": return part.body ? plain(part.body.text) : (part.button_reply ?? part.list_reply).title;
    case "button": return part.text;
    case "image": return `📷 ${part.caption ?? kata.gambar}`;
    case "document": return `📄 ${part.filename ?? part.caption ?? kata.dokumen}`;
    case "location": return `📍 ${part.name ?? kata.lokasi}`;
    case "template": return `${kata.template}: ${part.name}`;
    default: return "";
  }
}

/**
 * The list item of a bubble.
 * `talk` has the handlers: choose, openList, reply, copy, again, jump; `chat` is for quotes.
 */
export function bubbleItem(bubble, chat, talk) {
  if (bubble.by === "note") {
    return el("li", { class: "note", "data-id": bubble.id }, el("p", { class: "pill" }, bubble.content.note));
  }
  const lost = bubble.by === "office" && bubble.status === "failed";
  const box = el("div", { class: "bubble" });
  const drawn = body(bubble);
  drawn.at(-1)?.append(ticks(bubble)); // the time stands in the last line
  box.append(
    ...quote(bubble, chat, talk),
    ...drawn,
    ...reason(bubble, talk),
    ...actions(bubble, chat, talk),
    ...why(bubble),
    el("button", { class: "do", "aria-label": kata.balas, title: kata.balas, onclick: () => talk.reply(bubble) }, icon("reply")),
  );
  return el(
    "li",
    { class: `by-${bubble.by}${lost ? " lost" : ""}`, "data-id": bubble.id, "data-status": bubble.status, "data-type": bubble.content.type },
    box,
  );
}

function quote(bubble, chat, talk) {
  const quoted = bubble.reply_to && chat.bubbles.find((other) => other.id === bubble.reply_to);
  if (!quoted) return [];
  const own = quoted.by === "citizen";
  return [
    el(
      "button",
      { class: `quote${own ? " own" : ""}`, onclick: () => talk.jump(quoted.id) },
      el("strong", {}, own ? kata.anda : talk.officeName()),
      el("span", {}, gist(quoted)),
    ),
  ];
}

function body(bubble) {
  const { content } = bubble;
  const part = content[content.type];
  const draw = { text, interactive, button, image, document: file, location, template }[content.type];
  return draw ? draw(part) : [];
}

const words = (value) => el("div", { class: "words" }, ...rich(value));

const text = (part) => [words(part.body)];
const button = (part) => [words(part.text)];

function interactive(part) {
  const reply = part.button_reply ?? part.list_reply;
  if (reply) return [words(reply.description ? `${reply.title}\n${reply.description}` : reply.title)];
  return [
    ...(part.header?.text ? [el("p", { class: "headline" }, part.header.text)] : []),
    words(part.body.text),
    ...(part.footer ? [el("p", { class: "footline" }, part.footer.text)] : []),
  ];
}

const address = (media) => (media.id ? `/simulator/media/${media.id}` : media.link);

function image(part) {
  const picture = el("img", { class: "photo", src: address(part), alt: part.caption ?? kata.gambar, loading: "lazy" });
  return [el("div", { class: "picture" }, picture), ...(part.caption ? [words(part.caption)] : [])];
}

function file(part) {
  const link = el(
    "a",
    { class: "document", href: address(part), target: "_blank", rel: "noopener noreferrer" },
    icon("file"),
    el("span", {}, el("strong", {}, part.filename ?? kata.dokumen), el("small", {}, "PDF")),
  );
  return [link, words(part.caption ?? "")];
}

function location(part) {
  const spot = `${part.latitude.toFixed(4)}, ${part.longitude.toFixed(4)}`;
  return [
    el("div", { class: "map", role: "img", "aria-label": `${kata.lokasi} ${spot}` }, icon("pin")),
    el("div", { class: "place" }, el("strong", {}, part.name ?? kata.lokasi), el("small", {}, part.address ?? spot)),
  ];
}

function template(part) {
  const values = (part.components ?? [])
    .filter((component) => component.type.toLowerCase() !== "button")
    .flatMap((component) => component.parameters ?? [])
    .map((parameter) => parameter.text ?? parameter.type);
  return [
    el("p", { class: "template-tag" }, `${kata.template} · ${part.name}`),
    words(part.teks ?? [kata.templat_data, ...values].join("\n• ")),
  ];
}

/** Time and tick of a bubble. */
export function ticks(bubble) {
  const status = bubble.status === "read" ? "delivered" : bubble.status;
  const drawing = bubble.status === "failed" ? icon("alert", "tick failed") : icon(`status-${status}`, `tick ${bubble.status}`);
  const label = kata[`status_${bubble.status}`];
  return el(
    "span",
    { class: "meta", title: label },
    el("time", {}, clockTime(bubble.at)),
    drawing,
    el("span", { class: "sr" }, label),
  );
}

/** The way to the trainer's page that tells why a message was answered so. */
function why(bubble) {
  if (bubble.by !== "citizen" || bubble.status === "failed") return [];
  const href = `/desk/why?id=${encodeURIComponent(bubble.id)}`;
  return [el("a", { class: "do ask", href, target: "_blank", rel: "noopener", "aria-label": kata.kenapa, title: kata.kenapa }, "?")];
}

function reason(bubble, talk) {
  if (!bubble.error) return [];
  const byOffice = bubble.by === "office";
  const again = byOffice ? el("span", {}, kata.hanya_simulator) : el("button", { onclick: () => talk.again(bubble) }, kata.kirim_ulang);
  const code = byOffice ? ` (${bubble.error.code})` : "";
  return [el("div", { class: "why" }, el("strong", {}, `${kata.gagal}${code}`), `${bubble.error.details}. `.replace("..", "."), again)];
}

function actions(bubble, chat, talk) {
  const part = bubble.content[bubble.content.type];
  if (bubble.by !== "office" || bubble.status === "failed") return [];
  if (part?.type === "list") {
    return [wrap(el("button", { onclick: () => talk.openList(bubble) }, icon("list"), part.action.button))];
  }
  if (part?.type === "cta_url") {
    const { display_text, url } = part.action.parameters;
    return [wrap(el("button", { onclick: () => window.open(url, "_blank", "noopener") }, icon("link"), display_text))];
  }
  return replies(bubble, part, chat, talk);
}

/** Reply buttons can be tapped once, as on WhatsApp. */
function replies(bubble, part, chat, talk) {
  const done = chat.bubbles.some((other) => other.by === "citizen" && other.reply_to === bubble.id && isTap(other));
  const contents =
    bubble.content.type === "template"
      ? (part.components ?? [])
          .filter((component) => component.sub_type?.toLowerCase() === "quick_reply")
          .map((component, index) => quickReply(component, part.tombol?.[index]))
      : part?.type === "button"
        ? part.action.buttons.map(({ reply }) => ({
            type: "interactive",
            interactive: { type: "button_reply", button_reply: reply },
          }))
        : [];
  if (!contents.length) return [];
  const buttons = contents.map((content) =>
    el("button", { disabled: done, title: done ? kata.pilihan_lama : null, onclick: () => talk.choose(bubble, content) },
      icon("reply"), content.button?.text ?? content.interactive.button_reply.title),
  );
  return [wrap(...buttons)];
}

/** Whether a citizen's message came from tapping a button, which uses the buttons up. */
export const isTap = (bubble) => bubble.content.type === "button" || bubble.content.interactive?.type === "button_reply";

function quickReply(component, label) {
  const payload = component.parameters?.[0]?.payload ?? "";
  return { type: "button", button: { payload, text: label ?? payload.replace(/^\//, "").replaceAll("_", " ") } };
}

const wrap = (...buttons) => el("div", { class: "actions" }, ...buttons);
