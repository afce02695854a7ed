"""Telling systemd that a program still answers, so that one that hangs is killed and started anew.

`WatchdogSec=` in the unit file sets `WATCHDOG_USEC` and `NOTIFY_SOCKET` (sd_notify(3)). A thread
asks the program's own health address over HTTP, as anybody else would: an event loop that turns
without end answers nobody, however alive the process looks.
"""

from __future__ import annotations

import os
import signal
import socket
import threading
import time

from riung.proxies import is_answered

STARTING = 300.0
"""Seconds in which a program that has not answered yet counts as starting: Rasa loads its model."""

ASK_SECONDS = 5.0
"""How long an answer may take."""

ALIVE = b"WATCHDOG=1"


def watch(health: str | None) -> threading.Thread | None:
    """Begin to tell, in a thread; do nothing where no service manager listens.

    Args:
        health: the address that answers 200 while the program works; None for a program without
            one, which then only tells that it lives.
    """
    address, period = os.environ.get("NOTIFY_SOCKET", ""), os.environ.get("WATCHDOG_USEC", "")
    if not address or not period.isdecimal():
        return None
    pause = int(period) / 1_000_000 / 4
    thread = threading.Thread(target=_tell, args=(health, address, pause), daemon=True)
    thread.start()
    return thread


def end_with_parent() -> threading.Thread:
    """End this process once the one that started it is gone: nobody else would."""
    thread = threading.Thread(target=_wait_for_parent, args=(os.getppid(),), daemon=True)
    thread.start()
    return thread


def _wait_for_parent(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(1)
    os.kill(os.getpid(), signal.SIGTERM)


def _tell(health: str | None, address: str, pause: float) -> None:
    starting_until = time.monotonic() + STARTING
    while True:
        if health is None or is_answered(health, ASK_SECONDS):
            starting_until = 0.0
            _notify(address)
        elif time.monotonic() < starting_until:
            _notify(address)
        time.sleep(pause)


def _notify(address: str) -> None:
    """One datagram; a name that begins with @ stands in Linux's abstract namespace."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as sender:
        try:
            sender.sendto(ALIVE, "\0" + address[1:] if address.startswith("@") else address)
        except OSError:
            return  # nobody listens any more: we are being stopped
