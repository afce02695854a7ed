"""`make check`: every mistake a trainer can make is one Indonesian line with its place."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from riung.training import check
from riung.training.check import problems
from riung.yaml_files import read_yaml
from tests.paths import ROOT

EDITS: list[dict[str, Any]] = [
    case
    for name in ("broken_edits.yml", "broken_shapes.yml")
    for case in read_yaml(Path(__file__).with_name(name))
]


def edit(project: Path, name: str, old: str, new: str) -> None:
    content = (project / name).read_text("utf-8")
    assert old in content, (name, old)
    (project / name).write_text(content.replace(old, new, 1), "utf-8")


def line_with(project: Path, name: str, text: str) -> int:
    lines = (project / name).read_text("utf-8").splitlines()
    return next(number for number, line in enumerate(lines, start=1) if text in line)


def only(found: list[str]) -> str:
    assert len(found) == 1, found
    return found[0]


def test_riungs_own_files_are_in_order() -> None:
    assert problems() == []


def test_a_project_without_a_mistake_has_no_problem(project: Path) -> None:
    assert problems(project) == []


AT_ONCE = 8
"""Edits that are looked at together: each look reads all files of a project."""


def batches() -> list[list[dict[str, Any]]]:
    """The edits, those of one batch in different files each."""
    made: list[list[dict[str, Any]]] = []
    for case in EDITS:
        files = {case["file"], case.get("in", case["file"])}
        open_to = (
            batch
            for batch in made
            if len(batch) < AT_ONCE
            and files.isdisjoint(name for one in batch for name in (one["file"], one.get("in")))
        )
        batch = next(open_to, None)
        if batch is None:
            made.append([case])
        else:
            batch.append(case)
    return made


def is_told(project: Path, case: dict[str, Any], found: list[str]) -> bool:
    """Whether a line of the check names the edit's file and line and says what to write."""
    file = case.get("in", case["file"])
    line = line_with(project, file, case["at"]) if case["at"] else 1
    place = f"{project / file}:" if case.get("anywhere") else f"{project / file}:{line}: "
    return any(one.startswith(place) and case["words"] in one for one in found)


@pytest.mark.parametrize("cases", batches(), ids=lambda cases: cases[0]["new"][:40])
def test_broken_edits_are_told_with_file_line_and_what_to_write(
    project: Path, cases: list[dict[str, Any]]
) -> None:
    before = {case["file"]: (project / case["file"]).read_text("utf-8") for case in cases}
    untold = cases
    while untold:  # a file that cannot be read keeps others from being looked at
        for case in untold:
            edit(project, case["file"], case["old"], case["new"])
        found = problems(project)
        hidden = [case for case in untold if not is_told(project, case, found)]
        for name, content in before.items():
            (project / name).write_text(content, "utf-8")
        assert len(hidden) < len(untold), (hidden, found)
        untold = hidden


@pytest.mark.parametrize("name", ["cilacap.yaml", "cilacap.yml.txt", "Cilacap.yml", "pmlg (1).yml"])
def test_a_file_that_no_program_would_read_is_told(project: Path, name: str) -> None:
    path = project / "offices" / name
    path.write_text("id: cilacap\ndasar: nasional\n", "utf-8")
    try:
        found = [line for line in problems(project) if line.startswith(f"{path}:1: ")]
    finally:
        path.unlink()
    assert "ganti nama" in only(found)


def test_an_office_that_cannot_be_read_is_told_once(project: Path) -> None:
    edit(project, "offices/pemalang.yml", 'buka: "08:00"', 'buka: "25.00"')
    assert {line.split(":")[0] for line in problems(project)} == {
        str(project / "offices/pemalang.yml")
    }


def test_a_list_where_an_office_should_stand_is_told(project: Path) -> None:
    (project / "offices/pemalang.yml").write_text("- a\n- b\n", "utf-8")
    assert "bukan daftar" in "".join(problems(project))


def test_a_story_against_a_rule_is_told_with_both_places(project: Path) -> None:
    story = """version: "3.1"
stories:
- story: Menu yang lain
  steps:
  - intent: menu
  - action: utter_batal
  - intent: salam
  - action: action_menu
"""
    (project / "data/percakapan/stories.yml").write_text(story, "utf-8")

    found = [line for line in problems(project) if "bertentangan" in line]

    assert found, problems(project)
    assert "Menu yang lain" in found[0]
    assert "data/percakapan/rules.yml:" in found[0]


def test_an_example_under_two_intents_is_told_where_it_stands(project: Path) -> None:
    name, text = "data/biaya/nlu.yml", "mau lihat menu dong"
    for file in (name, "data/percakapan/nlu.yml"):
        lines = (project / file).read_text("utf-8").splitlines()
        first = lines[next(n for n, one in enumerate(lines) if "examples: |" in one) + 1]
        indent = first[: len(first) - len(first.lstrip())]
        edit(project, file, first, f"{indent}- {text}\n{first}")

    found = "\n".join(problems(project))

    assert f"contoh '{text}' juga ada di" in found
    assert f"{name}:{line_with(project, name, text)}" in found


def test_an_office_that_is_copied_without_new_ids_is_told(project: Path) -> None:
    copy = (
        (project / "offices/pemalang.yml").read_text("utf-8").replace("id: pemalang", "id: tegal")
    )
    (project / "offices/tegal.yml").write_text(copy, "utf-8")

    found = problems(project)

    assert any("tempat 'mpp_batang' sudah dipakai" in line for line in found)
    assert any("nama sama dengan kantor pemalang" in line for line in found)


