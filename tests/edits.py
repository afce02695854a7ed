"""Changes to a file of which a program takes note, as an editor makes them."""

from __future__ import annotations

import os
from pathlib import Path


def edit(path: Path, old: str, new: str) -> None:
    content = path.read_text("utf-8")
    assert old in content, old
    path.write_text(content.replace(old, new, 1), "utf-8")
    stat = path.stat()
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns + 1_000_000))


def append(path: Path, text: str) -> None:
    path.write_text(path.read_text("utf-8") + text, "utf-8")


def allow_people(office_folder: Path, count: int) -> None:
    """Let one number book for so many people at MPP Batang."""
    old = "      hari_ke_depan: 35\n"
    edit(office_folder / "pemalang.yml", old, f"{old}      orang_per_nomor: {count}\n")
