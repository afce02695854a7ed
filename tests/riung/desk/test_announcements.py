from datetime import timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient

from riung import clock
from riung.desk import announcements
from riung.desk.access import Role
from tests.riung.desk.conftest import API_KEY, Browser, LogIn

KEY = {"Authorization": f"Bearer {API_KEY}"}


def local(hours: float) -> Any:
    return (clock.now() + timedelta(hours=hours)).astimezone(clock.WIB).strftime("%Y-%m-%dT%H:%M")


def asked_by_the_bot(client: Any, office: Any = "bandung") -> Any:
    return client.get(f"/api/v1/announcements?office={office}", headers=KEY).json()


def put_up(somebody: Browser, code: int = 200, **fields: Any) -> Any:
    values = {"office": "bandung", "kind": "outage", "text": "Sistem gangguan.", "ends": local(3)}
    return somebody.send("/desk/announcements", code=code, **{**values, **fields})


def test_an_officer_puts_up_an_outage_and_the_bot_hears_of_it(
    log_in_as: LogIn, app_client: TestClient
) -> None:
    put_up(log_in_as("budi"))
    (found,) = asked_by_the_bot(app_client)
    assert (found["kind"], found["text"]) == ("outage", "Sistem gangguan.")
    assert asked_by_the_bot(app_client, "pemalang") == []


def test_the_bot_hears_of_it_only_between_start_and_end(
    log_in_as: LogIn, app_client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_up(log_in_as("budi"), starts=local(1), ends=local(3))
    start = clock.now()
    heard = []
    for hours in (0, 2, 4):
        monkeypatch.setenv("RIUNG_NOW", (start + timedelta(hours=hours)).isoformat())
        heard.append(len(asked_by_the_bot(app_client)))
    assert heard == [0, 1, 0]


def test_it_can_be_taken_down_at_once(log_in_as: LogIn, app_client: TestClient) -> None:
    budi = log_in_as("budi")
    put_up(budi)
    (found,) = asked_by_the_bot(app_client)
    assert "Yang sudah berakhir" in budi.send(f"/desk/announcements/{found['id']}/end")
    assert asked_by_the_bot(app_client) == []


def test_outages_come_before_news(log_in_as: LogIn, app_client: TestClient) -> None:
    budi = log_in_as("budi")
    put_up(budi)
    put_up(budi, kind="news", text="Sabtu buka.")
    assert [one["kind"] for one in asked_by_the_bot(app_client)] == ["outage", "news"]


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"text": "  "}, "Tulis dahulu isi"),
        ({"text": "x" * (announcements.TEXT_LIMIT + 1)}, "Paling banyak 300 huruf"),
        ({"ends": local(-1)}, "harus sesudah waktu mulai"),
        ({"ends": local(24 * 40)}, "Paling lama 31 hari"),
        ({"ends": "besok"}, "Waktu selesai belum diisi"),
        ({"kind": "gosip"}, "Pilih jenisnya"),
    ],
)
def test_a_mistake_is_explained_and_the_words_are_kept(
    log_in_as: LogIn, fields: Any, message: str
) -> None:
    page = put_up(log_in_as("budi"), code=400, **fields)
    assert message in page
    assert fields.get("text", "Sistem gangguan.").strip() in page


def test_another_offices_announcement_is_out_of_reach(
    log_in_as: LogIn, app_client: TestClient
) -> None:
    put_up(log_in_as("sari", Role.OFFICER, ("pemalang",)), code=403)
    put_up(log_in_as("budi"))
    (found,) = asked_by_the_bot(app_client)
    log_in_as("tono", Role.OFFICER, ("pemalang",)).send(
        f"/desk/announcements/{found['id']}/end", code=404
    )


def test_the_bot_needs_its_key(app_client: TestClient) -> None:
    assert app_client.get("/api/v1/announcements?office=bandung").status_code == 401
