"""Every sample delivery, good and bad, and its outcome as the table of the samples' README says."""

from __future__ import annotations

import re

import pytest

from tests import webhook
from tests.conftest import SetEnvironment
from tests.paths import ROOT
from tests.riung.whatsapp.channel import RunningChannel

SAMPLES = ROOT / "tests" / "riung" / "whatsapp" / "samples"
_ROW = re.compile(r"^\| ((?:in|st|batch|redelivery|field|bad)_\w+) \| ([^|]+) \|$", re.MULTILINE)


def _table() -> list[tuple[str, str]]:
    readme = (SAMPLES / "README.md").read_text("utf-8")
    table = readme.split("## Expected outcome of each delivery")[1].split("## How they were")[0]
    return _ROW.findall(table)


TABLE = _table()


@pytest.fixture(autouse=True)
def clock_of_the_samples(set_environment: SetEnvironment) -> None:
    """The samples lie near 1790000000; a minute and a half later they are fresh."""
    set_environment(RIUNG_NOW="2026-09-21T14:15:00Z")  # 1790000100


def test_the_table_names_every_sample() -> None:
    named = {name for name, _ in TABLE}
    files = {path.stem for path in SAMPLES.glob("*.json")}
    assert named == {name for name in files if not name.startswith(("out_", "resp_"))}


@pytest.mark.parametrize(("name", "expected"), TABLE)
async def test_sample_has_its_outcome(name: str, expected: str, channel: RunningChannel) -> None:
    body = (SAMPLES / f"{name}.json").read_bytes()
    outcomes: list[str] = []
    receive = channel.service.receive

    async def listen(delivered: bytes) -> list[str]:
        outcomes.extend(await receive(delivered))
        return outcomes

    channel.service.receive = listen  # type: ignore[method-assign, assignment]
    if name == "redelivery_second_other_bytes":
        await receive((SAMPLES / "redelivery_first.json").read_bytes())
        expected = "drop:duplicate"
    assert await channel.post(body, webhook.headers(body)) == 200
    assert ", ".join(outcomes) == ("" if expected == "nothing" else expected)
