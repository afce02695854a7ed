"""`riung latih`: the working folder checked, taken as a version, trained, and compared.

`python -m riung.training.drafts` only checks it.
"""

from __future__ import annotations

import os
import re
import sys
import time
from pathlib import Path

from riung.dialogue.model import TrainingError, train_in
from riung.dialogue.unused import leave_out
from riung.settings import EDITED, ROOT, settings
from riung.training.understood import NotAskedError, Understood, ask
from riung.workshop import comparison
from riung.workshop.comparison import Comparison
from riung.workshop.reviewed import reviewed
from riung.workshop.versions import Version, Versions, working_folder

_CITIZEN = re.compile(r"^warga: (.*)$", re.MULTILINE)
DIALOGUES = ("docs/dialogues.md", "docs/dialogues/*.md")
"""The written dialogues; what citizens say in them is asked of every version."""


class NotTrainedError(RuntimeError):
    """The draft cannot be trained; the message lists what has to be mended (Indonesian)."""


def read_from_working_folder(arguments: list[str]) -> None:
    """Start this process anew where it reads other files than those of the working folder."""
    folder = working_folder(settings())
    if folder != EDITED.resolve():
        os.environ["RIUNG_EDITED"] = str(folder)
        os.execv(arguments[0], arguments)  # noqa: S606 - our own interpreter


def train_draft(store: Versions, by: str, why: str, source: Path = EDITED) -> Version:
    """A new version of the working folder: checked, trained, compared with what is live.

    Raises:
        NotTrainedError: the check found mistakes, or Rasa could not train.
    """
    if found := mistakes(source):
        raise NotTrainedError("\n".join([*found, f"{len(found)} hal perlu diperbaiki."]))
    version = store.take(source, by, why)
    began = time.monotonic()
    try:
        train_in(store.place(version.number))
        comparison.write(store.place(version.number), compare_with_live(store, version.number))
    except (TrainingError, NotAskedError) as error:
        store.write(version.copy(update={"state": "gagal", "problem": str(error)}))
        raise NotTrainedError(f"Versi {version.number} tidak jadi: {error}") from error
    seconds = round(time.monotonic() - began, 1)
    ready = version.copy(update={"state": "siap", "seconds": seconds})
    store.write(ready)
    return ready


def mistakes(source: Path = EDITED) -> list[str]:
    """What the check says of a folder."""
    leave_out()
    from riung.training.check import problems

    return problems(source)


def compare_with_live(store: Versions, number: int) -> Comparison:
    """What the version makes of all known messages, beside what the live one makes of them."""
    folder, live = store.place(number), store.live()
    meant = reviewed(folder)
    messages = {*meant, *written_messages()}
    before = ask(store.place(live), messages) if live else {}
    return comparison.compare(_intents(before), _intents(ask(folder, messages)), meant, live)


def written_messages() -> set[str]:
    """What citizens say in the written dialogues, without bare digits and marks in brackets."""
    pages = [page for pattern in DIALOGUES for page in ROOT.glob(pattern)]
    said = {line for page in pages for line in _CITIZEN.findall(page.read_text("utf-8"))}
    return {line for line in said if re.search(r"[a-z]", line) and not line.startswith(("[", "/"))}


def _intents(understood: Understood) -> dict[str, str]:
    return {message: intent for message, (intent, _) in understood.items()}


def told(version: Version, made: Comparison | None) -> list[str]:
    """What the trainer reads when a version is ready."""
    lines = [f"Versi {version.number} siap ({version.seconds:.0f} detik)."]
    if made is None:
        return lines
    if made.reviewed:
        was = f", sebelumnya {made.right_before}" if made.beside else ""
        lines.append(f"Pesan ulasan yang benar: {made.right_now} dari {made.reviewed}{was}.")
    for kind in ("memburuk", "membaik", "berubah"):
        found = made.of(kind)
        lines += [f"{len(found)} pesan {kind}."] if found else []
        lines += [f"  {one.message}\n      {one.before} → {one.now}" for one in found]
    if made.beside and not made.changes:
        lines.append(f"{made.asked} pesan dipahami sama seperti versi {made.beside}.")
    return lines


def main() -> int:
    """Print what the check says of the files that this process reads."""
    found = mistakes()
    print("\n".join(found))
    return min(len(found), 1)


if __name__ == "__main__":
    sys.exit(main())
