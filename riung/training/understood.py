"""What a trained version makes of messages: intent and confidence, asked in a process of its own.

`python -m riung.training.understood`, in the environment of `riung.dialogue.model.reading`, takes a
JSON list of messages and gives message → [intent, confidence]. Each version reads its own words and
vocabulary, of which one process can hold only one.
"""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from riung.dialogue.model import SERVED, reading
from riung.dialogue.unused import leave_out
from riung.settings import ROOT

Understood = dict[str, tuple[str, float]]
"""Message → intent and confidence."""


class NotAskedError(RuntimeError):
    """The version's model does not answer; the message says why."""


def ask(folder: Path, messages: Iterable[str]) -> Understood:
    """What the version in `folder` makes of the messages.

    Raises:
        NotAskedError: it cannot be loaded.
    """
    asked = subprocess.run(
        [sys.executable, "-m", "riung.training.understood"],
        input=json.dumps(sorted(set(messages))),
        cwd=ROOT,
        env=reading(folder),
        capture_output=True,
        text=True,
    )
    if asked.returncode != 0:
        raise NotAskedError((asked.stderr.strip().splitlines() or ["tanpa keterangan"])[-1])
    found: Understood = json.loads(asked.stdout.strip().splitlines()[-1])
    return found


async def _answers(messages: Sequence[str]) -> Understood:
    from rasa.core.agent import Agent

    agent = Agent.load(str(SERVED))
    parsed = {message: await agent.parse_message(message) for message in messages}
    return {
        message: (str(one["intent"]["name"]), round(float(one["intent"]["confidence"]), 3))
        for message, one in parsed.items()
    }


def main() -> int:
    """Answer what stands on standard input."""
    leave_out()
    print(json.dumps(asyncio.run(_answers(json.load(sys.stdin))), ensure_ascii=False))
    return 0


if __name__ == "__main__":
    sys.exit(main())
