"""An office behind a proxy: WhatsApp is reached through it, Riung's own programs never."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest

from riung.backend_client import BackendClient, BackendDown
from riung.proxies import direct_session, is_answered, proxy_for
from riung.whatsapp.graph import Graph


class Office(HTTPServer):
    """A server that notes what is asked of it: an office's proxy, or a program of ours."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Noting)
        self.asked: list[str] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class _Noting(BaseHTTPRequestHandler):
    server: Office

    def _answer(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.server.asked.append(self.path)
        body = b'{"messages": [{"id": "wamid.1"}], "stage": "printing"}'
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_POST = _answer  # noqa: N815  (the library's names)

    def log_message(self, *_: object) -> None:
        """Print nothing."""


@pytest.fixture
def server() -> Iterator[Office]:
    with Office() as office:
        Thread(target=office.serve_forever, daemon=True).start()
        yield office
        office.shutdown()


@pytest.fixture
def proxy(monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    """The office's proxy, named in the environment as its administrator does."""
    with Office() as office:
        Thread(target=office.serve_forever, daemon=True).start()
        for name in ("no_proxy", "NO_PROXY", "HTTP_PROXY", "HTTPS_PROXY"):
            monkeypatch.delenv(name, raising=False)
        monkeypatch.setenv("http_proxy", office.url)
        monkeypatch.setenv("https_proxy", office.url)
        yield office
        office.shutdown()


def test_whatsapp_is_reached_through_the_offices_proxy(proxy: Office) -> None:
    async def sent() -> str:
        graph = Graph("http://graph.contoh.test/v23.0", "rahasia")
        await graph.open()
        try:
            return await graph.send("1055", {"type": "text"})
        finally:
            await graph.close()

    assert asyncio.run(sent()) == "wamid.1"
    assert proxy.asked == ["http://graph.contoh.test/v23.0/1055/messages"]


def test_an_address_that_is_to_be_reached_directly_is(
    proxy: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert proxy_for("https://graph.facebook.com/v23.0") == proxy.url
    monkeypatch.setenv("no_proxy", "graph.facebook.com")
    assert proxy_for("https://graph.facebook.com/v23.0") is None


@pytest.mark.usefixtures("proxy")
@pytest.mark.parametrize("host", ["127.0.0.1:8000", "localhost", "[::1]:8000"])
def test_nor_is_this_machine_asked_through_it(host: str) -> None:
    assert proxy_for(f"http://{host}/graph") is None


def test_the_backend_is_asked_without_it(proxy: Office, server: Office) -> None:
    client = BackendClient(server.url, "kunci")

    assert client.application("1179000000001208", "id")["stage"] == "printing"
    assert server.asked == ["/api/v1/applications/1179000000001208"]
    assert not proxy.asked


def test_a_program_of_ours_that_is_down_is_not_taken_for_the_proxy(proxy: Office) -> None:
    assert not is_answered("http://127.0.0.1:9", 0.5)
    with pytest.raises(BackendDown):
        BackendClient("http://127.0.0.1:9", "kunci").application("1179000000001208", "id")
    assert not proxy.asked


def test_certificates_of_the_office_count(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", "/etc/kantor/ca.pem")
    assert direct_session().verify == "/etc/kantor/ca.pem"
    monkeypatch.delenv("REQUESTS_CA_BUNDLE")
    assert direct_session().verify is True
