"""Each "no" to the question whether an answer helped stands in the report, masked."""

from __future__ import annotations

from typing import Any

from riung.backend.db import Database
from riung.desk import event_intake
from riung.desk.access import Role
from tests.riung.desk.conftest import LogIn
from tests.riung.desk.makers import bot, started, user

ASKED = "Biayanya Rp650.000.\n_Membantu? Balas *membantu* atau *tidak membantu*._"


def said(database: Database, *events: Any) -> None:
    event_intake.consume(database, [started(), *events])


def listed(log_in_as: LogIn, role: Role = Role.TRAINER) -> Any:
    page = log_in_as(role.value, role).see("/desk/reports?office=bandung")
    return page.split("Jawaban yang tidak membantu")[1].split("<h2>")[0]


def test_a_no_is_listed_with_what_was_asked(database: Database, log_in_as: LogIn) -> None:
    said(
        database,
        user("biaya paspor 3273014512900001 berapa", "biaya_paspor"),
        bot(ASKED),
        user("tidak membantu", "tidak_membantu"),
    )

    found = listed(log_in_as)

    assert "biaya paspor" in found
    assert "3273014512900001" not in found
    assert "Biaya paspor ·" in found


def test_a_bare_no_counts_only_under_the_question(database: Database, log_in_as: LogIn) -> None:
    said(
        database,
        user("lama proses", "lama_proses"),
        bot(ASKED),
        user("tidak", "tolak"),
        user("kuota besok", "cek_kuota"),
        bot("Ada 3 tempat."),
        user("tidak", "tolak"),
    )

    found = listed(log_in_as)

    assert "lama proses" in found
    assert "kuota besok" not in found


def test_who_may_talk_opens_the_conversation(database: Database, log_in_as: LogIn) -> None:
    said(
        database,
        user("lama proses", "lama_proses"),
        bot("x"),
        user("tidak membantu", "tidak_membantu"),
    )

    assert "/desk/conversations/" in listed(log_in_as, Role.SUPERVISOR)
    assert "/desk/conversations/" not in listed(log_in_as)
