"""The language that a conversation is held in."""

import sqlalchemy as sa
from alembic import op

revision = "0008_language"
down_revision = "0007_counters"
branch_labels = None
depends_on = None


def upgrade() -> None:
    language = sa.Column("language", sa.String(length=2), nullable=False, server_default="id")
    op.add_column("desk_conversations", language)


def downgrade() -> None:
    op.drop_column("desk_conversations", "language")
