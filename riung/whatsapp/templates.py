"""The templates that may be sent outside the 24-hour window, from `kalimat/templat.yml`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, Extra, Field, ValidationError, validator

from riung import limits
from riung.sanitizer import intent_of
from riung.settings import ROOT
from riung.validation import explain, unknown
from riung.whatsapp.bubble import Bubble, Choice
from riung.yaml_files import YamlError, line_of, read_yaml

PATH = ROOT / "kalimat" / "templat.yml"

_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_SPACE = re.compile(r"\s+")  # Meta refuses line breaks, tabs and runs of spaces in a parameter

SENT: dict[str, str] = {
    "pengingat_antrean": "jam nomor tanggal tempat",
    "status_berubah": "langkah nomor tahap",
    "kuota_dibuka": "sisa tanggal tempat",
    "jawaban_petugas": "kantor tiket",
    "tempat_ditawarkan": "batas tanggal tempat",
    "tawaran_habis": "tanggal tempat",
    "hari_ditutup": "alasan berikutnya tanggal tempat",
}
"""Template → the values that the programs fill in. Whoever sends a new one adds it here."""

BODY_LIMIT = 1024
"""Characters of a template's body with its variables filled (Meta's template reference)."""


class QuickReply(BaseModel, extra=Extra.forbid, allow_mutation=False):
    """A button under a template: what it says and the command that comes back."""

    judul: str
    payload: str

    @validator("judul")
    def _title_fits(cls, title: str) -> str:
        if limits.length(title) > limits.BUTTON_TITLE:
            raise ValueError(f"judul tombol lebih dari {limits.BUTTON_TITLE} huruf")
        return title

    @validator("payload")
    def _payload_is_command(cls, payload: str) -> str:
        if intent_of(payload) is None:
            raise ValueError("payload harus berbentuk /nama_intent")
        return payload


class Template(BaseModel, extra=Extra.forbid, allow_mutation=False):
    """One template as it is registered with Meta."""

    nama: str = Field(regex=r"^[a-z0-9_]{1,512}$")
    kategori: Literal["UTILITY"]
    bahasa: str = "id"
    isi: str
    contoh: dict[str, str]
    tombol: tuple[QuickReply, ...] = ()

    @validator("contoh")
    def _examples_match(cls, examples: dict[str, str], values: dict[str, Any]) -> dict[str, str]:
        body = values.get("isi", "")
        names = set(_PLACEHOLDER.findall(body))
        if names != set(examples):
            different = ", ".join(sorted(names ^ set(examples)))
            raise ValueError(f"isi dan contoh harus punya variabel yang sama; beda: {different}")
        if limits.length(_fill(body, examples)) > BODY_LIMIT:
            raise ValueError(f"isi dengan contohnya lebih dari {BODY_LIMIT} huruf")
        if body.startswith("{") or body.endswith("}"):
            raise ValueError("isi tidak boleh mulai atau berakhir dengan variabel (aturan Meta)")
        return examples

    @validator("tombol")
    def _few_buttons(cls, buttons: tuple[QuickReply, ...]) -> tuple[QuickReply, ...]:
        if len(buttons) > limits.BUTTONS:
            raise ValueError(f"paling banyak {limits.BUTTONS} tombol")
        return buttons

    @property
    def variables(self) -> tuple[str, ...]:
        """Names in the order of Meta's {{1}}, {{2}} …"""
        return tuple(dict.fromkeys(_PLACEHOLDER.findall(self.isi)))

    @property
    def registered_body(self) -> str:
        """The body as Meta wants it when the template is registered."""
        numbers = {name: f"{{{{{place}}}}}" for place, name in enumerate(self.variables, 1)}
        return _fill(self.isi, numbers)

    def bubble(self, values: Mapping[str, str]) -> Bubble:
        """The same words and buttons free-form, which is what goes while the window is open.

        Raises:
            KeyError: a variable has no value.
        """
        choices = tuple(Choice(button.judul, button.payload) for button in self.tombol)
        return Bubble(_fill(self.isi, values), choices)

    def body(self, values: Mapping[str, str]) -> dict[str, Any]:
        """The Graph API's body, without addressee.

        Raises:
            KeyError: a variable has no value; the template would be refused (132000).
        """
        parameters = [
            {"type": "text", "text": _SPACE.sub(" ", str(values[name])).strip() or "-"}
            for name in self.variables
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
            "language": {"code": self.bahasa},
            "components": components,
        }
        return {"type": "template", "template": template}


def read_templates(path: Path = PATH) -> dict[str, Template]:
    """Template by our name for it.

    Raises:
        YamlError: with file, line and what to write instead.
    """
    content = read_yaml(path)
    templates: dict[str, Template] = {}
    for name, entry in content.items():
        try:
            templates[name] = Template.parse_obj(entry)
        except ValidationError as error:
            where, words = explain(error)
            line = line_of(content, (name, *where))
            raise YamlError(path, line, f"templat '{name}': {words}") from error
    return templates


def read_sent_templates(path: Path = PATH) -> dict[str, Template]:
    """The same, with every template that the programs send, and the values they fill in.

    Raises:
        YamlError: with file, line and what to write instead.
    """
    templates = read_templates(path)
    content = read_yaml(path)
    for name, filled in SENT.items():
        if name not in templates:
            near = unknown(name, templates.keys() - SENT.keys())
            raise YamlError(path, 1, f"templat '{name}' dikirim program; tulis lagi ({near})")
        if {*templates[name].variables} != {*filled.split()}:
            wanted = ", ".join(f"{{{value}}}" for value in filled.split())
            words = f"templat '{name}' harus memakai {wanted}, dan tidak ada yang lain"
            raise YamlError(path, line_of(content, (name, "isi")), words)
    return templates


def _fill(text: str, values: Mapping[str, str]) -> str:
    return _PLACEHOLDER.sub(lambda found: values[found[1]], text)
