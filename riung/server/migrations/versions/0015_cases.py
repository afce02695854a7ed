"""Services that go step by step: each request, and its steps."""

import sqlalchemy as sa
from alembic import op

revision = "0015_cases"
down_revision = "0014_waiting_families"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "cases",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("code", sa.String(8), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("office", sa.String(40), nullable=False),
        sa.Column("step", sa.String(30), nullable=False),
        sa.Column("date", sa.Date, nullable=True),
        sa.Column("sender", sa.String(160), nullable=True),
        sa.Column("conversation_id", sa.String(160), nullable=True),
        sa.Column("details", sa.JSON, nullable=False),
        sa.Column("files", sa.JSON, nullable=False),
        sa.Column("team", sa.JSON, nullable=False),
        sa.Column("idempotency_key", sa.String(200), nullable=True),
        sa.Column("erase_when_over", sa.Boolean, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cases")),
        sa.UniqueConstraint("code", name=op.f("uq_cases_code")),
        sa.UniqueConstraint("idempotency_key", name=op.f("uq_cases_idempotency_key")),
    )
    op.create_index("ix_cases_office_kind_step", "cases", ["office", "kind", "step"])
    op.create_index("ix_cases_sender", "cases", ["sender"])
    op.create_table(
        "case_steps",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("case_id", sa.Integer, nullable=False),
        sa.Column("step", sa.String(30), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("user_id", sa.Integer, nullable=True),
        sa.Column("note", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_steps")),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_case_steps_case_id_cases"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["desk_users.id"], name=op.f("fk_case_steps_user_id_desk_users")
        ),
    )
    op.create_index("ix_case_steps_case_id", "case_steps", ["case_id"])


def downgrade() -> None:
    op.drop_table("case_steps")
    op.drop_table("cases")
