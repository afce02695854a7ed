"""`python -m tests.examples.understood EXAMPLE`: ask its questions, tell the result as JSON."""

from __future__ import annotations

import asyncio
import json
import sys
import tempfile
from pathlib import Path
from typing import Any


async def ask(example: Path) -> dict[str, Any]:
    """How many of `pertanyaan.yml` were understood, what was not, and every answer."""
    from riung.office.offices import default_office
    from riung.training.backend_beside import rehearsing
    from riung.training.rehearsal import Helpdesk, Talk
    from riung.yaml_files import read_yaml

    wrong, answers, asked = [], [], 0
    questions: dict[str, list[str]] = read_yaml(example / "pertanyaan.yml")
    with tempfile.TemporaryDirectory() as folder, rehearsing(Path(folder)):
        helpdesk = Helpdesk()
        for intent, texts in questions.items():
            for text in texts:
                talk, asked = Talk(helpdesk, default_office().id), asked + 1
                answers.append(await talk.say(text))
                message = (await talk.tracker()).latest_message
                assert message
                understood = message.intent["name"]
                if understood != intent:
                    wrong.append(f"{intent} → {understood}: {text}")
    return {"asked": asked, "right": asked - len(wrong), "wrong": wrong, "answers": answers}


def main() -> None:
    """Ask and tell."""
    from riung.dialogue.unused import leave_out

    leave_out()
    result = asyncio.run(ask(Path(sys.argv[1])))
    sys.stdout.write(f"\n{json.dumps(result, ensure_ascii=False)}\n")


if __name__ == "__main__":
    main()
