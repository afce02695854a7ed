"""State that only the program's own user may read: conversations, names and phone numbers."""

from __future__ import annotations

import os
from pathlib import Path

FOLDER, FILE = 0o700, 0o600


def keep_private(folder: Path) -> None:
    """Make `folder` and all in it readable by its owner alone, and what this process and those it
    starts write from now on.
    """
    os.umask(0o077)
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(FOLDER)
    for path in folder.rglob("*"):
        if not path.is_symlink():
            path.chmod(FOLDER if path.is_dir() else FILE)
