"""Stages of a passport application: which follows which, and what the citizen reads at each.

The order stands in `aturan/tahap_paspor.yml`, the wording in the office's file (`fakta.tahap`), so
an office may word a stage its own way. Sources: facts `tahap_*` and `jalur_*`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from riung.office.model import Office
from riung.settings import ROOT
from riung.yaml_files import YamlError, line_of, read_yaml

STAGES_FILE = ROOT / "aturan" / "tahap_paspor.yml"


@dataclass(frozen=True)
class Branch:
    """A stage beside the order: possible after `after`; a `final` one ends the application."""

    after: tuple[str, ...]
    final: bool


@dataclass(frozen=True)
class StageOrder:
    """Routes and branches of one kind of application."""

    routes: dict[str, tuple[str, ...]]
    step_keys: dict[str, str]
    branches: dict[str, Branch]

    @property
    def stages(self) -> frozenset[str]:
        """Every stage code there is."""
        return frozenset(self.branches).union(*self.routes.values())

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
    content = read_yaml(path)
    for part, needed in (("jalur", ("urutan", "langkah")), ("cabang", ("setelah",))):
        for name, entry in content[part].items():
            for key in needed:
                if key not in entry:
                    line = line_of(content, (part, name))
                    raise YamlError(path, line, f"'{name}' belum punya '{key}'")
    order = StageOrder(
        routes={name: tuple(route["urutan"]) for name, route in content["jalur"].items()},
        step_keys={name: str(route["langkah"]) for name, route in content["jalur"].items()},
        branches={
            name: Branch(tuple(branch["setelah"]), bool(branch.get("akhir", False)))
            for name, branch in content["cabang"].items()
        },
    )
    for name, branch in order.branches.items():
        unknown = set(branch.after) - order.stages
        if unknown:
            line = line_of(content, ("cabang", name, "setelah"))
            raise YamlError(path, line, f"tahap '{min(unknown)}' tidak ada di jalur mana pun")
    return order


def stage_wording(office: Office, route: str, stage: str) -> dict[str, str]:
    """`stage_label`, `stage_text` and `next_step` as the office words them for that route."""
    words: dict[str, Any] = office.raw.get("fakta", {}).get("tahap", {}).get(stage, {})
    step_key = stage_order().step_keys.get(route, "langkah")
    return {
        "stage_label": str(words.get("label", stage)),
        "stage_text": str(words.get("penjelasan", "")),
        "next_step": str(words.get(step_key) or words.get("langkah", "")),
    }
