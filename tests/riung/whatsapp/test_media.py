"""Citizens' files: fetched when needed, checked by content, kept apart; the token is guarded."""

from __future__ import annotations

import hashlib
import io
import stat
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from yarl import URL

from riung.conversation_id import conversation_id
from tests import webhook
from tests.graph_standin import GraphStandIn
from tests.riung.whatsapp.channel import RunningChannel, channel_settings, running_channel


def png() -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (4, 4), "white").save(made, "PNG")
    return made.getvalue()


PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n"


def picture(**more: Any) -> dict[str, Any]:
    image = {"id": "300000000000001", "mime_type": "image/png", "sha256": "x", **more}
    return webhook.message(type="image", image=image)


async def file_of_the_turn(channel: RunningChannel, graph: GraphStandIn) -> dict[str, Any]:
    await graph.until(lambda: len(channel.agent.turns) == 1)
    metadata = channel.agent.turns[0].metadata
    assert metadata is not None
    found: dict[str, Any] = metadata["media"]
    return found


async def fetch(channel: RunningChannel, file_id: str) -> tuple[int, bytes, Any]:
    headers = {"Authorization": "Bearer kunci-api-uji"}
    async with channel.session.get(f"{channel.url}/media/{file_id}", headers=headers) as response:
        return response.status, await response.read(), response.headers


async def test_a_picture_reaches_the_dialogue_as_an_intent_with_its_file(
    channel: RunningChannel, graph: GraphStandIn
) -> None:
    await channel.deliver(picture())
    file = await file_of_the_turn(channel, graph)
    assert channel.agent.texts == ["/kirim_media"]
    assert (file["kind"], file["mime_type"]) == ("image", "image/png")
    assert "300000000000001" not in str(file)  # Meta's id stays in the channel


async def test_a_caption_is_the_words_of_the_turn(
    channel: RunningChannel, graph: GraphStandIn
) -> None:
    await channel.deliver(picture(caption="/restart"))
    await file_of_the_turn(channel, graph)
    assert channel.agent.texts == ["restart"]


async def test_an_officer_gets_the_file_and_it_is_kept_privately(
    channel: RunningChannel, graph: GraphStandIn
) -> None:
    graph.add_media("300000000000001", png(), "image/png")
    await channel.deliver(picture())
    file = await file_of_the_turn(channel, graph)
    folder = channel.service.settings.var_dir / "media"
    assert not folder.exists()  # nobody needed it yet

    status, content, headers = await fetch(channel, file["id"])
    assert (status, content, headers["Content-Type"]) == (200, png(), "image/png")
    assert headers["X-Content-Type-Options"] == "nosniff"
    stored = folder / file["id"]
    assert stat.S_IMODE(stored.stat().st_mode) == 0o600
    graph.media.clear()
    assert (await fetch(channel, file["id"]))[0] == 200  # from now on it is ours


async def test_while_an_officer_answers_files_are_fetched_at_once(
    channel: RunningChannel, graph: GraphStandIn
) -> None:
    graph.add_media("300000000000001", PDF, "application/pdf")
    channel.agent.paused.add(conversation_id("6289900000001", webhook.DEMO_NUMBER))
    document = {"id": "300000000000001", "mime_type": "application/pdf", "filename": "bukti.pdf"}
    await channel.deliver(webhook.message(type="document", document=document))
    file = await file_of_the_turn(channel, graph)
    stored = channel.service.settings.var_dir / "media" / file["id"]
    await graph.until(stored.exists)


async def test_evidence_of_a_form_is_fetched_again_until_meta_gives_it(
    channel: RunningChannel, graph: GraphStandIn
) -> None:
    graph.add_media("300000000000001", png(), "image/png")
    graph.media_faults.append(4)
    channel.agent.form = "aduan_form"
    await channel.deliver(picture())
    file = await file_of_the_turn(channel, graph)
    stored = channel.service.settings.var_dir / "media" / file["id"]
    await graph.until(lambda: file["id"] in channel.service.media._again)
    assert not stored.exists()

    channel.service.media._again.clear()  # its time has come
    await channel.service.media.fetch_wanted()
    await graph.until(stored.exists)


@pytest.mark.parametrize("code", [4, 190, 131000, 404])
async def test_a_refusal_that_passes_is_not_the_end(
    channel: RunningChannel, graph: GraphStandIn, code: int
) -> None:
    graph.add_media("300000000000001", png(), "image/png")
    await channel.deliver(picture())
    file = await file_of_the_turn(channel, graph)
    await graph.wait_for(1)
    graph.media_faults.append(code)

    assert (await fetch(channel, file["id"]))[0] == 502
    assert (await fetch(channel, file["id"]))[0] == 200


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"MZ" + b"\0" * 100, "type"),
        (b"<html><script>alert(1)</script></html>", "type"),
        (b"PK\x03\x04" + b"\0" * 100, "type"),
        (png() + b"\0" * (5 * 2**20), "too_large"),
    ],
)
async def test_what_is_not_what_it_says_is_refused(
    channel: RunningChannel, graph: GraphStandIn, content: bytes, reason: str
) -> None:
    graph.add_media("300000000000001", content, "image/png")
    await channel.deliver(picture())
    file = await file_of_the_turn(channel, graph)
    status, body, _ = await fetch(channel, file["id"])
    assert status == 410
    assert reason in body.decode()
    assert not (channel.service.settings.var_dir / "media" / file["id"]).exists()


