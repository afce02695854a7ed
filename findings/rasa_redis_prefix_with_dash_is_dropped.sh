#!/bin/sh
# Rasa Open Source 3.6.21 (RedisTrackerStore, RedisLockStore): the prefix of a bot's keys is dropped if it holds a dash.
# Guess: two bots that share one Redis are told apart by `key_prefix: bot-north` and `bot-south`; a prefix that may not be
# used is an error.
# Seen: a prefix with a dash, underscore, dot or colon is replaced by the default, with a log line only. Both bots keep
# their conversations and locks under one name, so a person who writes to both is one conversation. Letters and digits only.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3.10}" -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check rasa==3.6.21 fakeredis==2.20.1 'setuptools<81'
cd "$folder"
"$folder/env/bin/python" -W ignore - 3>&1 > run.log 2>&1 <<'PYTHON'
import asyncio
import os

from fakeredis import FakeServer, FakeStrictRedis
from rasa.core.lock_store import RedisLockStore
from rasa.core.tracker_store import RedisTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import UserUttered


async def shared(*prefixes):
    """What the second of two bots knows of a person who wrote to the first, and the lock keys of both."""
    server = FakeServer()
    stores = [RedisTrackerStore(Domain.empty(), key_prefix=prefix) for prefix in prefixes]
    for store in stores:
        store.red = FakeStrictRedis(server=server)
    tracker = await stores[0].get_or_create_tracker("somebody")
    tracker.update(UserUttered("hello"))
    await stores[0].save(tracker)
    known = await stores[1].retrieve("somebody")
    locks = [RedisLockStore(key_prefix=prefix).key_prefix for prefix in prefixes]
    return known and known.latest_message.text, locks


seen = {pair: asyncio.run(shared(*pair)) for pair in (("bot-north", "bot-south"), ("north", "south"))}
for pair, (text, locks) in seen.items():
    os.write(3, f"{pair}: the second bot knows {text!r}, locks under {locks}\n".encode())
raise SystemExit(
    list(seen.values()) != [("hello", ["lock:", "lock:"]), (None, ["north:lock:", "south:lock:"])]
)
PYTHON
