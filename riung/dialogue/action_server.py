"""The action server: rasa_sdk's own, with the project's log masking.

`python -m riung.dialogue.action_server`, port `RIUNG_ACTION_PORT`, on the loopback address only.
"""

from __future__ import annotations

from rasa_sdk.endpoint import create_app

from riung.logs import configure
from riung.settings import settings


def main() -> None:
    """Serve until the process is told to stop."""
    configure()
    app = create_app("actions")
    app.run("127.0.0.1", settings().action_port, access_log=False, workers=1)


if __name__ == "__main__":
    main()
