"""Numbers for the head of office: one month of one office or several, and the months before it.

A "service" (layanan) is one person asking on one day, over whatever number of messages: what the
offices' handwritten recapitulations count for WhatsApp.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from statistics import mean, median
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from riung import clock, privacy
from riung.desk import intent_names, report_people
from riung.desk.access import DeskError
from riung.desk.complaints import category_name
from riung.desk.form_fields import next_month
from riung.desk.tables import ChannelCount, Handover, Message, Survey, said_to_officer
from riung.desk.tickets.tables import Ticket
from riung.desk.transcript import CITIZEN, FALLBACK, is_topic
from riung.desk.unhelpful import Unhelpful, unhelpful
from riung.intents import intents
from riung.office.model import Office

WHATSAPP = "whatsapp"
CHANNELS = {
    WHATSAPP: "WhatsApp",
    "social_media": "Media sosial",
    "instagram": "Komentar Instagram",
    "yankomas": "Yankomas",
}
"""The columns of the monthly recapitulation (fact rekap_informasi_bandung)."""

SEVERAL = "*"
"""Stands for all of one's offices where one is asked for."""

BY_HAND = ("social_media", "instagram", "yankomas")
MOST = 10_000_000
TOP_TOPICS = 12
UNANSWERED_SHOWN = 40


@dataclass(frozen=True)
class MonthRow:
    """A line of the recapitulation; None: nobody has entered it yet."""

    month: date
    counts: dict[str, int | None]

    @property
    def total(self) -> int:
        """All channels together."""
        return sum(count or 0 for count in self.counts.values())


@dataclass(frozen=True)
class Handovers:
    """How people were served by people; minutes are medians over those in office hours."""

    asked: int
    after_hours: int
    taken: int
    waiting_minutes: float | None
    answering_minutes: float | None
    within_promise: float | None


@dataclass(frozen=True)
class Report:
    """One month of one office, or of several taken together."""

    offices: tuple[Office, ...]
    month: date
    rows: list[MonthRow]
    services: int
    solved_by_bot: int
    messages: int
    topics: list[tuple[str, int]]
    handovers: Handovers
    scores: dict[int, int]
    comments: list[str]
    unanswered: list[tuple[str, int]]
    unhelpful: list[Unhelpful]
    complaints: list[tuple[str, int]]
    officers: list[report_people.OfficerRow]
    counters: list[report_people.CounterRow]

    @property
    def office(self) -> Office:
        """The office, or the first of several."""
        return self.offices[0]

    @property
    def key(self) -> str:
        """What stands for it in addresses and file names."""
        return self.office.id if len(self.offices) == 1 else SEVERAL

    @property
    def answers(self) -> int:
        """How many scored the service."""
        return sum(self.scores.values())

    @property
    def solved_share(self) -> float | None:
        """Services without a person and without an unanswered question, 0 to 1."""
        return self.solved_by_bot / self.services if self.services else None

    @property
    def mean_score(self) -> float | None:
        """The mean score, 1 to 5; None without a score."""
        given = [score for score, count in self.scores.items() for _ in range(count)]
        return mean(given) if given else None


def report(session: Session, chosen: Sequence[Office], month: date, *, months: int = 6) -> Report:
    """Put the month together.

    Args:
        session: an open one.
        chosen: whose numbers, taken together: at least one.
        month: its first day.
        months: how many months the recapitulation shows, this one included.
    """
    times = [(office, *bounds(office, month)) for office in chosen]
    said = [row for one in times for row in _said(session, *one)]
    asked = [row for one in times for row in _handovers(session, *one)]
    surveys = [row for one in times for row in _surveys(session, *one)]
    services, solved = _services(said, asked, chosen)
    given = Counter(survey.score for survey in surveys)
    topic_counts = Counter(intent for _, _, intent, _ in said if is_topic(intent))
    return Report(
        offices=tuple(chosen),
        month=month,
        rows=_summed([recapitulation(session, one, month, months) for one in chosen]),
        services=services,
        solved_by_bot=solved,
        messages=len(said),
        topics=[
            (intent_names.name(intent), count)
            for intent, count in topic_counts.most_common(TOP_TOPICS)
        ],
        handovers=_times(asked, {one.id: one.meja.janji_menit for one in chosen}),
        scores={score: given[score] for score in (5, 4, 3, 2, 1)},
        comments=[privacy.mask(survey.comment) for survey in surveys if survey.comment][-12:],
        unanswered=_unanswered(said),
        unhelpful=[row for one in times for row in unhelpful(session, *one)],
        complaints=sum((_complaints(session, *one) for one in times), Counter()).most_common(),
        officers=report_people.by_officer(session, asked, surveys),
        counters=[
            row
            for one in chosen
            for row in report_people.by_counter(session, one.id, month, next_month(month))
        ],
    )


