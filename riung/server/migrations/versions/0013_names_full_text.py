"""Names and labels of conversations are found by the full-text search of the database in use."""

import sqlalchemy as sa
from alembic import op

revision = "0013_names_full_text"
down_revision = "0012_sharing"
branch_labels = None
depends_on = None

SQLITE = (
    """CREATE VIRTUAL TABLE desk_names USING fts5(
        name, labels, content='desk_conversations', content_rowid='id',
        tokenize='unicode61 remove_diacritics 2', prefix='2 3 4')""",
    """CREATE TRIGGER desk_names_of_a_new_talk AFTER INSERT ON desk_conversations BEGIN
        INSERT INTO desk_names(rowid, name, labels) VALUES (new.id, new.name, new.labels); END""",
    """CREATE TRIGGER desk_names_of_no_talk AFTER DELETE ON desk_conversations BEGIN
        INSERT INTO desk_names(desk_names, rowid, name, labels)
        VALUES ('delete', old.id, old.name, old.labels); END""",
    """CREATE TRIGGER desk_names_of_another_talk AFTER UPDATE OF name, labels
        ON desk_conversations BEGIN
        INSERT INTO desk_names(desk_names, rowid, name, labels)
        VALUES ('delete', old.id, old.name, old.labels);
        INSERT INTO desk_names(rowid, name, labels) VALUES (new.id, new.name, new.labels); END""",
    "INSERT INTO desk_names(desk_names) VALUES ('rebuild')",
)
"""As for the lines (migration 0005): no copy of the words, and triggers that follow."""

POSTGRESQL = (
    """ALTER TABLE desk_conversations ADD COLUMN names tsvector GENERATED ALWAYS AS (to_tsvector(
        'simple', regexp_replace(name || ' ' || (labels #>> '{}'), '[^[:alnum:]]+', ' ', 'g')))
        STORED""",
    "CREATE INDEX ix_desk_conversations_names ON desk_conversations USING gin (names)",
)


def upgrade() -> None:
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    for statement in SQLITE if is_sqlite else POSTGRESQL:
        op.execute(sa.text(statement))


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for name in ("a_new_talk", "no_talk", "another_talk"):
            op.execute(f"DROP TRIGGER desk_names_of_{name}")
        op.execute("DROP TABLE desk_names")
    else:
        op.drop_column("desk_conversations", "names")
