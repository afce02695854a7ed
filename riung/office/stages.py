"""Stages of an application: which follows which, and what the citizen reads at each.

The order stands in `aturan/tahap.yml`, the wording in the office's file (`fakta.tahap`), so
an office may word a stage its own way. Sources: facts `tahap_*` and `jalur_*`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from pydantic import Field, conlist, validator

from riung.office.model import Office
from riung.validation import (
    CODE_LENGTH,
    Edited,
    EditError,
    edited_file,
    read_as,
    require_short,
    unknown,
)

STAGES_FILE = edited_file("aturan/tahap.yml")


class Route(Edited):
    """The stages of a way through the office, and which words of next steps it uses."""

    stages: conlist(str, min_items=1) = Field(alias="urutan")  # type: ignore[valid-type]
    step_key: str = Field(alias="langkah")

    @validator("stages")
    def _stand_once(cls, stages: list[str]) -> list[str]:
        for place, stage in enumerate(stages):
            if stage in stages[:place]:
                raise EditError(f"tahap '{stage}' sudah ada di depannya; hapus salah satu", place)
            if len(stage) > CODE_LENGTH:
                raise EditError(f"tahap paling banyak {CODE_LENGTH} huruf", place)
        return stages


class Branch(Edited):
    """A stage beside the order: possible after `after`; a `final` one ends the application."""

    after: tuple[str, ...] = Field(alias="setelah")
    final: bool = Field(False, alias="akhir")


class Stages(Edited):
    """The file `aturan/tahap.yml`."""

    routes: dict[str, Route] = Field(alias="jalur")
    branches: dict[str, Branch] = Field(alias="cabang")
    ready: tuple[str, ...] = Field((), alias="siap")

    @validator("routes")
    def _are_codes(cls, routes: dict[str, Route]) -> dict[str, Route]:
        require_short(routes)
        for name in routes:
            if not re.fullmatch(r"[a-z][a-z0-9_]*", name):
                words = f"kode jalur '{name}' hanya huruf kecil, angka, dan garis bawah"
                raise EditError(words, name)
        return routes

    @validator("branches")
    def _follow_a_stage(
        cls, branches: dict[str, Branch], values: Mapping[str, dict[str, Route]]
    ) -> dict[str, Branch]:
        require_short(branches)
        known = {stage for route in values.get("routes", {}).values() for stage in route.stages}
        for name, branch in branches.items():
            for place, stage in enumerate(branch.after):
                if stage not in known | {*branches}:
                    words = f"tahap '{stage}' tidak ada di jalur mana pun"
                    raise EditError(words, name, "setelah", place)
        return branches

    @validator("ready", each_item=True)
    def _is_a_stage(cls, stage: str, values: Mapping[str, Any]) -> str:
        routes, branches = values.get("routes", {}), values.get("branches", {})
        known = {one for route in routes.values() for one in route.stages} | {*branches}
        if stage not in known:
            raise ValueError(f"tahap '{stage}' {unknown(stage, known)}")
        return stage


@dataclass(frozen=True)
class StageOrder:
    """Routes and branches of one kind of application."""

    routes: dict[str, tuple[str, ...]]
    step_keys: dict[str, str]
    branches: dict[str, Branch]
    ready: frozenset[str] = frozenset()
    """Stages at which the citizen waits for nothing any more: it is there to be collected."""

    @property
    def first_route(self) -> str:
        """The route of applications that name none: the first of the file."""
        return next(iter(self.routes))

    @property
    def ended(self) -> frozenset[str]:
        """Stages after which nothing more is to come."""
        final = (name for name, branch in self.branches.items() if branch.final)
        return frozenset(order[-1] for order in self.routes.values()).union(final)

    @property
    def stages(self) -> frozenset[str]:
        """Every stage code there is."""
        return frozenset(self.branches).union(*self.routes.values())

    def after(self, route: str, stage: str) -> tuple[str, ...]:
        """The stages of the route that are to come; none for a stage that is not on it."""
        order = self.routes.get(route, ())
        return order[order.index(stage) + 1 :] if stage in order else ()

    def may_follow(self, route: str, passed: list[str], following: str) -> bool:
        """Whether `following` may come after the stages `passed` (oldest first, last is now).

        Later stages of the route may be skipped, as offices do not show all of them. From a branch
        one goes back into the route at the stage that was left, or at any later one.
        """
        order, current = self.routes[route], passed[-1]
        branch = self.branches.get(current)
        if branch and branch.final:
            return False
        on_route = [order.index(stage) for stage in passed if stage in order]
        reached = on_route[-1] if on_route else -1
        if following in order:
            left_route = current not in order
            return order.index(following) >= reached + (0 if left_route else 1)
        side = self.branches.get(following)
        return side is not None and current in side.after


@lru_cache(maxsize=1)
def stage_order() -> StageOrder:
    """The order in force."""
    return read_stage_order()


def read_stage_order(path: Path = STAGES_FILE) -> StageOrder:
    """Read and check the file.

    Raises:
        YamlError: a route lacks something, or a branch names a stage that no route has.
    """
    file = read_as(path, Stages)
    return StageOrder(
        routes={name: tuple(route.stages) for name, route in file.routes.items()},
        step_keys={name: route.step_key for name, route in file.routes.items()},
        branches=file.branches,
        ready=frozenset(file.ready),
    )


def stage_wording(office: Office, route: str, stage: str, language: str = "id") -> dict[str, str]:
    """`stage_label`, `stage_text` and `next_step` as the office words them for that route."""
    words: dict[str, Any] = office.raw.get("fakta", {}).get("tahap", {}).get(stage, {})
    step_key = stage_order().step_keys.get(route, "langkah")
    spoken = "en_" if language == "en" else ""
    steps = (f"{spoken}{step_key}", f"{spoken}langkah")
    return {
        "stage_label": str(words.get(f"{spoken}label", stage)),
        "stage_text": str(words.get(f"{spoken}penjelasan", "")),
        "next_step": next((str(words[key]) for key in steps if key in words), ""),
    }
