"""Everything the environment decides, read in one place (docs/operations.md)."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

ENGINE = Path(__file__).resolve().parent.parent
"""The checkout: where the programs stand."""

ROOT = Path(os.environ.get("RIUNG_HOME") or ENGINE).resolve()
"""The assistant's folder: where config.yml, data/ and offices/ stand. The checkout has one."""

EDITED = Path(os.environ.get("RIUNG_EDITED") or ROOT)
"""Where this process reads what people edit: the checkout, or its link to the published version
(`riung.workshop.versions`)."""

GRAPH_URL = "https://graph.facebook.com/v25.0"
"""Meta's address and the newest version with a published end date (July 2028)."""

HIGHEST_PORT = 65_535
GIVEN_UP = {
    "connect_timeout": "3",
    "tcp_user_timeout": "10000",
    "keepalives_idle": "10",
    "keepalives_interval": "5",
    "keepalives_count": "3",
}
"""When a PostgreSQL that no longer answers is given up (libpq's own parameters: seconds, and
milliseconds for what was sent and not taken). Linux itself would wait a quarter of an hour for a
machine that went away without a word."""

MOST_WORKERS = 64
"""More Rasa processes than one machine of an office has processors."""

MOST_SERVERS = 16
"""More machines for the dialogue than a nation of one number an office has (docs/operations.md)."""


class SettingsError(ValueError):
    """A variable is missing or cannot be used; the message names it and says what to do."""


@dataclass(frozen=True)
class Settings:
    """The environment, parsed once. Secrets are plain strings and never printed by `repr`.

    Attributes:
        work_dir: the files that trainers edit (the draft): the checkout, or a copy of it.
        draft: whether this dialogue server answers from the draft, for the simulator alone.
    """

    var_dir: Path
    work_dir: Path
    office: str
    demo: bool
    draft: bool
    rest: bool
    rest_token: str
    listen: str
    rasa_port: int
    draft_port: int
    action_port: int
    action_server: bool
    backend_port: int
    rasa_workers: int
    rasa_servers: int
    rasa_url: str
    backend_url: str
    database_url: str
    channel_database_url: str
    tracker_database_url: str
    redis_url: str
    amqp_url: str
    whatsapp_graph_url: str
    whatsapp_verify_token: str
    whatsapp_app_secret: str
    whatsapp_access_token: str
    api_key: str
    admin_key: str
    hash_key: str

    @property
    def all_rasa_workers(self) -> int:
        """Processes that answer citizens, of this dialogue server and the others."""
        return self.rasa_workers * self.rasa_servers

    def __repr__(self) -> str:
        return f"Settings(office={self.office!r}, demo={self.demo}, var_dir={str(self.var_dir)!r})"

    @classmethod
    def from_env(cls, env: Mapping[str, str]) -> Settings:
        """Read a mapping like `os.environ`.

        Raises:
            SettingsError: a port or number is out of range, the database's address no URL, or the
                REST channel open to everybody.
        """
        var_dir = Path(env.get("RIUNG_VAR_DIR") or ROOT / "var").resolve()
        rasa_port = _number(env, "RIUNG_RASA_PORT", 5005, HIGHEST_PORT)
        backend_port = _number(env, "RIUNG_BACKEND_PORT", 8000, HIGHEST_PORT)
        return cls(
            var_dir=var_dir,
            work_dir=Path(env.get("RIUNG_WORK_DIR") or ROOT).resolve(),
            office=env.get("RIUNG_OFFICE", ""),
            demo=_is_on(env, "RIUNG_DEMO"),
            draft=_is_on(env, "RIUNG_DRAFT"),
            rest=_has_rest(env),
            rest_token=env.get("RIUNG_REST_TOKEN", ""),
            listen=env.get("RIUNG_LISTEN") or "127.0.0.1",
            rasa_port=rasa_port,
            draft_port=_number(env, "RIUNG_DRAFT_PORT", 5006, HIGHEST_PORT),
            action_port=_number(env, "RIUNG_ACTION_PORT", 5055, HIGHEST_PORT),
            action_server=_is_on(env, "RIUNG_ACTION_SERVER"),
            backend_port=backend_port,
            rasa_workers=_number(env, "RIUNG_RASA_WORKERS", 1, MOST_WORKERS),
            rasa_servers=_number(env, "RIUNG_RASA_SERVERS", 1, MOST_SERVERS),
            rasa_url=env.get("RIUNG_RASA_URL") or f"http://127.0.0.1:{rasa_port}",
            backend_url=env.get("RIUNG_BACKEND_URL") or f"http://127.0.0.1:{backend_port}",
            database_url=_store_url(env, var_dir, "riung"),
            channel_database_url=_store_url(env, var_dir, "channel"),
            tracker_database_url=_store_url(env, var_dir, "tracker"),
            redis_url=env.get("RIUNG_REDIS_URL", ""),
            amqp_url=env.get("RIUNG_AMQP_URL", ""),
            whatsapp_graph_url=(env.get("WHATSAPP_GRAPH_URL") or GRAPH_URL).rstrip("/"),
            whatsapp_verify_token=env.get("WHATSAPP_VERIFY_TOKEN", ""),
            whatsapp_app_secret=env.get("WHATSAPP_APP_SECRET", ""),
            whatsapp_access_token=env.get("WHATSAPP_ACCESS_TOKEN", ""),
            api_key=env.get("RIUNG_API_KEY", ""),
            admin_key=env.get("RIUNG_ADMIN_KEY", ""),
            hash_key=env.get("RIUNG_HASH_KEY", ""),
        )


