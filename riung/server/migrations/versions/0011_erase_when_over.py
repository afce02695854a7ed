"""What has still to be done is erased once it is over; a person's ids have their last day."""

from datetime import datetime, timezone

import sqlalchemy as sa
from alembic import op

from riung.backend.db import UtcDateTime

revision = "0011_erase_when_over"
down_revision = "0010_families"
branch_labels = None
depends_on = None

RUNNING = ("bookings", "waiting_entries", "tickets")


def upgrade() -> None:
    for table in RUNNING:
        asked = sa.Column("erase_when_over", sa.Boolean, nullable=False, server_default=sa.false())
        op.add_column(table, asked)
    op.add_column("person_ids", sa.Column("seen_at", UtcDateTime, nullable=True))
    ids = sa.table("person_ids", sa.column("seen_at", UtcDateTime))
    op.execute(sa.update(ids).values(seen_at=datetime.now(timezone.utc)))
    with op.batch_alter_table("person_ids") as batch:
        batch.alter_column("seen_at", existing_type=UtcDateTime(), nullable=False)


def downgrade() -> None:
    op.drop_column("person_ids", "seen_at")
    for table in RUNNING:
        op.drop_column(table, "erase_when_over")
