"""Services that go step by step: their steps (`aturan/langkah.yml`) and the words for them.

The order and the minutes are the office's own procedure (facts micin_sop, sambang_langkah). A step
is what is being done: it begins when it is recorded and ends when the next one is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from pydantic import BaseModel, Field, root_validator, validator

from riung.localized import Localized
from riung.office.modules import module_rules
from riung.validation import Edited, EditError, edited_file, read_as, require_short, unknown

RULES_FILE = edited_file("aturan/langkah.yml")
WORDS_FILE = edited_file("kalimat/langkah_layanan.yml")

CANCELLED = "cancelled"
"""The step in which every kind ends when somebody gives it up."""

STEP_LENGTH, KIND_LENGTH = 30, 20
"""Characters of a step and of a kind, as the table keeps them."""


class Step(Edited):
    """One step; `after` marks a branch beside the order, `minutes` are working minutes."""

    number: int | None = Field(None, alias="nomor", ge=1)
    minutes: int | None = Field(None, alias="menit", ge=1)
    working_days: int | None = Field(None, alias="hari_kerja", ge=1)
    after: tuple[str, ...] = Field((), alias="setelah")
    final: bool = Field(False, alias="akhir")
    told: bool = Field(False, alias="kabari")
    awaits_citizen: bool = Field(False, alias="menunggu_warga")
    needs_reason: bool = Field(False, alias="alasan")


class Kind(Edited):
    """A service: its switch, its steps in order, and who works on it."""

    module: str = Field(alias="modul")
    most_open: int = Field(alias="terbuka_maks", ge=1)
    cancel_until: str = Field(alias="batal_sampai")
    files_until: str = Field("", alias="berkas_sampai")
    roles: tuple[str, ...] = Field(alias="peran")
    equipment: tuple[str, ...] = Field((), alias="perlengkapan")
    steps: dict[str, Step] = Field(alias="langkah")

    @validator("module")
    def _is_a_switch(cls, module: str) -> str:
        if module not in module_rules():
            raise ValueError(f"layanan '{module}' {unknown(module, module_rules())}")
        return module

    @validator("steps")
    def _follow_steps(cls, steps: dict[str, Step], values: Mapping[str, str]) -> dict[str, Step]:
        require_short(steps, STEP_LENGTH)
        for name, step in steps.items():
            for place, before in enumerate(step.after):
                if before not in steps:
                    words = f"langkah '{before}' {unknown(before, steps)}"
                    raise EditError(words, name, "setelah", place)
        if CANCELLED not in steps:
            raise ValueError(f"langkah '{CANCELLED}' wajib ada")
        last = _order(steps)[-1]
        if not steps[last].final:
            raise EditError(f"langkah terakhir '{last}' butuh 'akhir: true'", last)
        return steps

    @root_validator(skip_on_failure=True)
    def _end_at_a_step(cls, values: dict[str, Any]) -> dict[str, Any]:
        order = _order(values["steps"])
        for key, step in (
            ("batal_sampai", values["cancel_until"]),
            ("berkas_sampai", values["files_until"]),
        ):
            if step not in ("", *order):
                raise EditError(f"'{key}': langkah '{step}' {unknown(step, order)}", key)
        return values

    @property
    def order(self) -> list[str]:
        """The steps one after the other, without branches."""
        return _order(self.steps)

    def follows(self, passed: Sequence[str]) -> list[str]:
        """What may come after the steps `passed` (the last is now): the next one first.

        Later steps may be skipped, for one that was forgotten; from a branch one goes back to where
        it left the order, or to any later step.
        """
        now, order = passed[-1], self.order
        if self.steps[now].final:
            return []
        reached = order.index(next(step for step in reversed(passed) if step in order))
        later = order[max(reached, 1) :] if self.steps[now].after else order[reached + 1 :]
        return [*later, *(name for name, step in self.steps.items() if now in step.after)]

    def may_be_cancelled(self, step: str) -> bool:
        """Whether the citizen may still give it up in the chat."""
        return self._is_until(step, self.cancel_until)

    def takes_files(self, step: str) -> bool:
        """Whether photos sent in the chat still belong to it."""
        return bool(self.files_until) and self._is_until(step, self.files_until)

    def _is_until(self, step: str, last: str) -> bool:
        order = self.order
        return self.steps[step].awaits_citizen or step in order[: order.index(last) + 1]


def _order(steps: Mapping[str, Step]) -> list[str]:
    return [name for name, step in steps.items() if not step.after]


class Kinds(BaseModel):
    """The file `aturan/langkah.yml`."""

    __root__: dict[str, Kind]

    @validator("__root__")
    def _have_short_codes(cls, kinds: dict[str, Kind]) -> dict[str, Kind]:
        require_short(kinds, KIND_LENGTH)
        return kinds


class StepWords(Edited):
    """A step in words: its short name, and what it means for the citizen."""

    label: Localized
    citizen: Localized = Field(alias="warga")


class KindWords(Edited):
    """A service in words."""

    name: Localized = Field(alias="nama")
    steps: dict[str, StepWords] = Field(alias="langkah")
    roles: dict[str, str] = Field(alias="peran")
    equipment: dict[str, str] = Field({}, alias="perlengkapan")
    groups: dict[str, Localized] = Field(alias="golongan")


class Words(BaseModel):
    """The file `kalimat/langkah_layanan.yml`: words for each step, role and piece of the rules."""

    __root__: dict[str, KindWords]

    @validator("__root__")
    def _word_the_rules(cls, words: dict[str, KindWords]) -> dict[str, KindWords]:
        for name, kind in kinds().items():
            if name not in words:
                raise ValueError(f"layanan '{name}' belum ditulis")
            said = words[name]
            for part, needed, given in (
                ("langkah", kind.steps, said.steps),
                ("peran", kind.roles, said.roles),
                ("perlengkapan", kind.equipment, said.equipment),
            ):
                missing = [one for one in needed if one not in given]
                if missing:
                    raise EditError(f"'{missing[0]}' belum ditulis", name, part)
        return words


def read_kinds(path: Path = RULES_FILE) -> dict[str, Kind]:
    """The rules by kind.

    Raises:
        YamlError: with file, line and what to write instead.
    """
    return read_as(path, Kinds).__root__


@lru_cache(maxsize=1)
def kinds() -> dict[str, Kind]:
    """The rules in force."""
    return read_kinds()


def read_words(path: Path = WORDS_FILE) -> dict[str, KindWords]:
    """The words by kind.

    Raises:
        YamlError: with file, line and what to write instead.
    """
    return read_as(path, Words).__root__


@lru_cache(maxsize=1)
def words() -> dict[str, KindWords]:
    """The words in force."""
    return read_words()
