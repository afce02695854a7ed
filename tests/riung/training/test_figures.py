"""No figure reaches a citizen that no cited fact bears out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from riung.office.facts import Fact
from riung.training.figures import figures, mistakes, supported
from riung.yaml_files import read_yaml

ANSWER = """\
responses:
  utter_biaya_paspor:
  - text: |-
      Biayanya seperti biasa.
      Bayar dalam {jam} {batas} setelah terbit.
      *0* menu
    metadata: {sumber: [batas_bayar], per: "2026-11"}
"""
OFFICE = """\
id: uji
teks: {kuota: "Kuotanya {jumlah} orang.", en_kuota: "{jumlah} places."}
jam: {petugas: {teks: "Pukul 08.00", contoh: true}}
sumber: {teks.kuota: {fakta: [kuota_uji]}}
"""


def fact(text: str, value: Any = None) -> Fact:
    return Fact.parse_obj(
        {"teks": text, "nilai": value, "sumber": ["x"], "diperiksa": "2026-11-28"}
        | {"keyakinan": "likely", "per": "2026-08"}
    )


KNOWN = {
    "batas_bayar": fact("Bayar paling lambat 2 jam setelah kode terbit."),
    "kuota_uji": fact("Kuota per hari.", {"kuota": 40, "berlaku": "2026-10-05"}),
}


def found(folder: Path, answer: str = "", office: str = "") -> list[str]:
    """The problems of one answer and one office, each as `line: words`."""
    answers, offices = {}, []
    if answer:
        path = folder / "responses.yml"
        path.write_text(answer, "utf-8")
        answers = {"utter_biaya_paspor": (path, read_yaml(path))}
    if office:
        offices = [folder / "uji.yml"]
        offices[0].write_text(office, "utf-8")
    return [f"{one.line}: {one.message}" for one in mistakes(KNOWN, answers, offices)]


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("Rp650.000", {"650000"}),
        ("USD 1,500 or USD 1.500", {"1500"}),
        ("pukul 08.00–09.30", {"8:0", "9:30"}),
        ("17 Desember 2024", {"17", "bulan 12", "2024"}),
        ("October 2026, it may change", {"bulan 10", "2026"}),
        ('{kantor.batas} *0* menu, tulis "2 Desember"', set()),
    ],
)
def test_figures_are_read_alike_however_they_are_written(text: str, known: set[str]) -> None:
    assert figures(text) == known


def test_a_fact_bears_out_its_text_its_value_and_its_date() -> None:
    assert supported([KNOWN["kuota_uji"]]) == {
        *("40", "2026", "bulan 10", "5", "8", "10", "bulan 8", "2026"),
    } | figures("2026-10-05")


def test_an_answer_that_says_what_its_facts_say_is_in_order(folder: Path) -> None:
    assert found(folder, ANSWER.replace("{jam} {batas}", "2 jam")) == []


def test_a_figure_without_a_fact_is_told_with_its_line(folder: Path) -> None:
    (problem,) = found(folder, ANSWER.replace("{jam} {batas}", "3 jam"))

    assert problem.startswith("5: utter_biaya_paspor: '3'")


def test_a_fact_that_does_not_exist_is_told(folder: Path) -> None:
    problems = found(folder, ANSWER.replace("[batas_bayar]", "[batas_baayar]"))

    assert problems == ["7: utter_biaya_paspor: fakta 'batas_baayar' tidak ada di fakta/"]


def test_a_price_belongs_to_the_office_file(folder: Path) -> None:
    problems = found(folder, ANSWER.replace("seperti biasa", "Rp650.000"))

    assert any("4: " in one and "offices/nasional.yml" in one for one in problems)


def test_an_offices_figure_comes_from_its_sources_also_in_english(folder: Path) -> None:
    assert found(folder, office=OFFICE.replace("{jumlah}", "40")) == []
    assert [
        one.split(":")[1] for one in found(folder, office=OFFICE.replace("{jumlah}", "41"))
    ] == [
        " teks.en_kuota",
        " teks.kuota",
    ]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path
