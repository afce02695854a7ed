"""One assistant and one backend for all talks."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import pytest
from rasa.core.actions.action import ActionSessionStart, RemoteAction
from rasa.core.policies.rule_policy import RulePolicy
from rasa.engine.runner import dask as dask_runner
from rasa.shared.core.domain import Domain

from riung import backend_client
from riung.dialogue.sessions import keep_what_lasts
from riung.dialogue.speed import (
    ask_few_rules,
    check_action_answers_quickly,
    know_the_empty_domain,
    run_graphs_directly,
)
from riung.settings import settings
from tests.conftest import SetEnvironment
from tests.running_backend import FRIDAY, Backend, running_backend
from tests.stack import SECRETS
from tests.talks.talk import Helpdesk, Talk

REPLACED: list[tuple[Any, str]] = [
    (dask_runner, "dask"),
    (RulePolicy, "_get_possible_keys"),
    (RulePolicy, "_find_action_from_rules"),
    (Domain, "is_empty"),
    (RemoteAction, "_validate_action_result"),
    (ActionSessionStart, "run"),
]
"""What the server replaces of Rasa to answer quickly, where a talk goes through it."""


@pytest.fixture(scope="package")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Backend]:
    with running_backend(tmp_path_factory.mktemp("talks")) as backend:
        yield backend


@pytest.fixture(scope="package")
def helpdesk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Helpdesk]:
    with pytest.MonkeyPatch.context() as patch:
        for owner, name in REPLACED:  # put back as they were at the end
            patch.setattr(owner, name, getattr(owner, name))
        run_graphs_directly()
        ask_few_rules()
        know_the_empty_domain()
        check_action_answers_quickly()
        keep_what_lasts()
        for name in [name for name in os.environ if name.startswith("RIUNG_")]:
            patch.delenv(name)
        patch.setenv("RIUNG_VAR_DIR", str(tmp_path_factory.mktemp("tracker")))
        settings.cache_clear()
        yield Helpdesk()
    settings.cache_clear()


@pytest.fixture
def backend(
    helpdesk: Helpdesk, running: Backend, set_environment: SetEnvironment
) -> Iterator[Backend]:
    """The actions ask the running backend, on a Friday morning."""
    set_environment(**SECRETS, RIUNG_BACKEND_URL=running.url, RIUNG_NOW=FRIDAY)
    backend_client.backend.cache_clear()
    yield running
    backend_client.backend.cache_clear()


@pytest.fixture
def citizen(helpdesk: Helpdesk, backend: Backend) -> Talk:
    """Somebody who writes to Bandung's number."""
    return Talk(helpdesk)


@pytest.fixture
def guided(helpdesk: Helpdesk, backend: Backend) -> Talk:
    """Somebody who writes to Tanjung Priok, where the chat accompanies through M-Paspor."""
    return Talk(helpdesk, office="tanjung_priok")


@pytest.fixture
def applicant(helpdesk: Helpdesk, backend: Backend) -> Talk:
    """Somebody who writes to Pemalang's number, where MPP Batang is booked in the chat."""
    return Talk(helpdesk, office="pemalang")
