"""What `make run` starts from: the published version, and a new one with new programs.

A change of the programs changes over with the words it needs: the working folder as it is becomes a
version by itself. A change of words alone waits until somebody publishes it.
"""

from __future__ import annotations

import filecmp
import hashlib
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from riung.dialogue.model import MODEL as TRAINED
from riung.dialogue.model import is_whole
from riung.settings import ENGINE, ROOT, settings
from riung.training.verdict import ready_model
from riung.workshop.versions import MODEL, NAMES, Versions

PROGRAMS = ("actions", "riung/nlu", "riung/dialogue", "riung/office")
"""The programs that words and menus go with."""

_BY = "riung"
_KEPT = "program.sha256"


def ready_version() -> None:
    """Have something to start from, and say what is not published yet.

    Raises:
        TrainingError: nothing was ever trained, and it cannot be trained now.
    """
    store = Versions.of(settings())
    live = store.live()
    if live and _kept(store, live) == programs() and is_whole(store.live_model()):
        if changed := list(unpublished(store.place(live), ROOT)):
            print(
                f"Belum terbit: {', '.join(changed)}. `make latih`, lalu `make terbitkan VERSI=…`."
            )
    elif ready_model():
        take(store, "program baru" if live else "versi pertama")
    elif live:
        print(f"Versi {live} tetap dipakai.", file=sys.stderr)


def publish_with_programs() -> None:
    """Publish a release's words with its programs, where versions are in use."""
    if Versions.of(settings()).live():
        ready_version()


def take(store: Versions, why: str) -> None:
    """The working folder with the model just trained from it, published."""
    version = store.take(ROOT, _BY, why)
    place = store.place(version.number)
    (place / MODEL).parent.mkdir(exist_ok=True)
    shutil.copy2(TRAINED, place / MODEL)
    (place / _KEPT).write_text(programs(), "utf-8")
    store.write(version.copy(update={"state": "siap"}))
    store.publish(version.number, _BY)


def programs() -> str:
    """SHA-256 over the programs that words and menus go with."""
    digest = hashlib.sha256((ENGINE / "requirements.lock").read_bytes())
    for path in sorted(path for name in PROGRAMS for path in (ENGINE / name).rglob("*.py")):
        digest.update(f"{path.relative_to(ENGINE)}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def unpublished(live: Path, work: Path) -> Iterator[str]:
    """The edited files that are not as the version in `live` has them."""
    for name in sorted(_files(work) | _files(live)):
        here, there = work / name, live / name
        if not (here.exists() and there.exists() and filecmp.cmp(here, there, shallow=False)):
            yield str(name)


def _files(root: Path) -> set[Path]:
    places = [root / name for name in NAMES]
    found = [file for place in places for file in [place, *place.rglob("*.yml")]]
    return {file.relative_to(root) for file in found if file.suffix == ".yml" and file.exists()}


def _kept(store: Versions, number: int) -> str:
    """The programs of the release that a version belongs to: of its own, else the latest before."""
    for one in range(number, 0, -1):
        path = store.place(one) / _KEPT
        if path.exists():
            return path.read_text("utf-8")
    return ""
