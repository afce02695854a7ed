"""Services that an office switches on and off."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from riung.office.menu import tree
from riung.office.menu_tree import MenuOption, MenuTree
from riung.office.model import Office, OfficeError, read_office
from riung.office.modules import Modules, module_rules, read_module_rules, switched_off
from riung.office.offices import offices
from riung.settings import ROOT
from riung.yaml_files import YamlError, read_yaml

SWITCHES = [*module_rules()]


OWN = {"sambang_pemohon": "blitar"}
"""Switch → the office whose menu alone names its service; Pemalang's names the others."""


def switched(module: str, on: bool) -> Office:
    """An office with one switch set."""
    office = offices()[OWN.get(module, "pemalang")]
    values = {**office.modul.dict(by_alias=True), module: on}
    return office.copy(update={"modul": Modules(**values)})


def questions(branch: MenuTree | MenuOption) -> Iterator[str]:
    for option in branch.pilihan:
        if option.tanya:
            yield option.tanya
        yield from questions(option)


@pytest.mark.parametrize("module", SWITCHES)
def test_a_switch_decides_over_its_questions_and_no_other(module: str) -> None:
    others = {
        intent for name in SWITCHES if name != module for intent in module_rules()[name].intents
    }

    for intent in module_rules()[module].intents:
        assert switched_off(switched(module, on=True).modul, intent) is None
        assert switched_off(switched(module, on=False).modul, intent) == module
        assert intent not in others


@pytest.mark.parametrize("module", SWITCHES)
def test_the_menu_row_goes_with_the_switch_where_the_answer_would_not_help(module: str) -> None:
    rule = module_rules()[module]
    when_on = set(questions(tree(switched(module, on=True))))
    when_off = set(questions(tree(switched(module, on=False))))

    assert set(rule.intents) <= when_on
    assert set(rule.intents).isdisjoint(when_off) == (rule.menu_row == "hilang")


@pytest.mark.parametrize("language", ["", "_en"])
@pytest.mark.parametrize("module", [name for name in SWITCHES if name != "antrean_whatsapp"])
def test_what_is_off_says_where_to_go(module: str, language: str) -> None:
    said = read_yaml(ROOT / "data" / "modul" / "responses.yml")["responses"]

    (variation,) = said[f"utter_mati_{module}{language}"]
    assert variation["buttons"]


def broken(folder: Path, old: str, new: str) -> str:
    shutil.copytree(ROOT / "offices", folder / "offices")
    path = folder / "offices" / "pemalang.yml"
    path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")
    with pytest.raises(OfficeError) as refused:
        read_office(path)
    return str(refused.value)


def test_a_switch_that_nobody_reads_cannot_exist(tmp_path: Path) -> None:
    more = "  kirim_pos: false\n  antrean_wa: true\n"

    assert "'modul.antrean_wa' tidak dikenal" in broken(tmp_path, "  kirim_pos: false\n", more)


def test_a_switch_has_to_be_set(tmp_path: Path) -> None:
    assert "'modul.kirim_pos' wajib diisi" in broken(tmp_path, "  kirim_pos: false\n", "")


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("pengaduan:", "keluhan:", "'pengaduan' dipakai program"),
        ("baris_menu: tetap", "baris_menu: kadang", "pilih salah satu: hilang, tetap"),
        ("maksud: [kirim_paspor]", "maksut: [kirim_paspor]", "'kirim_pos.maksut' tidak dikenal"),
    ],
)
def test_a_slip_in_the_rules_is_told_with_its_line(
    tmp_path: Path, old: str, new: str, words: str
) -> None:
    path = tmp_path / "modul.yml"
    text = (ROOT / "aturan" / "modul.yml").read_text("utf-8")
    path.write_text(text.replace(old, new, 1), "utf-8")

    with pytest.raises(YamlError, match=words):
        read_module_rules(path)
