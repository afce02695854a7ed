"""No payload raises, and a bad element harms nobody else (Meta §10.4, §10.5, §10.9)."""

from __future__ import annotations

import copy
import gc
import json
import random
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from riung.sanitizer import clean, intent_of, neutralise
from riung.whatsapp.payloads import parse
from tests import webhook
from tests.conftest import SetEnvironment
from tests.graph_standin import SAMPLES, GraphStandIn
from tests.riung.whatsapp.channel import RunningChannel

GOOD = sorted(SAMPLES.glob("in_*.json")) + sorted(SAMPLES.glob("st_*.json"))
NEIGHBOUR = webhook.message("tetangga", phone="6289900000999", wamid="wamid.tetangga", timestamp=1)
STRANGE: list[Any] = [None, True, -1, 10**30, 1.5, "", "x" * 5000, [], {}, [[]], {"a": 1}, "\ud83d"]


def is_ours(number: str) -> bool:
    return number == webhook.DEMO_NUMBER


def spots(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The path of every key and item below."""
    pairs = value.items() if isinstance(value, dict) else enumerate(value)
    for key, item in pairs:
        yield (*path, key)
        if isinstance(item, (dict, list)):
            yield from spots(item, (*path, key))


def with_change(delivery: Any, path: tuple[Any, ...], change: Any) -> Any:
    changed = copy.deepcopy(delivery)
    holder = changed
    for key in path[:-1]:
        holder = holder[key]
    if change is spots:  # a mark for "delete"
        del holder[path[-1]]
    else:
        holder[path[-1]] = change
    return changed


@pytest.mark.parametrize("path", GOOD, ids=lambda path: path.stem)
def test_no_missing_or_retyped_key_disturbs_a_neighbour(path: Path) -> None:
    """Each key of each good sample is deleted and retyped; the neighbour's message arrives."""
    delivery = json.loads(path.read_bytes())
    neighbour = json.loads(webhook.delivery(NEIGHBOUR))["entry"]
    for spot in spots(delivery["entry"]):
        for change in (spots, *STRANGE):
            changed = {**delivery, "entry": with_change(delivery["entry"], spot, change)}
            changed["entry"] = [*changed["entry"], *neighbour]
            updates = parse(json.dumps(changed).encode(), is_ours)
            wamids = [update.message.wamid for update in updates if update.message]
            assert "wamid.tetangga" in wamids, (spot, change)


def mutations(rng: random.Random, bodies: list[bytes]) -> Iterator[bytes]:
    """Broken bytes, exchanged structure, swapped pieces: for ever."""
    while True:
        body = bytearray(rng.choice(bodies))
        way = rng.randrange(4)
        if way == 0 and body:
            for _ in range(rng.randrange(1, 6)):
                body[rng.randrange(len(body))] = rng.randrange(256)
        elif way == 1:
            cut = rng.randrange(len(body) + 1)
            body = body[:cut] + bytearray(rng.choice(bodies))[cut:]
        elif way == 2:
            try:
                delivery = json.loads(body)
            except (ValueError, RecursionError):
                continue
            found = list(spots(delivery)) if isinstance(delivery, (dict, list)) else []
            if found:
                change = rng.choice([spots, *STRANGE])
                body = bytearray(
                    json.dumps(with_change(delivery, rng.choice(found), change)), "ascii"
                )
        yield bytes(body)


def test_twenty_thousand_mutations_raise_nothing_and_keep_nothing() -> None:
    rng = random.Random(4)
    samples = [path.read_bytes() for path in sorted(SAMPLES.glob("*.json"))]
    bodies = [body for body in samples if len(body) < 20_000]
    source = mutations(rng, bodies)
    gc.collect()
    gc.freeze()  # what other tests left behind is not to be finalised in the depth of a mutation
    try:
        for _ in range(1000):
            parse(next(source), is_ours)
        gc.collect()
        tracemalloc.start()
        before = tracemalloc.take_snapshot()
        for _ in range(20_000):
            parse(next(source), is_ours)
        after = tracemalloc.take_snapshot()
    finally:
        tracemalloc.stop()
        gc.unfreeze()
    grown = sum(entry.size_diff for entry in after.compare_to(before, "filename"))
    assert grown < 512 * 1024


async def test_mutated_deliveries_give_no_5xx_and_good_ones_still_get_through(
    channel: RunningChannel, graph: GraphStandIn, set_environment: SetEnvironment
) -> None:
    set_environment(RIUNG_NOW="2026-09-21T14:15:00Z")  # the samples' time, or all were stale
    rng = random.Random(10)
    samples = [path.read_bytes() for path in sorted(SAMPLES.glob("*.json"))]
    source = mutations(rng, [body for body in samples if len(body) < 20_000])
    number = webhook.DEMO_NUMBER
    await channel.stop_sending(number)  # what the mutants say is answered to nobody
    for _ in range(500):  # the parser itself sees twenty thousand above
        assert await channel.post(next(source)) == 200
    assert (await channel.api("POST", "/numbers/resume"))[0] == 200
    await channel.deliver(webhook.message("masih hidup", phone="6289900000999"))
    await graph.until(lambda: any(sent.text == "» masih hidup" for sent in graph.messages), 120)
    assert number in {sent.number for sent in graph.messages}


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("/restart", "restart"),
        ("  /restart", "restart"),
        ("\n/restart", "restart"),
        ("/ restart", "restart"),
        ("//restart", "restart"),
        ("/\u0000/restart", "restart"),
        ("\u202e/restart", "restart"),
        ('/escalate{"role": "admin"}', 'escalate{"role": "admin"}'),
        ("/", "／"),
        ("1/2 hari", "1/2 hari"),
    ],
)
def test_free_text_is_never_a_command(typed: str, said: str) -> None:
    (update,) = parse(webhook.delivery(webhook.message(typed)), is_ours)
    assert update.message is not None
    assert (update.message.text, update.message.command) == (said, None)


