"""The channel's own tables, the same on SQLite and PostgreSQL (no other process writes them).

Times are Unix seconds: `timestamp` is Meta's (whole), `*_at` is ours. JSON columns hold personal
text only as long as it is needed: an inbox message until its turn is done, a bubble until it is
delivered or `riung.whatsapp.retention` says so.

`conversation_id` is the person's name here; with the row's `phone_number_id` it makes the name of a
conversation (`riung.conversation_id`).
"""

from __future__ import annotations

import sqlalchemy as sa

metadata = sa.MetaData()

contacts = sa.Table(
    "contacts",
    metadata,
    sa.Column("conversation_id", sa.String(140), primary_key=True),
    sa.Column("user_id", sa.String(140), unique=True),
    sa.Column("phone", sa.String(20), unique=True),
)
"""Who is who: a citizen's ids of today and the name that never changes."""

introductions = sa.Table(
    "introductions",
    metadata,
    sa.Column("conversation_id", sa.String(140), primary_key=True),
    sa.Column("user_id", sa.String(140)),
    sa.Column("phone", sa.String(20)),
)
"""What the backend was last told of a contact (`riung.whatsapp.introductions`)."""

windows = sa.Table(
    "windows",
    metadata,
    sa.Column("conversation_id", sa.String(140), primary_key=True),
    sa.Column("phone_number_id", sa.String(40), primary_key=True),
    sa.Column("opened_at", sa.Integer, nullable=False),
)
"""The citizen's latest message to each of our numbers; 24 hours of free-form answers (Meta §7)."""

inbox = sa.Table(
    "inbox",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("wamid", sa.String(512), nullable=False, unique=True),
    sa.Column("conversation_id", sa.String(140)),
    sa.Column("phone_number_id", sa.String(240), nullable=False),
    sa.Column("outcome", sa.String(40), nullable=False),
    sa.Column("state", sa.String(10), nullable=False),
    sa.Column("timestamp", sa.Integer, nullable=False),
    sa.Column("received_at", sa.Float, nullable=False, index=True),
    sa.Column("done_at", sa.Float),
    sa.Column("message", sa.JSON(none_as_null=True)),
    sa.Index("inbox_work", "state", "conversation_id"),
)
"""Every message under Meta's id. `state`: new → done, or refused at once."""

outbox = sa.Table(
    "outbox",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("key", sa.String(200), nullable=False, unique=True),
    sa.Column("conversation_id", sa.String(140), nullable=False, index=True),
    sa.Column("phone_number_id", sa.String(40), nullable=False),
    sa.Column("kind", sa.String(5), nullable=False),
    sa.Column("state", sa.String(10), nullable=False),
    sa.Column("attempts", sa.Integer, nullable=False, server_default="0"),
    sa.Column("doubts", sa.Integer, nullable=False, server_default="0"),
    sa.Column("bubble", sa.JSON(none_as_null=True)),
    sa.Column("template", sa.JSON(none_as_null=True)),
    sa.Column("asked_wamid", sa.String(512)),
    sa.Column("asked_at", sa.Integer),
    sa.Column("wamid", sa.String(512), index=True),
    sa.Column("error_code", sa.String(20)),
    sa.Column("created_at", sa.Float, nullable=False),
    sa.Column("updated_at", sa.Float, nullable=False),
    sa.Index("outbox_state", "state", "id"),
)
"""Every message of ours. `state`: see `riung.whatsapp.outbox`."""

statuses = sa.Table(
    "statuses",
    metadata,
    sa.Column("wamid", sa.String(512), primary_key=True),
    sa.Column("status", sa.String(10), primary_key=True),
    sa.Column("timestamp", sa.Integer, nullable=False, index=True),
    sa.Column("error_code", sa.String(20)),
    sa.Column("billed", sa.Boolean, nullable=False, server_default=sa.false()),
)
"""Each status once; Meta repeats them and lets them overtake each other."""

stops = sa.Table(
    "stops",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("phone_number_id", sa.String(40), nullable=False),
    sa.Column("code", sa.String(20), nullable=False),
)
"""Numbers that send nothing, for all workers, until the cause is mended; "*" is every number."""

billing = sa.Table(
    "billing",
    metadata,
    sa.Column("month", sa.String(7), primary_key=True),
    sa.Column("office", sa.String(60), primary_key=True),
    sa.Column("phone_number_id", sa.String(40), primary_key=True),
    sa.Column("category", sa.String(40), primary_key=True),
    sa.Column("type", sa.String(40), primary_key=True),
    sa.Column("messages", sa.Integer, nullable=False),
)
"""Delivered messages by the price class Meta's statuses tell, counted once each."""

media = sa.Table(
    "media",
    metadata,
    sa.Column("id", sa.String(32), primary_key=True),
    sa.Column("conversation_id", sa.String(140), nullable=False, index=True),
    sa.Column("media_id", sa.String(240), nullable=False),
    sa.Column("kind", sa.String(10), nullable=False),
    sa.Column("state", sa.String(10), nullable=False),
    sa.Column("mime_type", sa.String(100), nullable=False),
    sa.Column("sha256", sa.String(240), nullable=False),
    sa.Column("filename", sa.String(240), nullable=False),
    sa.Column("size", sa.Integer),
    sa.Column("reason", sa.String(40)),
    sa.Column("created_at", sa.Float, nullable=False, index=True),
)
"""Files citizens sent. `state`: known, wanted (still at Meta) → stored, or refused, gone."""

leases = sa.Table(
    "leases",
    metadata,
    sa.Column("name", sa.String(200), primary_key=True),
    sa.Column("owner", sa.String(32), nullable=False),
    sa.Column("until", sa.Float, nullable=False),
)
"""Which worker process works on what; used only when there is more than one."""
