"""Which offices there are: read again when a file changes, found by number and by name."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from riung.office import offices as module
from riung.office.model import OfficeError
from riung.office.offices import (
    DEMO_PHONE_NUMBER_ID,
    OfficeBook,
    default_office,
    office,
    office_for_phone_number_id,
    offices,
)
from riung.yaml_files import YamlError
from tests.conftest import SetEnvironment
from tests.edits import append, edit


def test_the_two_offices_are_there() -> None:
    assert set(offices()) >= {"bandung", "pemalang"}


def test_a_changed_file_is_read_again(office_folder: Path) -> None:
    assert "Surapati" in offices()["bandung"].alamat.lengkap

    edit(office_folder / "bandung.yml", "Jl. Surapati No. 82", "Jl. Baru No. 1")

    assert "Jl. Baru No. 1" in offices()["bandung"].alamat.lengkap


def test_a_new_file_is_a_new_office(office_folder: Path) -> None:
    offices()
    content = (office_folder / "bandung.yml").read_text("utf-8")
    content = content.replace("id: bandung", "id: kotabaru", 1)
    content = re.sub(r"(?m)^(\s*-? ?id: )(kanim_|ulp_|mpp_)", r"\1kotabaru_\2", content)
    (office_folder / "kotabaru.yml").write_text(content, "utf-8")

    assert office("kotabaru").id == "kotabaru"


def copy_of_bandung(folder: Path, name: str, **changes: str) -> None:
    """What a hurried operator does: the file copied, the id changed, and nothing else."""
    content = (folder / "bandung.yml").read_text("utf-8").replace("id: bandung", f"id: {name}", 1)
    for old, new in changes.items():
        content = content.replace(old, new)
    (folder / f"{name}.yml").write_text(content, "utf-8")


@pytest.mark.parametrize("name", ["kotabaru", "aceh"])
def test_a_copied_office_whose_places_keep_their_ids_stops_no_other(
    office_folder: Path, name: str
) -> None:
    before = set(offices())
    copy_of_bandung(office_folder, name)

    assert set(offices()) == before
    edit(office_folder / "bandung.yml", "Jl. Surapati No. 82", "Jl. Baru No. 1")
    assert "Jl. Baru" in offices()["bandung"].alamat.lengkap


def test_a_number_that_two_files_claim_stays_with_the_office_that_had_it(
    office_folder: Path,
) -> None:
    claim = "phone_number_ids: ['123456789012345']"
    edit(office_folder / "pemalang.yml", "phone_number_ids: []", claim)
    offices()
    edit(office_folder / "bandung.yml", "phone_number_ids: []", claim)

    found = office_for_phone_number_id("123456789012345")

    assert found is not None


def test_a_broken_office_stops_no_other(office_folder: Path) -> None:
    before = set(offices())
    append(office_folder / "pemalang.yml", "nama: [\n")

    assert set(offices()) >= before - {"pemalang"}
    assert set(OfficeBook(office_folder).all()) == before - {"pemalang"}


def test_a_file_that_breaks_while_running_changes_nothing(office_folder: Path) -> None:
    before = offices()["bandung"]

    append(office_folder / "bandung.yml", "nama: [\n")

    assert offices()["bandung"] == before


def test_a_mended_file_is_read_again(office_folder: Path) -> None:
    offices()
    edit(office_folder / "bandung.yml", "id: bandung", "id: salah")
    offices()
    edit(office_folder / "bandung.yml", "id: salah", "id: bandung")
    edit(office_folder / "bandung.yml", "Jl. Surapati No. 82", "Jl. Baru No. 1")

    assert "Jl. Baru" in offices()["bandung"].alamat.lengkap


def test_when_every_file_is_broken_from_the_start_it_is_told_each_time(
    office_folder: Path,
) -> None:
    for path in office_folder.glob("*.yml"):
        append(path, "nama: [\n")

    for _ in range(2):
        with pytest.raises(YamlError, match=r"bandung\.yml"):
            offices()


def test_a_folder_without_offices_is_told(tmp_path: Path) -> None:
    with pytest.raises(OfficeError, match="belum ada berkas kantor"):
        OfficeBook(tmp_path).all()


def test_an_unknown_office_is_told_with_those_there_are() -> None:
    with pytest.raises(OfficeError, match=r"kantor 'entah' tidak ada; yang ada: .*bandung"):
        office("entah")


def test_the_default_office_comes_from_the_environment(set_environment: SetEnvironment) -> None:
    assert default_office().id == "bandung"

    set_environment(RIUNG_OFFICE="pemalang")

    assert default_office().id == "pemalang"


def test_a_file_that_is_no_text_is_told(office_folder: Path) -> None:
    (office_folder / "bandung.yml").write_bytes(b"id: bandung\nnama: \xff\xfe\n")

    _, broken = module.read_offices(office_folder)

    assert "UTF-8" in str(broken[0])


def test_a_number_belongs_to_its_office(office_folder: Path) -> None:
    edit(
        office_folder / "pemalang.yml",
        "  phone_number_ids: []",
        '  phone_number_ids: ["123456789012345"]',
    )

    found = office_for_phone_number_id("123456789012345")

    assert found is not None
    assert found.id == "pemalang"
    assert office_for_phone_number_id("999999999999999") is None


def test_the_demo_number_belongs_to_the_default_office(set_environment: SetEnvironment) -> None:
    set_environment(RIUNG_DEMO="1", RIUNG_OFFICE="pemalang")

    found = office_for_phone_number_id(DEMO_PHONE_NUMBER_ID)

    assert found is not None
    assert found.id == "pemalang"


def test_without_demo_the_demo_number_is_nobodys(set_environment: SetEnvironment) -> None:
    set_environment(RIUNG_DEMO="0")

    assert office_for_phone_number_id(DEMO_PHONE_NUMBER_ID) is None


def test_in_demo_mode_every_office_has_a_number(set_environment: SetEnvironment) -> None:
    set_environment(RIUNG_DEMO="1")

    numbered = [office_for_phone_number_id(number) for number in module.demo_numbers()]

    assert {found.id for found in numbered if found} == set(offices())