def _is_on(env: Mapping[str, str], name: str) -> bool:
    return env.get(name, "") in ("1", "true", "yes")


def _has_rest(env: Mapping[str, str]) -> bool:
    """Whether the REST channel is there: when switched on, and in demo mode unless switched off."""
    if _is_on(env, "RIUNG_REST") and not (_is_on(env, "RIUNG_DEMO") or env.get("RIUNG_REST_TOKEN")):
        raise SettingsError(
            "RIUNG_REST=1 needs RIUNG_REST_TOKEN: without it anybody could talk to the bot."
        )
    return _is_on(env, "RIUNG_REST" if env.get("RIUNG_REST") else "RIUNG_DEMO")


def _number(env: Mapping[str, str], name: str, default: int, highest: int) -> int:
    text = env.get(name, "").strip()
    if not text:
        return default
    if not text.isdecimal() or not 1 <= int(text) <= highest:
        raise SettingsError(f"{name} must be a whole number from 1 to {highest}, but is {text!r}.")
    return int(text)


def _store_url(env: Mapping[str, str], var_dir: Path, store: str) -> str:
    """Each store is a SQLite file of its own, or a schema of its own in one PostgreSQL database."""
    given = env.get("RIUNG_DATABASE_URL", "").strip()
    if not given:
        return f"sqlite:///{var_dir / store}.db"
    url = _parse_url(given)
    if not url.drivername.startswith("postgresql"):
        return given if store == "riung" else f"sqlite:///{var_dir / store}.db"
    if "options" in url.query:  # the operator chose the schema
        return given
    with_schema = url.update_query_dict(
        {**GIVEN_UP, **url.query, "options": f"-csearch_path={store}"}
    )
    return str(with_schema.render_as_string(hide_password=False))


def _parse_url(given: str) -> URL:
    """The address, or an error that doesn't repeat it: it may hold a password."""
    try:
        return make_url(given)
    except (ArgumentError, ValueError):
        raise SettingsError(
            "RIUNG_DATABASE_URL is no database address; "
            "one looks like postgresql://user:password@host/database."
        ) from None


@lru_cache(maxsize=1)
def settings() -> Settings:
    """The settings of this process; `settings.cache_clear()` makes a test's change visible."""
    return Settings.from_env(os.environ)
