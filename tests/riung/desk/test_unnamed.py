"""Nobody at the desk finds out who made a complaint without a name."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from riung.backend.db import Database
from riung.desk import conversations, event_intake
from riung.desk.access import ALL_OFFICES, Principal, Role
from riung.desk.inbox import Filters, page
from riung.desk.tables import Conversation
from riung.dialogue.confidential import HIDDEN
from tests.riung.desk.makers import CITIZEN, bot, slot, started, user

BOSS = Principal(1, "boss", "Boss", Role.SUPERVISOR, (ALL_OFFICES,))


def complaint() -> list[dict[str, Any]]:
    """An unnamed complaint as the desk is told of it: its words are hidden while it is written."""
    written = {"in_form": "aduan_form"}
    return [
        user(HIDDEN, "pengaduan"),
        bot("Soal apa? 1. Pelayanan 2. Calo"),
        user(HIDDEN, "pengaduan", metadata=written),
        bot("Ceritakan dalam satu pesan."),
        user(HIDDEN, "pengaduan", metadata=written),
        bot("Bolehkah petugas tahu bahwa ini dari Anda?"),
        user(HIDDEN, "pengaduan", metadata=written),
        slot("aduan_anonim", "ya"),
        bot("Pengaduan tercatat tanpa nama, nomor ••••."),
    ]


def shown(database: Database) -> list[str]:
    with database.reading() as session:
        found = conversations.of_sender(session, CITIZEN)
        assert found is not None
        return [line.text for line in conversations.lines(session, found.id)]


def listed(database: Database) -> list[tuple[str, str]]:
    with database.reading() as session:
        rows = page(session, BOSS, Filters(view="all")).rows
        return [(row.snippet, row.topic) for row in rows]


def test_nothing_tells_that_there_was_one(database: Database) -> None:
    before = [started(), user("biaya paspor berapa", "biaya_paspor"), bot("Rp650.000")]
    event_intake.consume(database, before)
    with database.reading() as session:
        last_at = session.scalars(select(Conversation.last_at)).one()

    event_intake.consume(database, complaint())

    assert shown(database) == ["biaya paspor berapa", "Rp650.000"]
    assert listed(database) == [("biaya paspor berapa", "Biaya paspor")]
    with database.reading() as session:
        assert session.scalars(select(Conversation.last_at)).one() == last_at


def test_whoever_wrote_nothing_else_is_not_listed_until_they_do(database: Database) -> None:
    event_intake.consume(database, [started(), *complaint()])
    assert shown(database) == []
    assert listed(database) == []

    event_intake.consume(database, [user("makasih", "terima_kasih"), bot("Sama-sama.")])
    assert shown(database) == ["makasih", "Sama-sama."]
    assert listed(database) == [("makasih", "")]


def test_an_answer_that_comes_by_itself_goes_too(database: Database) -> None:
    *before, receipt = complaint()
    event_intake.consume(database, [started(), *before])
    event_intake.consume(database, [receipt])
    assert shown(database) == []


def test_read_back_it_does_not_come_again_nor_take_a_named_one_along(database: Database) -> None:
    said = [started(), *complaint()]
    named = [
        user(HIDDEN, "pengaduan"),
        user(HIDDEN, "pengaduan", metadata={"in_form": "aduan_form"}),
        slot("aduan_anonim", "tidak"),
        bot("Pengaduan tercatat atas nama chat ini."),
    ]
    event_intake.consume(database, [*said, *named])
    once = shown(database)

    event_intake.consume(database, [*said, *named])

    assert once == [HIDDEN, HIDDEN, "Pengaduan tercatat atas nama chat ini."]
    assert shown(database) == once


def test_a_digit_that_led_to_it_goes_too(database: Database) -> None:
    before = [started(), user("halo")]
    begun = [user(HIDDEN, "pengaduan"), user("8", "pengaduan", metadata={"stands_for": "pilihan"})]
    event_intake.consume(database, [*before, *begun, *complaint()[1:]])
    assert shown(database) == ["halo"]