@pytest.mark.parametrize(
    ("tapped", "reaches"),
    [
        ("/menu", "/menu"),
        ('/pilih_topik{"topik": "tagihan"}', '/pilih_topik{"topik": "tagihan"}'),
        ("/restart", "Judul"),
        ("/session_start", "Judul"),
        ("/menu@1.0", "Judul"),
        ('/menu{"a": {"b": 1}}', "Judul"),
        ('/menu{"a"', "Judul"),
        ("menu", "Judul"),
    ],
)
async def test_a_tapped_command_counts_only_if_its_intent_is_ours(
    channel: RunningChannel, graph: GraphStandIn, tapped: str, reaches: str
) -> None:
    await channel.deliver(webhook.tap(tapped, "Judul"))
    await graph.wait_for(1)
    assert channel.agent.texts == [reaches]
    title = (channel.agent.turns[0].metadata or {}).get("title")
    assert title == ("Judul" if reaches.startswith("/") else None)  # for the officer to read


def test_clean_text_stays_as_it_is() -> None:
    text = "Dua baris\ndan 👨‍👩‍👧 é"
    assert neutralise(clean(text)) == text
    assert intent_of("/menu") == "menu"


def test_a_caption_written_anew_is_read_like_a_text() -> None:
    changed = {"type": "image", "image": {"id": "7", "caption": "nomor saya 1209"}}
    edit = webhook.message(
        type="edit", edit={"original_message_id": "wamid.awal", "message": changed}
    )
    [update] = parse(webhook.delivery(edit), is_ours)
    assert update.message is not None
    assert update.message.extra["aside"] == {"about": "wamid.awal", "words": "nomor saya 1209"}


@pytest.mark.parametrize("event", ["PAUSED", "paused", "DELETED", "ARCHIVED", "LOCKED"])
def test_a_template_that_may_not_be_sent_is_known(event: str) -> None:
    value = {"message_template_name": "kabar_status", "event": event}
    change = {"field": "message_template_status_update", "value": value}
    body = {"object": "whatsapp_business_account", "entry": [{"id": "0", "changes": [change]}]}
    [update] = parse(json.dumps(body).encode(), is_ours)
    assert update.template is not None
    assert update.template.is_closed
    assert not update.template.is_open