async def test_a_file_meta_no_longer_has_is_gone(
    channel: RunningChannel, graph: GraphStandIn
) -> None:
    await channel.deliver(picture())
    file = await file_of_the_turn(channel, graph)
    assert (await fetch(channel, file["id"]))[0] == 410
    assert (await fetch(channel, "tidak-ada"))[0] == 404


async def test_the_token_is_never_shown_to_a_foreign_host(
    channel: RunningChannel, graph: GraphStandIn
) -> None:
    async with GraphStandIn() as stranger:
        stranger.add_media("300000000000001", png(), "image/png")
        graph.add_media("300000000000001", png(), "image/png")
        graph.media_url = stranger.url.removesuffix("/v25.0")
        await channel.deliver(picture())
        file = await file_of_the_turn(channel, graph)
        assert (await fetch(channel, file["id"]))[0] == 410
        assert stranger.requests == 0


@pytest.mark.parametrize(
    ("url", "may"),
    [
        ("https://lookaside.fbsbx.com/whatsapp/1", True),
        ("https://graph.facebook.com/v25.0/1", True),
        ("http://lookaside.fbsbx.com/whatsapp/1", False),
        ("https://lookaside.example.invalid/whatsapp/1", False),
        ("https://fbsbx.com.example.invalid/1", False),
        ("https://notfbsbx.com/1", False),
        ("https://user@lookaside.fbsbx.com/1", False),
        ("file:///etc/passwd", False),
        ("", False),
    ],
)
async def test_only_metas_hosts_may_see_the_token(
    channel: RunningChannel, url: str, may: bool
) -> None:
    assert channel.service.media._may_see_token(URL(url)) is may
    await channel.deliver(webhook.message("."))


async def test_the_words_go_at_once_where_their_picture_cannot_be_uploaded(
    channel: RunningChannel, graph: GraphStandIn
) -> None:
    own = graph.url.removesuffix("/v25.0")
    channel.service.uploads._own = (f"{own}/",)

    async def ticket(message: Any) -> None:
        answer = {"text": "Nomor antrean 7", "image": f"{own}/file/that-is-not-there"}
        await message.output_channel.send_response(message.sender_id, answer)

    channel.agent.answer = ticket
    await channel.deliver(webhook.message("tiket saya"))
    await graph.wait_for(1)

    assert [sent.text for sent in graph.messages] == ["Nomor antrean 7"]
    assert graph.messages[0].body["type"] == "text"


async def test_a_picture_of_ours_is_uploaded_because_meta_cannot_reach_it(
    channel: RunningChannel, graph: GraphStandIn
) -> None:
    graph.add_media("tiket", png(), "image/png")
    own = graph.url.removesuffix("/v25.0")
    channel.service.graph.session.headers["Authorization"] = "Bearer x"
    channel.service.uploads._own = (f"{own}/",)

    async def ticket(message: Any) -> None:
        answer = {"text": "Tiket Anda.", "image": f"{own}/file/tiket"}
        await message.output_channel.send_response(message.sender_id, answer)

    channel.agent.answer = ticket
    await channel.deliver(webhook.message("tiket saya"))
    await channel.deliver(webhook.message("sekali lagi"))
    await graph.wait_for(2)
    assert [sent.body["image"]["id"] for sent in graph.messages] == ["90001", "90001"]
    assert graph.uploads == [png()]


async def test_what_was_sent_before_a_complaint_is_fetched_once_it_begins(
    channel: RunningChannel, graph: GraphStandIn
) -> None:
    graph.add_media("300000000000001", png(), "image/png")
    await channel.deliver(picture())
    file = await file_of_the_turn(channel, graph)
    await graph.wait_for(1)
    stored = channel.service.settings.var_dir / "media" / file["id"]
    assert not stored.exists()

    channel.agent.form = "aduan_form"
    await channel.deliver(webhook.message("saya mau mengadu"))
    await graph.until(stored.exists)


async def test_a_file_that_was_cut_off_on_the_way_is_asked_for_again(
    channel: RunningChannel, graph: GraphStandIn
) -> None:
    whole = png()
    graph.add_media("300000000000001", whole[:-9], "image/png")
    channel.agent.form = "aduan_form"
    await channel.deliver(picture(sha256=hashlib.sha256(whole).hexdigest()))
    file = await file_of_the_turn(channel, graph)
    await graph.until(lambda: file["id"] in channel.service.media._again)

    graph.add_media("300000000000001", whole, "image/png")
    channel.service.media._again.clear()  # its time has come
    await channel.service.media.fetch_wanted()
    await graph.until((channel.service.settings.var_dir / "media" / file["id"]).exists)


async def test_a_fetch_that_a_restart_ends_is_taken_up_again(
    tmp_path: Path, graph: GraphStandIn
) -> None:
    graph.add_media("300000000000001", png(), "image/png")
    graph.media_faults.append(4)
    settings = channel_settings(tmp_path, graph.url)
    async with running_channel(settings) as channel:
        channel.agent.form = "aduan_form"
        await channel.deliver(picture())
        file = await file_of_the_turn(channel, graph)
        await graph.until(lambda: file["id"] in channel.service.media._again)
    async with running_channel(settings) as channel:
        await channel.service.media.fetch_wanted()
        await graph.until((settings.var_dir / "media" / file["id"]).exists)
