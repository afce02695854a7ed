"""What Rasa keeps of a conversation: no NIK, on disk or in published events."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from rasa.core.brokers.broker import EventBroker
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    ActiveLoop,
    BotUttered,
    ConversationPaused,
    SessionStarted,
    SlotSet,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker

from riung.clock import now
from riung.dialogue.tracker_store import EVENTS, PrivateTrackerStore
from riung.settings import ROOT
from tests.conftest import SetEnvironment
from tests.riung.whatsapp.postgres import postgres_url

NIK = "3273014505900001"
NUMBER = "1179000000001234"


class Listener(EventBroker):
    """Hears what other programs would."""

    def __init__(self) -> None:
        self.heard: list[dict[str, Any]] = []

    def publish(self, event: dict[str, Any]) -> None:
        self.heard.append(event)

    @classmethod
    async def from_endpoint_config(cls, *_: Any) -> Listener:
        return cls()


@pytest.fixture(scope="module")
def domain() -> Domain:
    return Domain.from_path(ROOT / "domain.yml")


@pytest.fixture
def listener() -> Listener:
    return Listener()


@pytest.fixture
async def store(
    tmp_path: Path, domain: Domain, listener: Listener, set_environment: SetEnvironment
) -> AsyncIterator[PrivateTrackerStore]:
    set_environment(RIUNG_VAR_DIR=str(tmp_path / "var"))
    opened = PrivateTrackerStore(domain, event_broker=listener)
    yield opened
    opened.engine.dispose()


def wrote(text: str, **entities: str) -> UserUttered:
    found = [{"entity": name, "value": value} for name, value in entities.items()]
    return UserUttered(
        text,
        intent={"name": "cek_status", "confidence": 1.0},
        entities=found,
        parse_data={"text": text, "intent": {"name": "cek_status"}, "entities": found},
        metadata={"office": "bandung"},
    )


async def keep(store: PrivateTrackerStore, *events: Any) -> None:
    tracker = await store.get_or_create_tracker("warga")
    for event in events:
        tracker.update(event)
    await store.save(tracker)


async def kept(store: PrivateTrackerStore) -> DialogueStateTracker:
    tracker = await store.retrieve("warga")
    assert tracker is not None
    return tracker


def on_disk(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in (folder / "var").glob("tracker.db*"))


@pytest.mark.parametrize("text", [NIK, "nik saya 3273 0145 0590 0001 pak", "3273.0145.0590.0001"])
async def test_a_nik_reaches_neither_disk_nor_listeners(
    store: PrivateTrackerStore, listener: Listener, tmp_path: Path, text: str
) -> None:
    await keep(store, wrote(text, nomor_permohonan=text))

    stored = on_disk(tmp_path) + json.dumps(listener.heard).encode()
    assert b"3273" in stored
    assert b"45059" not in stored
    assert b"0145 0590" not in stored
    assert b"0145.0590" not in stored


async def test_the_message_is_still_there_masked(store: PrivateTrackerStore) -> None:
    await keep(store, wrote(f"cek {NIK} ya", nomor_permohonan=NIK))

    message = (await kept(store)).latest_message
    assert message is not None
    assert message.text == "cek 3273xxxxxxxxxxxx ya"
    assert message.entities == [{"entity": "nomor_permohonan", "value": "3273xxxxxxxxxxxx"}]
    assert message.metadata["office"] == "bandung"


async def test_a_nik_in_what_came_with_the_message_is_masked(
    store: PrivateTrackerStore, tmp_path: Path
) -> None:
    message = wrote("gambar")
    message.metadata = {"media": {"caption": f"KTP {NIK}"}}

    await keep(store, message)

    assert NIK.encode() not in on_disk(tmp_path)


async def test_a_nik_that_the_bot_repeats_is_masked(
    store: PrivateTrackerStore, tmp_path: Path
) -> None:
    await keep(store, wrote("cek"), BotUttered(f"Nomor {NIK} belum ada."))

    assert NIK.encode() not in on_disk(tmp_path)


async def test_a_nik_that_an_answer_was_given_and_does_not_say_is_masked(
    store: PrivateTrackerStore, listener: Listener, tmp_path: Path
) -> None:
    """Rasa keeps all values of a response in the message's metadata, said or not."""
    filled = {"utter_action": "utter_contoh", "akhir": "0001", "nik": NIK}

    await keep(store, wrote("cek"), BotUttered("Yang berakhir 0001.", metadata=filled))

    assert NIK.encode() not in on_disk(tmp_path) + json.dumps(listener.heard).encode()
    message = (await kept(store)).get_last_event_for(BotUttered)
    assert message is not None
    assert message.metadata["akhir"] == "0001"


