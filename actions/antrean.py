"""Places in the queue: where an office takes bookings over WhatsApp, and where M-Paspor does."""

from __future__ import annotations

from actions.turn import Events, RiungAction, Turn


class BookPlace(RiungAction):
    """The wish for a place in the queue."""

    action_name = "action_daftar_antrean"

    def answer(self, turn: Turn) -> Events | None:
        """Offices without bookings over WhatsApp: the M-Paspor steps and a warning."""
        turn.say("utter_antrean_mpaspor")
        return None


class MyBooking(RiungAction):
    """What the citizen has booked."""

    action_name = "action_antrean_saya"

    def answer(self, turn: Turn) -> Events | None:
        """Where to find it."""
        turn.say("utter_antrean_saya")
        return None


class Reschedule(RiungAction):
    """Another day for a booking."""

    action_name = "action_ubah_jadwal"

    def answer(self, turn: Turn) -> Events | None:
        """How it is done."""
        turn.say("utter_ubah_jadwal")
        return None


class CancelBooking(RiungAction):
    """Giving a booked place back."""

    action_name = "action_batal_antrean"

    def answer(self, turn: Turn) -> Events | None:
        """How it is done."""
        turn.say("utter_batal_antrean")
        return None
