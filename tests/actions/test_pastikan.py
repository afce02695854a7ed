"""A sentence that was just said is said again."""

from __future__ import annotations

from actions.pastikan import Confirm
from tests.actions.makers import citizen, reply


async def test_the_sentence_is_the_answer() -> None:
    asked = citizen("jadi 650 ya?", "pastikan", {"kalimat": "E-paspor 5 tahun: *Rp650.000*"})
    said = await reply(Confirm(), asked)
    assert said.response == "utter_pastikan"
    assert said["kalimat"] == "E-paspor 5 tahun: *Rp650.000*"
