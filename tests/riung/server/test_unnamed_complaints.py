"""What earlier programs kept of unnamed complaints is as anonymous as what today's keep."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from riung.backend.db import Database
from riung.desk import conversations
from riung.desk.tables import Conversation, Message
from riung.desk.tickets.tables import Ticket
from tests.riung.server.test_migrations import MOMENT, NUMBER, PERSON, fill, made_at
from tests.services import new_database

HIDDEN = "(bagian dari pengaduan tanpa nama)"
FORM = "(bagian dari sebuah pengaduan)"

BEFORE = [("citizen", "berapa biaya paspor", "biaya_paspor"), ("bot", "Rp650.000", "")]
RECEIPT = [("bot", "✅ Pengaduan tercatat, nomor *TGD4RP*.", "")]


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.services)])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'riung.db'}"
    else:
        with new_database() as address:
            yield address


@pytest.fixture
def database(url: str) -> Iterator[Database]:
    """As the version before left it."""
    made = made_at(url, "0016_whole_message_ids")
    talk: dict[str, Any] = {"id": 1, "sender_id": f"{PERSON}@{NUMBER}", "person": PERSON}
    talk |= {"office": "bandung", "phone_number_id": NUMBER, "name": "", "channel": "whatsapp"}
    talk |= {"state": "bot", "state_since": MOMENT, "timer": "none", "topic": "pengaduan"}
    talk |= {"language": "id", "labels": "[]", "unread": 0, "last_text": HIDDEN, "behind": False}
    fill(made, "desk_conversations", **talk, last_at=MOMENT + timedelta(minutes=50))
    file(made, "TGD4RP", "true", conversation_id=f"{PERSON}@{NUMBER}", sender_hash="abc")
    yield made
    made.dispose()


def file(database: Database, code: str, anonymous: str, **more: Any) -> None:
    ticket: dict[str, Any] = {"code": code, "kind": "complaint", "office": "bandung"}
    ticket |= {"status": "open", "subject": "dimintai uang", "idempotency_key": f"wamid.{code}"}
    ticket |= {"last_messages": '[{"text": "dimintai uang"}]', "created_at": MOMENT}
    ticket |= {"details": f'{{"anonymous": "{anonymous}"}}', "erase_when_over": False}
    fill(database, "tickets", **ticket, updated_at=MOMENT, **more)


def say(database: Database, *said: tuple[str, str, str], at: datetime = MOMENT) -> None:
    for place, (author, text, intent) in enumerate(said):
        line = {"event_key": f"{at}{place}", "office": "bandung", "author": author, "text": text}
        details = {"intent": intent, "details": "{}", "numbers": ""}
        moment = at + timedelta(minutes=place)
        fill(database, "desk_messages", conversation_id=1, at=moment, **line, **details)


def shown(database: Database) -> list[str]:
    with database.reading() as session:
        return [line.text for line in conversations.lines(session, 1)]


def test_neither_its_hour_nor_what_the_bot_said_to_it_stays(database: Database) -> None:
    written = [
        ("citizen", FORM, "pengaduan"),
        ("bot", "Soal apa?", ""),
        ("citizen", FORM, "pengaduan"),
        ("bot", "Ceritakan dalam satu pesan.", ""),
        ("citizen", HIDDEN, "pengaduan"),
        ("bot", "✅ Pengaduan tercatat tanpa nama, nomor ••••.", ""),
    ]
    after = [("citizen", "makasih", "terima_kasih"), ("bot", "Sama-sama.", "")]
    say(database, *BEFORE, *written, *after)

    database.migrate()

    assert shown(database) == ["berapa biaya paspor", "Rp650.000", "makasih", "Sama-sama."]
    with database.reading() as session:
        talk = session.get(Conversation, 1)
        assert talk is not None
        assert (talk.topic, talk.last_text) == ("biaya_paspor", "makasih")
        empty = session.scalars(sa.select(Message).where(Message.author == "gone")).all()
        assert {(one.text, one.intent, str(one.details)) for one in empty} == {("", "", "{}")}


def test_words_that_nobody_hid_go_by_the_number_of_the_receipt(database: Database) -> None:
    told = [
        ("citizen", "mau lapor pungli", "pengaduan"),
        ("bot", "Ceritakan dalam satu pesan.", ""),
        ("citizen", "petugas loket 3 minta uang", "di_luar_topik"),
        ("bot", "Bolehkah petugas tahu?", ""),
        ("citizen", "tanpa nama", "menolak"),
    ]
    say(database, *told, *RECEIPT)
    say(database, *BEFORE, at=MOMENT - timedelta(hours=5))

    database.migrate()

    assert shown(database) == ["berapa biaya paspor", "Rp650.000"]


def test_whoever_asked_for_it_later_is_not_known_by_its_number(database: Database) -> None:
    asked = [
        ("citizen", "cek pengaduan tgd4rp dong", "cek_pengaduan"),
        ("bot", "Pengaduan *TGD4RP*: dijawab. Petugas itu sudah diperiksa.", ""),
    ]
    say(database, *BEFORE, *asked)

    database.migrate()

    assert shown(database) == ["berapa biaya paspor", "Rp650.000", "cek pengaduan •••• dong"]


def test_the_complaint_itself_leads_to_nobody(database: Database) -> None:
    database.migrate()
    with database.reading() as session:
        (one,) = session.scalars(sa.select(Ticket))
        kept = (one.conversation_id, one.sender_hash, one.idempotency_key, one.last_messages)
        assert kept == (None, None, None, [])
        assert (one.code, one.subject) == ("TGD4RP", "dimintai uang")


def test_a_named_one_stays_as_it_is(database: Database) -> None:
    file(database, "NAMA22", "false", conversation_id=f"{PERSON}@{NUMBER}", sender_hash="abc")
    said = [
        ("citizen", FORM, "pengaduan"),
        ("bot", "Ceritakan dalam satu pesan.", ""),
        ("citizen", FORM, "pengaduan"),
        ("bot", "✅ Pengaduan tercatat atas nama chat ini, nomor *NAMA22*.", ""),
    ]
    say(database, *said)

    database.migrate()

    assert shown(database) == [text for _, text, _ in said]
    with database.reading() as session:
        named = session.scalars(sa.select(Ticket).filter_by(code="NAMA22")).one()
        assert named.sender_hash == "abc"
