"""A small real HTTP server in the channel's place: checks signatures, answers by Graph API."""

from __future__ import annotations

import json
import threading
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import requests

from riung.whatsapp.signature import HEADER, is_signed

Json = dict[str, Any]

SECRET = "rahasia-uji"
TOKEN = "token-uji"

MENU = {
    "type": "list",
    "body": {
        "text": "Selamat pagi 👋 Saya *Riung*, asisten Kantor Imigrasi. Mau dibantu soal apa?\n\n"
        "1  Syarat paspor\n2  Biaya dan lama proses\n3  Cek status permohonan\n4  Kuota antrean\n"
        "5  Bicara dengan petugas\n\nKetuk *Lihat menu*, atau balas dengan angkanya."
    },
    "action": {
        "button": "Lihat menu",
        "sections": [
            {
                "title": "Layanan",
                "rows": [
                    {
                        "id": '/pilihan{"pilihan": "syarat"}',
                        "title": "Syarat paspor",
                        "description": "Baru, ganti, anak, umrah",
                    },
                    {"id": '/pilihan{"pilihan": "biaya"}', "title": "Biaya dan lama proses"},
                    {
                        "id": '/pilihan{"pilihan": "status"}',
                        "title": "Cek status permohonan",
                        "description": "Siapkan nomor permohonan, 16 angka",
                    },
                    {"id": '/pilihan{"pilihan": "kuota"}', "title": "Kuota antrean"},
                    {"id": '/pilihan{"pilihan": "petugas"}', "title": "Bicara dengan petugas"},
                ],
            }
        ],
    },
}

STATUS = {
    "type": "button",
    "body": {
        "text": "Permohonan 1179 0000 0000 1234:\n⏳ *Pencetakan* (sejak Jumat 20 November, "
        "10.12 WIB)\nPaspor Anda sedang dicetak. Biasanya siap diambil 1–2 hari kerja lagi. "
        "Belum perlu datang."
    },
    "action": {
        "buttons": [
            {"type": "reply", "reply": {"id": "/kabari", "title": "Kabari saya"}},
            {"type": "reply", "reply": {"id": "/ambil_paspor", "title": "Cara mengambil"}},
            {"type": "reply", "reply": {"id": "/menu", "title": "Menu"}},
        ]
    },
}


class FakeChannel:
    """Listens on a free port; `answers` maps a citizen's words to a reply (text or interactive)."""

    def __init__(self) -> None:
        self.graph_url = ""
        self.deliveries: list[Json] = []
        self.refused = 0
        self.answers: dict[str, str | Json] = {}
        self.http_status = 200
        self._session = requests.Session()
        self._session.headers["Authorization"] = f"Bearer {TOKEN}"
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    @property
    def messages(self) -> list[Json]:
        return [message for value in self._values() for message in value.get("messages", [])]

    @property
    def statuses(self) -> list[tuple[str, str]]:
        """(message id, status), in the order reported."""
        found = (status for value in self._values() for status in value.get("statuses", []))
        return [(status["id"], status["status"]) for status in found]

    def _values(self) -> list[Json]:
        return [delivery["entry"][0]["changes"][0]["value"] for delivery in self.deliveries]

    def receive(self, raw: bytes, signature: str) -> int:
        if not is_signed(raw, signature, SECRET):
            self.refused += 1
            return 403
        if self.http_status != 200:
            return self.http_status
        delivery = json.loads(raw)
        self.deliveries.append(delivery)
        threading.Thread(target=self._answer, args=(delivery,), daemon=True).start()
        return 200

    def _answer(self, delivery: Json) -> None:
        with suppress(requests.ConnectionError):  # the test is over and the simulator gone
            self._reply(delivery)

    def _reply(self, delivery: Json) -> None:
        value = delivery["entry"][0]["changes"][0]["value"]
        line = value["metadata"]["phone_number_id"]
        for message in value.get("messages", []):
            self.graph(line, {"status": "read", "message_id": message["id"]}, typing=True)
            answer = self.answers.get(words(message))
            if answer is not None:
                self.send(line, address(message), answer)

    def send(self, line: str, to: Json, answer: str | Json, **more: Any) -> requests.Response:
        if isinstance(answer, str):
            content: Json = {"type": "text", "text": {"body": answer, "preview_url": False}}
        elif "body" in answer:
            content = {"type": "interactive", "interactive": answer}
        else:
            content = answer
        return self.graph(line, {"recipient_type": "individual", **to, **content, **more})

    def graph(self, line: str, body: Json, typing: bool = False) -> requests.Response:
        body = {"messaging_product": "whatsapp", **body}
        body |= {"typing_indicator": {"type": "text"}} if typing else {}
        return self._session.post(f"{self.graph_url}/{line}/messages", json=body, timeout=30)


def words(message: Json) -> str:
    """What the citizen typed, or the id of what was tapped."""
    content = message[message["type"]]
    if message["type"] == "interactive":
        return str(content[content["type"]]["id"])
    return str(content.get("body") or content.get("payload") or content.get("caption") or "")


def address(message: Json) -> Json:
    number = message.get("from")
    return {"to": f"+{number}"} if number else {"recipient": message["from_user_id"]}


def _handler(channel: FakeChannel) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            raw = self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(channel.receive(raw, self.headers.get(HEADER, "")))
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Stay quiet."""

    return Handler
