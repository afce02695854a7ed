"""Whoever asks for it in the chat is erased a minute later."""

import sqlalchemy as sa
from alembic import op

revision = "0006_asked_erasures"
down_revision = "0005_full_text"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "asked_erasures",
        sa.Column("person", sa.String(160), primary_key=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
    )


def downgrade() -> None:
    op.drop_table("asked_erasures")
