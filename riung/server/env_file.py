"""The `.env` file of a fresh checkout: generated secrets, kept from other people's eyes."""

from __future__ import annotations

import os
import secrets
from collections.abc import MutableMapping
from pathlib import Path

SECRETS = (
    "WHATSAPP_VERIFY_TOKEN",
    "WHATSAPP_APP_SECRET",
    "WHATSAPP_ACCESS_TOKEN",
    "RIUNG_API_KEY",
    "RIUNG_ADMIN_KEY",
    "RIUNG_HASH_KEY",
)
"""What every process needs and nobody may guess."""

_HEADER = """\
# Written by the first `make run`. A variable that is already set in the environment wins.
# For a real WhatsApp number replace the three WHATSAPP_ secrets by Meta's (docs/whatsapp.md).
"""


def read(path: Path) -> dict[str, str]:
    """`NAME=value` lines; blank lines and comments are passed over."""
    if not path.exists():
        return {}
    lines = (line.strip() for line in path.read_text("utf-8").splitlines())
    pairs = (line.split("=", 1) for line in lines if "=" in line and not line.startswith("#"))
    return {name.strip(): value.strip().strip("\"'") for name, value in pairs}


def complete(path: Path) -> None:
    """Add a fresh secret for each missing or empty name; the file is readable by its owner only."""
    known = read(path)
    missing = [name for name in SECRETS if not known.get(name)]
    if not missing:
        return
    before = path.read_text("utf-8").rstrip("\n") + "\n" if path.exists() else _HEADER
    added = "".join(f"{name}={secrets.token_urlsafe(32)}\n" for name in missing)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(before + added)
    path.chmod(0o600)


def load(path: Path, environment: MutableMapping[str, str]) -> None:
    """Put the file's values into the environment where nothing is set yet."""
    for name, value in read(path).items():
        environment.setdefault(name, value)
