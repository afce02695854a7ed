"""Lines are found by their words, with the full-text search of the database in use."""

import re
from collections.abc import Iterator

import sqlalchemy as sa
from alembic import op

revision = "0005_full_text"
down_revision = "0004_person_ids"
branch_labels = None
depends_on = None

AT_ONCE = 5000
"""Lines whose numbers are written at once."""

lines = sa.table(
    "desk_messages", sa.column("id", sa.Integer), sa.column("text"), sa.column("numbers")
)

SQLITE = (
    """CREATE VIRTUAL TABLE desk_words USING fts5(
        text, numbers, content='desk_messages', content_rowid='id',
        tokenize='unicode61 remove_diacritics 2', prefix='2 3 4')""",
    """CREATE TRIGGER desk_words_of_a_new_line AFTER INSERT ON desk_messages BEGIN
        INSERT INTO desk_words(rowid, text, numbers) VALUES (new.id, new.text, new.numbers); END""",
    """CREATE TRIGGER desk_words_of_no_line AFTER DELETE ON desk_messages BEGIN
        INSERT INTO desk_words(desk_words, rowid, text, numbers)
        VALUES ('delete', old.id, old.text, old.numbers); END""",
    """CREATE TRIGGER desk_words_of_another_line AFTER UPDATE OF text, numbers ON desk_messages
        BEGIN
        INSERT INTO desk_words(desk_words, rowid, text, numbers)
        VALUES ('delete', old.id, old.text, old.numbers);
        INSERT INTO desk_words(rowid, text, numbers) VALUES (new.id, new.text, new.numbers); END""",
    "INSERT INTO desk_words(desk_words) VALUES ('rebuild')",
)
"""The index keeps no copy of the words; the triggers follow the lines, whoever changes them."""

POSTGRESQL = (
    """ALTER TABLE desk_messages ADD COLUMN words tsvector GENERATED ALWAYS AS (to_tsvector(
        'simple', regexp_replace(text || ' ' || numbers, '[^[:alnum:]]+', ' ', 'g'))) STORED""",
    "CREATE INDEX ix_desk_messages_words ON desk_messages USING gin (words)",
)
"""All but letters and digits parts words: by itself PostgreSQL takes "mpp/batang" for one. Stored,
because working them out anew for each line of a common word takes seconds.
"""


def upgrade() -> None:
    column = sa.Column("numbers", sa.Text, nullable=False, server_default="")
    op.add_column("desk_messages", column)
    bound = op.get_bind()
    for found in _with_numbers(bound):
        bound.execute(
            sa.update(lines)
            .where(lines.c.id == sa.bindparam("line"))
            .values(numbers=sa.bindparam("found")),
            found,
        )
    for statement in SQLITE if bound.dialect.name == "sqlite" else POSTGRESQL:
        bound.execute(sa.text(statement))


def _with_numbers(bound: sa.engine.Connection) -> Iterator[list[dict[str, object]]]:
    last = 0
    while True:
        query = sa.select(lines.c.id, lines.c.text).where(lines.c.id > last)
        rows = bound.execute(query.order_by(lines.c.id).limit(AT_ONCE)).all()
        if not rows:
            return
        last = rows[-1].id
        found = [{"line": row.id, "found": _numbers(row.text)} for row in rows]
        if with_numbers := [one for one in found if one["found"]]:
            yield with_numbers


def _numbers(text: str) -> str:
    """Long numbers without what stands between their digits, as `riung.desk.search` had it."""
    found = re.findall(r"\d(?:[ .-]?\d){7,}", text)
    return " ".join(dict.fromkeys(re.sub(r"\D", "", one) for one in found))


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for name in ("a_new_line", "no_line", "another_line"):
            op.execute(f"DROP TRIGGER desk_words_of_{name}")
        op.execute("DROP TABLE desk_words")
    else:
        op.drop_column("desk_messages", "words")
    op.drop_column("desk_messages", "numbers")
