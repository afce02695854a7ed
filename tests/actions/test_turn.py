"""What an action sees of a conversation, and what happens when answering fails."""

from __future__ import annotations

import asyncio
import time
from datetime import datetime
from typing import Any

import pytest

from actions.turn import Events, RiungAction, Turn, ask_as_citizen, remember_number
from riung.backend_client import BackendDown, BackendRefused, NotFound
from tests.actions.makers import bot, citizen, reply, slots_of, turn
from tests.conftest import SetEnvironment

DETAIL = {"title": "Rincian", "payload": "/rincian"}
NUMBERED = {"title": "Biaya", "payload": "/biaya_paspor", "angka": "1"}


class Fails(RiungAction):
    """Raises what it is given."""

    action_name = "action_gagal"

    def __init__(self, error: Exception | None = None) -> None:
        """Rasa's executor makes one of every action class that there is, also of this one."""
        self.error = error or RuntimeError("nothing was given")

    def answer(self, turn: Turn) -> Events | None:
        raise self.error


class Waits(RiungAction):
    """Waits as for a slow backend."""

    action_name = "action_menunggu"

    def answer(self, turn: Turn) -> Events | None:
        time.sleep(0.3)
        return None


@pytest.mark.parametrize(
    ("sent", "day"),
    [
        ("2026-12-07T23:58:00+07:00", "2026-12-07"),  # two minutes before midnight
        ("2026-12-08T00:00:05+07:00", "2026-12-08"),
        ("2026-12-05T10:00:00+07:00", "2026-12-08"),  # came days late
        ("2026-12-09T10:00:00+07:00", "2026-12-08"),  # a clock that goes ahead
    ],
)
def test_a_message_is_read_as_of_the_day_it_was_written(
    set_environment: SetEnvironment, sent: str, day: str
) -> None:
    set_environment(RIUNG_NOW="2026-12-08T00:00:10+07:00")
    moment = datetime.fromisoformat(sent).timestamp()

    assert turn(citizen("besok", timestamp=moment)).written_on.isoformat() == day


def test_the_office_is_the_one_the_citizen_wrote_to() -> None:
    assert turn(citizen("halo", office="pemalang")).office.id == "pemalang"


@pytest.mark.parametrize("office", ["", "dulu_ada"])
def test_without_an_office_it_is_the_default_one(
    office: str, set_environment: SetEnvironment
) -> None:
    set_environment(RIUNG_OFFICE="pemalang")

    assert turn(citizen("halo", office=office)).office.id == "pemalang"


def test_a_question_asked_for_the_citizen_keeps_office_and_message_id() -> None:
    seen = turn(citizen("1", "pilihan", office="pemalang", wamid="wamid.1"))

    question: dict[str, Any] = ask_as_citizen(seen, "biaya_paspor", {"jenis_paspor": "biasa"})[1]

    assert question["metadata"]["office"] == "pemalang"
    assert question["metadata"]["wamid"] == "wamid.1"
    assert question["metadata"]["stands_for"] == "pilihan"
    assert question["input_channel"] == "whatsapp"


def test_a_value_that_stands_twice_is_told_once() -> None:
    seen = turn(citizen("x", entities=[("kantor", "batang"), ("kantor", "batang")]))

    assert seen.entities("kantor") == ["batang"]
    assert seen.entity("tanggal") is None


def test_the_language_is_indonesian_unless_another_was_chosen() -> None:
    assert turn(citizen("halo")).language == "id"
    assert turn(citizen("hello"), bahasa="en").language == "en"


def test_numbered_options_are_those_of_the_last_bubble_that_had_some() -> None:
    seen = turn(
        citizen("menu"),
        bot("Menu", [NUMBERED]),
        citizen("biaya"),
        bot("Rp650.000", [DETAIL]),
        citizen("1"),
    )

    assert seen.numbered_buttons() == [NUMBERED]
    assert seen.last_buttons() == [DETAIL]


def test_without_any_bubble_there_are_no_options() -> None:
    seen = turn(citizen("1"))

    assert seen.numbered_buttons() == []
    assert seen.last_buttons() == []


def test_the_messages_id_is_whatsapps() -> None:
    assert turn(citizen("halo", wamid="wamid.7")).message_id == "wamid.7"


def test_a_known_number_is_remembered() -> None:
    assert remember_number("1179000000001234") == [
        {
            "event": "slot",
            "name": "nomor_permohonan",
            "value": "1179000000001234",
            "timestamp": None,
        }
    ]


@pytest.mark.parametrize(
    "error",
    [
        BackendDown("ConnectTimeout"),
        BackendRefused("RIUNG_API_KEY is not the backend's"),
        NotFound({"code": "something_new"}),
        RuntimeError("a mistake in an action"),
    ],
)
async def test_whatever_fails_the_citizen_reads_a_plain_answer(error: Exception) -> None:
    answered = await reply(Fails(error), citizen("cek status"))

    assert answered.response == "utter_gangguan_backend"
    assert answered.events == []


async def test_what_may_have_happened_is_not_called_failed() -> None:
    said = citizen("Ya, batalkan", "batalkan_antrean", {"isi": "K1"})
    answered = await reply(Fails(BackendDown("ReadTimeout", may_be_done=True)), said)

    assert answered.response == "utter_belum_pasti"
    [again] = answered.buttons
    assert again == {"title": "Ya, coba lagi", "payload": '/batalkan_antrean{"isi": "K1"}'}


class FailsInAForm(Fails):
    """The same where an answer is checked."""

    action_name = "validate_gagal_form"


@pytest.mark.parametrize("may_be_done", [True, False])
async def test_a_form_whose_check_found_nobody_to_ask_keeps_its_question(may_be_done: bool) -> None:
    error = BackendDown("ReadTimeout", may_be_done=may_be_done)
    said = citizen("berkas saya tertinggal di loket tiga", "pengaduan")
    answered = await reply(FailsInAForm(error), said, requested_slot="pesan_petugas")

    assert answered.response == ("utter_belum_pasti" if may_be_done else "utter_gangguan_backend")
    assert slots_of(answered.events) == {"pesan_petugas": None}


async def test_a_slow_answer_does_not_hold_up_others() -> None:
    began = time.monotonic()

    await asyncio.gather(*(reply(Waits(), citizen("cek status")) for _ in range(8)))

    assert time.monotonic() - began < 8 * 0.3
