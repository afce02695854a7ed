"""Versions for tests that need no training: the trained model with other words in its domain."""

from __future__ import annotations

import io
import tarfile
from pathlib import Path

from riung.dialogue.model import MODEL as TRAINED
from riung.settings import ROOT
from riung.workshop.versions import MODEL, Version, Versions, copy_edited

_DOMAIN = ("metadata.json", "domain.yml")
"""Where a model keeps its domain: twice."""


def trained_version(store: Versions, work: Path = ROOT, old: str = "", new: str = "") -> Version:
    """A version that can be published; its answers say `new` for `old`."""
    version = store.take(work, "uji", "")
    target = store.place(version.number) / MODEL
    target.parent.mkdir(exist_ok=True)
    with tarfile.open(TRAINED) as model, tarfile.open(target, "w:gz", compresslevel=1) as made:
        for member in model.getmembers():
            content = model.extractfile(member)
            data = content.read() if content else b""
            if old and member.name.endswith(_DOMAIN):
                assert old.encode() in data, f"{old!r} stands no longer in the model"
                data = data.replace(old.encode(), new.encode())
                member.size = len(data)
            made.addfile(member, io.BytesIO(data) if content else None)
    ready = version.copy(update={"state": "siap"})
    store.write(ready)
    return ready


def working_copy(folder: Path) -> Path:
    """The edited files of the project, to be changed."""
    copy_edited(ROOT, folder)
    return folder
