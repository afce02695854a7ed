"""Files that people edit: each broken one is a plain line with its place, and nothing breaks."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from riung.settings import ROOT
from riung.training import edited_files
from riung.training.check import EDITED, broken
from riung.validation import read_as
from riung.yaml_files import YamlError


def found(root: Path) -> list[str]:
    """What is said of files that cannot be read, with names relative to the project."""
    lines = [str(problem).removeprefix(f"{root}/") for problem in broken(root)]
    assert all(re.match(r"^[\w/]+\.yml:\d+: .+$", line) for line in lines), lines
    return lines


def test_riungs_own_files_are_in_order(project: Path) -> None:
    assert found(project) == []


def test_every_yaml_that_people_edit_has_a_model() -> None:
    places = [ROOT / name for name in EDITED if name != "offices"]
    files = (file for place in places for file in [place, *place.rglob("*")])
    there = {file for file in files if file.suffix == ".yml"}

    assert there - {path for path, _ in edited_files.edited(ROOT)} == set()


def test_an_assistant_of_another_agency_needs_no_narrow_questions() -> None:
    read = {path for path, _ in edited_files.edited(ROOT / "examples" / "dukcapil")}
    assert {path.name for path in read if not path.exists()} == set()


@pytest.mark.parametrize("pattern", edited_files.MODELS)
@pytest.mark.parametrize(
    "content", ["- satu\n- dua\n", "kata: [\n", "7\n", "", "a: {b: {c: {d: 1}}}\n"]
)
def test_any_file_may_be_anything_and_is_told_in_a_line(
    tmp_path: Path, pattern: str, content: str
) -> None:
    path = tmp_path / "berkas.yml"
    path.write_text(content, "utf-8")

    with pytest.raises(YamlError) as error:
        read_as(path, edited_files.MODELS[pattern])

    assert re.match(r"^\S+berkas\.yml:\d+: .+$", str(error.value))


def test_a_missing_file_is_told(project: Path) -> None:
    (project / "kalimat/meja.yml").unlink()
    assert found(project) == [
        "kalimat/meja.yml:1: berkas ini tidak ada; kembalikan, misalnya dengan"
        " `git checkout -- meja.yml` di foldernya"
    ]