async def test_a_nik_given_to_a_form_is_masked(
    store: PrivateTrackerStore, domain: Domain, tmp_path: Path
) -> None:
    slot = next(slot.name for slot in domain.slots if slot.name not in ("nomor_permohonan",))

    await keep(store, wrote("isian"), SlotSet(slot, NIK))

    assert NIK.encode() not in on_disk(tmp_path)


async def test_an_application_number_is_kept(store: PrivateTrackerStore) -> None:
    await keep(store, wrote(f"cek {NUMBER}", nomor_permohonan=NUMBER))

    message = (await kept(store)).latest_message
    assert message is not None
    assert message.text == f"cek {NUMBER}"


async def test_a_known_number_with_the_shape_of_a_nik_is_kept(store: PrivateTrackerStore) -> None:
    await keep(store, wrote(f"cek {NIK}"), SlotSet("nomor_permohonan", NIK))

    message = (await kept(store)).latest_message
    assert message is not None
    assert message.text == f"cek {NIK}"


async def test_the_conversation_goes_on_after_masking(store: PrivateTrackerStore) -> None:
    await keep(store, wrote(NIK))
    await keep(store, wrote("menu"))

    texts = [event.text for event in (await kept(store)).events if isinstance(event, UserUttered)]
    assert texts == ["3273xxxxxxxxxxxx", "menu"]


async def test_readers_do_not_wait_for_the_writer(store: PrivateTrackerStore) -> None:
    with store.engine.connect() as connection:
        mode = connection.execute(sa.text("PRAGMA journal_mode")).scalar()
        synchronous = connection.execute(sa.text("PRAGMA synchronous")).scalar()

    assert (mode, synchronous) == ("wal", 1)


@pytest.mark.services
async def test_on_postgresql_it_makes_its_schema_and_keeps_the_conversation(
    domain: Domain, listener: Listener, set_environment: SetEnvironment
) -> None:
    with postgres_url(wanted=True) as variables:
        set_environment(**variables)
        for _ in range(2):
            store = PrivateTrackerStore(domain, event_broker=listener)
            await keep(store, wrote(f"cek {NIK}"))
            store.engine.dispose()

        message = (await kept(store)).latest_message
        store.engine.dispose()

    assert message is not None
    assert message.text == "cek 3273xxxxxxxxxxxx"


async def test_a_position_is_not_kept(
    store: PrivateTrackerStore, listener: Listener, tmp_path: Path
) -> None:
    message = wrote("/kirim_lokasi")
    message.metadata["location"] = {"latitude": -6.9001, "longitude": 107.6}
    await keep(store, message)

    assert b"6.9001" not in on_disk(tmp_path) + json.dumps(listener.heard).encode()


async def test_whoever_is_waited_for_learns_the_position(
    store: PrivateTrackerStore, listener: Listener
) -> None:
    place = {"latitude": -6.9001, "longitude": 107.6}
    await keep(store, SlotSet("penanganan", "waiting"))
    message = wrote("/kirim_lokasi")
    message.metadata["location"] = place
    await keep(store, message)
    assert listener.heard[-1]["metadata"]["location"] == place


async def test_the_number_of_an_unnamed_complaint_is_kept_nowhere_though_its_sender_asks_by_it(
    store: PrivateTrackerStore, listener: Listener, tmp_path: Path
) -> None:
    told = {
        "rahasia": ["nomor_tiket", "jawaban"],
        "nomor_tiket": "DYR67H",
        "jawaban": "Kami tindak.",
    }
    await keep(
        store,
        wrote("gimana kabar dyr 67h?", nomor_permohonan="DYR67H"),
        BotUttered("Tiket *DYR67H*: dijawab. Kami tindak.", metadata=told),
    )

    stored = on_disk(tmp_path).decode("utf-8", "replace") + json.dumps(listener.heard)
    for secret in ("DYR67H", "dyr 67h", "Kami tindak"):
        assert secret not in stored
    assert "gimana kabar ••••?" in str(listener.heard)
    texts = [e.text for e in (await kept(store)).events if isinstance(e, (UserUttered, BotUttered))]
    assert texts == ["gimana kabar ••••?", "Tiket *••••*: dijawab. ••••"]


