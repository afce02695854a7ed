"""What a dying disk does to a file."""

from __future__ import annotations

from pathlib import Path

PAGE = 4096
"""Bytes of a page of SQLite's."""


def damage(path: Path) -> None:
    """Overwrite all pages but the first, which says that it is a database."""
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.seek(PAGE)
        file.write(b"\xa5" * (size - PAGE))
