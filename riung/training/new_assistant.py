"""`riung baru`: an assistant for another agency, in a folder of its own.

It begins as a copy of the population office in `examples/dukcapil`, which trains, passes its check
and runs; what is to be replaced, and in which order, stands in the folder's `BACA_DULU.md`.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from riung.settings import ENGINE
from riung.training import schemas

EXAMPLE = ENGINE / "examples" / "dukcapil"
LEFT_OUT = ("models", "var", "reports", ".env", "README.md", "pertanyaan.yml")

_OFFICE, _NAME, _SHORT = (
    "kota_contoh",
    "Dinas Kependudukan dan Pencatatan Sipil Kota Contoh",
    "Dukcapil Kota Contoh",
)
_SCHEMA_LINE = re.compile(r"(\$schema=)\S*/skema/")

MAKEFILE = """# Perintah asisten ini; programnya ada di {engine}.
RIUNG := RIUNG_HOME=$(CURDIR) PYTHONPATH={engine} {engine}/.venv/bin/python -m riung.cli

run check train uji gambar schemas:
\t@$(RIUNG) $@

.PHONY: run check train uji gambar schemas
"""

READ_FIRST = Path(__file__).with_name("baca_dulu.md")
"""What to replace first, for who begins."""


class NewAssistantError(RuntimeError):
    """The folder cannot be made; the message (Indonesian) says why."""


def create(folder: Path, name: str) -> None:
    """Make the folder.

    Args:
        folder: where; it must not exist yet, or be empty.
        name: the agency's office, as citizens read it.

    Raises:
        NewAssistantError: something stands there already.
    """
    if folder.exists() and any(folder.iterdir()):
        raise NewAssistantError(f"{folder} sudah ada isinya; sebut folder yang belum ada")
    skip = shutil.ignore_patterns(*LEFT_OUT)
    shutil.copytree(EXAMPLE, folder, ignore=skip, dirs_exist_ok=True)
    office = re.sub(r"[^a-z0-9]+", "_", name.casefold()).strip("_") or "kantor"
    (folder / "offices" / f"{_OFFICE}.yml").rename(folder / "offices" / f"{office}.yml")
    for path in folder.rglob("*.yml"):
        _rename(path, folder, office, name)
    schemas.write(folder)
    (folder / "Makefile").write_text(MAKEFILE.format(engine=ENGINE), "utf-8")
    (folder / ".gitignore").write_text("models/\nvar/\nreports/\n.env\n", "utf-8")
    (folder / "BACA_DULU.md").write_text(
        READ_FIRST.read_text("utf-8").format(name=name, office=office), "utf-8"
    )


def _rename(path: Path, folder: Path, office: str, name: str) -> None:
    """Put the new agency in, and lead editors to the folder's own schemas."""
    up = "../" * (len(path.relative_to(folder).parts) - 1)
    text = _SCHEMA_LINE.sub(rf"\g<1>{up}skema/", path.read_text("utf-8"), count=1)
    for old, new in ((_OFFICE, office), (_NAME, name), (_SHORT, name)):
        text = text.replace(old, new)
    path.write_text(text, "utf-8")
