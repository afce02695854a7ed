"""What the answers rest on: read strictly, each fact once, and its age told."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from riung.office.facts import Fact, facts, outdated
from riung.yaml_files import YamlError

FACT = (
    "{teks: Harganya Rp650.000., sumber: [peraturan], diperiksa: 2026-11-28, keyakinan: verified}"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "fakta").mkdir()
    (tmp_path / "fakta" / "tarif.yml").write_text(f"# Tarif\nharga: {FACT}\n", "utf-8")
    return tmp_path


def fact(**values: str) -> Fact:
    given = {"teks": "x", "sumber": ["y"], "diperiksa": "2026-11-28", "keyakinan": "likely"}
    return Fact.parse_obj({**given, **values})


def test_every_fact_of_the_project_says_who_says_so_and_since_when() -> None:
    for fact_id, one in facts().items():
        assert one.text, fact_id
        assert one.sources, fact_id
        assert one.checked <= date(2027, 12, 31), fact_id


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("sumber: [peraturan]", "sumber: []", "sumber"),
        ("teks: Harganya Rp650.000., ", "", "teks"),
        ("keyakinan: verified", "keyakinan: pasti", "keyakinan"),
        ("diperiksa: 2026-11-28", "diperiksa: kemarin", "diperiksa"),
        ("diperiksa: 2026-11-28", 'diperiksa: 2026-11-28, per: "November"', "per"),
        ("keyakinan: verified", "keyakinan: verified, catatan: x", "catatan"),
    ],
)
def test_a_mistake_in_a_fact_is_told_with_its_line(
    folder: Path, old: str, new: str, words: str
) -> None:
    path = folder / "fakta" / "tarif.yml"
    path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")

    with pytest.raises(YamlError) as raised:
        facts(folder)

    assert raised.value.line == 2
    assert words in raised.value.message


def test_an_id_stands_in_one_file_only(folder: Path) -> None:
    (folder / "fakta" / "wna.yml").write_text(f"harga: {FACT}\n", "utf-8")

    with pytest.raises(YamlError, match=r"wna\.yml:1: fakta 'harga' sudah ada"):
        facts(folder)


@pytest.mark.parametrize(
    ("as_of", "months"), [("2026-08", 3), ("2022", 47), ("2026-11", 0), ("2026", 0), (None, 0)]
)
def test_a_facts_age_counts_from_the_time_its_sources_speak_of(
    as_of: str | None, months: int
) -> None:
    dated = fact(per=as_of) if as_of else fact()

    assert dated.age(date(2026, 11, 28)) == months


def test_old_facts_are_listed_the_oldest_first(folder: Path) -> None:
    dated = [
        FACT.replace("}", f', per: "{month}"}}') for month in ("2024-01", "2022-05", "2026-10")
    ]
    lines = [f"f{number}: {one}" for number, one in enumerate(dated)]
    (folder / "fakta" / "lama.yml").write_text("\n".join(lines), "utf-8")

    assert [name for name, _ in outdated(date(2026, 11, 28), 12, folder)] == ["f1", "f0"]
