"""Several people of one number wait for the same day; one person still waits once."""

import sqlalchemy as sa
from alembic import op

revision = "0014_waiting_families"
down_revision = "0013_names_full_text"
branch_labels = None
depends_on = None

LIVE = sa.text("status IN ('waiting', 'offered')")
DAY = ("office", "place", "date")


def upgrade() -> None:
    op.drop_index("uq_waiting_entries_live_sender", "waiting_entries")
    _once_a_day("identity_hash", "uq_waiting_entries_live_identity")


def downgrade() -> None:
    op.drop_index("uq_waiting_entries_live_identity", "waiting_entries")
    _once_a_day("sender", "uq_waiting_entries_live_sender")


def _once_a_day(who: str, name: str) -> None:
    op.create_index(
        name,
        "waiting_entries",
        [who, *DAY],
        unique=True,
        sqlite_where=LIVE,
        postgresql_where=LIVE,
    )
