"""The price of what was named."""

from __future__ import annotations

import pytest

from actions.biaya import RESPONSES, PassportFee
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

    assert set(RESPONSES) <= {*known["jenis_permohonan"], *known["jenis_paspor"]}


def test_no_price_stands_in_the_words_themselves() -> None:
    for name in {*RESPONSES.values(), "utter_biaya_paspor"}:
        for variation in responses()[name]:
            assert "Rp" not in variation["text"], name


def test_the_answer_comes_in_the_first_lines() -> None:
    text = responses()["utter_biaya_epaspor"][0]["text"]

    assert "{kantor.fakta.tarif.epaspor_5}" in "\n".join(text.splitlines()[:2])