def figures(made: Report) -> list[tuple[str, int | str]]:
    """The figures of the month as they stand on the page, for a spreadsheet."""
    people = made.handovers
    share, kept = made.solved_share, people.within_promise
    return [
        ("Layanan WhatsApp", made.services),
        ("Pesan warga", made.messages),
        ("Tuntas oleh bot", made.solved_by_bot),
        ("Tuntas oleh bot (%)", _rounded(share and share * 100)),
        ("Diserahkan ke petugas", people.asked),
        ("Di luar jam layanan", people.after_hours),
        ("Diambil petugas", people.taken),
        ("Menunggu petugas (menit, nilai tengah)", _rounded(people.waiting_minutes)),
        ("Sampai dijawab (menit, nilai tengah)", _rounded(people.answering_minutes)),
        ("Diambil dalam janji (%)", _rounded(kept and kept * 100)),
        ("Nilai kepuasan rata-rata (1-5)", _rounded(made.mean_score, 2)),
        *((f"Nilai {score}", count) for score, count in made.scores.items()),
        *((f"Pengaduan: {name}", count) for name, count in made.complaints),
    ]


def _rounded(value: float | None, places: int = 1) -> str:
    """With a decimal comma, as Indonesian spreadsheets read it; empty for what is not known."""
    return "" if value is None else f"{value:.{places}f}".replace(".", ",")


def bounds(office: Office, month: date) -> tuple[datetime, datetime]:
    """The first moment of the month and of the next one, in the office's zone."""
    return (
        datetime.combine(month, time(), office.zone),
        datetime.combine(next_month(month), time(), office.zone),
    )


def recapitulation(session: Session, office: Office, month: date, months: int) -> list[MonthRow]:
    """The last `months` months up to `month`, oldest first; empty ones before it are left out."""
    wanted = [month]
    while len(wanted) < months:
        wanted.append((wanted[-1] - timedelta(days=1)).replace(day=1))
    entered = {
        (row.month, row.channel): row.count
        for row in session.scalars(
            select(ChannelCount).where(
                ChannelCount.office == office.id, ChannelCount.month.in_(wanted)
            )
        )
    }
    rows = []
    for one in reversed(wanted):
        counts = {channel: entered.get((one, channel)) for channel in CHANNELS}
        if counts[WHATSAPP] is None:
            counts[WHATSAPP] = count_whatsapp(session, office, one) or None
        if one == month or any(count is not None for count in counts.values()):
            rows.append(MonthRow(one, counts))
    return rows


def _summed(of_offices: Sequence[list[MonthRow]]) -> list[MonthRow]:
    """The months of several offices, each summed; not entered is what none has entered."""
    counts: dict[date, dict[str, int | None]] = {}
    for row in sorted((row for rows in of_offices for row in rows), key=lambda row: row.month):
        kept = counts.setdefault(row.month, dict.fromkeys(CHANNELS))
        for channel, count in row.counts.items():
            if count is not None:
                kept[channel] = (kept[channel] or 0) + count
    return [MonthRow(month, kept) for month, kept in counts.items()]


def count_whatsapp(session: Session, office: Office, month: date) -> int:
    """Services over WhatsApp in a month: persons times days on which they wrote."""
    start, end = bounds(office, month)
    return len({(who, day) for who, day, _, _ in _said(session, office, start, end)})


def keep_finished_months(session: Session, offices: Sequence[Office], moment: datetime) -> None:
    """Write down last month's WhatsApp count, so that it outlives the messages it counts."""
    for office in offices:
        this_month = moment.astimezone(office.zone).date().replace(day=1)
        last = (this_month - timedelta(days=1)).replace(day=1)
        if session.get(ChannelCount, (office.id, last, WHATSAPP)) is None:
            count = count_whatsapp(session, office, last)
            if count:
                session.add(
                    ChannelCount(office=office.id, month=last, channel=WHATSAPP, count=count)
                )


