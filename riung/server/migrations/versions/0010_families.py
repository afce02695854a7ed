"""Several people of one number, where the office allows it; and whether a booking is a child's."""

import sqlalchemy as sa
from alembic import op

revision = "0010_families"
down_revision = "0009_complaint_events"
branch_labels = None
depends_on = None

OPEN = sa.text("status IN ('booked', 'arrived', 'called')")
INDEX = "uq_bookings_open_sender"


def upgrade() -> None:
    for table in ("bookings", "waiting_entries"):
        is_child = sa.Column("is_child", sa.Boolean, nullable=False, server_default=sa.false())
        op.add_column(table, is_child)
    nth = sa.Column("nth_of_sender", sa.Integer, nullable=False, server_default="0")
    op.add_column("bookings", nth)
    _index_over(["sender", "nth_of_sender"])


def downgrade() -> None:
    _index_over(["sender"])
    op.drop_column("bookings", "nth_of_sender")
    for table in ("waiting_entries", "bookings"):
        op.drop_column(table, "is_child")


def _index_over(columns: list[str]) -> None:
    op.drop_index(INDEX, "bookings")
    op.create_index(
        INDEX, "bookings", columns, unique=True, sqlite_where=OPEN, postgresql_where=OPEN
    )
