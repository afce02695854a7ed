#!/bin/sh
# Rasa Open Source 3.6.21 (Agent, FailSafeTrackerStore): a custom tracker store does not begin conversations.
# Guess: a store of one's own that overrides create_tracker() and init_tracker() decides what a new conversation is, as the
# base class says that trackers are made there.
# Seen: neither is called. The agent puts a FailSafeTrackerStore around the store, which hands on retrieve(), save() and
# keys() but begins conversations itself: with a plain tracker, whatever class the store uses, and with a save() before the
# first message is looked at. Asked directly, the same store begins it as written.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3.10}" -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check rasa==3.6.21 'setuptools<81'
cd "$folder"
"$folder/env/bin/python" -W ignore - 2> warnings.log <<'PYTHON'
import asyncio

from rasa.core.agent import Agent
from rasa.core.tracker_store import InMemoryTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker


class OwnTracker(DialogueStateTracker):
    """What the store wants its conversations to be."""


class OwnStore(InMemoryTrackerStore):
    """Begins conversations with its own class, and writes them with the first turn only."""

    def __init__(self):
        super().__init__(Domain.empty())
        self.called = []

    def init_tracker(self, sender_id):
        self.called.append("init_tracker")
        return OwnTracker(sender_id, self.domain.slots)

    async def create_tracker(self, sender_id, append_action_listen=True):
        self.called.append("create_tracker")
        return self.init_tracker(sender_id)

    async def save(self, tracker):
        self.called.append("save")
        await super().save(tracker)


async def begun(store, through):
    tracker = await through.get_or_create_tracker("somebody")
    return type(tracker).__name__, store.called


async def main():
    alone, behind = OwnStore(), OwnStore()
    agent = Agent(domain=Domain.empty(), tracker_store=behind)
    seen = [await begun(alone, alone), await begun(behind, agent.tracker_store)]
    print("store alone:     ", *seen[0])
    print("behind the agent:", *seen[1])
    return seen != [
        ("OwnTracker", ["create_tracker", "init_tracker"]),
        ("DialogueStateTracker", ["save"]),
    ]


raise SystemExit(asyncio.run(main()))
PYTHON
