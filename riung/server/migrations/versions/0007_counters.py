"""At which counter somebody was called, and when last."""

import sqlalchemy as sa
from alembic import op

revision = "0007_counters"
down_revision = "0006_asked_erasures"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("bookings", sa.Column("counter", sa.Integer))
    op.add_column("bookings", sa.Column("recalled_at", sa.DateTime(timezone=True)))


def downgrade() -> None:
    op.drop_column("bookings", "recalled_at")
    op.drop_column("bookings", "counter")
