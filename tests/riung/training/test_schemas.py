"""The JSON Schemas by which an editor completes and underlines."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator

from riung.settings import ROOT
from riung.training import schemas
from riung.yaml_files import read_yaml

SCHEMAS = schemas.schemas()
FILES = dict(schemas.first_lines(ROOT))


def as_an_editor_reads(node: Any) -> Any:
    """Keys and dates are texts to an editor."""
    if isinstance(node, dict):
        return {str(key): as_an_editor_reads(value) for key, value in node.items()}
    if isinstance(node, list):
        return [as_an_editor_reads(one) for one in node]
    return str(node) if isinstance(node, date) else node


def underlined(name: str, content: Any) -> list[str]:
    """What an editor underlines."""
    found = Draft7Validator(SCHEMAS[name]).iter_errors(as_an_editor_reads(content))
    return [".".join(map(str, error.absolute_path)) for error in found]


def named_in(path: Path) -> str:
    """The schema that a file's first line names, which must be there."""
    schema = path.parent / path.read_text("utf-8").splitlines()[0].partition("$schema=")[2]
    assert schema.exists(), path
    return schema.stem


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_written_schema_is_that_of_the_model(name: str) -> None:
    written = (ROOT / schemas.FOLDER / f"{name}.json").read_text("utf-8")

    assert written == schemas.as_text(SCHEMAS[name]), "make schemas"


def test_no_schema_is_left_of_a_file_that_is_gone() -> None:
    assert {path.stem for path in (ROOT / schemas.FOLDER).glob("*")} == {*SCHEMAS}


def test_each_file_names_its_schema() -> None:
    assert [
        path for path, line in FILES.items() if path.read_text("utf-8").split("\n")[0] != line
    ] == []
    assert {named_in(path) for path in FILES} == {*SCHEMAS}


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_nothing_is_underlined_in_our_own_files(path: Path) -> None:
    assert underlined(named_in(path), read_yaml(path)) == []


@pytest.mark.parametrize(
    ("path", "old", "new", "place"),
    [
        ("aturan/simpan.yml", "percakapan: 180", "percakapan: tiga puluh hari", "percakapan"),
        ("aturan/simpan.yml", "percakapan: 180", "prcakapan: 180", ""),
        ("aturan/tiket.yml", "  complaint: 5\n", "", "batas_hari_kerja"),
        ("aturan/modul.yml", "pengaduan: {", "pengadan: {", ""),
        ("kalimat/frasa.yml", "tutup: {id: tutup, en: closed}", "tutup: {id: tutup}", "tutup"),
        ("kalimat/frasa.yml", "tutup: {", "tutp: {", ""),
        ("kalimat/templat.yml", "status_berubah:", "status_brubah:", ""),
        ("kalimat/meja.yml", "  diambil:", "  diambl:", "otomatis"),
        ("offices/nasional.yml", "janji_menit: 10", "janji_menit: sepuluh", "meja.janji_menit"),
        ("offices/nasional.yml", "janji_menit: 10", "janji_mnit: 10", "meja"),
        ("offices/nasional.yml", "simpan_antrean: 30", "simpan_antrean: sebulan",
         "fakta.batas.simpan_antrean"),
        ("offices/pemalang.yml", "  pengaduan: true\n", "  pengaduan: ya\n", "modul.pengaduan"),
        ("offices/pemalang.yml", "batal_sampai:", "batal_sampe:", "tempat."),
        ("offices/pemalang.yml", "hari: [selasa]", "hari: [selassa]", "jam.mpp_batang.hari"),
        ("fakta/gangguan.yml", "  keyakinan: seed", "  keyakinan: pasti", "pdn_kejadian.keyakinan"),
        ("data/kantor/responses.yml", "    buttons:", "    butons:", ""),
    ],
)  # fmt: skip
def test_a_slip_is_underlined(tmp_path: Path, path: str, old: str, new: str, place: str) -> None:
    text = (ROOT / path).read_text("utf-8")
    assert old in text
    broken = tmp_path / "berkas.yml"
    broken.write_text(text.replace(old, new, 1), "utf-8")

    assert any(
        found.startswith(place) for found in underlined(named_in(ROOT / path), read_yaml(broken))
    )
