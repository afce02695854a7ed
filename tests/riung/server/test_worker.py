from __future__ import annotations

import dataclasses
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from huey import RedisHuey, SqliteHuey

from riung.server.worker import make_huey, schedule
from riung.settings import ROOT, Settings


def test_by_default_the_schedule_is_kept_in_a_file(backend_settings: Settings) -> None:
    huey = make_huey(backend_settings)
    assert isinstance(huey, SqliteHuey)
    assert (backend_settings.var_dir / "work.db").exists()


def test_with_redis_it_is_kept_there(backend_settings: Settings) -> None:
    grown = dataclasses.replace(backend_settings, redis_url="redis://127.0.0.1:6379/9")
    assert isinstance(make_huey(grown), RedisHuey)


def test_the_minute_the_hour_and_the_desk_are_scheduled(backend_settings: Settings) -> None:
    huey = make_huey(backend_settings)
    schedule(huey, backend_settings)
    periodic = [task.name for task in huey._registry.periodic_tasks]
    assert sorted(periodic) == ["desk", "hour", "minute"]


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_the_process_starts_makes_its_tables_and_stops_when_told(
    tmp_path: Path, how: signal.Signals
) -> None:
    environment = {**os.environ, "RIUNG_VAR_DIR": str(tmp_path), "RIUNG_HASH_KEY": "x"}
    worker = subprocess.Popen(
        [sys.executable, "-u", "-c", _RUN], cwd=ROOT, env=environment, stdout=subprocess.PIPE
    )
    assert worker.stdout is not None
    assert worker.stdout.readline() == b"running\n"
    worker.send_signal(how)
    assert worker.wait(timeout=60) == 0
    assert (tmp_path / "riung.db").exists()


_RUN = """
from huey.consumer import Consumer
start = Consumer.start
def told(self):
    start(self)
    print("running", flush=True)
Consumer.start = told
from riung.server import worker
worker.main()
"""
