"""The picture of the dialogue: every part with its place, and what nothing leads to marked."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

from riung.training.dialogue_picture import draw, write
from riung.training.dialogue_trees import Node, trees
from riung.training.project import read_project
from tests.project_copy import edit


def parts(project: Path) -> dict[str, Node]:
    return {node.title: node for tree in trees(read_project(project)[0]) for node in tree.all()}


def line_with(path: Path, text: str) -> int:
    return next(n for n, line in enumerate(path.read_text("utf-8").splitlines(), 1) if text in line)


def test_our_own_dialogue_has_no_part_that_nothing_leads_to(project: Path) -> None:
    assert [node for node in parts(project).values() if node.is_lost] == []


def test_a_part_names_its_file_and_line(project: Path) -> None:
    found = parts(project)

    rules = project / "data/percakapan/rules.yml"
    assert found["Warga menyapa, perlihatkan menu"].place == (
        f"data/percakapan/rules.yml:{line_with(rules, 'Warga menyapa')}"
    )
    shared = project / "offices/nasional.yml"
    row = next(title for title in found if title.endswith("→ cek_status"))
    assert found[row].place == f"offices/nasional.yml:{line_with(shared, 'tanya: cek_status')}"
    own = project / "offices/blitar.yml"
    row = next(title for title in found if title.endswith("→ sambang_pemohon"))
    assert found[row].place == f"offices/blitar.yml:{line_with(own, 'tanya: sambang_pemohon')}"


def test_what_nothing_leads_to_is_marked(project: Path) -> None:
    rules = project / "data/percakapan/rules.yml"
    lonely = (
        "rules:\n- rule: Tak terjangkau\n  steps:\n  - intent: sepi\n  - action: utter_batal\n\n"
    )
    edit(rules, "rules:\n", lonely)
    edit(project / "domain.yml", "  - salam\n", "  - salam\n  - sepi\n")
    edit(project / "offices/nasional.yml", "tanya: cek_status}", "tanya: cek_statuss}")

    lost = {title for title, node in parts(project).items() if node.is_lost}

    assert "Tak terjangkau" in lost
    assert any(title.endswith("→ cek_statuss") for title in lost)


def test_a_drawing_is_well_formed_whatever_the_words_are() -> None:
    child = Node('2 < 3 & "ya"', "answer", "data/x.yml:2", is_lost=True)

    drawn = ElementTree.fromstring(draw(Node("akar", "rule", "a.yml:1", (child, child))))

    assert len(drawn.findall("g")) == 3
    assert drawn.findall("g")[1].get("class") == "answer lost"


def test_the_page_stands_alone(project: Path, tmp_path: Path) -> None:
    count, lost = write(project, tmp_path / "gambar" / "dialog.html")

    page = (tmp_path / "gambar" / "dialog.html").read_text("utf-8")
    assert count > 300
    assert lost == 0
    assert not re.search(r"<script|https?://|src=", page)
