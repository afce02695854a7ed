"""The numbers and user ids that a person has."""

import sqlalchemy as sa
from alembic import op

revision = "0004_person_ids"
down_revision = "0003_conversations"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "person_ids",
        sa.Column("id", sa.String(length=160), nullable=False),
        sa.Column("person", sa.String(length=160), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_ids")),
    )
    op.create_index("ix_person_ids_person", "person_ids", ["person"])


def downgrade() -> None:
    op.drop_table("person_ids")
