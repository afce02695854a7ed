"""Who is away for a while, and colleagues named in notes."""

import sqlalchemy as sa
from alembic import op

from riung.backend.db import UtcDateTime

revision = "0012_sharing"
down_revision = "0011_erase_when_over"
branch_labels = None
depends_on = None


def upgrade() -> None:
    away = sa.Column("away", sa.Boolean, nullable=False, server_default=sa.false())
    op.add_column("desk_users", away)
    op.create_table(
        "desk_mentions",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column(
            "note_id",
            sa.Integer,
            sa.ForeignKey("desk_notes.id", ondelete="CASCADE"),
            nullable=False,
            index=True,
        ),
        sa.Column("user_id", sa.Integer, sa.ForeignKey("desk_users.id"), nullable=False),
        sa.Column("seen_at", UtcDateTime()),
    )
    op.create_index("ix_desk_mentions_user_id", "desk_mentions", ["user_id", "seen_at"])


def downgrade() -> None:
    op.drop_table("desk_mentions")
    op.drop_column("desk_users", "away")
