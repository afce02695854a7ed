"""Who may import whom: the table of docs/developers.md, held by import-linter."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import tomli

from tests.paths import ROOT

CONTRACTS = tomli.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]
LINES = [re.split(r" [|:] ", line) for line in CONTRACTS["contracts"][0]["layers"]]
"""Rooms by line, the highest first."""


def test_no_import_runs_upwards_and_rasa_stays_in_its_rooms() -> None:
    command = Path(sys.executable).with_name("lint-imports")

    seen = subprocess.run([command], cwd=ROOT, capture_output=True, text=True, check=False)

    assert seen.returncode == 0, seen.stdout


def test_every_room_stands_on_a_line() -> None:
    found = {
        f"riung.{path.stem}"
        for path in (ROOT / "riung").iterdir()
        if path.suffix == ".py" or (path / "__init__.py").exists()
    }

    assert {room for line in LINES for room in line} == (found | {"actions"}) - {"riung.__init__"}


def test_the_page_for_developers_shows_the_same_lines() -> None:
    page = (ROOT / "docs" / "developers.md").read_text("utf-8")
    rows = re.findall(r"^\| (\d) \| `([\w/.*]+)`", page, re.MULTILINE)
    shown = [
        (int(line), room.strip("/").removesuffix(".py").replace("/", ".")) for line, room in rows
    ]

    drawn = [(at, room) for at, line in enumerate(LINES[:-1], 1) for room in line]
    assert shown == [*drawn, (len(LINES), "riung.*")]
