"""Which office is the nearest, among ours and all others that are known."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from riung.nlu.extractor import office_names
from riung.nlu.vocabulary import Places, vocabulary
from riung.office.facts import facts
from riung.office.model import Coordinates
from riung.office.nearest import OtherOffices, distance_km, nearest, offices_of
from riung.validation import edited_file, read_as
from riung.yaml_files import YamlError
from tests.project_copy import edit

FILE = edited_file("aturan/kantor_lain.yml")
BANDUNG = Coordinates(lat=-6.9003, lon=107.6339)
JAKARTA = Coordinates(lat=-6.2088, lon=106.8456)


def test_distance_is_measured_on_the_globe() -> None:
    assert distance_km(BANDUNG, BANDUNG) == 0
    assert distance_km(BANDUNG, JAKARTA) == pytest.approx(116, abs=1)


def test_an_office_of_ours_is_meant_by_its_own_address() -> None:
    found = nearest(BANDUNG)

    assert found is not None
    assert found.address is not None
    assert "Surapati" in found.address


def test_an_office_without_a_position_of_its_own_is_where_its_town_is(office_folder: Path) -> None:
    for path in office_folder.glob("*.yml"):
        path.write_text(re.sub(r"^ +koordinat: .*\n", "", path.read_text("utf-8"), flags=re.M))

    found = nearest(BANDUNG)

    assert found is not None
    assert found.name.id == "Kantor Imigrasi Kelas I TPI Bandung"


def test_elsewhere_it_is_an_office_that_is_not_served_here_and_ours_can_be_asked_for() -> None:
    ambon = Coordinates(lat=-3.69, lon=128.19)
    other, ours = nearest(ambon), nearest(ambon, ours_only=True)

    assert other is not None
    assert ours is not None
    assert (other.name.id, other.is_ours) == ("Kantor Imigrasi Ambon", False)
    assert ours.is_ours


def test_abroad_none_is_the_nearest() -> None:
    assert nearest(Coordinates(lat=35.68, lon=139.69)) is None


def test_the_new_offices_are_all_there_and_none_is_there_that_cannot_be() -> None:
    known = read_as(FILE, OtherOffices)
    opened = facts()["kantor_baru_2026"]
    new = re.findall(r"[A-Z][\w ]+?(?=,| dan |\.)", opened.text.split(":")[1].split("Jumlah")[0])

    assert len(new) == opened.value["jumlah_baru"]
    assert {name.removeprefix("dan ") for name in new} <= {*known.towns}
    assert len(known.towns) <= opened.value["jumlah_semua"] == known.all_there_are


def test_swapped_degrees_are_told_with_their_line(tmp_path: Path) -> None:
    copy = tmp_path / "kantor_lain.yml"
    copy.write_text(FILE.read_text("utf-8"), "utf-8")
    edit(copy, "Ambon: {lat: -3.70, lon: 128.18}", "Ambon: {lat: 128.18, lon: -3.70}")

    with pytest.raises(YamlError, match="tertukar") as told:
        read_as(copy, OtherOffices)

    assert "Ambon" in copy.read_text("utf-8").splitlines()[told.value.line - 1]


def test_every_town_of_an_office_is_known_as_a_place_where_citizens_name_it() -> None:
    known = read_as(FILE, OtherOffices)
    names = {name.casefold() for name in known.towns}
    names |= {alias for town in known.towns.values() for alias in town.names}

    assert names <= {*vocabulary(Places).kota, *office_names()}


def test_an_office_is_found_by_its_towns_other_name() -> None:
    assert [one.name.id for one in offices_of("solo")] == ["Kantor Imigrasi Surakarta"]
    assert offices_of("bandung") == []
    assert len(offices_of("jakarta")) > 1
