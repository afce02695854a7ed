"""Whatever citizens and officers do in whatever order, the queue's promises hold."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from riung.backend.bookings.booking import book
from riung.backend.bookings.booking_request import BookingRequest, checked_details
from riung.backend.bookings.rescheduling import cancel, find_booking, reschedule
from riung.backend.bookings.tables import OPEN, Booking
from riung.backend.db import Database, migrate
from riung.backend.problems import Problem
from riung.backend.quotas.day_updates import change_day
from riung.backend.quotas.days import day_view
from riung.backend.waiting_list.tables import LIVE, WaitingEntry
from riung.backend.waiting_list.waiting import accept, expire_offers, find_entry, join, leave
from riung.office.offices import office
from tests.riung.backend.citizens import PLACE, local, nik, phone

DAYS = (date(2026, 11, 24), date(2026, 12, 1))
CITIZENS = st.integers(0, 5)
A_DAY = st.sampled_from(DAYS)
START = local("2026-11-20T08:00:00")
"""The opening; the first messages come some minutes later."""


class Queue(RuleBasedStateMachine):
    """Six citizens, two days of few places, an officer, and a clock."""

    url: str

    @initialize(capacity=st.integers(1, 2), order=st.permutations(range(6)))
    def a_full_day_with_a_line(self, capacity: int, order: list[int]) -> None:
        self.database = Database(self.url, "key")
        with self.database.writing() as session:
            for table in (WaitingEntry, Booking):
                session.query(table).delete()
        self.now, self.messages = START + timedelta(minutes=5), 0
        self.place = office("pemalang").place("mpp_batang")
        self.lowered: dict[date, bool] = dict.fromkeys(DAYS, False)
        self.restored: set[str] = set()
        for day, places in zip(DAYS, (capacity, 3), strict=True):
            self._change(day, {"regular": places, "opens_at": START, "closed": False})
        for citizen in order[:capacity]:
            self._book(citizen, citizen, DAYS[0])
        self._book(order[-1], order[-1], DAYS[1])
        for citizen in order[capacity : capacity + 3]:
            self._wait(citizen, citizen, DAYS[0], seconds=citizen)

    def teardown(self) -> None:
        self.database.dispose()

    @rule(citizen=CITIZENS, identity=CITIZENS, day=A_DAY, again=st.booleans())
    def book(self, citizen: int, identity: int, day: date, again: bool) -> None:
        self._book(citizen, identity, day, times=2 if again else 1)

    @rule(citizen=CITIZENS, day=A_DAY, seconds=st.integers(0, 60))
    def wait(self, citizen: int, day: date, seconds: int) -> None:
        self._wait(citizen, citizen, day, seconds)

    @rule(data=st.data(), by_officer=st.booleans())
    def cancel(self, data: st.DataObject, by_officer: bool) -> None:
        code = self._choose(data, Booking)
        if code:
            self._try(lambda s: cancel(s, find_booking(s, code), self.now, by_officer=by_officer))

    @rule(data=st.data(), day=A_DAY)
    def reschedule(self, data: st.DataObject, day: date) -> None:
        code = self._choose(data, Booking)
        if code:
            self._try(lambda s: reschedule(s, find_booking(s, code), None, day, self.now))

    @rule(data=st.data())
    def accept(self, data: st.DataObject) -> None:
        code = self._choose(data, WaitingEntry)
        if code:
            self._try(lambda s: accept(s, find_entry(s, code), self.now))

    @rule(data=st.data())
    def leave(self, data: st.DataObject) -> None:
        code = self._choose(data, WaitingEntry)
        if code:
            self._try(lambda s: leave(s, find_entry(s, code), self.now))

    @rule(day=A_DAY, capacity=st.integers(0, 3))
    def change_capacity(self, day: date, capacity: int) -> None:
        self._change(day, {"regular": capacity})

    @rule(day=A_DAY, closed=st.booleans())
    def close_or_open(self, day: date, closed: bool) -> None:
        self._change(day, {"closed": closed, "reason": "Listrik padam"})

    @precondition(lambda self: self.now < local("2026-11-23T14:00:00"))
    @rule(minutes=st.integers(1, 600))
    def time_passes(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)
        expire_offers(self.database, self.now)

    @invariant()
    def no_day_is_overbooked(self) -> None:
        for day in DAYS:
            with self.database.reading() as session:
                view = day_view(session, office("pemalang"), self.place, day)
            over = view.taken("regular") + view.offered.get("regular", 0) - view.capacity("regular")
            assert over <= 0 or self.lowered[day]

    @invariant()
    def numbers_are_unique(self) -> None:
        numbers = [(one.date, one.queue_number) for one in self._rows(Booking)]
        assert len(numbers) == len(set(numbers))

    @invariant()
    def everybody_has_one_open_booking(self) -> None:
        held = [one for one in self._rows(Booking) if one.status in OPEN]
        assert len({one.sender for one in held}) == len(held)
        assert len({one.identity_hash for one in held}) == len(held)

    @invariant()
    def nobody_is_offered_a_place_before_those_who_wait_longer(self) -> None:
        entries = self._rows(WaitingEntry)
        for waiting in (one for one in entries if one.status == "waiting"):
            if waiting.code in self.restored:  # once offered a place, which the closing took away
                continue
            overtaking = [
                one
                for one in entries
                if one.date == waiting.date
                and one.offered_at is not None
                and one.offered_at >= waiting.created_at
                and (one.sent_at, one.id) > (waiting.sent_at, waiting.id)
            ]
            assert not overtaking

    @invariant()
    def no_place_stays_free_while_somebody_waits(self) -> None:
        waiting = {one.date for one in self._rows(WaitingEntry) if one.status == "waiting"}
        for day in waiting:
            with self.database.reading() as session:
                view = day_view(session, office("pemalang"), self.place, day)
            assert view.status("regular", self.now) != "open"

    def _book(self, citizen: int, identity: int, day: date, times: int = 1) -> None:
        request = self._request(citizen, identity, day)
        for _ in range(times):
            with self.database.writing() as session:
                details = checked_details(session, request, f"wamid.{self.messages}", self.now)
                book(session, details, self.now)

    def _wait(self, citizen: int, identity: int, day: date, seconds: int) -> None:
        """Ask to wait by a message that was `seconds` on its way."""
        request = self._request(citizen, identity, day, seconds)
        self._try(
            lambda s: join(
                s, checked_details(s, request, f"wamid.{self.messages}", self.now), self.now
            )
        )

    def _request(self, citizen: int, identity: int, day: date, seconds: int = 0) -> BookingRequest:
        self.messages += 1
        self.now += timedelta(seconds=1)  # so that nothing happens at the same instant
        return BookingRequest(
            **PLACE,
            date=day,
            phone=phone(citizen),
            name="Warga Contoh",
            nik=nik(identity),
            sent_at=self.now - timedelta(seconds=seconds),
        )

    def _change(self, day: date, values: dict[str, object]) -> None:
        left = {one.code for one in self._rows(WaitingEntry) if one.status == "closed"}
        with self.database.writing() as session:
            view = change_day(session, office("pemalang"), self.place, day, values, self.now)
        back = {one.code for one in self._rows(WaitingEntry) if one.status in LIVE}
        self.restored |= left & back
        taken = view.taken("regular") + view.offered.get("regular", 0)
        self.lowered[day] = taken > view.capacity("regular")

    def _choose(self, data: st.DataObject, table: type[Booking] | type[WaitingEntry]) -> str | None:
        codes = [str(row.code) for row in self._rows(table)]
        return codes[data.draw(st.integers(0, len(codes) - 1))] if codes else None

    def _try(self, step) -> None:
        """Do it; being refused is fine, and leaves everything as it was."""
        try:
            with self.database.writing() as session:
                step(session)
        except Problem:
            pass

    def _rows(self, table) -> list:
        with self.database.reading() as session:
            return session.query(table).order_by(table.id).all()


MODERATE = settings(
    max_examples=20,
    stateful_step_count=25,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],  # shrinking would take minutes
)


def test_the_queue_keeps_its_promises(any_url: str) -> None:
    migrate(any_url)
    machine = type("Queue", (Queue,), {"url": any_url})
    run_state_machine_as_test(machine, settings=MODERATE)
