"""All tables of the backend in one place to import, so that Alembic sees them."""
