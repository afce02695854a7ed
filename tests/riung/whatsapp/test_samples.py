"""Every sample delivery, good and bad, and its outcome as the table of the samples' README says."""

from __future__ import annotations

import re

import pytest

from tests import webhook
from tests.conftest import SetEnvironment
from tests.graph_standin import GraphStandIn
from tests.paths import ROOT
from tests.riung.whatsapp.channel import RunningChannel

SAMPLES = ROOT / "tests" / "riung" / "whatsapp" / "samples"
_ROW = re.compile(r"^\| ((?:in|st|batch|redelivery|field|bad)_\w+) \| ([^|]+) \|$", re.MULTILINE)


def _table() -> dict[str, str]:
    readme = (SAMPLES / "README.md").read_text("utf-8")
    table = readme.split("## Expected outcome of each delivery")[1].split("## How they were")[0]
    return dict(_ROW.findall(table))


TABLE = _table()


@pytest.fixture(autouse=True)
def clock_of_the_samples(set_environment: SetEnvironment) -> None:
    """The samples lie near 1790000000; a minute and a half later they are fresh."""
    set_environment(RIUNG_NOW="2026-09-21T14:15:00Z")  # 1790000100


def test_the_table_names_every_sample() -> None:
    files = {path.stem for path in SAMPLES.glob("*.json")}
    assert set(TABLE) == {name for name in files if not name.startswith(("out_", "resp_"))}


async def test_every_sample_has_its_outcome(channel: RunningChannel, graph: GraphStandIn) -> None:
    """All through one channel, the first delivery of a pair before its repetition."""
    graph.callback_url = ""  # no status of an answer in between
    receive, outcomes = channel.service.receive, list[str]()

    async def listen(delivered: bytes) -> list[str]:
        outcomes[:] = await receive(delivered)
        return outcomes

    channel.service.receive = listen  # type: ignore[method-assign, assignment]
    found = {}
    for name in TABLE:
        body = (SAMPLES / f"{name}.json").read_bytes()
        outcomes.clear()
        assert await channel.post(body, webhook.headers(body)) == 200, name
        found[name] = ", ".join(outcomes) or "nothing"

    once = "redelivery_second_other_bytes"
    assert TABLE[once].startswith("drop:duplicate when")
    assert found == TABLE | {once: "drop:duplicate"}
