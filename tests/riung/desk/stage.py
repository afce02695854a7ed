"""A desk in the middle of a working day, for browser tests, pictures and the benchmark."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import uvicorn

from riung import clock
from riung.backend.db import Database
from riung.desk import accounts, announcements, conversations, event_intake, handover, surveys
from riung.desk.access import ALL_OFFICES, Role
from riung.desk.canned_replies import read_replies
from riung.desk.cases import work
from riung.desk.handover import Actor
from riung.desk.ownership import Event
from riung.desk.tables import ChannelCount, Handover, Message
from riung.desk.tickets.tables import Ticket
from riung.office.offices import offices
from riung.server.app import create_app
from riung.settings import Settings
from tests.riung.desk import makers
from tests.riung.desk.fake_rasa import FakeRasa

PASSWORD = "hujan di sore hari"
PEOPLE = (
    ("rina", "Rina Kartika", Role.SUPERVISOR),
    ("budi", "Budi Santoso", Role.OFFICER),
    ("kepala", "Kepala Kantor", Role.ADMIN),
)
TALKS: tuple[tuple[str, tuple[tuple[str, str, str], ...]], ...] = (
    (
        "6281200000011",
        (
            ("citizen", "pagi pak, paspor saya hilang di pasar kemarin", "syarat_paspor_hilang"),
            ("bot", "Lapor polisi dulu, lalu datang ke kantor untuk diperiksa (BAP).", ""),
            ("citizen", "kalau bapak saya sakit bisa diwakilkan?", "nlu_fallback"),
            ("citizen", "mau bicara petugas", "bicara_petugas"),
        ),
    ),
    (
        "6281200000012",
        (
            ("citizen", "status 1179000000001234 gimana ya", "cek_status"),
            ("bot", "Pencetakan sejak Jumat 20 November. Belum perlu datang.", ""),
            ("citizen", "katanya kemarin selesai, saya sudah di depan kantor", "ambil_paspor"),
        ),
    ),
    (
        "6281200000013",
        (
            ("citizen", "Ada yang minta 500 ribu di parkiran katanya bisa cepat", "pengaduan"),
            ("bot", "Maaf atas pengalaman itu. Sampaikan apa, kapan, dan di mana.", ""),
        ),
    ),
    (
        "6281200000014",
        (
            ("citizen", "e-paspor 10 tahun berapa", "biaya_paspor"),
            ("bot", "e-Paspor 10 tahun: Rp950.000.", ""),
            ("citizen", "makasih", "terima_kasih"),
        ),
    ),
)


def fill(database: Database) -> dict[str, int]:
    """People and talks; returns login → user id."""
    with database.writing() as session:
        ids = {
            login: int(
                accounts.create(
                    session, login, name, role, [ALL_OFFICES], PASSWORD, must_change=False
                ).id
            )
            for login, name, role in PEOPLE
        }
    for sender, lines in TALKS:
        events = [makers.started(sender)]
        for author, text, intent in lines:
            is_citizen = author == "citizen"
            event = makers.user(text, intent, sender) if is_citizen else makers.bot(text, sender)
            if "1179000000001234" in text:
                event["parse_data"]["entities"] = [
                    {"entity": "nomor_permohonan", "value": "1179000000001234"}
                ]
            events.append(event)
        event_intake.consume(database, events)
    for sender, minutes in (("6281200000011", 14), ("6281200000012", 3)):
        ask(database, sender, minutes)
    return ids


def ask(database: Database, sender: str, minutes_ago: float = 0) -> int:
    """The citizen asks for a person; returns the conversation's id."""
    with database.writing() as session:
        moment = clock.now() - timedelta(minutes=minutes_ago)
        found = handover.requested(
            session,
            sender_id=sender,
            office="bandung",
            ticket=f"T{sender[-4:]}",
            reason="citizen",
            moment=moment,
        )
        return int(found.id)


def take(database: Database, sender: str, user_id: int, name: str) -> int:
    """An officer takes over; returns the conversation's id."""
    with database.writing() as session:
        found = conversations.of_sender(session, sender)
        assert found is not None
        handover.apply(session, found, Event.TAKE, moment=clock.now(), actor=Actor(user_id, name))
        return int(found.id)


def long_ago(database: Database) -> None:
    """All was said an hour earlier, and taken over half an hour earlier."""
    with database.writing() as session:
        for line in session.query(Message):
            line.at -= timedelta(hours=1)
        for one in session.query(Handover).filter(Handover.taken_at.is_not(None)):
            one.taken_at -= timedelta(minutes=30)


