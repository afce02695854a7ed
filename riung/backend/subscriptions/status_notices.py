"""Telling subscribers that what they waited for has happened."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import select
from sqlalchemy.orm import Session

from riung.backend.applications.tables import Application
from riung.backend.notices.outbox import plan, withdraw
from riung.backend.subscriptions.tables import Subscription
from riung.formatting import group4
from riung.localized import in_both
from riung.office.message_hours import MessageHours
from riung.office.offices import offices
from riung.office.stages import stage_wording

USEFUL = timedelta(days=3)
"""A change of stage is worth telling for so long."""


def tell_status_changed(session: Session, application: Application, now: datetime) -> None:
    """Plan a message to everybody who asked about this application, with its newest stage only."""
    office = offices().get(application.office)
    if office is None:
        return
    said = partial(stage_wording, office, application.route, application.stage)
    for subscription in _subscriptions(session, application.number):
        withdraw(session, _about(subscription))
        due = MessageHours.of(office).next_moment(now)
        plan(
            session,
            key=f"{_about(subscription)}{application.stage}:{int(application.updated_at.timestamp())}",
            kind="status_berubah",
            office=subscription.office,
            to=subscription.sender,
            variables={
                "nomor": group4(application.number),
                "tahap": in_both(lambda language: said(language)["stage_label"]),
                "langkah": in_both(lambda language: said(language)["next_step"]),
            },
            due_at=due,
            expires_at=due + USEFUL,
            now=now,
        )


def take_back_news(session: Session, number: str) -> None:
    """Drop what nobody has been told yet about an application, because it was a mistake."""
    for subscription in _subscriptions(session, number):
        withdraw(session, _about(subscription))


def _subscriptions(session: Session, number: str) -> list[Subscription]:
    wanted = select(Subscription).filter_by(kind="status", subject=number)
    return list(session.execute(wanted).scalars())


def _about(subscription: Subscription) -> str:
    """How the keys of all news for this subscription begin."""
    return f"status:{subscription.id}:"
