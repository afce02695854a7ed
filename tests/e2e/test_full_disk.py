"""Nothing can be written any more, and then it can: nothing is lost, no program is restarted."""

from __future__ import annotations

import resource
import time
from collections.abc import Iterator
from contextlib import contextmanager

import requests

from tests import webhook
from tests.e2e.citizen import Citizen
from tests.e2e.test_grown import until
from tests.stack import SECRETS, Stack

NUMBER = "1179000000001208"


@contextmanager
def full_disk(stack: Stack, *names: str) -> Iterator[None]:
    """The named programs can let no file grow, neither a database nor a log."""
    processes = [stack.processes[name].pid for name in names]
    before = [resource.prlimit(pid, resource.RLIMIT_FSIZE) for pid in processes]
    for pid, (_, most) in zip(processes, before, strict=True):
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (1, most))
    try:
        yield
    finally:
        for pid, limits in zip(processes, before, strict=True):
            resource.prlimit(pid, resource.RLIMIT_FSIZE, limits)


def deliver(citizen: Citizen, message: dict) -> int:
    """The status that Meta reads."""
    body = webhook.delivery(message)
    signed = webhook.headers(body)
    url = f"{citizen.settings.rasa_url}/webhooks/whatsapp/webhook"
    return requests.post(url, data=body, headers=signed, timeout=20).status_code


def test_what_cannot_be_stored_is_refused_and_answered_when_it_comes_again(
    stack: Stack, citizen: Citizen
) -> None:
    assert "1. Informasi paspor" in citizen.say("menu").text
    message = webhook.message("biaya paspor berapa", phone=citizen.number)

    with full_disk(stack, "rasa"):
        assert deliver(citizen, message) == 503
        alive = f"{stack.settings.rasa_url}/webhooks/whatsapp/healthz"
        assert requests.get(alive, timeout=5).ok

    assert deliver(citizen, message) == 200
    assert "Rp650.000" in citizen.read().text
    time.sleep(0.5)
    assert len(citizen.received()) == 2


def test_a_turn_that_cannot_be_written_down_is_done_when_there_is_room(
    stack: Stack, citizen: Citizen
) -> None:
    citizen.say("menu")
    citizen.send(webhook.message("biaya paspor berapa", phone=citizen.number))
    with full_disk(stack, "rasa"):  # wherever in its turn it was
        time.sleep(2)

    assert "Rp650.000" in citizen.read().text
    time.sleep(0.5)
    assert len(citizen.received()) == 2


def test_without_room_for_the_backend_an_office_hears_so_and_nothing_is_half_written(
    stack: Stack, citizen: Citizen
) -> None:
    api = f"{stack.settings.backend_url}/api/v1/applications/1179000000007777"
    options = {
        "json": {"office": "bandung", "route": "m_paspor", "stage": "printing", "force": True},
        "headers": {"Authorization": f"Bearer {SECRETS['RIUNG_ADMIN_KEY']}"},
        "timeout": 20,
    }

    with full_disk(stack, "backend"):
        refused = requests.put(api, **options)
        assert (refused.status_code, refused.json()["code"]) == (503, "database_unavailable")
        assert "1. Informasi paspor" in citizen.say("menu").text

    until(lambda: requests.put(api, **options).ok)
    assert "1179 0000 0000 7777" in citizen.say("1179000000007777").text
