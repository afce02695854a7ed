"""The worker's minutes, walked through by a test."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from riung.backend.db import Database
from riung.clock import now
from riung.server.worker import run_minute, run_night
from tests.riung.backend.channel_standin import StandIn
from tests.riung.backend.citizens import Api, Clock


class Walk:
    """Lets the worker's minutes pass and writes down when each message left."""

    def __init__(self, api: Api, clock: Clock, standin: StandIn) -> None:
        self.api, self.clock, self.standin = api, clock, standin
        self.sent: list[tuple[str, str, str]] = []
        self.database: Database = api.client.app.state.database

    def to(self, end: str, step: timedelta = timedelta(minutes=1)) -> None:
        """Walk to `end` in steps of a minute; the clock stands there afterwards."""
        moment, last = now(), self.clock.at(end)
        while moment < last:
            moment = min(moment + step, last)
            self.minute(moment)

    def minute(self, moment: datetime) -> None:
        self.clock.at(moment)
        before = len(self.standin.taken)
        run_minute(self.database, self.standin.channel, moment)
        if moment.minute == 7:
            run_night(self.database, Path(self.api.client.app.state.settings.var_dir), moment)
        zone = ZoneInfo("Asia/Jakarta")
        for to, kind in self.standin.kinds()[before:]:
            at = moment.astimezone(zone).strftime("%m-%d %H:%M")
            self.sent.append((at, to[-1], kind))

    def restart(self) -> None:
        """Another process with an empty memory."""
        self.database.dispose()
        self.database = Database(self.database.url, "hash-key-of-the-tests")
