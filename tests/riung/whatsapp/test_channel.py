"""The front door: handshake, signature, 200 before work, one bubble out."""

from __future__ import annotations

from tests import webhook
from tests.graph_standin import GraphStandIn
from tests.riung.whatsapp.channel import RunningChannel


async def test_a_message_is_answered_with_one_bubble(
    channel: RunningChannel, graph: GraphStandIn
) -> None:
    await channel.deliver(webhook.message("selamat pagi", phone="6289900000101"))

    (sent,) = await graph.wait_for(1)
    assert (sent.to, sent.text) == ("+6289900000101", "» selamat pagi")
    assert not graph.invalid
    assert graph.tokens == {"Bearer akses-uji"}
