// WhatsApp's way of writing: *bold* _italic_ ~struck~ `code`, "> quote", links, and clock times.

import { el } from "./dom.js";

const MARKS = [
  [/```([\s\S]+?)```/, (found) => el("span", { class: "mono" }, found[1])],
  [/(?<![\p{L}\d])`([^`\n]+)`(?![\p{L}\d])/u, (found) => el("span", { class: "mono" }, found[1])],
  [/https?:\/\/[^\s]+[^\s.,;:!?)'"*_~]/, (found) =>
    el("a", { href: found[0], target: "_blank", rel: "noopener noreferrer" }, found[0])],
  [/(?<![\p{L}\d])\*(?=\S)([^*\n]*\S)\*(?![\p{L}\d])/u, (found) => el("strong", {}, inline(found[1]))],
  [/(?<![\p{L}\d])_(?=\S)([^_\n]*\S)_(?![\p{L}\d])/u, (found) => el("em", {}, inline(found[1]))],
  [/(?<![\p{L}\d])~(?=\S)([^~\n]*\S)~(?![\p{L}\d])/u, (found) => el("s", {}, inline(found[1]))],
];

/** Text with WhatsApp's marks as a list of nodes and strings. */
export function inline(text) {
  let first = null;
  for (const [pattern, make] of MARKS) {
    const found = pattern.exec(text);
    if (found && (!first || found.index < first.found.index)) first = { found, make };
  }
  if (!first) return text ? [text] : [];
  const { found, make } = first;
  const rest = text.slice(found.index + found[0].length);
  return [text.slice(0, found.index), make(found), ...inline(rest)];
}

/** Whole message: quotes are lines that begin with "> ". */
export function rich(text) {
  const parts = [];
  let plain = [];
  const flush = (more) => {
    if (plain.length) parts.push(...inline(plain.join("\n") + (more ? "\n" : "")));
    plain = [];
  };
  for (const line of text.split("\n")) {
    if (line.startsWith("> ")) {
      flush(false);
      parts.push(el("blockquote", {}, ...inline(line.slice(2))));
    } else plain.push(line);
  }
  flush(false);
  return parts;
}

/** The words without their marks, for a preview. */
export const plain = (text) => el("span", {}, ...inline(text)).textContent;

const ZONE = "Asia/Jakarta";
const hour = new Intl.DateTimeFormat("id-ID", { hour: "2-digit", minute: "2-digit", timeZone: ZONE });
const date = new Intl.DateTimeFormat("id-ID", { day: "numeric", month: "long", year: "numeric", timeZone: ZONE });

/** Unix seconds as "09.41". */
export const clockTime = (seconds) => hour.format(seconds * 1000);

/** Unix seconds as "21 November 2026". */
export const dayName = (seconds) => date.format(seconds * 1000);

/** "+62 899-0000-0201" from digits. */
export const phoneNumber = (digits) => digits.replace(/^(62)(\d{3})(\d{4})(\d+)$/, "+$1 $2-$3-$4");
