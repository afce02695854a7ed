"""Services that an office switches on and off, and what follows from a switch.

Which questions belong to a service stands in `aturan/modul.yml`; an office sets every switch under
`modul:` in its own file, so that nothing is on or off by oversight.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, Field, validator

from riung.validation import Edited, EditError, edited_file, name_keys, read_as, unknown

MODULES_FILE = edited_file("aturan/modul.yml")


class Modules(Edited):
    """An office's switches (`modul:`); each has to be set."""

    whatsapp_queue: bool = Field(..., alias="antrean_whatsapp")
    complaints: bool = Field(..., alias="pengaduan")
    home_visits: bool = Field(..., alias="kunjungan_rumah")
    delivery: bool = Field(..., alias="kirim_pos")
    same_day: bool = Field(..., alias="percepatan")

    def is_on(self, module: str) -> bool:
        """Whether the module of that Indonesian name is switched on."""
        return bool(self.dict(by_alias=True)[module])


class ModuleRule(Edited):
    """What a switch turns off."""

    intents: tuple[str, ...] = Field(..., alias="maksud")
    menu_row: Literal["hilang", "tetap"] = Field(..., alias="baris_menu")


class ModuleRules(BaseModel):
    """The file: a rule for every switch, and no other."""

    __root__: dict[str, ModuleRule]

    @validator("__root__")
    def _are_of_the_switches(cls, rules: dict[str, ModuleRule]) -> dict[str, ModuleRule]:
        known = [field.alias for field in Modules.__fields__.values()]
        for name in rules:
            if name not in known:
                raise EditError(f"layanan '{name}' {unknown(name, known)}", name)
        for name in known:
            if name not in rules:
                raise ValueError(f"layanan '{name}' belum ditulis")
        return rules

    class Config:
        """An editor completes the names."""

        @staticmethod
        def schema_extra(schema: dict[str, Any]) -> None:
            """Name the switches."""
            name_keys(schema, (field.alias for field in Modules.__fields__.values()))


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
    """The switched-off module that `intent` belongs to; None when it is answered as usual."""
    for name, rule in module_rules().items():
        if intent in rule.intents and not modules.is_on(name):
            return name
    return None


def hides_row(modules: Modules, intent: str) -> bool:
    """Whether a menu row that asks `intent` is left out."""
    off = switched_off(modules, intent)
    return off is not None and module_rules()[off].menu_row == "hilang"
