"""The templates that may be sent outside the 24-hour window, from `kalimat/templat.yml`."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, ClassVar, Literal

from pydantic import BaseModel, Field, parse_obj_as, validator

from riung import limits
from riung.localized import LANGUAGE, LANGUAGES, ButtonTitle, Localized, Value, fill, placeholders
from riung.sanitizer import intent_of
from riung.validation import Edited, EditError, edited_file, name_keys, read_as, unknown
from riung.whatsapp.bubble import Bubble, Choice

PATH = edited_file("kalimat/templat.yml")

_SPACE = re.compile(r"\s+")  # Meta refuses line breaks, tabs and runs of spaces in a parameter

SENT: dict[str, str] = {
    "pengingat_antrean": "jam nomor siapa tanggal tempat",
    "pengingat_hari_ini": "jam nomor siapa tanggal tempat",
    "status_berubah": "langkah nomor tahap",
    "kuota_dibuka": "sisa tanggal tempat",
    "batas_bayar": "batas",
    "paspor_habis": "tanggal",
    "langkah_berubah": "arti kode layanan tahap",
    "langkah_dikembalikan": "alasan arti kode layanan tahap",
    "jawaban_petugas": "kantor tiket",
    "tempat_ditawarkan": "batas siapa tanggal tempat",
    "tawaran_habis": "siapa tanggal tempat",
    "hari_dibuka_lagi": "siapa tanggal tempat",
    "hari_ditutup": "alasan berikutnya tanggal tempat",
}
"""Template → the values that the programs fill in. Whoever sends a new one adds it here."""

OPTIONAL = frozenset({"batas_bayar", "paspor_habis", "langkah_berubah", "langkah_dikembalikan"})
"""News of services that an assistant may do without; then it has no such words."""

BODY_LIMIT = 1024
"""Characters of a template's body with its variables filled (Meta's template reference)."""


class QuickReply(Edited):
    """A button under a template: what it says and the command that comes back."""

    judul: ButtonTitle
    payload: str

    @validator("payload")
    def _payload_is_command(cls, payload: str) -> str:
        if intent_of(payload) is None:
            raise ValueError("payload harus berbentuk /nama_intent")
        return payload


class Examples(Edited):
    """A value of each variable, which Meta wants to see when a template is registered."""

    id: dict[str, str]
    en: dict[str, str]


class Template(Edited):
    """One template as it is registered with Meta, under one name in each language."""

    nama: str = Field(regex=r"^[a-z0-9_]{1,512}$")
    kategori: Literal["UTILITY"]
    isi: Localized
    contoh: Examples
    tombol: tuple[QuickReply, ...] = ()

    @validator("isi")
    def _begins_and_ends_with_words(cls, body: Localized) -> Localized:
        for language in LANGUAGES:
            text = body.in_language(language)
            if text.startswith("{") or text.endswith("}"):
                words = "isi tidak boleh mulai atau berakhir dengan variabel (aturan Meta)"
                raise EditError(words, language)
            if re.search(r"\}\s*\{", text):
                words = (
                    "dua variabel tidak boleh berdampingan (aturan Meta); tulis kata di antaranya"
                )
                raise EditError(words, language)
        if {*placeholders(body.id)} != {*placeholders(body.en)}:
            raise EditError("isi harus punya variabel yang sama di kedua bahasa", "en")
        return body

    @validator("contoh")
    def _examples_match(cls, examples: Examples, values: dict[str, Any]) -> Examples:
        body: Localized | None = values.get("isi")
        if body is None:
            return examples
        for language in LANGUAGES:
            text, given = body.in_language(language), getattr(examples, language)
            if {*placeholders(text)} != {*given}:
                different = ", ".join(sorted({*placeholders(text)} ^ {*given}))
                words = f"isi dan contoh harus punya variabel yang sama; beda: {different}"
                raise EditError(words, language)
            if limits.length(fill(text, given)) > BODY_LIMIT:
                words = f"isi dengan contohnya lebih dari {BODY_LIMIT} huruf"
                raise EditError(words, language)
        return examples

    @validator("tombol")
    def _few_buttons(cls, buttons: tuple[QuickReply, ...]) -> tuple[QuickReply, ...]:
        if len(buttons) > limits.BUTTONS:
            raise ValueError(f"paling banyak {limits.BUTTONS} tombol")
        return buttons

    languages: ClassVar[tuple[str, ...]] = LANGUAGES
    """What it is registered in."""

    @property
    def variables(self) -> frozenset[str]:
        """The names of the values."""
        return frozenset(self.isi.placeholders())

    def registered_body(self, language: str) -> str:
        """The body as Meta wants it when the template is registered."""
        text = self.isi.in_language(language)
        numbers = {name: f"{{{{{place}}}}}" for place, name in enumerate(placeholders(text), 1)}
        return fill(text, numbers)

    def bubble(self, values: Mapping[str, Value], language: str) -> Bubble:
        """The same words and buttons free-form, which is what goes while the window is open.

        Raises:
            KeyError: a variable has no value.
        """
        choices = tuple(
            Choice(button.judul.in_language(language), button.payload) for button in self.tombol
        )
        text = self.isi.say(language, **_told(values, language))
        return Bubble(text, choices, language=language)

    def body_of(self, stored: Mapping[str, Any]) -> dict[str, Any]:
        """The body of a template as the outbox keeps it: `variables`, and `language`."""
        values = parse_obj_as(dict[str, Value], stored["variables"])
        return self.body(values, stored.get(LANGUAGE, "id"))

    def filled(self, values: Sequence[str], language: str) -> tuple[str, list[str]] | None:
        """The words with the values in Meta's order, and the buttons' titles.

        None when there are more or fewer values than the language's words have.
        """
        names = placeholders(self.isi.in_language(language))
        if len(names) != len(values):
            return None
        titles = [button.judul.in_language(language) for button in self.tombol]
        return self.isi.say(language, **dict(zip(names, values, strict=True))), titles

    def body(self, values: Mapping[str, Value], language: str) -> dict[str, Any]:
        """The Graph API's body, without addressee.

        Raises:
            KeyError: a variable has no value; the template would be refused (132000).
        """
        told = _told(values, language)
        parameters = [
            {"type": "text", "text": _SPACE.sub(" ", told[name]).strip() or "-"}
            for name in placeholders(self.isi.in_language(language))
        ]
        components: list[dict[str, Any]] = [{"type": "body", "parameters": parameters}]
        for index, button in enumerate(self.tombol):
            payload = [{"type": "payload", "payload": button.payload}]
            components.append(
                {
                    "type": "button",
                    "sub_type": "quick_reply",
                    "index": index,
                    "parameters": payload,
                }
            )
        template = {
            "name": self.nama,
            "language": {"code": language},
            "components": components,
        }
        return {"type": "template", "template": template}


class TemplateFile(BaseModel):
    """A file of templates: our name → template."""

    __root__: dict[str, Template]


class SentTemplates(TemplateFile):
    """`templat.yml`: every template that the programs send, with the values they fill in."""

    @validator("__root__")
    def _are_as_they_are_sent(cls, templates: dict[str, Template]) -> dict[str, Template]:
        for name, filled in SENT.items():
            if name not in templates and name in OPTIONAL:
                continue
            if name not in templates:
                near = unknown(name, templates.keys() - SENT.keys())
                raise ValueError(f"templat '{name}' dikirim program; tulis lagi ({near})")
            if templates[name].variables != {*filled.split()}:
                wanted = ", ".join(f"{{{value}}}" for value in filled.split())
                words = f"templat '{name}' harus memakai {wanted}, dan tidak ada yang lain"
                raise EditError(words, name, "isi")
        return templates

    @validator("__root__")
    def _have_names_of_their_own(cls, templates: dict[str, Template]) -> dict[str, Template]:
        owner: dict[str, str] = {}
        for key, template in templates.items():
            if owner.setdefault(template.nama, key) != key:
                words = f"nama '{template.nama}' juga dipakai templat '{owner[template.nama]}'"
                raise EditError(f"{words}; tulis nama templat ini di WhatsApp", key, "nama")
        return templates

    class Config:
        """An editor completes the names."""

        @staticmethod
        def schema_extra(schema: dict[str, Any]) -> None:
            """Name the templates."""
            name_keys(schema, SENT)
            schema["required"] = [name for name in schema["required"] if name not in OPTIONAL]


def read_templates(path: Path = PATH) -> dict[str, Template]:
    """Template by our name for it.

    Raises:
        YamlError: with file, line and what to write instead.
    """
    return read_as(path, SentTemplates).__root__


def _told(values: Mapping[str, Value], language: str) -> dict[str, str]:
    """The values in that language."""
    return {
        name: value.in_language(language) if isinstance(value, Localized) else str(value)
        for name, value in values.items()
    }
