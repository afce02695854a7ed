"""A channel process for tests that kill it: forks a fresh server for each line on standard input.

The modules are imported once, so that a start takes milliseconds and twenty fit into a test.
"""

from __future__ import annotations

import asyncio
import os
import random
import sys

from rasa.core.channels.channel import UserMessage, register
from sanic import Sanic

from riung import logs
from riung.settings import settings
from riung.whatsapp.channel import WhatsAppInput
from tests.riung.whatsapp.channel import Agent

UNKNOWN_WAIT = 6.0
"""Seconds instead of half a minute; the stand-in tells statuses faster than Meta."""


async def answer(message: UserMessage) -> None:
    """Think for up to ECHO_THINKS seconds, then say what was said."""
    await asyncio.sleep(random.uniform(0, float(os.environ.get("ECHO_THINKS", "0"))))
    await message.output_channel.send_response(message.sender_id, {"text": f"» {message.text}"})


def serve(port: int) -> None:
    """Serve until killed."""
    channel = WhatsAppInput(settings(), UNKNOWN_WAIT)
    app = Sanic("echo", configure_logging=False)
    app.ctx.agent = Agent(answer)
    register([channel], app, route="/webhooks/")
    app.run("127.0.0.1", port, access_log=False, motd=False)


def main() -> None:
    """One server a line; the line is its port, the answer its process id."""
    logs.configure()
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            serve(int(line))
            os._exit(0)
        print(child, flush=True)  # noqa: T201
        os.waitpid(child, 0)


if __name__ == "__main__":
    main()
