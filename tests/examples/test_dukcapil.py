"""Another agency on the same programs: a population office that is YAML and nothing else."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from riung.settings import ENGINE
from riung.training.new_assistant import EXAMPLE, NewAssistantError, create

PASSPORTS = re.compile(r"paspor|pasport|passport|imigrasi|immigration|kitas|visa", re.IGNORECASE)
ENOUGH = 0.85

OF_PASSPORTS = re.compile(
    r"companion|pendamping|own_dates|reminder_request|topic_policy|planning|subscriptions|templates"
)
"""Programs for the passport app's companion and for reminders of one's passport: an assistant whose
domain has none of their actions never meets them."""


def run(folder: Path, *arguments: str) -> str:
    """What a program says that runs for the assistant of the folder."""
    environment = {**os.environ, "RIUNG_HOME": str(folder), "PYTHONPATH": str(ENGINE)}
    finished = subprocess.run(
        [sys.executable, "-W", "ignore", *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
    )
    assert finished.returncode == 0, finished.stdout + finished.stderr
    return finished.stdout


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An assistant made from the example, checked and trained."""
    folder = tmp_path_factory.mktemp("baru") / "asisten"
    create(folder, "Dinas Layanan Kota Lain")
    run(folder, "-m", "riung.cli", "train")
    return folder


def test_the_example_is_yaml_alone_and_speaks_of_no_passports() -> None:
    made = {"models", "var", "reports"}
    files = [p for p in EXAMPLE.rglob("*") if p.is_file() and not made & {*p.parts}]
    files = [path for path in files if path.name != ".env"]

    assert {path.suffix for path in files} <= {".yml", ".md"}
    assert [path.name for path in files if PASSPORTS.search(path.read_text("utf-8"))] == []


def test_programs_name_no_passports() -> None:
    """Words of one agency stand in its own files: YAML and `own_actions.py`."""
    code = [*(ENGINE / "riung").rglob("*"), *(ENGINE / "actions").rglob("*")]
    texts = {p: p.read_text("utf-8") for p in code if p.suffix in (".py", ".html", ".js")}
    words = re.compile(r"paspor|passport|imigrasi|immigration", re.IGNORECASE)

    named = {
        f"{path.relative_to(ENGINE)}: {line.strip()[:80]}"
        for path, text in texts.items()
        if not OF_PASSPORTS.search(str(path.relative_to(ENGINE)))
        for line in _code_lines(text)
        if words.search(line)
    }

    assert named == set()


def _code_lines(text: str) -> Iterator[str]:
    """The lines outside of docstrings and comments, which may give examples."""
    plain = re.sub(r'"""[\s\S]*?"""', "", text)
    yield from (line.split("  # ")[0] for line in plain.splitlines() if "# " not in line[:6])


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "catatan.txt").write_text("penting", "utf-8")

    with pytest.raises(NewAssistantError, match="sudah ada isinya"):
        create(tmp_path, "Dinas")


@pytest.mark.timeout(1200)
def test_a_new_assistant_checks_trains_and_talks(trained: Path) -> None:
    said = run(trained, "-m", "riung.cli", "uji")

    assert "tes percakapan berjalan seperti tertulis" in said


@pytest.mark.timeout(1200)
def test_real_questions_are_understood(trained: Path) -> None:
    told = json.loads(
        run(trained, "-m", "tests.examples.understood", str(EXAMPLE)).splitlines()[-1]
    )

    assert told["asked"] >= 60
    assert told["right"] / told["asked"] >= ENOUGH, told["wrong"]
    assert not [answer for answer in told["answers"] if PASSPORTS.search(answer)]