def enter(session: Session, office: Office, month: date, counts: dict[str, str]) -> None:
    """Keep the hand-entered counts of a month; an empty field removes the entry.

    Raises:
        DeskError: something is no whole number, or the month has not begun.
    """
    if month > clock.today(office.zone):
        raise DeskError("Bulan itu belum mulai.")
    for channel in BY_HAND:
        text = counts.get(channel, "").strip().replace(".", "")
        kept = session.get(ChannelCount, (office.id, month, channel))
        if not text:
            if kept is not None:
                session.delete(kept)
            continue
        if not text.isdecimal() or int(text) > MOST:
            raise DeskError(f"{CHANNELS[channel]}: tulis angka bulat, misalnya 1.628.")
        if kept is None:
            kept = ChannelCount(office=office.id, month=month, channel=channel)
            session.add(kept)
        kept.count = int(text)


MessageRows = list[tuple[int, date, str, str]]
"""Conversation, local day, intent and text of each message; no text where it answers a form, and no
intent where its words are a name, a story or for an officer, which nobody understood wrongly. What
words were taken for at last is their intent.
"""


def _said(session: Session, office: Office, start: datetime, end: datetime) -> MessageRows:
    columns = (Message.conversation_id, Message.at, Message.intent, Message.text, Message.details)
    query = select(*columns, said_to_officer()).where(
        Message.office == office.id,
        Message.at >= start,
        Message.at < end,
        Message.author == CITIZEN,
    )
    query = query.order_by(Message.conversation_id, Message.at, Message.id)
    zone = office.zone
    rows: MessageRows = []
    for who, at, intent, text, details, to_officer in session.execute(query):
        if to_officer and intent == FALLBACK:
            intent, text = "", ""
        if details.get("stand_in") and rows and rows[-1][0] == who:
            rows[-1] = (*rows[-1][:2], intent, "")
        else:
            rows.append((who, at.astimezone(zone).date(), *_meant(intent, text, details)))
    return rows


def _meant(intent: str, text: str, details: Mapping[str, Any]) -> tuple[str, str]:
    told = (FALLBACK, intents().role.complaint)
    if not details.get("in_form"):
        return intent, text
    return "" if intent in told else intent, ""


def _handovers(session: Session, office: Office, start: datetime, end: datetime) -> list[Handover]:
    query = select(Handover).where(
        Handover.office == office.id, Handover.asked_at >= start, Handover.asked_at < end
    )
    return list(session.scalars(query))


def _surveys(session: Session, office: Office, start: datetime, end: datetime) -> list[Survey]:
    query = select(Survey).where(Survey.office == office.id, Survey.at >= start, Survey.at < end)
    return list(session.scalars(query))


def _services(
    said: MessageRows, asked: Sequence[Handover], chosen: Sequence[Office]
) -> tuple[int, int]:
    """How many services there were, and how many of them the bot solved alone."""
    zones = {office.id: office.zone for office in chosen}
    all_of_them = {(who, day) for who, day, _, _ in said}
    with_person = {
        (one.conversation_id, one.asked_at.astimezone(zones[one.office]).date()) for one in asked
    }
    open_ended = {(who, day) for who, day, intent, _ in said if intent == FALLBACK}
    return len(all_of_them), len(all_of_them - with_person - open_ended)


def _times(asked: Sequence[Handover], promises: Mapping[str, int]) -> Handovers:
    """Times in minutes; what was promised is each office's own."""
    in_hours = [one for one in asked if not one.after_hours]
    taken = [(one, _minutes(one.asked_at, one.taken_at)) for one in in_hours if one.taken_at]
    waits = [wait for _, wait in taken]
    answers = [_minutes(one.asked_at, one.answered_at) for one in in_hours if one.answered_at]
    kept = sum(wait <= promises[one.office] for one, wait in taken)
    return Handovers(
        asked=len(asked),
        after_hours=len(asked) - len(in_hours),
        taken=sum(one.taken_at is not None for one in asked),
        waiting_minutes=median(waits) if waits else None,
        answering_minutes=median(answers) if answers else None,
        within_promise=kept / len(in_hours) if in_hours else None,
    )


def _minutes(start: datetime, end: datetime) -> float:
    return (end - start).total_seconds() / 60


def _unanswered(said: MessageRows) -> list[tuple[str, int]]:
    """What the bot did not understand, the most frequent first, without personal numbers."""
    texts = Counter(
        " ".join(privacy.mask(text).lower().split())[:160]
        for _, _, intent, text in said
        if intent == FALLBACK and text
    )
    return texts.most_common(UNANSWERED_SHOWN)


def _complaints(session: Session, office: Office, start: datetime, end: datetime) -> Counter[str]:
    found = session.scalars(
        select(Ticket).where(
            Ticket.kind == "complaint",
            Ticket.office == office.id,
            Ticket.created_at >= start,
            Ticket.created_at < end,
        )
    )
    return Counter(category_name(one.details.get("category", "")) for one in found)
