"""A further office is one YAML file and no code."""

from __future__ import annotations

from pathlib import Path

import pytest

from riung.office.menu import screen, tree
from riung.office.model import read_office
from riung.office.modules import module_rules
from riung.training.check import problems
from tests.project_copy import copy_tracked_files

WHAT_DIFFERS = """\
# yaml-language-server: $schema=../skema/offices.json
id: sampit
dasar: nasional
nama: Kantor Imigrasi Kelas II TPI Sampit
nama_singkat: Imigrasi Sampit
sebutan: [kanim sampit, imigrasi sampit]
alamat: {lengkap: Alamat kantor belum kami pastikan}
jam:
  petugas:
    hari: [senin, selasa, rabu, kamis, jumat]
    buka: "08:00"
    tutup: "15:00"
    teks: "Petugas membalas chat pada hari kerja pukul 08.00-15.00 WIB."
    contoh: true
modul:
MODULES
"""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_tracked_files(tmp_path_factory.mktemp("sampit") / "riung")


@pytest.fixture
def office_file(project: Path) -> Path:
    switches = [f"  {module}: false" for module in module_rules()]
    path = project / "offices" / "sampit.yml"
    path.write_text(WHAT_DIFFERS.replace("MODULES", "\n".join(switches)), "utf-8")
    return path


def test_an_office_of_twenty_lines_has_menu_and_answers(office_file: Path) -> None:
    office = read_office(office_file)
    shown = screen(tree(office))

    assert "Imigrasi Sampit" in shown.title
    assert shown.options[0].label == "Informasi paspor"
    assert office.value("fakta.tarif.epaspor_5") == "Rp650.000"


def test_the_check_accepts_it(project: Path, office_file: Path) -> None:
    told = [str(one) for one in problems(project) if "sampit" in str(one)]

    assert told == []
