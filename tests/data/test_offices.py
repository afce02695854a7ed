"""The office files against the facts they come from."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from riung.office.facts import facts
from riung.office.model import Office
from riung.office.offices import offices
from tests.paths import ROOT

FACTS = facts()

every_office = pytest.mark.parametrize("office", offices().values(), ids=list(offices()))


def _at(office: Office, path: str) -> Any:
    """The value behind a dotted path; a place is found by its id."""
    node: Any = office.raw
    for part in path.split("."):
        if isinstance(node, list):
            node = next((item for item in node if item["id"] == part), None)
        else:
            node = node.get(part) if isinstance(node, dict) else None
    return node


@every_office
def test_every_source_names_a_value_and_facts_in_force(office: Office) -> None:
    for path, source in office.sumber.items():
        assert _at(office, path) is not None, path
        assert source.confidence in {"seed", "verified", "likely", "unverified"}
        assert [one for one in source.facts if one not in FACTS] == []


@every_office
def test_every_figure_has_a_source(office: Office) -> None:
    for group in ("tarif", "batas", "tautan"):
        for key in office.fakta[group]:
            path = f"fakta.{group}.{key}"
            assert path in office.sumber or key in ("simpan_antrean", "status_terakhir"), path


@every_office
def test_a_fee_is_the_figure_of_its_fact(office: Office) -> None:
    for path, source in office.sumber.items():
        if path.startswith("fakta.tarif."):
            figure = FACTS[source.facts[0]].value
            amounts = figure.values() if isinstance(figure, dict) else [figure]
            assert _at(office, path) in amounts, path


@every_office
def test_every_stage_has_words(office: Office) -> None:
    stages = yaml.safe_load((ROOT / "aturan/tahap.yml").read_text("utf-8"))
    codes = {code for route in stages["jalur"].values() for code in route["urutan"]}
    codes |= set(stages["cabang"])
    for code in codes:
        words = office.fakta["tahap"][code]
        assert words["label"], code
        assert words["penjelasan"], code
        assert words["langkah"], code


@every_office
def test_stages_name_the_same_limits_as_the_answers(office: Office) -> None:
    limits, stages = office.fakta["batas"], office.fakta["tahap"]
    assert limits["ambil"] in stages["ready_for_pickup"]["langkah"]
    assert limits["bayar"] in stages["awaiting_payment"]["langkah_mpaspor"]
    assert limits["bayar"] not in stages["awaiting_payment"]["langkah"], "unknown for walk-ins"


def test_mpp_batang_serves_as_the_paper_says() -> None:
    place = offices()["pemalang"].place("mpp_batang")
    assert place is not None
    assert place.kuota is not None
    assert place.pendaftaran == "whatsapp"
    assert list(place.kuota.hari) == FACTS["btg_jadwal"].value["hari"]
    assert place.kuota.kelas.reguler == FACTS["btg_kuota"].value["kuota_per_hari_layanan"]
    assert "penggantian_hilang" not in place.layanan


def test_only_mpp_batang_is_booked_over_whatsapp() -> None:
    booked = [p.id for o in offices().values() for p in o.tempat if p.pendaftaran == "whatsapp"]
    assert booked == ["mpp_batang"]


def test_bandung_keeps_the_hours_of_its_facts() -> None:
    bandung = offices()["bandung"]
    for key, fact in (("yankomas", "bdg_yankomas_jam"), ("prioritas", "bdg_prioritas_jam")):
        hours = bandung.jam[key]
        assert hours.buka == FACTS[fact].value["mulai"]
        assert hours.tutup == FACTS[fact].value["selesai"]


@every_office
def test_hours_that_no_source_states_are_marked(office: Office) -> None:
    assert office.jam["petugas"].contoh


@every_office
def test_the_address_has_the_street_of_the_fact(office: Office) -> None:
    prefix = {"bandung": "bdg", "pemalang": "pml", "tanjung_priok": "tpk", "batulicin": "btl"}
    fact = FACTS[f"{prefix.get(office.id, 'blt')}_alamat"]
    stated = fact.value or {"address": fact.text}
    street, _, _ = office.alamat.lengkap.partition(",")
    assert street in stated.get("jalan", fact.text)
    assert stated.get("kode_pos", "") in office.alamat.lengkap