def busy_month(database: Database) -> None:
    """Half a year of counts, and a month of talks, scores, complaints and an outage."""
    today = clock.today()
    wanted = today.replace(day=1)
    counts = ((5196, 1728, 693, 316), (5786, 1912, 458, 377), (3841, 1504, 324, 307))
    with database.writing() as session:
        for whatsapp, social, instagram, yankomas in counts * 2:
            wanted = (wanted - timedelta(days=1)).replace(day=1)
            values = {"whatsapp": whatsapp // 2, "social_media": social}
            values |= {"instagram": instagram, "yankomas": yankomas}
            for channel, count in values.items():
                session.add(
                    ChannelCount(office="bandung", month=wanted, channel=channel, count=count)
                )
        for sender, score, word in (
            ("6281200000014", 5, "cepat sekali dijawab"),
            ("6281200000013", 4, ""),
            ("6281200000012", 3, "mohon dipercepat"),
        ):
            found = conversations.of_sender(session, sender)
            assert found is not None
            surveys.record(session, found, score, clock.now())
            surveys.add_comment(session, found, word, clock.now())
        announcements.start(
            session,
            office="bandung",
            kind="outage",
            text=read_replies().suggestions[0],
            starts_at=clock.now(),
            ends_at=clock.now() + timedelta(hours=6),
            author_id=1,
        )
        for position, (category, text) in enumerate(
            (
                ("pungli", "Seseorang di parkiran minta Rp500.000 supaya paspor cepat selesai."),
                ("pelayanan", "Petugas loket 3 membentak ibu saya yang sudah sepuh."),
                ("antrean", "Sudah datang sesuai jam tetapi menunggu sampai tiga jam."),
            )
        ):
            session.add(
                Ticket(
                    code=f"PGD{position}XZ",
                    kind="complaint",
                    office="bandung",
                    status="open" if position else "in_progress",
                    conversation_id="6281200000013" if position == 0 else None,
                    subject=text,
                    last_messages=[],
                    details={
                        "category": category,
                        "anonymous": "false" if position == 0 else "true",
                        "escalated": "true" if position == 0 else "",
                        "severity": "heavy" if position == 0 else "",
                    },
                    due_at=clock.now() + timedelta(days=position * 2 - 1),
                    created_at=clock.now() - timedelta(days=2),
                    updated_at=clock.now(),
                )
            )


def services(database: Database) -> dict[str, str]:
    """Visits to the sick and priority applicants in the waiting room; returns who → code."""
    office, rooms = offices()["batulicin"], offices()["blitar"]
    begun = clock.now() - timedelta(minutes=50)
    with database.writing() as session:
        visits = {
            name: work.open_case(
                session,
                office,
                "micin",
                f"62813000000{place}",
                begun + timedelta(minutes=10 * place),
                details={"group": group, "for": "other", "address": address, "letter": letter},
            )
            for place, (name, group, address, letter) in enumerate(
                (
                    ("on_the_way", "sakit", "RSUD Andi Abdurrahman Noor, kamar 3", ""),
                    ("new", "disabilitas", "Jl. Transmigrasi 12, Kersik Putih", "belum_surat"),
                    ("returned", "lansia", "Jl. Raya Batulicin 4", ""),
                )
            )
        }
        for step in ("checked", "entered", "equipment", "on_the_way"):
            work.move(session, visits["on_the_way"], step, begun + timedelta(minutes=20))
        work.move(session, visits["returned"], "returned", clock.now(), note="Surat dokter buram.")
        today = clock.today(rooms.zone)
        seats = [
            work.open_case(
                session,
                rooms,
                "sambang",
                f"62814000000{place}",
                begun,
                details={"group": group, "number": number},
                day=today,
            )
            for place, (group, number) in enumerate((("lansia", "A012"), ("ibu_hamil", "belum")))
        ]
        work.arrive(session, seats[0], "kursi prioritas 2", clock.now())
        return {name: one.code for name, one in visits.items()} | {"seated": seats[0].code}


@contextmanager
def serving(settings: Settings) -> Iterator[str]:
    """The real application on a port of its own, with uvicorn as in production."""
    server = uvicorn.Server(
        uvicorn.Config(
            create_app(settings), host="127.0.0.1", port=0, ws="none", log_level="warning"
        )
    )
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(10)


@contextmanager
def desk(folder: Path) -> Iterator[tuple[str, Database, FakeRasa]]:
    """A filled desk: its address, its database, and the Rasa behind it."""
    with FakeRasa() as rasa:
        settings = replace(
            Settings.from_env(
                {
                    "RIUNG_VAR_DIR": str(folder),
                    "RIUNG_API_KEY": "api-key-of-the-tests",
                    "RIUNG_HASH_KEY": "hash-key-of-the-tests",
                    "RIUNG_OFFICE": "bandung",
                }
            ),
            rasa_url=rasa.url,
        )
        database = Database(settings.database_url, settings.hash_key)
        database.migrate()
        fill(database)
        with serving(settings) as address:
            yield address, database, rasa
        database.dispose()