def test_two_offices_cannot_have_one_number(project: Path) -> None:
    for name in ("bandung", "pemalang"):
        used = "phone_number_ids: ['109876543210123']"
        edit(project, f"offices/{name}.yml", "phone_number_ids: []", used)

    assert "nomor '109876543210123' sudah dipakai kantor bandung" in only(problems(project))


def test_a_value_that_holds_itself_is_told(project: Path) -> None:
    edit(
        project,
        "offices/nasional.yml",
        "  pilihan:\n    - id: paspor",
        "  pilihan: &p\n    - id: paspor",
    )
    edit(
        project,
        "offices/nasional.yml",
        "      pilihan:\n        - id: syarat",
        "      pilihan: *p\n      x:\n        - id: syarat",
    )

    assert "memuat dirinya sendiri" in only(problems(project))


def test_every_broken_file_is_told_at_once(project: Path) -> None:
    for name in ("data/kantor/rules.yml", "data/biaya/nlu.yml", "kalimat/frasa.yml"):
        path = project / name
        path.write_text(path.read_text("utf-8") + "rusak: [\n", "utf-8")

    assert len([line for line in problems(project) if "YAML rusak" in line]) == 3


@pytest.mark.parametrize("name", ["config.yml", "domain.yml"])
def test_a_missing_file_is_told(project: Path, name: str) -> None:
    (project / name).unlink()

    assert name in only(problems(project))


@pytest.mark.parametrize("value", ["kata", "[[a]]", "[{a: b}]", "null"])
@pytest.mark.parametrize(
    ("file", "content"),
    [
        ("data/kantor/responses.yml", "responses: {value}"),
        ("data/kantor/responses.yml", "responses: {{utter_x: {value}}}"),
        ("data/kantor/rules.yml", "rules: [{{rule: a, steps: {value}}}]"),
        ("data/biaya/nlu.yml", "nlu: [{{intent: menu, examples: {value}}}]"),
        ("domain.yml", "intents: {value}"),
        ("config.yml", "pipeline: {value}"),
        ("offices/pemalang.yml", "id: pemalang\nmenu: {value}"),
    ],
)
def test_a_misshapen_file_never_ends_in_a_traceback(
    project: Path, file: str, content: str, value: str
) -> None:
    (project / file).write_text(content.format(value=value) + "\n", "utf-8")

    found = problems(project)

    assert found
    assert all("\n" not in problem and "pemeriksaan berhenti" not in problem for problem in found)


def test_whatever_happens_inside_the_check_is_one_line(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_: Path) -> list[str]:
        raise KeyError("sesuatu")

    monkeypatch.setattr(check, "_problems", broken)

    assert "batalkan suntingan terakhir" in only(problems(project))


FILES = sorted(
    str(path.relative_to(ROOT))
    for name in check.EDITED
    for path in ([ROOT / name] if (ROOT / name).is_file() else (ROOT / name).rglob("*.yml"))
    if not path.name.startswith("nlu")
)


@pytest.mark.parametrize("seed", range(8))
def test_a_random_slip_is_refused_or_read_by_every_program(project: Path, seed: int) -> None:
    """One line of one file loses a letter, or goes."""
    dice = random.Random(seed)
    path = project / dice.choice(FILES)
    lines = path.read_text("utf-8").splitlines(keepends=True)
    at = dice.randrange(len(lines))
    cut = dice.randrange(len(lines[at]))
    lines[at] = "" if dice.random() < 0.3 else lines[at][:cut] + lines[at][cut + 1 :]
    path.write_text("".join(lines), "utf-8")

    assert all("pemeriksaan berhenti" not in line for line in problems(project))


ODD: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "empty": (lambda _: b"", "berkas ini kosong"),
    "only notes": (lambda _: b"# nanti\n", "berkas ini kosong"),
    "of Word": (lambda _: b"PK\x03\x04\xff\xfe\x00", "dokumen Word"),
    "in UTF-16": (lambda text: text.decode("utf-8").encode("utf-16"), "bukan teks UTF-8"),
    "with tabs": (lambda text: text.replace(b"\n  ", b"\n\t"), "ada tab"),
    "twice": (lambda text: text + b"\n---\n" + text, "satu berkas satu isi"),
    "a list": (lambda _: b"- a\n- b\n", "bukan daftar"),
}


@pytest.mark.parametrize("kind", ODD)
@pytest.mark.parametrize(
    "name", ["domain.yml", "endpoints.yml", "data/biaya/nlu.yml", "offices/pemalang.yml"]
)
def test_whatever_an_editor_makes_of_a_file_is_told_in_plain_words(
    project: Path, name: str, kind: str
) -> None:
    path = project / name
    make, words = ODD[kind]
    path.write_bytes(make(path.read_bytes()))

    found = problems(project)

    assert [one for one in found if one.startswith(f"{path}:") and words in one], found


@pytest.mark.parametrize("name", ["data/biaya/rules.yml", "offices/pemalang.yml", "config.yml"])
def test_a_folder_in_a_files_place_is_told(project: Path, name: str) -> None:
    path = project / name
    text = path.read_bytes()
    path.unlink()
    path.mkdir()
    try:
        found = problems(project)
    finally:
        path.rmdir()
        path.write_bytes(text)

    assert any(one.startswith(f"{path}:1: ini folder") for one in found), found


@pytest.mark.parametrize("change", [b"\xef\xbb\xbf", b"\r\n"], ids=["BOM", "CRLF"])
def test_files_saved_on_windows_are_read(project: Path, change: bytes) -> None:
    for path in project.rglob("*.yml"):
        text = path.read_bytes()
        changed = text.replace(b"\n", b"\r\n") if change == b"\r\n" else change + text
        path.write_bytes(changed)

    assert problems(project) == []
