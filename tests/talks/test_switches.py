"""Each service that an office switches on or off: the whole conversation goes with the switch."""

from __future__ import annotations

from pathlib import Path

import pytest

from riung.office.model import Office
from riung.office.modules import module_rules
from riung.office.offices import offices
from tests.project_copy import edit
from tests.talks.talk import Talk

SWITCHES = [*module_rules()]

ELSEWHERE = {
    "antrean_whatsapp": "M-Paspor",
    "pengaduan": "lapor.go.id",
    "kunjungan_rumah": "petugas",
    "sambang_pemohon": "loket informasi",
    "kirim_pos": "ambil",
    "percepatan": "petugas",
    "pendamping_mpaspor": "M-Paspor",
}
"""Switch → what the answer names instead when the service is off."""


def switch(office_folder: Path, module: str, *, on: bool) -> Office:
    """Pemalang with one switch set."""
    now_on = offices()["pemalang"].modul.is_on(module)
    if now_on is not on:
        words = {True: "true", False: "false"}
        path = office_folder / "pemalang.yml"
        edit(path, f"  {module}: {words[now_on]}", f"  {module}: {words[on]}")
    return offices()["pemalang"]


async def answer(applicant: Talk, module: str) -> str:
    (intent, *_) = module_rules()[module].intents
    return await applicant.say(f"/{intent}")


@pytest.mark.parametrize("module", SWITCHES)
async def test_a_service_that_is_off_says_where_to_go_and_one_that_is_on_serves(
    applicant: Talk, office_folder: Path, module: str
) -> None:
    switch(office_folder, module, on=False)
    off = await answer(applicant, module)
    form = (await applicant.tracker()).active_loop_name

    switch(office_folder, module, on=True)
    on = await answer(applicant, module)

    assert form is None
    assert ELSEWHERE[module].casefold() in off.casefold()
    assert off.splitlines()[0] != on.splitlines()[0]


@pytest.mark.parametrize("module", ["antrean_whatsapp", "pengaduan", "sambang_pemohon"])
async def test_a_form_begins_only_where_its_service_is_on(
    applicant: Talk, office_folder: Path, module: str
) -> None:
    switch(office_folder, module, on=True)
    await answer(applicant, module)

    assert (await applicant.tracker()).active_loop_name is not None
