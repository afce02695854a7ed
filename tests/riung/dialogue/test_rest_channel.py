"""The REST channel: off unless switched on, for whoever has the token, as nobody on WhatsApp."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import aiohttp
import pytest
from rasa.core.channels.channel import UserMessage
from rasa.core.run import create_http_input_channels
from rasa.server import add_root_route
from sanic import Sanic

from riung.backend.people import normal_sender
from riung.conversation_id import person_of
from riung.dialogue.rest_channel import RestInput
from riung.settings import ROOT, Settings, SettingsError
from tests.conftest import SetEnvironment
from tests.riung.dialogue.sanic_server import served

TOKEN = {"RIUNG_REST": "1", "RIUNG_REST_TOKEN": "token-uji"}
WITH_TOKEN = {"Authorization": "Bearer token-uji"}
HALLO = {"sender": "6281200000001", "message": "halo"}
_names = count()


@pytest.fixture(autouse=True)
def several_servers_in_one_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Sanic, "test_mode", True)


@dataclass
class Asked:
    """What the caller got, and what came to Rasa."""

    status: int = 0
    answer: Any = None
    heard: list[UserMessage] = field(default_factory=list)


def ask(environment: dict[str, str], **request: Any) -> Asked:
    """POST to the channel of that environment; the bot says the message back."""
    asked = Asked()

    async def on_new_message(message: UserMessage) -> None:
        asked.heard.append(message)
        await message.output_channel.send_response(message.sender_id, {"text": message.text})

    async def look() -> None:
        app = Sanic(f"rest{next(_names)}", configure_logging=False)
        add_root_route(app)
        channel = RestInput(Settings.from_env(environment))
        app.blueprint(channel.blueprint(on_new_message), url_prefix="/webhooks/rest")
        async with served(app) as port, aiohttp.ClientSession() as session:
            address = f"http://127.0.0.1:{port}/webhooks/rest/webhook"
            async with session.post(address, **request) as response:
                asked.status = response.status
                asked.answer = await response.json(content_type=None) if response.ok else None

    asyncio.run(look())
    return asked


def test_there_is_no_such_address_unless_it_is_switched_on() -> None:
    assert ask({}, json=HALLO).status == 404
    assert ask({"RIUNG_DEMO": "1", "RIUNG_REST": "0"}, json=HALLO).status == 404


def test_it_cannot_be_switched_on_for_everybody() -> None:
    with pytest.raises(SettingsError, match="RIUNG_REST_TOKEN"):
        Settings.from_env({"RIUNG_REST": "1"})


@pytest.mark.parametrize("headers", [{}, {"Authorization": "Bearer lain"}])
def test_nobody_speaks_without_the_token(headers: dict[str, str]) -> None:
    asked = ask(TOKEN, json=HALLO, headers=headers)

    assert asked.status == 401
    assert not asked.heard


def test_with_the_token_the_answer_comes_as_rasa_gives_it() -> None:
    asked = ask(TOKEN, json=HALLO, headers=WITH_TOKEN)

    assert asked.status == 200
    assert asked.answer == [{"recipient_id": "6281200000001", "text": "halo"}]


def test_in_the_demo_a_simple_check_needs_no_token_unless_one_is_set() -> None:
    assert ask({"RIUNG_DEMO": "1"}, json=HALLO).status == 200
    assert ask({"RIUNG_DEMO": "1", "RIUNG_REST_TOKEN": "token-uji"}, json=HALLO).status == 401


@pytest.mark.parametrize(
    "sender", ["6281200000001", "6281200000001@111111111111111", "+6281200000001"]
)
def test_no_sender_is_a_conversation_or_a_person_of_whatsapp(sender: str) -> None:
    (heard,) = ask(TOKEN, json={**HALLO, "sender": sender}, headers=WITH_TOKEN).heard

    assert heard.sender_id == f"rest:{sender}"
    assert person_of(heard.sender_id).startswith("rest:")
    assert normal_sender(heard.sender_id).startswith("rest:")


def test_the_caller_cannot_say_what_the_channel_says_itself() -> None:
    body = {**HALLO, "input_channel": "whatsapp", "metadata": {"office": "pemalang", "wamid": "x"}}

    (heard,) = ask(TOKEN, json=body, headers=WITH_TOKEN).heard

    assert heard.input_channel == "rest"
    assert not heard.metadata


def test_half_an_emoji_becomes_a_sign_that_can_be_stored() -> None:
    half = r'{"sender": "uji", "message": "halo \ud83d"}'

    (heard,) = ask(TOKEN, data=half, headers=WITH_TOKEN).heard

    assert heard.text == "halo \ufffd"


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ("bukan json", 400),
        ("[]", 400),
        ("{}", 422),
        ('{"message": "halo"}', 422),
        ('{"sender_id": "uji", "message": "halo"}', 422),
        ('{"sender": "a b", "message": "halo"}', 422),
        (r'{"sender": "\ud83d", "message": "halo"}', 422),
        ('{"message": "' + "a" * 5000 + '"}', 422),
    ],
)
def test_what_is_no_message_is_refused(body: str, status: int) -> None:
    assert ask(TOKEN, data=body, headers=WITH_TOKEN).status == status


def test_the_assistant_has_this_channel_and_not_rasas_own(set_environment: SetEnvironment) -> None:
    set_environment(RIUNG_DEMO="1", WHATSAPP_VERIFY_TOKEN="a", WHATSAPP_APP_SECRET="b")

    channels = create_http_input_channels(None, str(ROOT / "credentials.yml"))

    assert [type(channel) for channel in channels if channel.name() == "rest"] == [RestInput]
