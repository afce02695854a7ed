"""The one client of the backend's API, for custom actions.

Calls block: run them in a thread. Answers are the API's JSON (docs/api.md) as dicts and lists.
Its errors are those of `riung.backend_errors`, and are imported from here.
"""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache

from riung.backend_connection import BOOKING_SECONDS, Json
from riung.backend_errors import (
    Answer,
    BackendDown,
    BackendError,
    BackendRefused,
    Conflict,
    Invalid,
    NotFound,
    TooMany,
)
from riung.case_calls import CaseCalls
from riung.settings import Settings, settings

__all__ = [
    "Answer",
    "BackendClient",
    "BackendDown",
    "BackendError",
    "BackendRefused",
    "Conflict",
    "Invalid",
    "Json",
    "NotFound",
    "TooMany",
    "backend",
]

KEY = "Idempotency-Key"
"""The header by which the backend knows a call that it was given before."""


class BackendClient(CaseCalls):
    """What can be asked of one backend."""

    @classmethod
    def from_settings(cls, chosen: Settings) -> BackendClient:
        """A client as the environment says."""
        return cls(chosen.backend_url, chosen.api_key)

    def application(self, number: str, language: str, sender: str | None = None) -> Json:
        """Stage of an application, worded so. NotFound, Invalid, TooMany (needs `sender`)."""
        headers = {"Accept-Language": language, **({"X-Riung-Sender": sender} if sender else {})}
        answer: Json = self._call("GET", f"/applications/{number}", headers=headers)
        return answer

    def quotas(
        self,
        office: str,
        start: date | None = None,
        end: date | None = None,
        place: str | None = None,
        service_class: str = "regular",
    ) -> list[Json]:
        """Days with what is left of them; from today, as far as the office offers days."""
        asked = {"office": office, "from": start, "to": end, "place": place}
        return list(self._call("GET", "/quotas", params={**asked, "service_class": service_class}))

    def identity(self, nik: str) -> Json:
        """`identity` (a token to keep instead of the NIK) and `last4`. Invalid with `nik_…`."""
        answer: Json = self._call("POST", "/identities", json={"nik": nik})
        return answer

    def book(
        self,
        *,
        key: str,
        office: str,
        place: str,
        day: date,
        sender: str,
        name: str,
        identity: str,
        kind: str = "baru",
        service_class: str = "regular",
        sent_at: datetime | None = None,
        sequence: int | None = None,
    ) -> Json:
        """Take a place; `key` is the WhatsApp message id. Conflict, Invalid."""
        body = _wish(office, place, day, sender, name, identity, kind, service_class)
        body |= {"sent_at": sent_at, "sequence": sequence}
        answer: Json = self._call(
            "POST", "/bookings", json=body, headers=_key(key), patience=BOOKING_SECONDS
        )
        return answer

    def bookings(self, sender: str) -> list[Json]:
        """The sender's open bookings."""
        return self._listed("/bookings", phone=sender)

    def cancel(self, code: str, sender: str, sent_at: datetime | None = None) -> Json:
        """Give the place back; `sent_at` is when that was written, aware.

        NotFound, Conflict (`too_late`, `booking_over`).
        """
        params = {"phone": sender} | ({"sent_at": sent_at.isoformat()} if sent_at else {})
        answer: Json = self._call("DELETE", f"/bookings/{code}", params=params)
        return answer

    def reschedule(
        self,
        code: str,
        sender: str,
        day: date,
        place: str | None = None,
        sent_at: datetime | None = None,
    ) -> Json:
        """Move a booking; `sent_at` as in `cancel`.

        NotFound, Conflict (`too_late`, `moves_used`, `quota_full`, …).
        """
        body = {"date": day, "place": place, "phone": sender, "sent_at": sent_at}
        answer: Json = self._call("POST", f"/bookings/{code}/reschedule", json=body)
        return answer

    def join_waiting_list(
        self,
        *,
        key: str,
        office: str,
        place: str,
        day: date,
        sender: str,
        name: str,
        identity: str,
        kind: str = "baru",
        service_class: str = "regular",
        sent_at: datetime | None = None,
    ) -> Json:
        """Wait for a full day. Conflict (`places_free`, `already_waiting`, `already_booked`)."""
        body = _wish(office, place, day, sender, name, identity, kind, service_class)
        body["sent_at"] = sent_at
        answer: Json = self._call("POST", "/waiting-list", json=body, headers=_key(key))
        return answer

    def waiting(self, sender: str) -> list[Json]:
        """What the sender waits for; an entry with status `offered` can be accepted."""
        return self._listed("/waiting-list", phone=sender)

    def accept_offer(self, code: str, sender: str) -> Json:
        """Take the offered place. Conflict (`offer_expired`, `not_offered`)."""
        path = f"/waiting-list/{code}/accept"
        answer: Json = self._call("POST", path, params={"phone": sender})
        return answer

    def leave_waiting_list(self, code: str, sender: str) -> Json:
        """Leave the line or decline the offer."""
        answer: Json = self._call("DELETE", f"/waiting-list/{code}", params={"phone": sender})
        return answer

    def queue_now(
        self, place: str, office: str, sender: str | None = None, code: str | None = None
    ) -> Json:
        """The number being served and, for a sender's booking of today, how long it may take."""
        params = {"office": office, "place": place, "phone": sender, "code": code}
        answer: Json = self._call("GET", "/counter/now", params=params)
        return answer

    def open_ticket(
        self,
        *,
        kind: str,
        office: str,
        conversation_id: str | None,
        key: str | None = None,
        phone: str | None = None,
        subject: str = "",
        last_messages: list[Json] | None = None,
        details: dict[str, str] | None = None,
        files: list[str] | None = None,
        asked_at: datetime | None = None,
    ) -> Json:
        """Ask for a person: `handover`, `complaint` or `home_service`.

        `last_messages`: `{"sender": "citizen" | "bot" | "officer", "text": …, "at"?: ISO}`;
        `asked_at`: when the citizen wrote it, aware.
        """
        body = {
            "kind": kind,
            "office": office,
            "conversation_id": conversation_id,
            "phone": phone,
            "subject": subject,
            "last_messages": last_messages or [],
            "details": details or {},
            "files": files or [],
            "asked_at": asked_at.isoformat() if asked_at else None,
        }
        answer: Json = self._call("POST", "/tickets", json=body, headers=_key(key))
        return answer

    def add_to_ticket(self, code: str, text: str, file: str = "") -> Json:
        """Add what the citizen wrote to a request, and the file sent with it. NotFound, Conflict
        (`ticket_closed`).
        """
        body = {"text": text, "files": [file]} if file else {"text": text}
        answer: Json = self._call("POST", f"/tickets/{code}/messages", json=body)
        return answer

    def ticket(self, code: str) -> Json:
        """How far a request is. NotFound."""
        answer: Json = self._call("GET", f"/tickets/{code}")
        return answer

    def complaints(self, conversation: str) -> list[Json]:
        """The complaints that carry this conversation, the newest first."""
        return self._listed("/tickets", conversation=conversation, kind="complaint")

    def announcements(self, office: str) -> list[Json]:
        """What the office announces now: `id`, `kind` (outage, news), `text`, `ends_at`."""
        return self._listed("/announcements", office=office)

    def subscribe(self, kind: str, subject: str, sender: str, office: str) -> Json:
        """`status` of an application number, `quota` of a place, `passport` until its last day, or
        `payment` until its limit. NotFound, Invalid.
        """
        body = {"kind": kind, "subject": subject, "phone": sender, "office": office}
        answer: Json = self._call("POST", "/subscriptions", json=body)
        return answer

    def opt_out(self, sender: str) -> Json:
        """No more reminders and news for the sender."""
        answer: Json = self._call("DELETE", "/subscriptions", params={"phone": sender})
        return answer

    def erase(self, sender: str) -> Json:
        """Delete what is kept about the sender; open bookings stay until they are cancelled."""
        answer: Json = self._call("DELETE", "/people", params={"phone": sender})
        return answer

    def ask_for_erasure(self, sender: str) -> Json:
        """Have everything about the sender erased in a minute, also in the channel; how many
        `open_bookings` and `open_tickets` have to stay for now.
        """
        answer: Json = self._call("POST", "/people/erasures", params={"phone": sender})
        return answer

    def _listed(self, path: str, **asked: str) -> list[Json]:
        return list(self._call("GET", path, params=asked))


@lru_cache(maxsize=1)
def backend() -> BackendClient:
    """The client of this process."""
    return BackendClient.from_settings(settings())


def _wish(
    office: str,
    place: str,
    day: date,
    sender: str,
    name: str,
    identity: str,
    kind: str,
    service_class: str,
) -> Json:
    of_whom = {"phone": sender, "name": name, "identity": identity}
    of_what = {"office": office, "place": place, "date": day}
    return {**of_what, **of_whom, "kind": kind, "service_class": service_class}


def _key(key: str | None) -> dict[str, str]:
    return {KEY: key} if key else {}
