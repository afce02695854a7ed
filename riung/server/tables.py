"""All tables of the backend, imported in one place so that Alembic sees them."""

from riung.backend.applications.tables import Application, StageChange, UnknownLookup
from riung.backend.bookings.tables import Attempt, Booking, Flag
from riung.backend.notices.tables import Notice
from riung.backend.people import PersonId
from riung.backend.quotas.tables import Day
from riung.backend.subscriptions.tables import OptOut, Subscription
from riung.backend.waiting_list.tables import WaitingEntry
from riung.desk import tables as desk
from riung.desk.cases.tables import Case, CaseStep
from riung.desk.tickets.tables import Ticket

__all__ = [
    "Application",
    "Attempt",
    "Booking",
    "Case",
    "CaseStep",
    "Day",
    "Flag",
    "Notice",
    "OptOut",
    "PersonId",
    "StageChange",
    "Subscription",
    "Ticket",
    "UnknownLookup",
    "WaitingEntry",
    "desk",
]
