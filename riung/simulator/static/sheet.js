// The sheet that slides up in the phone: list choices, attachments, previews.

import { byId, el, icon, kata, spots } from "./dom.js";

const sheet = byId("sheet");
let before = null;

/** Open the sheet with a title, a body and an optional button at its foot. */
export function openSheet(title, body, foot = []) {
  if (sheet.hidden) before = document.activeElement;
  byId("sheet-title").textContent = title;
  byId("sheet-body").replaceChildren(...body);
  byId("sheet-foot").replaceChildren(...foot);
  sheet.hidden = false;
  for (const other of sheet.parentElement.children) other.inert = other !== sheet;
  (byId("sheet-body").querySelector("input, button") ?? byId("sheet-close")).focus();
}

export function closeSheet() {
  if (sheet.hidden) return;
  sheet.hidden = true;
  for (const other of sheet.parentElement.children) other.inert = false;
  if (before?.isConnected) before.focus();
  else byId("tulis").focus();
}

byId("sheet-close").addEventListener("click", closeSheet);
sheet.addEventListener("click", (event) => event.target === sheet && closeSheet());
document.addEventListener("keydown", (event) => event.key === "Escape" && closeSheet());

/** A list message's rows: choose one, then send. */
export function openList(bubble, choose) {
  const { action } = bubble.content.interactive;
  const submit = el("button", { class: "primary", disabled: true, type: "button" }, kata.kirim);
  let chosen = null;
  const row = (entry) =>
    el(
      "label",
      { class: "choice" },
      el("span", {}, el("strong", {}, entry.title), entry.description ? el("small", {}, entry.description) : null),
      el("input", {
        type: "radio",
        name: "row",
        onchange: () => {
          chosen = entry;
          submit.disabled = false;
        },
        onkeydown: (event) => event.key === "Enter" && chosen && submit.click(),
      }),
    );
  const sections = action.sections.flatMap((section) => [
    ...(section.title ? [el("h3", {}, section.title)] : []),
    ...section.rows.map(row),
  ]);
  submit.addEventListener("click", () => {
    closeSheet();
    choose({ type: "interactive", interactive: { type: "list_reply", list_reply: chosen } });
  });
  openSheet(action.button, sections, [submit]);
}

/** Picture, document or place. */
export function openAttachments(onPicture, onDocument, onPlace) {
  const tile = (name, label, tone, onclick) =>
    el("button", { type: "button", onclick }, el("span", { class: tone }, icon(name)), label);
  openSheet(kata.lampirkan, [
    el(
      "div",
      { class: "attach-grid" },
      tile("image", kata.gambar, "tone-3", onPicture),
      tile("file", kata.dokumen, "tone-0", onDocument),
      tile("pin", kata.lokasi, "tone-1", () => openPlaces(onPlace)),
    ),
  ]);
}

function openPlaces(choose) {
  const rows = spots.map((spot) =>
    el(
      "button",
      {
        type: "button",
        class: "choice place-choice",
        onclick: () => {
          closeSheet();
          choose({
            type: "location",
            location: { latitude: spot.lat, longitude: spot.lon, name: spot.nama, address: spot.alamat },
          });
        },
      },
      icon("pin"),
      el("span", {}, el("strong", {}, spot.nama), el("small", {}, spot.alamat)),
    ),
  );
  openSheet(kata.lokasi, rows);
}

/** A picture or document before it is sent, with room for a caption. */
export function openPreview(file, send) {
  const picture = file.type.startsWith("image/");
  const address = picture ? URL.createObjectURL(file) : null;
  const caption = el("input", { class: "caption", placeholder: kata.keterangan, "aria-label": kata.keterangan, maxlength: 1024 });
  const submit = el("button", { class: "primary", type: "button" }, kata.kirim);
  const done = () => {
    closeSheet();
    if (address) URL.revokeObjectURL(address);
    send(caption.value.trim());
  };
  submit.addEventListener("click", done);
  caption.addEventListener("keydown", (event) => event.key === "Enter" && done());
  const shown = picture
    ? el("img", { class: "preview", src: address, alt: file.name })
    : el("p", { class: "choice" }, icon("file"), el("span", {}, el("strong", {}, file.name)));
  openSheet(picture ? kata.gambar : kata.dokumen, [shown, caption], [submit]);
}
