"""Every declared dependency is used, and docs/developers.md says for what."""

from __future__ import annotations

import ast
import re
import subprocess
from importlib.metadata import distribution

import tomli

from tests.paths import ROOT

PROJECT = tomli.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
DECLARED = {
    re.split(r"[=<>\[]", line)[0]
    for line in [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["dev"]]
}
RUN_NOT_IMPORTED = {
    "import-linter": "tests/test_rooms.py",
    "mypy": "Makefile",
    "psycopg2-binary": "docs/developers.md",  # SQLAlchemy loads it for postgresql:// addresses
    "pytest-asyncio": "pyproject.toml",
    "pytest-timeout": "pyproject.toml",
    "pytest-xdist": "Makefile",
    "python-multipart": "docs/developers.md",  # FastAPI loads it for forms
    "ruff": "Makefile",
    "sqlalchemy2-stubs": "docs/developers.md",
    "uv": "scripts/setup",
    "uvicorn": "riung/server/processes.py",
}
"""Package → the file that names it: programs, plug-ins and types, which nobody imports."""


def imported() -> set[str]:
    """Top-level modules that our code imports."""
    listed = subprocess.run(
        ["git", "ls-files", "*.py"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    modules: set[str] = set()
    for path in (ROOT / name for name in listed.stdout.split()):
        for node in ast.walk(ast.parse(path.read_text("utf-8") if path.exists() else "")):
            if isinstance(node, ast.Import):
                modules |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
                modules.add(node.module.split(".")[0])
    return modules


def modules_of(package: str) -> set[str]:
    """Top-level modules that an installed package brings."""
    return {file.parts[0].removesuffix(".py") for file in distribution(package).files or ()}


def test_nothing_is_declared_that_nobody_imports_or_runs() -> None:
    ours = imported()
    asked = {name for name in DECLARED - set(RUN_NOT_IMPORTED) if not name.startswith("types-")}

    assert {package for package in asked if ours.isdisjoint(modules_of(package))} == set()


def test_what_is_run_is_named_where_it_is_run() -> None:
    for package, place in RUN_NOT_IMPORTED.items():
        name = package.removesuffix("-binary").removeprefix("pytest-").removeprefix("import-")
        if package == "pytest-xdist":
            name = "--dist"
        assert name in (ROOT / place).read_text("utf-8"), f"{package} in {place}"


def test_each_is_explained_to_developers() -> None:
    page = (ROOT / "docs" / "developers.md").read_text("utf-8").casefold()

    assert {package for package in DECLARED if f"`{package.lower()}`" not in page} == set()
