"""The action server: rasa_sdk's own, with the project's log masking, for whoever has the key.

`python -m riung.dialogue.action_server`, port `RIUNG_ACTION_PORT`, on the loopback address only.
"""

from __future__ import annotations

import sys

from rasa_sdk.endpoint import create_app
from sanic import Sanic
from sanic.request import Request

from riung import watchdog
from riung.dialogue.actions_here import load_own_actions
from riung.dialogue.request_guard import RefusedRequestError, guard
from riung.logs import configure
from riung.settings import settings
from riung.workshop import following


def make_app(key: str) -> Sanic:
    """The actions of this project; `key` is what the dialogue server shows (`endpoints.yml`)."""
    load_own_actions()
    app: Sanic = create_app("actions", cors_origins="")
    guard(app, key)
    app.register_middleware(refuse_what_is_no_call, "request")
    return app


def refuse_what_is_no_call(request: Request) -> None:
    """Answer 400 to a body that names no action and conversation: rasa_sdk takes any JSON for a
    call, fails, and sends the body back with its 500.

    Raises:
        RefusedRequestError: it does not.
    """
    if request.method != "POST" or request.headers.get("content-encoding"):
        return
    call = request.json
    tracker = call.get("tracker") if isinstance(call, dict) else None
    if not isinstance(tracker, dict) or not isinstance(tracker.get("sender_id"), str):
        raise RefusedRequestError("No call of an action: a tracker is missing.", 400)


def main() -> None:
    """Serve until the process is told to stop."""
    configure()
    chosen = settings()
    if not chosen.api_key:
        sys.exit("RIUNG_API_KEY is empty; without it anybody could run actions.")
    app = make_app(chosen.api_key)
    watchdog.watch(f"http://127.0.0.1:{chosen.action_port}/health")
    following.follow()
    app.run(chosen.listen, chosen.action_port, access_log=False, workers=1)


if __name__ == "__main__":
    main()
