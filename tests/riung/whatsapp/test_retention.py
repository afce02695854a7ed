"""What is old goes, what is needed stays."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from riung.whatsapp import retention
from riung.whatsapp.bubble import Bubble
from riung.whatsapp.inbox import store_messages
from riung.whatsapp.outbox import ReplyTo, enqueue
from riung.whatsapp.retention import DAY
from riung.whatsapp.store import Store
from riung.whatsapp.tables import contacts, inbox, media, outbox
from riung.whatsapp.updates import Message, Sender, Update

START = 1_800_000_000.0


def message(wamid: str) -> Update:
    file = {"media_id": "1", "kind": "image", "mime_type": "", "sha256": "", "filename": ""}
    sender = Sender(None, "6289900000001")
    content = Message(wamid, sender, "image", timestamp=int(START), extra={"media": file})
    return Update("media", "000000000000000", message=content)


def count_rows(connection: Connection) -> list[int]:
    tables = (inbox, outbox, media, contacts)
    return [
        connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()
        for table in tables
    ]


async def test_each_thing_lives_as_long_as_it_is_needed(tmp_path: Path) -> None:
    store = Store(f"sqlite:///{tmp_path / 'channel.db'}")
    store.open()

    async def counts(days: float) -> list[int]:
        await store.run(lambda c: retention.expire(c, START + days * DAY))
        return await store.run(count_rows)

    await store.run(lambda c: store_messages(c, [message("a"), message("b")], START))
    reply_to = ReplyTo("6289900000001", "000000000000000")
    await store.run(lambda c: enqueue(c, reply_to, [Bubble("Halo"), Bubble("Menunggu")], START))
    await store.run(lambda c: c.execute(inbox.update().values(state="done")))
    await store.run(
        lambda c: c.execute(outbox.update().where(outbox.c.id == 1).values(state="read"))
    )

    assert await counts(7.9) == [2, 2, 2, 1]
    assert await counts(8.1) == [0, 2, 2, 1]
    assert await counts(30.1) == [0, 1, 0, 1]  # what still waits to be sent stays
    await store.run(lambda c: c.execute(outbox.update().values(state="failed")))
    assert await counts(366) == [0, 0, 0, 0]
    await store.close()
