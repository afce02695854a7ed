"""Versions of what trainers edit: taken from the working folder, published, taken back.

A version is the folder `var/versions/<number>/`: a copy of all edited files, the model trained from
them, and `versi.json` (who, when, why). `terbit.json` lists what was published; its last line is
live. A program reads its files through a link of its own (`live/<program>`, `settings.EDITED`), so
that saving a file changes nothing for citizens, and words, menu and model change over together.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Literal

from pydantic import BaseModel

from riung import clock
from riung.settings import ROOT, Settings

NAMES = (
    *("config.yml", "domain.yml", "data", "fakta", "kamus", "kalimat", "aturan", "offices"),
    *("ulasan", "tests/percakapan", "own_actions.py"),
)
"""What a version holds of the working folder; a name that is not there is left out. The assistant's
own actions go along for the check: they run as the assistant's folder has them.
"""

MODEL = "models/riung.tar.gz"
KEPT = 20
"""Versions that are kept, some 15 MB each; what is live and what it replaced always are."""

RASA, DRAFT = "rasa", "draf"
"""Programs that answer from a version's model: the live one, and the simulator's."""


class Version(BaseModel):
    """What is known of a version; `state` says whether it can be published."""

    number: int
    by: str
    at: datetime
    why: str = ""
    state: Literal["dilatih", "siap", "gagal"] = "dilatih"
    problem: str = ""
    seconds: float = 0


class Publication(BaseModel):
    """One time that a version went live; `before` is what it replaced, 0 for nothing."""

    version: int
    before: int
    by: str
    at: datetime


class Loaded(BaseModel):
    """What a program answers from, or why it could not take the version."""

    version: int
    problem: str = ""
    at: datetime


class VersionError(ValueError):
    """It cannot be published or taken back; the message says why (Indonesian)."""


class Versions:
    """The versions of an installation.

    Args:
        folder: where they are kept.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @classmethod
    def of(cls, settings: Settings) -> Versions:
        """Those of the settings."""
        return cls(settings.var_dir / "versions")

    def place(self, number: int) -> Path:
        """The folder of a version."""
        return self.folder / str(number)

    def all(self) -> list[Version]:
        """Every version, the newest first."""
        numbers = sorted(map(int, self._numbers()), reverse=True)
        return [found for number in numbers if (found := self.find(number))]

    def find(self, number: int) -> Version | None:
        """The version of that number."""
        path = self.place(number) / "versi.json"
        return Version.parse_raw(path.read_text("utf-8")) if path.exists() else None

    def newest(self) -> Version | None:
        """The newest version that can be published: what the simulator calls the draft."""
        return next((one for one in self.all() if one.state == "siap"), None)

    def take(self, source: Path, by: str, why: str) -> Version:
        """Copy the edited files of a folder as a new version; its model is still to come."""
        self.folder.mkdir(parents=True, exist_ok=True)
        number = max(map(int, self._numbers()), default=0) + 1
        copy_edited(source, self.place(number))
        version = Version(number=number, by=by, at=clock.now(), why=why)
        self.write(version)
        self._forget_oldest()
        return version

    def write(self, version: Version) -> None:
        """Keep what is known of a version."""
        _write(self.place(version.number) / "versi.json", version.json(indent=1))

    def publications(self) -> list[Publication]:
        """What went live, the oldest first."""
        path = self.folder / "terbit.json"
        lines = path.read_text("utf-8").splitlines() if path.exists() else []
        return [Publication.parse_raw(line) for line in lines]

    def live(self) -> int:
        """The number of the version that is live; 0 for none."""
        return next((one.version for one in reversed(self.publications())), 0)

    def live_model(self) -> Path | None:
        """The model of the version that is live; None for none."""
        live = self.live()
        return self.place(live) / MODEL if live else None

    def publish(self, number: int, by: str) -> Publication:
        """Let a version go live; the running programs change over by themselves.

        Raises:
            VersionError: there is no such version, its model is not ready, or it is live.
        """
        version, before = self.find(number), self.live()
        if version is None:
            known = ", ".join(str(one.number) for one in self.all() if one.state == "siap")
            raise VersionError(f"Versi {number} tidak ada; yang siap terbit: {known or '-'}.")
        if version.state != "siap":
            raise VersionError(f"Versi {number} belum siap terbit ({version.state}).")
        if number == before:
            raise VersionError(f"Versi {number} sudah terbit.")
        return self._add(Publication(version=number, before=before, by=by, at=clock.now()))

    def back(self, by: str) -> Publication:
        """Let the version that was live before go live again.

        Raises:
            VersionError: there was none.
        """
        target = self.before()
        if not target:
            raise VersionError("Tidak ada versi sebelumnya untuk dikembalikan.")
        before = self._replaced_by(target)
        return self._add(Publication(version=target, before=before, by=by, at=clock.now()))

    def fail(self, number: int, problem: str) -> None:
        """A version cannot be answered from: keep why, and take it back where it is live."""
        version = self.find(number)
        if version:
            self.write(version.copy(update={"state": "gagal", "problem": problem}))
        if self.live() == number:
            self.back("riung")

    def before(self) -> int:
        """The version that going back would bring; 0 for none."""
        found = self._replaced_by(self.live())
        return found if self.find(found) else 0

    def loaded(self, program: str) -> Loaded | None:
        """What a program answers from."""
        path = self.folder / "live" / f"{program}.json"
        return Loaded.parse_raw(path.read_text("utf-8")) if path.exists() else None

    def tell(self, program: str, loaded: Loaded) -> None:
        """Say what a program answers from."""
        _write(self.folder / "live" / f"{program}.json", loaded.json())

    def link(self, program: str) -> Path:
        """The path by which a program reads its files."""
        return self.folder / "live" / program

    def wanted(self, program: str) -> int:
        """The version that a program shall read; 0 for the working folder itself."""
        newest = self.newest() if program == DRAFT else None
        return newest.number if newest else self.live()

    def enter(self, program: str, number: int) -> Path:
        """Let a program's link lead to a version, at once."""
        link = self.link(program)
        link.parent.mkdir(parents=True, exist_ok=True)
        new = link.with_name(f".{program}-{os.getpid()}")
        new.unlink(missing_ok=True)
        new.symlink_to(Path("..") / str(number))
        new.replace(link)
        return link

    def _numbers(self) -> Iterator[str]:
        if self.folder.exists():
            yield from (path.name for path in self.folder.iterdir() if path.name.isdecimal())

    def _replaced_by(self, number: int) -> int:
        """What a version replaced when it last went live."""
        found = (one.before for one in reversed(self.publications()) if one.version == number)
        return next(found, 0)

    def _add(self, publication: Publication) -> Publication:
        lines = [*self.publications(), publication]
        _write(self.folder / "terbit.json", "\n".join(line.json() for line in lines) + "\n")
        return publication

    def _forget_oldest(self) -> None:
        needed = {self.live(), self.before()}
        for old in [one for one in self.all() if one.number not in needed][KEPT:]:
            shutil.rmtree(self.place(old.number), ignore_errors=True)


def copy_edited(source: Path, target: Path) -> None:
    """Copy the edited files of one folder into another."""
    for name in NAMES:
        if (source / name).is_dir():
            shutil.copytree(source / name, target / name, dirs_exist_ok=True)
        elif (source / name).exists():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source / name, target / name)


def working_folder(settings: Settings) -> Path:
    """Where trainers edit; a folder of its own begins as what is live, else as the checkout."""
    folder = settings.work_dir
    if not (folder / "domain.yml").exists():
        store = Versions.of(settings)
        live = store.live()
        copy_edited(store.place(live) if live else ROOT, folder)
    return folder


def _write(path: Path, text: str) -> None:
    """Write a file whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_name(f".{path.name}-{os.getpid()}")
    half.write_text(text, "utf-8")
    half.replace(path)
