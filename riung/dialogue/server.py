"""The dialogue server: Rasa's own, with the token from the environment and masked logs.

`python -m riung.dialogue.server`, port `RIUNG_RASA_PORT`, on the loopback address only. `rasa run`
would take the token from its command line alone, where every user of the machine reads it.
"""

from __future__ import annotations

import sys

from riung.dialogue.counting import add_up_workers
from riung.dialogue.model import SERVED
from riung.dialogue.unused import leave_out
from riung.logs import configure
from riung.settings import ROOT, settings
from riung.yaml_files import YamlError


def main() -> None:
    """Serve until the process is told to stop; what has to be mended is one line."""
    configure()
    try:
        leave_out()
    except YamlError as error:
        sys.exit(str(error))
    add_up_workers()
    import rasa
    from rasa.shared.exceptions import RasaException

    from riung import tracing, watchdog
    from riung.dialogue import (
        actions_here,
        away,
        event_clock,
        published,
        request_guard,
        sessions,
        speed,
        stages,
        workers,
    )

    speed.apply()
    stages.tell_stages()
    tracing.start("dialogue")
    request_guard.guard_rasa()
    sessions.stay_with_the_officer()
    sessions.keep_what_lasts()
    published.follow()
    away.let_failures_show()
    event_clock.follow()
    workers.replace_the_killed()
    chosen = settings()
    if not chosen.action_server:
        actions_here.apply()
    if chosen.draft:
        watchdog.end_with_parent()
    watchdog.watch(f"http://127.0.0.1:{chosen.rasa_port}/webhooks/whatsapp/healthz")
    try:
        rasa.run(
            model=str(SERVED),
            endpoints=str(ROOT / "endpoints.yml"),
            credentials=str(ROOT / "credentials.yml"),
            enable_api=True,
            auth_token=chosen.api_key,
            interface=chosen.listen,
            port=chosen.rasa_port,
        )
    except RasaException as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
