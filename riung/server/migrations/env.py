"""Alembic's entry: runs on the connection `Database.migrate` hands over."""

from alembic import context

from riung.backend.db import Base
from riung.server.migrations.repairs import repair

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    compare_type=True,
)
repair(context.config.attributes["connection"])
with context.begin_transaction():
    context.run_migrations()
