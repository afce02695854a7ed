"""A small real HTTP server that plays Rasa's tracker API and the channel's failed messages."""

from __future__ import annotations

import json
import threading
from collections import defaultdict
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlparse

from tests.riung.desk import makers


class FakeRasa:
    """Start with `with FakeRasa() as rasa:`; `rasa.events[sender]` is the tracker."""

    def __init__(self) -> None:
        self.events: dict[str, list[dict[str, Any]]] = defaultdict(list)
        self.said: list[tuple[str, str]] = []
        self.tokens: set[str] = set()
        self.messages: list[dict[str, Any]] = []  # the channel's failed messages
        self.numbers: list[dict[str, Any]] = []  # the channel's, as its API tells them
        self.files: dict[str, tuple[bytes, str]] = {}  # citizens' files: content and type
        self.failing = 0
        self.losing_answers = 0
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> FakeRasa:
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def kinds(self, sender: str) -> list[str]:
        return [event["event"] for event in self.events[sender]]

    def found(self, address: str) -> dict[str, Any]:
        """The answer to a GET: a tracker, or the channel's failed messages."""
        asked = urlparse(address)
        if asked.path == "/webhooks/whatsapp/outbox":
            query = parse_qs(asked.query)
            conversation, state = (query.get(name, [""])[0] for name in ("conversation", "state"))
            wanted = [
                one
                for one in self.messages
                if conversation in ("", one["conversation_id"])
                and state in ("", one.get("state", "failed"))
            ]
            return {"messages": [{"key": "", "asked_wamid": None, **one} for one in wanted]}
        if asked.path == "/webhooks/whatsapp/numbers":
            return {"numbers": self.numbers}
        self.tokens.add(parse_qs(asked.query)["token"][0])
        return {"events": self.events[unquote(asked.path.split("/")[2])]}

    def content(self, address: str) -> tuple[bytes, str]:
        """The same as it is sent, with its type; a citizen's file as it is."""
        file = self.files.get(address.removeprefix("/webhooks/whatsapp/media/"))
        return file or (json.dumps(self.found(address)).encode(), "application/json")

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        rasa = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self._send(*rasa.content(self.path))

            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                sender = unquote(urlparse(self.path).path.split("/")[2])
                if rasa.failing:
                    rasa.failing -= 1
                    self._answer({"reason": "broken"}, 500)
                    return
                for event in body:
                    rasa.events[sender].append({"timestamp": makers.now(), **event})
                    if event["event"] == "bot":
                        rasa.said.append((sender, event["text"]))
                if rasa.losing_answers:
                    rasa.losing_answers -= 1
                    self.close_connection = True
                    self.connection.close()
                    return
                self._answer({})

            def _answer(self, body: dict[str, Any], status: int = 200) -> None:
                self._send(json.dumps(body).encode(), "application/json", status)

            def _send(self, content: bytes, mime_type: str, status: int = 200) -> None:
                self.send_response(status)
                self.send_header("Content-Type", mime_type)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *_: object) -> None:
                """Keep the test output clean."""

        return Handler
