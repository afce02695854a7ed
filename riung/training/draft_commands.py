"""The trainers' commands: `riung latih`, `versi`, `terbitkan`, `kembali`, `kenapa`."""

from __future__ import annotations

import argparse
import getpass
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from riung.settings import settings
from riung.workshop import comparison
from riung.workshop.publishing import wait
from riung.workshop.versions import Version, VersionError, Versions


def train(chosen: argparse.Namespace) -> int:
    """Train the draft beside the bot that runs."""
    from riung.training.drafts import NotTrainedError, read_from_working_folder, told, train_draft

    read_from_working_folder([sys.executable, "-m", "riung.cli", *sys.argv[1:]])
    store = Versions.of(settings())
    try:
        version = train_draft(store, by(chosen), chosen.alasan)
    except NotTrainedError as error:
        print(error, file=sys.stderr)
        return 1
    print()
    print("\n".join(told(version, comparison.read(store.place(version.number)))))
    print(f"Coba di simulator (nomor Draf). Terbitkan: make terbitkan VERSI={version.number}")
    return 0


def versions(_: argparse.Namespace) -> int:
    """List the versions, the newest first; the live one is marked."""
    store = Versions.of(settings())
    live, kept = store.live(), store.all()
    for one in kept:
        print(f"{'→' if one.number == live else ' '} {_line(one)}")
    if not kept:
        print("Belum ada versi. Buat yang pertama: make latih")
    return 0


def publish(chosen: argparse.Namespace) -> int:
    """Let a version go live."""
    store = Versions.of(settings())
    return _done(lambda: wait(store, store.publish(chosen.versi, by(chosen)), settings()))


def back(chosen: argparse.Namespace) -> int:
    """Go back to the version that was live before."""
    store = Versions.of(settings())
    return _done(lambda: wait(store, store.back(by(chosen)), settings()))


def why(chosen: argparse.Namespace) -> int:
    """Tell why a message is answered as it is, by the model of the working folder: with the demo's
    data, whether or not the bot runs.
    """
    from riung.training.backend_beside import rehearsing
    from riung.training.why import ask, told

    try:
        with tempfile.TemporaryDirectory() as folder, rehearsing(Path(folder)):
            print("\n".join(told(*ask(chosen.pesan))))
    except LookupError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def by(chosen: argparse.Namespace) -> str:
    """Who does it: as named, else the account at this machine."""
    return str(chosen.oleh or getpass.getuser())


def _done(act: Callable[[], str]) -> int:
    try:
        print(act())
    except VersionError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _line(one: Version) -> str:
    at = f"{one.at:%d-%m-%Y %H:%M}"
    return f"{one.number:>4}  {at}  {one.state:8}  {one.by:12}  {one.why or one.problem[:60]}"
