"""The scheduled work: `python -m riung.server.worker`.

huey keeps the schedule, in a SQLite file by default and in Redis when `RIUNG_REDIS_URL` is set.
Each step looks at the tables and does what is due by now, so a missed or doubled run changes
nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import structlog
from huey import Huey, RedisHuey, SqliteHuey, crontab

from riung import logs, watchdog
from riung.backend.counter.nightly import end_past_days
from riung.backend.db import Database
from riung.backend.notices.delivery import deliver
from riung.backend.notices.planning import plan_due
from riung.backend.waiting_list.waiting import expire_offers
from riung.channel_client import ChannelClient
from riung.clock import now
from riung.desk import erasure, timeouts
from riung.desk.retention import forget_files, forget_old
from riung.settings import Settings, settings
from riung.workshop import following

log = structlog.get_logger()

DESK_EVERY = 15
"""Seconds between looks at the desk's clocks, which are set in minutes."""


def run_minute(database: Database, channel: ChannelClient, moment: datetime) -> None:
    """What is looked at every minute: offers that ran out, messages to send, asked erasures."""
    expire_offers(database, moment)
    plan_due(database, moment)
    deliver(database, channel, moment)
    erasure.carry_out(database, channel, moment)


def run_night(database: Database, folder: Path, moment: datetime) -> None:
    """What is looked at once an hour, as offices end their days at different moments.

    Args:
        database: the backend's.
        folder: where all state lies (`RIUNG_VAR_DIR`).
        moment: now.
    """
    with database.writing() as session:
        end_past_days(session, moment)
    with database.writing() as session:
        forget_old(session, moment)
    forget_files(folder, moment)


def make_huey(chosen: Settings) -> Huey:
    """The queue: Redis when there is one, else a SQLite file beside the other stores."""
    if chosen.redis_url:
        return RedisHuey("riung", url=chosen.redis_url)
    chosen.var_dir.mkdir(parents=True, exist_ok=True)
    return SqliteHuey("riung", filename=str(chosen.var_dir / "work.db"))


def schedule(huey: Huey, chosen: Settings) -> None:
    """Register the periodic work with `huey`."""
    database = Database(chosen.database_url, chosen.hash_key)
    channel = ChannelClient.from_settings(chosen)
    soon = timedelta(minutes=1)  # a run that waited longer is done by the next one

    @huey.periodic_task(crontab(minute="*"), expires=soon)
    def minute() -> None:
        _safely("minute", lambda: run_minute(database, channel, now()))

    @huey.periodic_task(crontab(minute="7"), expires=soon)
    def hour() -> None:
        _safely("hour", lambda: run_night(database, chosen.var_dir, now()))

    @huey.task(expires=soon)
    def desk_clocks() -> None:
        _safely("desk", lambda: timeouts.run_due(now(), database, chosen))

    @huey.periodic_task(crontab(minute="*"), expires=soon)
    def desk() -> None:
        for delay in range(0, 60, DESK_EVERY):
            desk_clocks.schedule(delay=delay)


def _safely(name: str, step: Callable[[], object]) -> None:
    """One failing step is logged and tried again by the next run; the others go on."""
    try:
        step()
    except Exception as error:
        log.error("work.failed", step=name, error=type(error).__name__, exc_info=error)


def main() -> None:
    """Bring the tables up to date and work until stopped (Ctrl-C or SIGTERM)."""
    logs.configure()
    chosen = settings()
    Database(chosen.database_url, chosen.hash_key).migrate()
    huey = make_huey(chosen)
    schedule(huey, chosen)
    watchdog.watch(None)
    following.follow()
    huey.create_consumer(workers=1, periodic=True, check_worker_health=True).run()


if __name__ == "__main__":
    main()
