"""A service that does not answer is named in one line, with its variable and the reason."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from riung.server.service_checks import (
    ServiceError,
    require_postgres,
    require_rabbitmq,
    require_redis,
    require_services,
)
from riung.settings import Settings
from tests.services import AMQP_URL, POSTGRES_URL, REDIS_URL
from tests.stack import free_ports

ALL = [
    pytest.param(require_postgres, "postgresql://uji:kunci@127.0.0.1:{port}/uji", "PostgreSQL"),
    pytest.param(require_redis, "redis://:kunci@127.0.0.1:{port}/0", "Redis"),
    pytest.param(require_rabbitmq, "amqp://uji:kunci@127.0.0.1:{port}/", "RabbitMQ"),
]


@pytest.mark.parametrize(("require", "address", "name"), ALL)
def test_one_that_is_away_is_named_without_its_password(
    require: Callable[[str, str], None], address: str, name: str
) -> None:
    [port] = free_ports(1)

    with pytest.raises(ServiceError) as error:
        require(address.format(port=port), "ALAMAT_UJI")

    line = str(error.value)
    assert line.startswith(f"{name} does not answer (ALAMAT_UJI): ")
    assert str(port) in line
    assert "kunci" not in line
    assert "\n" not in line


@pytest.mark.parametrize("require", [require_redis, require_rabbitmq], ids=["redis", "rabbitmq"])
def test_what_is_no_address_is_told_too(require: Callable[[str, str], None]) -> None:
    with pytest.raises(ServiceError, match="ALAMAT_UJI"):
        require("entah apa", "ALAMAT_UJI")


def test_the_embedded_default_needs_none(tmp_path: Path) -> None:
    require_services(Settings.from_env({"RIUNG_VAR_DIR": str(tmp_path)}))


@pytest.mark.parametrize("variable", ["RIUNG_RASA_WORKERS", "RIUNG_RASA_SERVERS"])
def test_several_workers_need_a_common_lock(variable: str) -> None:
    with pytest.raises(ServiceError, match=f"2 Rasa workers .*{variable}.* RIUNG_REDIS_URL"):
        require_services(Settings.from_env({variable: "2"}))


@pytest.mark.services
def test_all_three_answer_where_the_settings_say() -> None:
    require_services(
        Settings.from_env(
            {
                "RIUNG_DATABASE_URL": POSTGRES_URL,
                "RIUNG_REDIS_URL": REDIS_URL,
                "RIUNG_AMQP_URL": AMQP_URL,
            }
        )
    )
