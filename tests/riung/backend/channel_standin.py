"""The channel's send call, played by a small real HTTP server."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from riung.channel_client import ChannelClient


class StandIn:
    """Keeps what it took, once per key, and answers with `status`."""

    def __init__(self) -> None:
        self.status = 202
        self.calls: list[dict[str, Any]] = []
        self.taken: dict[str, dict[str, Any]] = {}
        self.authorized: list[str | None] = []
        self.forgotten: list[str] = []
        self.url = ""

    @property
    def channel(self) -> ChannelClient:
        return ChannelClient(self.url, "api-key-of-the-tests")

    def kinds(self) -> list[tuple[str, str]]:
        """Who got what, in the order of sending."""
        return [(body["to"], body["template"]["name"]) for body in self.taken.values()]


@contextmanager
def channel_standin() -> Iterator[StandIn]:
    standin = StandIn()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            standin.calls.append({"path": self.path, **body})
            standin.authorized.append(self.headers["Authorization"])
            if standin.status == 202:
                standin.taken.setdefault(body["key"], body)
            self.send_response(standin.status)
            self.send_header("Content-Length", "2")
            self.end_headers()
            self.wfile.write(b"{}")

        def do_DELETE(self) -> None:
            if standin.status == 202:
                standin.forgotten.append(self.path.rsplit("/", 1)[-1])
            self.send_response(standin.status)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    standin.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield standin
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
