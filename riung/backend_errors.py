# ruff: noqa: N818  (errors are named for what happened, as httpx does)
"""What a call of the backend may end in.

One family, so that an action catches what it can say something about:

    BackendError
    ├── BackendDown      not reachable, slow, or failing; `may_be_done` tells what is not sure
    ├── BackendRefused   our key is wrong: an operator has to act; citizens read the outage answer
    └── Answer           the backend's own no, with its stable `code` and `problem` document
        ├── NotFound     application_not_found, booking_not_found, place_not_found, …
        ├── Conflict     quota_full, already_booked, quota_closed, not_yet_open, too_late, …
        ├── Invalid      nik_length, nik_birth_date, name_invalid, number_malformed, …
        └── TooMany      too_many_unknown, with `retry_after` in seconds
"""

from __future__ import annotations

from typing import Any


class BackendError(Exception):
    """Any call that did not give what was asked for."""


class BackendDown(BackendError):
    """Nobody answered; repeating the call is safe.

    Attributes:
        may_be_done: whether it was to change something, and may have done so all the same.
    """

    def __init__(self, reason: str, may_be_done: bool = False) -> None:
        super().__init__(reason)
        self.may_be_done = may_be_done


class BackendRefused(BackendError):
    """401: `RIUNG_API_KEY` differs between actions and backend."""


class Answer(BackendError):
    """The backend said no. `code` is stable, `problem` holds the rest of the document."""

    def __init__(self, problem: dict[str, Any]) -> None:
        self.problem = problem
        self.code = str(problem.get("code", "unknown"))
        super().__init__(self.code)


class NotFound(Answer):
    """404."""


class Conflict(Answer):
    """409."""


class Invalid(Answer):
    """422 and 413."""


class TooMany(Answer):
    """429; `retry_after` in seconds."""

    @property
    def retry_after(self) -> int:
        """Seconds to wait."""
        return int(self.problem.get("retry_after", 60))


ANSWERS: dict[int, type[Answer]] = {404: NotFound, 409: Conflict, 429: TooMany}
"""Status → what it means."""
