"""What happened to a complaint: notes, answers, changes; and who is responsible for it."""

import sqlalchemy as sa
from alembic import op

revision = "0009_complaint_events"
down_revision = "0008_language"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "desk_complaint_events",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("code", sa.String(8), nullable=False),
        sa.Column("user_id", sa.Integer, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_desk_complaint_events")),
        sa.ForeignKeyConstraint(
            ["code"],
            ["tickets.code"],
            name=op.f("fk_desk_complaint_events_code_tickets"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["desk_users.id"],
            name=op.f("fk_desk_complaint_events_user_id_desk_users"),
        ),
    )
    op.create_index("ix_desk_complaint_events_code", "desk_complaint_events", ["code"])


def downgrade() -> None:
    op.drop_table("desk_complaint_events")
