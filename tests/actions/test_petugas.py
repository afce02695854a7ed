"""Asking for a person: a ticket for the officer, hours for the citizen."""

from __future__ import annotations

import pytest

from actions.petugas import TalkToOfficer, last_messages
from tests.actions.makers import bot, citizen, reply, turn
from tests.conftest import SetEnvironment
from tests.running_backend import Backend

NIK = "3273014505900001"


def wants_a_person(number: int) -> dict[str, object]:
    return citizen("mau bicara petugas", "bicara_petugas", wamid=f"wamid.{number}")


async def test_in_hours_an_officer_has_been_told(backend: Backend) -> None:
    answered = await reply(TalkToOfficer(), wants_a_person(1), sender="6289900000001")

    assert answered.response == "utter_petugas_dipanggil"
    assert answered["nomor_tiket"]
    assert "Senin" in answered["jam"]


async def test_what_a_button_is_about_reaches_the_desk(backend: Backend) -> None:
    for number, (said, reason) in enumerate({"darurat": "darurat", "apa saja": "citizen"}.items()):
        message = citizen("Minta", "bicara_petugas", {"isi": said}, wamid=f"wamid.why.{number}")
        told = await reply(TalkToOfficer(), message, sender=f"628990000002{number}")
        assert backend.ticket(told["nomor_tiket"]).details == {"reason": reason}


@pytest.mark.parametrize(
    ("moment", "opening"),
    [
        ("2026-11-20T18:00:00+07:00", "Senin 23 November 2026, 08.00 WIB"),
        ("2026-11-20T11:45:00+07:00", "Jumat 20 November 2026, 13.00 WIB"),
        ("2026-11-21T10:00:00+07:00", "Senin 23 November 2026, 08.00 WIB"),
    ],
)
async def test_out_of_hours_the_citizen_reads_when_somebody_is_there(
    backend: Backend, set_environment: SetEnvironment, moment: str, opening: str
) -> None:
    set_environment(RIUNG_NOW=moment)

    answered = await reply(TalkToOfficer(), wants_a_person(2), sender="6289900000002")

    assert answered.response == "utter_petugas_di_luar_jam"
    assert answered["buka"] == opening


async def test_the_same_message_delivered_twice_is_one_ticket(backend: Backend) -> None:
    first = await reply(TalkToOfficer(), wants_a_person(3), sender="6289900000003")
    second = await reply(TalkToOfficer(), wants_a_person(3), sender="6289900000003")

    assert first["nomor_tiket"] == second["nomor_tiket"]


@pytest.mark.usefixtures("no_backend")
async def test_without_the_backend_the_citizen_reads_that_plainly() -> None:
    answered = await reply(TalkToOfficer(), wants_a_person(4))

    assert answered.response == "utter_gangguan_backend"


def test_the_officer_reads_the_last_messages_of_both_sides_oldest_first() -> None:
    events = [event for n in range(4) for event in (citizen(f"tanya {n}"), bot(f"jawab {n}"))]

    told = last_messages(turn(*events, citizen("petugas")))

    assert [message["text"] for message in told] == [
        "jawab 1",
        "tanya 2",
        "jawab 2",
        "tanya 3",
        "jawab 3",
        "petugas",
    ]
    assert [message["sender"] for message in told[:2]] == ["bot", "citizen"]


def test_a_question_asked_for_the_citizen_is_not_told_twice() -> None:
    tapped = citizen("9", "pilihan")
    stands_for = citizen("9", "bicara_petugas", stands_for="pilihan")

    assert [message["text"] for message in last_messages(turn(tapped, stands_for))] == ["9"]


def test_numbers_of_people_are_masked_for_the_officer() -> None:
    told = last_messages(turn(citizen(f"nik {NIK}, hp 089900012345")))

    assert told == [{"sender": "citizen", "text": "nik 3273xxxxxxxxxxxx, hp 0899…345"}]
