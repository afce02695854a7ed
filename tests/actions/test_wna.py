"""Foreigners: the services, and the sum of an overstay."""

from __future__ import annotations

import pytest

from actions.wna import ForeignerServices
from tests.actions.makers import citizen, reply

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
