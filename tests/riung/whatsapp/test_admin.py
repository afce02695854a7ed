"""The desk's API: only with the key, clear problems, forgetting."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from riung.whatsapp.tables import contacts, inbox, media, outbox, windows
from tests import webhook
from tests.graph_standin import GraphStandIn
from tests.riung.whatsapp.channel import RunningChannel


def rows_of(connection: Connection, table: sa.Table) -> list[Any]:
    return connection.execute(sa.select(table)).all()


MESSAGE = {"to": "6289900000001", "key": "a", "text": "Halo"}


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/send"),
        ("GET", "/outbox"),
        ("POST", "/outbox/1/resend"),
        ("GET", "/media/1"),
        ("DELETE", "/conversations/1"),
        ("GET", "/billing"),
        ("GET", "/numbers"),
        ("POST", "/numbers/resume"),
    ],
)
@pytest.mark.parametrize("key", ["", "salah", "kunci-api-ujix"])
async def test_nothing_without_the_key(
    channel: RunningChannel, method: str, path: str, key: str
) -> None:
    status, problem = await channel.api(method, path, key=key)
    assert (status, problem["code"]) == (401, "unauthorized")


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"to": ""}, 422, "invalid_request"),
        ({"text": ""}, 422, "invalid_request"),
        ({"kind": "spam"}, 422, "invalid_request"),
        ({"warna": "biru"}, 422, "invalid_request"),
        ({"template": {"name": "tidak_ada"}}, 422, "template_unknown"),
        ({"template": {"name": "kuota_dibuka"}}, 422, "template_variables"),
        ({"phone_number_id": "999"}, 422, "number_unknown"),
        ({"office": "atlantis"}, 422, "office_without_number"),
    ],
)
async def test_a_bad_letter_gets_a_clear_problem(
    channel: RunningChannel, change: dict[str, Any], status: int, code: str
) -> None:
    found, problem = await channel.api("POST", "/send", json={**MESSAGE, **change})
    assert (found, problem["code"]) == (status, code)
    assert problem["detail"]


async def test_an_office_without_a_number_is_heard_through_the_one_that_its_places_are_booked_by(
    channel: RunningChannel, graph: GraphStandIn
) -> None:
    """Reminders of a place were lost, though the citizen had booked it in this very chat."""
    news = {**MESSAGE, "office": "pemalang"}
    status, problem = await channel.api("POST", "/send", json=news)
    assert (status, problem["code"]) == (422, "office_without_number")
    await channel.deliver(webhook.message("halo"))
    await graph.wait_for(1)
    assert (await channel.api("POST", "/send", json=news))[0] == 202
    assert (await graph.wait_for(2))[1].number == webhook.DEMO_NUMBER


async def test_what_is_no_json_gets_a_clear_problem(channel: RunningChannel) -> None:
    for body in (b"{", b"[]", b"3"):
        status, problem = await channel.api("POST", "/send", data=body)
        assert (status, problem["code"]) == (400, "invalid_json")


@pytest.mark.parametrize("limit", ["0", "x", "-1"])
async def test_a_strange_limit_is_no_error(channel: RunningChannel, limit: str) -> None:
    assert (await channel.api("GET", f"/outbox?limit={limit}"))[0] == 200


async def test_an_officers_words_go_out_with_buttons_inside_the_window(
    channel: RunningChannel, graph: GraphStandIn
) -> None:
    await channel.deliver(webhook.message("halo"))
    await graph.wait_for(1)
    message = {**MESSAGE, "kind": "reply", "buttons": [{"title": "Menu", "payload": "/menu"}]}
    assert (await channel.api("POST", "/send", json=message))[0] == 202
    sent = (await graph.wait_for(2))[1]
    assert (sent.text, sent.choices) == ("Halo", [("/menu", "Menu")])


async def test_rasas_own_side_effects_go_out_too(
    channel: RunningChannel, graph: GraphStandIn
) -> None:
    """What the desk appends to a tracker is sent through the channel's output channel."""
    from riung.whatsapp.channel import DirectOutput

    await channel.deliver(webhook.message("halo"))
    await graph.wait_for(1)
    output = DirectOutput(channel.service)
    await output.send_response("6289900000001", {"text": "Dari petugas."})
    await output.send_response("tidak-dikenal", {"text": "Ke mana?"})
    await graph.wait_for(2)
    assert [sent.text for sent in graph.messages] == ["» halo", "Dari petugas."]


async def test_a_citizen_is_forgotten_on_request(
    channel: RunningChannel, graph: GraphStandIn
) -> None:
    graph.add_media("1", b"%PDF-1.7\n", "application/pdf")
    document = {"id": "1", "mime_type": "application/pdf"}
    message = webhook.message(type="document", document=document)
    await channel.deliver(message)
    await graph.wait_for(1)
    file = (channel.agent.turns[0].metadata or {})["media"]
    headers = {"Authorization": "Bearer kunci-api-uji"}
    async with channel.session.get(f"{channel.url}/media/{file['id']}", headers=headers) as got:
        assert got.status == 200

    assert (await channel.api("DELETE", "/conversations/6289900000001"))[0] == 204
    for table in (contacts, windows, outbox, media):
        assert await channel.service.store.run(partial(rows_of, table=table)) == []
    assert list((channel.service.settings.var_dir / "media").iterdir()) == []
    kept = await channel.service.store.run(
        lambda database: database.execute(sa.select(inbox)).all()
    )
    assert [(row.wamid, row.conversation_id) for row in kept] == [(message["id"], None)]
    await channel.deliver(message)  # a late redelivery is still known
    assert len(channel.agent.turns) == 1
