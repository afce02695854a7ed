"""A text that was understood before is understood alike; only what may be kept is kept."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest
from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage
from rasa.core.processor import MessageProcessor

from riung.dialogue import heard_before
from riung.dialogue.heard_before import is_kept, remember_messages
from riung.workshop.following import forget_read

TEXTS = ("biaya paspor anak berapa", "besok masih ada kuota?", "1", "/menu", "how much is it")


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The texts that went through the pipeline."""
    texts: list[str] = []
    stock = MessageProcessor._parse_message_with_graph

    def noted(processor: Any, message: UserMessage, *arguments: Any) -> Any:
        texts.append(str(message.text))
        return stock(processor, message, *arguments)

    monkeypatch.setattr(MessageProcessor, "_parse_message_with_graph", noted)
    remember_messages()
    yield texts
    heard_before._understood.cache_clear()


def understood(agent: Agent, text: str) -> dict[str, Any]:
    assert agent.processor is not None
    return asyncio.run(agent.processor.parse_message(UserMessage(text, sender_id="628111")))


@pytest.mark.parametrize("text", TEXTS)
def test_the_same_words_go_through_the_pipeline_once(
    agent: Agent, parsed: list[str], text: str
) -> None:
    assert understood(agent, text) == understood(agent, text)
    assert parsed == [text]


@pytest.mark.parametrize("text", TEXTS)
def test_they_mean_what_they_mean_to_rasa(agent: Agent, text: str) -> None:
    stock = understood(agent, text)
    with pytest.MonkeyPatch.context() as patch:
        name = "_parse_message_with_graph"
        patch.setattr(MessageProcessor, name, getattr(MessageProcessor, name))
        remember_messages()

        assert [understood(agent, text) for _ in range(2)] == [stock, stock]


@pytest.mark.usefixtures("parsed")
def test_whoever_changes_what_was_understood_changes_it_for_himself(agent: Agent) -> None:
    understood(agent, "biaya paspor")["entities"].append({"entity": "kantor", "value": "blitar"})

    assert all(one["entity"] != "kantor" for one in understood(agent, "biaya paspor")["entities"])


def test_another_version_of_the_words_is_asked_anew(agent: Agent, parsed: list[str]) -> None:
    understood(agent, "biaya paspor")
    forget_read()
    understood(agent, "biaya paspor")

    assert parsed == ["biaya paspor"] * 2


@pytest.mark.parametrize(
    "text",
    [
        "3273014501900001",
        "cek 1179 0000 0000 1208 dong",
        "nomor saya 0812-3456-7890",
        "surel saya warga@contoh.id",
        "paspor ibu hilang di bandara waktu pulang umroh, sekarang ibu sakit, gimana ya pak",
        "",
        None,
    ],
)
def test_numbers_of_people_and_stories_are_not_kept(text: str | None) -> None:
    assert not is_kept(text)


@pytest.mark.parametrize("text", ["2", "tgl 24 desember", "biaya 48 halaman", "jam 09.30 bisa?"])
def test_digits_days_and_sums_are_kept(text: str) -> None:
    assert is_kept(text)
