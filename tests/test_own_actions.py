"""What only the passport assistant does: the price of what was named, an overstay's sum."""

from __future__ import annotations

import pytest

from own_actions import FEES, ForeignerServices, PassportFee, ProcessingTime
from riung.settings import ROOT
from riung.yaml_files import read_yaml
from tests.actions.makers import citizen, reply, responses


@pytest.mark.parametrize(
    ("named", "response"),
    [
        ([], "utter_biaya_paspor"),
        ([("jenis_permohonan", "hilang")], "utter_biaya_hilang"),
        ([("jenis_permohonan", "rusak")], "utter_biaya_rusak"),
        ([("jenis_permohonan", "percepatan")], "utter_biaya_percepatan"),
        ([("jenis_paspor", "elektronik")], "utter_biaya_epaspor"),
        ([("jenis_paspor", "polikarbonat")], "utter_biaya_epaspor"),
        ([("jenis_paspor", "biasa")], "utter_biaya_biasa"),
        ([("jenis_permohonan", "penggantian")], "utter_biaya_paspor"),
        ([("jenis_paspor", "elektronik"), ("jenis_permohonan", "hilang")], "utter_biaya_hilang"),
        ([("jenis_permohonan", "baru"), ("jenis_paspor", "biasa")], "utter_biaya_biasa"),
        ([("jenis_permohonan", "entah")], "utter_biaya_paspor"),
    ],
)
async def test_the_special_case_beats_the_general_one(
    named: list[tuple[str, str]], response: str
) -> None:
    answered = await reply(PassportFee(), citizen("berapa biayanya", "biaya_paspor", named))

    assert answered.response == response


def test_every_kind_is_one_that_the_parser_gives() -> None:
    known = read_yaml(ROOT / "kamus" / "entitas.yml")

    assert set(FEES) <= {*known["jenis_permohonan"], *known["jenis_dokumen"]}


def test_no_price_stands_in_the_words_themselves() -> None:
    for name in {*FEES.values(), "utter_biaya_paspor"}:
        for variation in responses()[name]:
            assert "Rp" not in variation["text"], name


def test_the_answer_comes_in_the_first_lines() -> None:
    text = responses()["utter_biaya_epaspor"][0]["text"]

    assert "{kantor.fakta.tarif.epaspor_5}" in "\n".join(text.splitlines()[:2])


OVERSTAY = {"keadaan": "overstay"}


async def test_without_an_overstay_the_services_are_told() -> None:
    told = await reply(ForeignerServices(), citizen("perpanjang kitas 12 hari", "layanan_wna"))

    assert told.response == "utter_layanan_wna"


@pytest.mark.parametrize(
    ("text", "total"), [("12 days over", "Rp12.000.000"), ("overstay 59 hari", "Rp59.000.000")]
)
async def test_the_days_are_multiplied(text: str, total: str) -> None:
    told = await reply(ForeignerServices(), citizen(text, "layanan_wna", OVERSTAY))

    assert told.response == "utter_keadaan_overstay_jumlah"
    assert told["total"] == total


async def test_from_sixty_days_on_no_sum_is_told() -> None:
    told = await reply(ForeignerServices(), citizen("overstay 60 hari", "layanan_wna", OVERSTAY))

    assert told.response == "utter_keadaan_overstay_lama"


@pytest.mark.parametrize(
    ("text", "kinds", "lines", "total"),
    [
        (
            "2 dewasa 1 anak elektronik berapa totalnya",
            [],
            [
                "• 2 dewasa × Rp650.000 = Rp1.300.000",
                "• 1 anak × Rp650.000 = Rp650.000",
            ],
            "Rp1.950.000",
        ),
        (
            "bertiga yang 10 tahun, percepatan, totalnya",
            ["percepatan"],
            [
                "• 3 orang × Rp950.000 = Rp2.850.000",
                "• 3 percepatan × Rp1.000.000 = Rp3.000.000",
            ],
            "Rp5.850.000",
        ),
        (
            "2 dewasa, satu paspornya hilang, jumlahnya berapa",
            ["hilang"],
            [
                "• 2 dewasa × Rp650.000 = Rp1.300.000",
                "• 1 denda hilang × Rp1.000.000 = Rp1.000.000",
            ],
            "Rp2.300.000",
        ),
    ],
)
async def test_a_sum_shows_its_lines(
    text: str, kinds: list[str], lines: list[str], total: str
) -> None:
    asked = citizen(text, "biaya_paspor", [("jenis_permohonan", kind) for kind in kinds])
    answered = await reply(PassportFee(), asked)

    assert answered.response == "utter_keadaan_biaya_jumlah"
    assert answered["daftar"].splitlines() == lines
    assert answered["total"] == total


async def test_ten_years_are_told_beside_where_nobody_chose() -> None:
    answered = await reply(PassportFee(), citizen("2 dewasa 1 anak totalnya", "biaya_paspor"))

    assert "Rp2.550.000" in answered["lagi"]


async def test_children_have_no_ten_years() -> None:
    answered = await reply(PassportFee(), citizen("2 anak 10 tahun totalnya", "biaya_paspor"))

    assert answered["total"] == "Rp1.300.000"
    assert answered["lagi"] == ""


async def test_days_are_counted_over_weekend_and_holiday() -> None:
    asked = citizen(
        "foto 21 desember 2026 kapan jadi", "lama_proses", {"tanggal": "21 desember 2026"}
    )
    answered = await reply(ProcessingTime(), asked)

    assert answered["daftar"].splitlines()[0] == "1. Selasa 22 Desember"
    assert answered["selesai"] == "Selasa 29 Desember 2026"
    assert "Jumat 25 Desember" in answered["lagi"]


@pytest.mark.parametrize(
    ("text", "day", "photo"),
    [
        ("berangkat 20 desember 2026 keburu?", "20 desember 2026", "Senin 14 Desember 2026"),
        ("terbang 29 desember 2026 sempat ga", "29 desember 2026", "Jumat 18 Desember 2026"),
    ],
)
async def test_whoever_leaves_on_a_day_hears_the_last_day_for_the_photo(
    text: str, day: str, photo: str
) -> None:
    answered = await reply(ProcessingTime(), citizen(text, "lama_proses", {"tanggal": day}))

    assert answered["foto"] == photo


async def test_without_a_day_the_rule_is_told() -> None:
    answered = await reply(ProcessingTime(), citizen("berapa lama jadi", "lama_proses"))

    assert answered.response == "utter_lama_proses"
