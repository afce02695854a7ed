"""Status by application number, asked of a real backend."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from actions.status import CheckStatus
from riung.backend_client import BackendClient
from riung.dialogue.last_seen import SLOT
from riung.office.stages import stage_order
from tests.actions.makers import Reply, citizen, reply
from tests.conftest import SetEnvironment
from tests.edits import edit
from tests.running_backend import FRIDAY, Backend
from tests.stack import free_ports

KNOWN, OTHER, UNKNOWN = "1179000000001234", "1179000000005678", "1179000000009999"
NIK = "3273014505900001"


async def ask(*numbers: str, sender: str = "6289900012345", language: str = "id") -> Reply:
    message = citizen("cek", "cek_status", [("nomor_permohonan", number) for number in numbers])
    return await reply(CheckStatus(), message, sender=sender, bahasa=language)


STAGES = [(route, stage) for route, stages in stage_order().routes.items() for stage in stages]


@pytest.mark.parametrize("number", [KNOWN, "1179 0000 0000 1234", "1179.0000.0000.1234"])
async def test_the_stage_is_told_since_when_and_what_comes_next(
    backend: Backend, number: str
) -> None:
    backend.application(KNOWN, "printing")

    answered = await ask(number)

    assert answered.response == "utter_status"
    assert answered["nomor"] == "1179 0000 0000 1234"
    assert answered["tahap"] == "Pencetakan"
    assert answered["sejak"].endswith("10.00 WIB")
    assert answered["langkah"]


async def test_the_number_is_remembered_for_the_next_question(backend: Backend) -> None:
    backend.application(KNOWN, "printing")

    answered = await ask(KNOWN)

    assert {"nomor_permohonan": KNOWN}.items() <= {
        event["name"]: event["value"] for event in answered.events
    }.items()


@pytest.mark.parametrize(("route", "stage"), STAGES, ids="-".join)
async def test_every_stage_of_every_route_has_words(
    backend: Backend, route: str, stage: str
) -> None:
    number = f"117900000001{STAGES.index((route, stage)):04}"
    backend.application(number, stage, route)

    answered = await ask(number)

    assert answered["tahap"]
    assert answered["penjelasan"]
    assert answered["langkah"]
    assert 1 <= len(answered.buttons) <= 3


@pytest.mark.parametrize("branch", stage_order().branches)
async def test_every_side_branch_has_words(backend: Backend, branch: str) -> None:
    number = f"117900000002{list(stage_order().branches).index(branch):04}"
    backend.application(number, branch)

    answered = await ask(number)

    assert answered["penjelasan"]
    assert answered["langkah"]


async def test_a_notice_is_offered_while_something_is_to_come(backend: Backend) -> None:
    backend.application(KNOWN, "printing")
    backend.application(OTHER, "collected")

    waiting, ended = await ask(KNOWN), await ask(OTHER)

    assert waiting.buttons[0]["payload"] == "/kabari_status"
    assert "/kabari_status" not in [button["payload"] for button in ended.buttons]


async def test_without_a_number_it_is_asked_for(backend: Backend) -> None:
    assert (await ask()).response == "utter_status_minta_nomor"


@pytest.mark.parametrize(("number", "digits"), [("117900000000123", 15), ("11790000", 8)])
async def test_a_malformed_number_is_told_with_its_length(
    backend: Backend, number: str, digits: int
) -> None:
    answered = await ask(number)

    assert answered.response == "utter_status_nomor_salah"
    assert answered["jumlah"] == digits


async def test_an_unknown_number_is_told(backend: Backend) -> None:
    answered = await ask(UNKNOWN)

    assert answered.response == "utter_status_tidak_ditemukan"
    assert answered["nomor"] == "1179 0000 0000 9999"
    assert [event["name"] for event in answered.events] == ["topik_terakhir"]


@pytest.mark.parametrize("number", [NIK, "3273 0145 0590 0001"])
async def test_a_nik_is_answered_with_a_warning_and_never_repeated(
    backend: Backend, number: str
) -> None:
    answered = await ask(number)

    assert answered.response == "utter_status_nik"
    assert "0145" not in str(answered.messages)
    assert answered.events == []


async def test_an_application_with_the_shape_of_a_nik_is_found(backend: Backend) -> None:
    backend.application("3273014505900002", "printing")

    assert (await ask("3273014505900002")).response == "utter_status"


async def test_several_numbers_are_told_in_a_line_each(backend: Backend) -> None:
    backend.application(KNOWN, "printing")
    backend.application(OTHER, "collected")

    answered = await ask(KNOWN, OTHER, UNKNOWN, "123", NIK)

    assert answered.response == "utter_status_beberapa"
    assert answered["jumlah"] == 5
    assert answered["daftar"].splitlines() == [
        "1. 1179 0000 0000 1234: *Pencetakan*",
        "2. 1179 0000 0000 5678: *Sudah diambil*",
        "• 1179 0000 0000 9999: tidak ditemukan",
        "• 123: bukan 16 angka",
        "• NIK: tidak ditemukan",
    ]


async def test_the_same_number_in_two_spellings_is_one_question(backend: Backend) -> None:
    backend.application(KNOWN, "printing")

    answered = await ask(KNOWN, "1179 0000 0000 1234")

    assert answered.response == "utter_status"


async def test_no_more_than_five_numbers_are_told_at_once(backend: Backend) -> None:
    answered = await ask(*[f"11790000000080{n:02}" for n in range(9)], sender="6289900011111")

    assert len(answered["daftar"].splitlines()) == 5
    assert answered["jumlah"] == 9


async def test_more_than_ten_unknown_numbers_are_answered_with_a_pause(backend: Backend) -> None:
    told = [
        (await ask(f"11790000000070{n:02}", sender="6289900022222")).response for n in range(11)
    ]
    pause = await ask(UNKNOWN, sender="6289900022222")

    assert told[:10] == ["utter_status_tidak_ditemukan"] * 10
    assert told[10] == pause.response == "utter_status_terlalu_sering"
    assert 1 <= pause["menit"] <= 60


async def test_others_are_not_held_up_by_it(backend: Backend) -> None:
    backend.application(KNOWN, "printing")

    assert (await ask(KNOWN, sender="6289900033333")).response == "utter_status"


@pytest.mark.usefixtures("no_backend")
async def test_without_the_backend_the_citizen_reads_that_plainly() -> None:
    assert (await ask(KNOWN)).response == "utter_gangguan_backend"


async def seen_before(backend: Backend) -> dict[str, Any]:
    """What the conversation keeps once the stage was told."""
    backend.application(KNOWN, "printing")
    [kept] = [event for event in (await ask(KNOWN)).events if event["name"] == SLOT]
    return {SLOT: kept["value"]}


async def again(number: str, **slots: Any) -> Reply:
    return await reply(
        CheckStatus(), citizen("cek", "cek_status", {"nomor_permohonan": number}), **slots
    )


@pytest.fixture
def gone(backend: Backend, monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """From the call of it on the backend does not answer."""

    def go() -> None:
        nobody = BackendClient(f"http://127.0.0.1:{free_ports(1)[0]}", "x")
        monkeypatch.setattr("actions.status.backend", lambda: nobody)

    return go


async def test_while_the_backend_is_away_the_stage_last_seen_is_told_with_its_time(
    backend: Backend, gone: Callable[[], None]
) -> None:
    kept = await seen_before(backend)
    gone()

    answered = await again(KNOWN, **kept)

    assert answered.response == "utter_status_terakhir"
    assert answered["nomor"] == "1179 0000 0000 1234"
    assert answered["tahap"] == "Pencetakan"
    assert answered["dilihat"] == "Jumat 20 November 2026, 10.00 WIB"


@pytest.mark.parametrize(
    ("number", "later"),
    [(OTHER, FRIDAY), (KNOWN, "2026-11-21T10:01:00+07:00")],
    ids=["another number", "seen too long ago"],
)
async def test_otherwise_the_outage_is_said(
    backend: Backend,
    gone: Callable[[], None],
    set_environment: SetEnvironment,
    number: str,
    later: str,
) -> None:
    kept = await seen_before(backend)
    gone()
    set_environment(RIUNG_NOW=later)

    assert (await again(number, **kept)).response == "utter_gangguan_backend"


async def test_an_office_may_want_nothing_old_to_be_told(
    backend: Backend, gone: Callable[[], None], office_folder: Path
) -> None:
    edit(office_folder / "nasional.yml", "status_terakhir: 24", "status_terakhir: 0")
    kept = await seen_before(backend)
    gone()

    assert (await again(KNOWN, **kept)).response == "utter_gangguan_backend"


async def test_stage_and_moment_are_told_in_the_conversations_language(backend: Backend) -> None:
    backend.application(KNOWN, "printing")

    answered = await ask(KNOWN, language="en")

    assert (answered["tahap"], answered["penjelasan"]) == (
        "Printing",
        "Your passport is being printed.",
    )
    assert answered["langkah"].startswith("No need to come yet.")
    assert answered["sejak"].startswith("Friday 20 November 2026")
