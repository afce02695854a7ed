"""`python -m tests.riung.training.ten_messages`: train and start the bot of RIUNG_HOME, and chat.

Prints one line a failure; says nothing when ten messages and the hour's work went well.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from pathlib import Path

MESSAGES = (
    *("halo", "1", "berapa biaya paspor elektronik?", "1179 0000 0000 1208", "terus syaratnya?"),
    *("kuota selasa depan di mpp batang masih ada?", "daftar antrean mpp batang", "batal"),
    *("kantornya buka jam berapa, alamatnya di mana?", "mau bicara petugas", "xyzzy qwop"),
    *("batal", '/survei{"nilai": "5"}', "petugasnya ramah sekali", "biaya paspor berapa"),
)
BAD_ANSWERS = ("utter_gangguan_backend",)


def main() -> int:
    """Chat; the exit status is 0 when every message was answered."""
    from riung.dialogue.unused import leave_out

    leave_out()
    failures = asyncio.run(_failures())
    sys.stdout.write("\n".join(failures))
    return len(failures)


async def _failures() -> list[str]:
    from riung.channel_client import ChannelClient
    from riung.clock import now
    from riung.dialogue.model import MODEL, train_if_needed
    from riung.office.offices import offices
    from riung.server.worker import run_minute, run_night
    from riung.settings import settings
    from riung.training.backend_beside import rehearsing
    from riung.training.rehearsal import Helpdesk

    train_if_needed()
    with tempfile.TemporaryDirectory() as folder, rehearsing(Path(folder)) as database:
        helpdesk = Helpdesk(MODEL)
        found = [f for name in offices() for f in await _talk(helpdesk, name)]
        run_minute(database, ChannelClient.from_settings(settings()), now())
        run_night(database, Path(folder), now())
        return found


async def _talk(helpdesk: object, office: str) -> list[str]:
    from rasa.shared.core.events import BotUttered

    from riung.training.rehearsal import Talk

    talk, found = Talk(helpdesk, office), []  # type: ignore[arg-type]
    for message in MESSAGES:
        try:
            answer = await talk.say(message)
        except Exception as error:
            found.append(f"{office}: {message!r}: {type(error).__name__}: {error}")
            continue
        said = [e for e in (await talk.tracker()).events if isinstance(e, BotUttered)]
        names = {str(event.metadata.get("utter_action")) for event in said}
        if names & {*BAD_ANSWERS} or "{" in answer or not answer.strip():
            found.append(f"{office}: {message!r}: {sorted(names & {*BAD_ANSWERS})} {answer[:200]}")
    return found


if __name__ == "__main__":
    sys.exit(main())
