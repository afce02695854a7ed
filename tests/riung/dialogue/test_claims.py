"""What holds of which subject (`aturan/pernyataan.yml`)."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from riung.dialogue.claims import FILE, claims, read_claims
from riung.yaml_files import YamlError
from tests.edits import edit


@pytest.mark.parametrize(
    ("line", "subject", "holds"),
    [
        ("tetap daftar online dulu", "baru", True),
        ("tetap daftar online dulu", "hilang", False),
        ("harus daftar lewat m-paspor", "prioritas", False),
        ("langsung datang saja", "rusak", True),
        ("langsung ke kantor", "penggantian", False),
        ("kena denda", "penggantian", False),
        ("kena denda", "rusak", True),
        ("kedua orang tua harus datang", "anak", True),
        ("bisa dipercepat", "hilang", False),
    ],
)
def test_a_claim_holds_of_one_subject_and_not_of_another(
    line: str, subject: str, holds: bool
) -> None:
    claim = claims().found_in(line)
    assert claim is not None
    case = claim.case(subject)
    assert case is not None
    assert case.holds is holds


def test_of_a_subject_that_the_table_lacks_nothing_is_confirmed() -> None:
    claim = claims().found_in("kena denda")
    assert claim is not None
    assert claim.case("permohonan") is None


def test_a_slip_in_the_table_is_told(tmp_path: Path) -> None:
    file = tmp_path / FILE.name
    shutil.copy(FILE, file)
    edit(file, "pokok: [bencana], benar: false", "pokok: [bencanaa], benar: false")
    with pytest.raises(YamlError, match="bencanaa"):
        read_claims(file)
