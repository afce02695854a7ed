"""The desk: accounts, conversations, audit, announcements, counts, imports."""

import sqlalchemy as sa
from alembic import op

from riung.backend.db import UtcDateTime

revision = "0002_desk"
down_revision = "0001_core"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "desk_audit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("login", sa.String(length=40), nullable=False),
        sa.Column("office", sa.String(length=40), nullable=False),
        sa.Column("action", sa.String(length=40), nullable=False),
        sa.Column("subject", sa.String(length=80), nullable=False),
        sa.Column("detail", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_desk_audit")),
    )
    with op.batch_alter_table("desk_audit", schema=None) as batch_op:
        batch_op.create_index("ix_desk_audit_at", ["at"], unique=False)

    op.create_table(
        "desk_changes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("office", sa.String(length=40), nullable=False),
        sa.Column("conversation_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_desk_changes")),
    )
    with op.batch_alter_table("desk_changes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_desk_changes_at"), ["at"], unique=False)

    op.create_table(
        "desk_channel_counts",
        sa.Column("office", sa.String(length=40), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("office", "month", "channel", name=op.f("pk_desk_channel_counts")),
    )
    op.create_table(
        "desk_users",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("login", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("offices", sa.JSON(), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("must_change_password", sa.Boolean(), nullable=False),
        sa.Column("failed_logins", sa.Integer(), nullable=False),
        sa.Column("locked_until", UtcDateTime(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_desk_users")),
        sa.UniqueConstraint("login", name=op.f("uq_desk_users_login")),
    )
    op.create_table(
        "desk_announcements",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("office", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("text", sa.String(length=500), nullable=False),
        sa.Column("starts_at", UtcDateTime(), nullable=False),
        sa.Column("ends_at", UtcDateTime(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["author_id"],
            ["desk_users.id"],
            name=op.f("fk_desk_announcements_author_id_desk_users"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_desk_announcements")),
    )
    with op.batch_alter_table("desk_announcements", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_desk_announcements_office"), ["office"], unique=False)

    op.create_table(
        "desk_conversations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sender_id", sa.String(length=160), nullable=False),
        sa.Column("office", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("phone_number_id", sa.String(length=40), nullable=False),
        sa.Column("channel", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("state_since", UtcDateTime(), nullable=False),
        sa.Column("waiting_since", UtcDateTime(), nullable=True),
        sa.Column("timer", sa.String(length=10), nullable=False),
        sa.Column("due_at", UtcDateTime(), nullable=True),
        sa.Column("topic", sa.String(length=60), nullable=False),
        sa.Column("labels", sa.JSON(), nullable=False),
        sa.Column("unread", sa.Integer(), nullable=False),
        sa.Column("last_text", sa.String(length=160), nullable=False),
        sa.Column("last_at", UtcDateTime(), nullable=False),
        sa.Column("citizen_at", UtcDateTime(), nullable=True),
        sa.Column("behind", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["desk_users.id"], name=op.f("fk_desk_conversations_owner_id_desk_users")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_desk_conversations")),
        sa.UniqueConstraint("sender_id", name=op.f("uq_desk_conversations_sender_id")),
    )
    with op.batch_alter_table("desk_conversations", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_desk_conversations_behind"), ["behind"], unique=False)
        batch_op.create_index("ix_desk_conversations_due_at", ["due_at"], unique=False)
        batch_op.create_index(
            "ix_desk_conversations_inbox", ["office", "state", "last_at"], unique=False
        )

    op.create_table(
        "desk_imports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("office", sa.String(length=40), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("filename", sa.String(length=120), nullable=False),
        sa.Column("taken", sa.Integer(), nullable=False),
        sa.Column("refused", sa.Integer(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("undone_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["user_id"], ["desk_users.id"], name=op.f("fk_desk_imports_user_id_desk_users")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_desk_imports")),
    )
    with op.batch_alter_table("desk_imports", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_desk_imports_office"), ["office"], unique=False)

    op.create_table(
        "desk_sessions",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("csrf", sa.String(length=64), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("seen_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["desk_users.id"], name=op.f("fk_desk_sessions_user_id_desk_users")
        ),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_desk_sessions")),
    )
    with op.batch_alter_table("desk_sessions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_desk_sessions_user_id"), ["user_id"], unique=False)

    op.create_table(
        "desk_handovers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("conversation_id", sa.Integer(), nullable=False),
        sa.Column("office", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=False),
        sa.Column("ticket", sa.String(length=40), nullable=False),
        sa.Column("after_hours", sa.Boolean(), nullable=False),
        sa.Column("asked_at", UtcDateTime(), nullable=False),
        sa.Column("taken_at", UtcDateTime(), nullable=True),
        sa.Column("answered_at", UtcDateTime(), nullable=True),
        sa.Column("closed_at", UtcDateTime(), nullable=True),
        sa.Column("officer_id", sa.Integer(), nullable=True),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["desk_conversations.id"],
            name=op.f("fk_desk_handovers_conversation_id_desk_conversations"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["officer_id"], ["desk_users.id"], name=op.f("fk_desk_handovers_officer_id_desk_users")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_desk_handovers")),
    )
    with op.batch_alter_table("desk_handovers", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_desk_handovers_conversation_id"), ["conversation_id"], unique=False
        )
        batch_op.create_index(
            "ix_desk_handovers_office_asked_at", ["office", "asked_at"], unique=False
        )

    op.create_table(
        "desk_messages",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("conversation_id", sa.Integer(), nullable=False),
        sa.Column("event_key", sa.String(length=60), nullable=False),
        sa.Column("office", sa.String(length=40), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("author", sa.String(length=10), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("intent", sa.String(length=60), nullable=False),
        sa.Column("confidence", sa.Float(), nullable=True),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["desk_conversations.id"],
            name=op.f("fk_desk_messages_conversation_id_desk_conversations"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_desk_messages")),
        sa.UniqueConstraint(
            "conversation_id", "event_key", name=op.f("uq_desk_messages_conversation_id_event_key")
        ),
    )
    with op.batch_alter_table("desk_messages", schema=None) as batch_op:
        batch_op.create_index("ix_desk_messages_office_at", ["office", "at"], unique=False)

    op.create_table(
        "desk_notes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("conversation_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["desk_conversations.id"],
            name=op.f("fk_desk_notes_conversation_id_desk_conversations"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["desk_users.id"], name=op.f("fk_desk_notes_user_id_desk_users")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_desk_notes")),
    )
    with op.batch_alter_table("desk_notes", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_desk_notes_conversation_id"), ["conversation_id"], unique=False
        )

    op.create_table(
        "desk_outgoing",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("conversation_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("events", sa.JSON(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("next_at", UtcDateTime(), nullable=False),
        sa.Column("held", sa.Boolean(), nullable=False),
        sa.Column("done_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["desk_conversations.id"],
            name=op.f("fk_desk_outgoing_conversation_id_desk_conversations"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_desk_outgoing")),
        sa.UniqueConstraint("key", name=op.f("uq_desk_outgoing_key")),
    )
    with op.batch_alter_table("desk_outgoing", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_desk_outgoing_conversation_id"), ["conversation_id"], unique=False
        )
        batch_op.create_index("ix_desk_outgoing_done_at", ["done_at", "next_at"], unique=False)

    op.create_table(
        "desk_presence",
        sa.Column("conversation_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["desk_conversations.id"],
            name=op.f("fk_desk_presence_conversation_id_desk_conversations"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["desk_users.id"], name=op.f("fk_desk_presence_user_id_desk_users")
        ),
        sa.PrimaryKeyConstraint("conversation_id", "user_id", name=op.f("pk_desk_presence")),
    )
    op.create_table(
        "desk_surveys",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("conversation_id", sa.Integer(), nullable=True),
        sa.Column("handover_id", sa.Integer(), nullable=True),
        sa.Column("office", sa.String(length=40), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["desk_conversations.id"],
            name=op.f("fk_desk_surveys_conversation_id_desk_conversations"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["handover_id"],
            ["desk_handovers.id"],
            name=op.f("fk_desk_surveys_handover_id_desk_handovers"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_desk_surveys")),
    )
    with op.batch_alter_table("desk_surveys", schema=None) as batch_op:
        batch_op.create_index("ix_desk_surveys_office_at", ["office", "at"], unique=False)

    _make_audit_append_only()


def downgrade() -> None:
    _let_audit_change()
    with op.batch_alter_table("desk_surveys", schema=None) as batch_op:
        batch_op.drop_index("ix_desk_surveys_office_at")

    op.drop_table("desk_surveys")
    op.drop_table("desk_presence")
    with op.batch_alter_table("desk_outgoing", schema=None) as batch_op:
        batch_op.drop_index("ix_desk_outgoing_done_at")
        batch_op.drop_index(batch_op.f("ix_desk_outgoing_conversation_id"))

    op.drop_table("desk_outgoing")
    with op.batch_alter_table("desk_notes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_desk_notes_conversation_id"))

    op.drop_table("desk_notes")
    with op.batch_alter_table("desk_messages", schema=None) as batch_op:
        batch_op.drop_index("ix_desk_messages_office_at")

    op.drop_table("desk_messages")
    with op.batch_alter_table("desk_handovers", schema=None) as batch_op:
        batch_op.drop_index("ix_desk_handovers_office_asked_at")
        batch_op.drop_index(batch_op.f("ix_desk_handovers_conversation_id"))

    op.drop_table("desk_handovers")
    with op.batch_alter_table("desk_sessions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_desk_sessions_user_id"))

    op.drop_table("desk_sessions")
    with op.batch_alter_table("desk_imports", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_desk_imports_office"))

    op.drop_table("desk_imports")
    with op.batch_alter_table("desk_conversations", schema=None) as batch_op:
        batch_op.drop_index("ix_desk_conversations_inbox")
        batch_op.drop_index("ix_desk_conversations_due_at")
        batch_op.drop_index(batch_op.f("ix_desk_conversations_behind"))

    op.drop_table("desk_conversations")
    with op.batch_alter_table("desk_announcements", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_desk_announcements_office"))

    op.drop_table("desk_announcements")
    op.drop_table("desk_users")
    op.drop_table("desk_channel_counts")
    with op.batch_alter_table("desk_changes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_desk_changes_at"))

    op.drop_table("desk_changes")
    with op.batch_alter_table("desk_audit", schema=None) as batch_op:
        batch_op.drop_index("ix_desk_audit_at")

    op.drop_table("desk_audit")


def _make_audit_append_only() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER desk_audit_no_{verb.lower()} BEFORE {verb} ON desk_audit "
                "BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END"
            )
        return
    op.execute(
        "CREATE FUNCTION desk_audit_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'the audit trail is append-only'; END $$"
    )
    op.execute(
        "CREATE TRIGGER desk_audit_append_only BEFORE UPDATE OR DELETE ON desk_audit "
        "FOR EACH STATEMENT EXECUTE FUNCTION desk_audit_refuse()"
    )


def _let_audit_change() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("update", "delete"):
            op.execute(f"DROP TRIGGER desk_audit_no_{verb}")
        return
    op.execute("DROP TRIGGER desk_audit_append_only ON desk_audit")
    op.execute("DROP FUNCTION desk_audit_refuse()")
