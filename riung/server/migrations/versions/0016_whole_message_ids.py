"""A line's key holds the whole id of its message; SQLite knows no length of a text."""

import sqlalchemy as sa
from alembic import op

revision = "0016_whole_message_ids"
down_revision = "0015_cases"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _widen(60, 520)


def downgrade() -> None:
    _widen(520, 60)


def _widen(was: int, will_be: int) -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.alter_column(
            "desk_messages",
            "event_key",
            existing_type=sa.String(was),
            type_=sa.String(will_be),
            existing_nullable=False,
        )