def earlier_complaint(choice: str) -> list[Any]:
    """A complaint with all that earlier programs kept of it."""
    told = {"nomor_tiket": "DYR67H"}
    return [
        wrote("mau lapor pungli"),
        ActiveLoop("aduan_form"),
        wrote("petugas loket 3 minta uang"),
        SlotSet("aduan_isi", "petugas loket 3 minta uang"),
        wrote("begini saja"),
        SlotSet("aduan_anonim", choice),
        ActiveLoop(None),
        BotUttered("Tercatat, nomor *DYR67H*.", metadata=told),
        SlotSet("aduan_anonim", None),
        wrote("cek dyr67h"),
        BotUttered("Pengaduan *DYR67H*: diterima.", metadata=told),
    ]


@pytest.mark.parametrize("choice", ["ya", "tidak"])
async def test_what_earlier_programs_kept_of_an_unnamed_complaint_goes(
    store: PrivateTrackerStore, choice: str
) -> None:
    row = {"sender_id": "warga", "timestamp": 1.0, "intent_name": None}
    with store.engine.begin() as connection:
        for event in (wrote("halo"), *earlier_complaint(choice)):
            data = event.as_dict()
            kind = {"type_name": data["event"], "action_name": data.get("name")}
            connection.execute(EVENTS.insert().values(**row, **kind, data=json.dumps(data)))

    store.hide_old_complaints()
    store.hide_old_complaints()

    with store.engine.connect() as connection:
        stored = "\n".join(connection.execute(sa.select(EVENTS.c.data)).scalars()).lower()
    is_unnamed = choice == "ya"
    assert ("minta uang" in stored) is not is_unnamed
    assert ("dyr67h" in stored) is not is_unnamed
    assert "halo" in stored


async def test_another_process_reads_what_this_one_wrote(
    store: PrivateTrackerStore, domain: Domain
) -> None:
    for text in ("satu", "dua", "tiga"):
        await keep(store, wrote(text))
    fresh = PrivateTrackerStore(domain)

    texts = [e.text for e in (await kept(fresh)).events if isinstance(e, UserUttered)]
    assert texts == ["satu", "dua", "tiga"]
    assert [e.as_dict() for e in (await kept(fresh)).events] == [
        e.as_dict() for e in (await kept(store)).events
    ]
    fresh.engine.dispose()


async def test_somebody_new_is_looked_for_once(
    store: PrivateTrackerStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert await store.retrieve("baru") is None
    monkeypatch.setattr(store, "engine", None)  # whoever asks the database now fails

    assert await store.retrieve("baru") is None


async def test_a_new_session_begins_the_same_from_memory_and_from_disk(
    store: PrivateTrackerStore, domain: Domain
) -> None:
    await keep(store, wrote("lama"))
    await keep(store, ActionExecuted("action_session_start"), SessionStarted(), wrote("baru"))
    await keep(store, wrote("lagi"))
    fresh = PrivateTrackerStore(domain)

    for one in (store, fresh):
        events = (await kept(one)).events
        assert [e.text for e in events if isinstance(e, UserUttered)] == ["baru", "lagi"]
    fresh.engine.dispose()


async def test_a_conversation_is_forgotten_on_request(store: PrivateTrackerStore) -> None:
    await keep(store, wrote("halo"))
    store.forget("warga")
    assert await store.retrieve("warga") is None


async def test_only_conversations_silent_for_long_are_deleted(store: PrivateTrackerStore) -> None:
    await keep(store, wrote("halo"))
    store.forget_before(now() - timedelta(days=1))
    assert await store.retrieve("warga") is not None
    store.forget_before(now() + timedelta(seconds=5))
    assert await store.retrieve("warga") is None


async def test_a_conversation_named_by_the_person_alone_goes_on_at_its_number(
    store: PrivateTrackerStore, domain: Domain
) -> None:
    said = wrote("halo")
    said.metadata = {"office": "bandung", "phone_number_id": "111111111111111"}
    await keep(store, SessionStarted(), said, ConversationPaused())

    opened = PrivateTrackerStore(domain)
    found = await opened.retrieve("warga@111111111111111")
    opened.engine.dispose()
    assert found is not None
    assert found.is_paused()
