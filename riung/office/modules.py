"""Services that an office switches on and off, and what follows from a switch.

Which questions belong to a service stands in `aturan/modul.yml`; an office sets every switch under
`modul:`, so that nothing is on or off by oversight, but for those that its base has switched off.
"""

from __future__ import annotations

import difflib
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, Extra, Field, root_validator, validator

from riung.validation import Edited, EditError, edited_file, meant, read_as, unknown

MODULES_FILE = edited_file("aturan/modul.yml")


class Modules(Edited, extra=Extra.allow):
    """An office's switches (`modul:`): one for each service of `aturan/modul.yml`.

    The programs ask for two of them; the others only decide what is answered.
    """

    whatsapp_queue: bool = Field(..., alias="antrean_whatsapp")
    complaints: bool = Field(..., alias="pengaduan")

    @root_validator(pre=True)
    def _are_switches(cls, values: dict[str, Any]) -> dict[str, Any]:
        known = module_rules()
        for name, value in values.items():
            if name not in known:
                raise EditError(f"'modul.{name}' {unknown(name, known.keys() - values)}", name)
            if type(value) is not bool:
                raise EditError(f"'modul.{name}' harus true atau false", name)
        for name in known:
            if name not in values:
                raise EditError(f"'modul.{name}' wajib diisi: true atau false")
        return values

    @property
    def home_visits(self) -> bool:
        """Whether officers visit people who cannot come."""
        return self.is_on("kunjungan_rumah")

    @property
    def seat_visits(self) -> bool:
        """Whether officers come to the seats of priority applicants."""
        return self.is_on("sambang_pemohon")

    def is_on(self, module: str) -> bool:
        """Whether the module of that Indonesian name is switched on."""
        return bool(self.__dict__.get(_ENGLISH.get(module, module), False))


_ENGLISH = {field.alias: name for name, field in Modules.__fields__.items()}
"""The name in a file → that of the attribute, where it has one."""


class ModuleRule(Edited):
    """What a switch turns off."""

    intents: tuple[str, ...] = Field(..., alias="maksud")
    answers: tuple[str, ...] = Field((), alias="jawaban")
    menu_row: Literal["hilang", "tetap"] = Field(..., alias="baris_menu")


class ModuleRules(BaseModel):
    """The file: a rule for every service that an office may switch off."""

    __root__: dict[str, ModuleRule]

    class Config:
        """An editor misses those of the programs."""

        @staticmethod
        def schema_extra(schema: dict[str, Any]) -> None:
            """Name them."""
            schema["required"] = [field.alias for field in Modules.__fields__.values()]

    @validator("__root__")
    def _have_those_of_the_programs(cls, rules: dict[str, ModuleRule]) -> dict[str, ModuleRule]:
        for field in Modules.__fields__.values():
            if field.alias not in rules:
                near = difflib.get_close_matches(field.alias, rules, n=1, cutoff=0.6)
                words = f"layanan '{field.alias}' dipakai program; tulis lagi"
                raise EditError(f"{words} ({meant(field.alias)})" if near else words, *near)
        return rules


def read_module_rules(path: Path = MODULES_FILE) -> dict[str, ModuleRule]:
    """Module → its rule.

    Raises:
        YamlError: with file, line and what to write instead.
    """
    return read_as(path, ModuleRules).__root__


@lru_cache(maxsize=1)
def module_rules() -> dict[str, ModuleRule]:
    """The rules, read once."""
    return read_module_rules()


def switched_off(modules: Modules, intent: str) -> str | None:
    """The switched-off module that `intent`, or an answer's name without its `utter_`, belongs to;
    None when it is answered as usual.
    """
    for name, rule in module_rules().items():
        if intent in (*rule.intents, *rule.answers) and not modules.is_on(name):
            return name
    return None


def hides_row(modules: Modules, intent: str) -> bool:
    """Whether a menu row that asks `intent` is left out."""
    off = switched_off(modules, intent)
    return off is not None and module_rules()[off].menu_row == "hilang"
