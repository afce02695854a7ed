"""Who may do what at the desk: roles, rights, and the rule every route carries.

A route names its rule as a dependency, `Depends(May(Right.TALK))`; `PUBLIC` marks the few pages
that need no login. A test walks all routes and fails on one without a rule.
"""

from __future__ import annotations

import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from http import HTTPStatus
from typing import Annotated

from fastapi import Depends, Request

from riung.backend.db import database
from riung.desk import sessions
from riung.office.model import Office
from riung.office.offices import default_office, offices

COOKIE = "riung_desk"
CSRF_HEADER = "X-CSRF-Token"
CSRF_FIELD = "csrf"
_SAFE_METHODS = frozenset({"GET", "HEAD"})


class Role(str, Enum):
    """What somebody is at the desk."""

    OFFICER = "officer"
    SUPERVISOR = "supervisor"
    TRAINER = "trainer"
    ADMIN = "admin"


ROLE_NAMES = {
    Role.OFFICER: "Petugas",
    Role.SUPERVISOR: "Penyelia",
    Role.TRAINER: "Pelatih bot",
    Role.ADMIN: "Admin",
}


class Right(str, Enum):
    """One thing a role may or may not do."""

    ACCOUNT = "account"  # one's own password
    TALK = "talk"
    ERASE = "erase"  # a citizen's data, at their request
    ASSIGN = "assign"  # give a conversation to somebody else, or take it away
    COMPLAINTS = "complaints"
    COUNTER = "counter"
    CASES = "cases"  # visits to the sick, and applicants at their seats
    ANNOUNCE = "announce"
    IMPORT = "import"
    REPORTS = "reports"
    EXPORT = "export"
    AUDIT = "audit"
    USERS = "users"
    TRAIN = "train"  # review messages, change the draft, publish


_OFFICER = frozenset(
    {
        Right.ACCOUNT,
        Right.TALK,
        Right.COMPLAINTS,
        Right.COUNTER,
        Right.CASES,
        Right.ANNOUNCE,
        Right.IMPORT,
    }
)
RIGHTS: dict[Role, frozenset[Right]] = {
    Role.OFFICER: _OFFICER,
    Role.SUPERVISOR: _OFFICER
    | {Right.ERASE, Right.ASSIGN, Right.REPORTS, Right.EXPORT, Right.AUDIT},
    Role.TRAINER: frozenset({Right.ACCOUNT, Right.REPORTS, Right.TRAIN}),
    Role.ADMIN: frozenset(Right),
}

ALL_OFFICES = "*"
"""Stands in a user's list of offices for every office there is, also later ones."""


class DeskError(Exception):
    """Something the person at the desk reads; `status` is the HTTP status of the page."""

    status = HTTPStatus.BAD_REQUEST
    title = "Tidak bisa dilakukan"

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class LoginNeededError(DeskError):
    """Nobody is logged in, or the session ended."""

    status = HTTPStatus.UNAUTHORIZED
    title = "Silakan masuk"


class PasswordChangeNeededError(DeskError):
    """The password was set by somebody else and has to be replaced first."""

    status = HTTPStatus.FORBIDDEN
    title = "Ganti kata sandi dahulu"


class RefusedError(DeskError):
    """The role or the office does not allow it."""

    status = HTTPStatus.FORBIDDEN
    title = "Tidak diizinkan"


class MissingError(DeskError):
    """What was asked for is not there, or stands with an office this person does not see."""

    status = HTTPStatus.NOT_FOUND
    title = "Tidak ditemukan"


class ConflictError(DeskError):
    """Somebody else was quicker; the page is out of date."""

    status = HTTPStatus.CONFLICT
    title = "Keadaan sudah berubah"


class UnavailableError(DeskError):
    """Rasa or the channel does not answer; nothing was changed."""

    status = HTTPStatus.SERVICE_UNAVAILABLE
    title = "Belum bisa dikirim"


@dataclass(frozen=True)
class Principal:
    """Who is logged in."""

    id: int
    login: str
    name: str
    role: Role
    offices: tuple[str, ...]
    csrf: str = ""
    away: bool = False

    def may(self, right: Right) -> bool:
        """Whether the role has the right."""
        return right in RIGHTS[self.role]

    def sees(self, office: str) -> bool:
        """Whether the office is one of this person's."""
        return ALL_OFFICES in self.offices or office in self.offices

    def covers(self, others: Sequence[str]) -> bool:
        """Whether all these offices are this person's; only somebody of all offices covers "*"."""
        return ALL_OFFICES in self.offices or set(others) <= set(self.offices)

    def visible_offices(self) -> list[Office]:
        """The offices of this person that still exist: the default one first, then by name."""
        found = [office for key, office in offices().items() if self.sees(key)]
        first = default_office().id
        return sorted(found, key=lambda office: (office.id != first, office.nama_singkat))

    def pick_office(self, asked: str) -> Office:
        """The office a page is about: the asked one, else the first of this person's.

        Raises:
            RefusedError: the asked one is not this person's, or there is none at all.
        """
        mine = {office.id: office for office in self.visible_offices()}
        if asked and asked not in mine:
            raise RefusedError("Kantor itu di luar wewenang Anda.")
        if not mine:
            raise RefusedError("Akun Anda belum diberi kantor. Minta admin menambahkannya.")
        return mine[asked] if asked else next(iter(mine.values()))


def principal(user: sessions.LoggedIn) -> Principal:
    """The principal of a logged-in user."""
    offices_of = tuple(user.offices)
    return Principal(
        user.id, user.login, user.name, Role(user.role), offices_of, user.csrf, user.away
    )


async def sent_csrf(request: Request) -> str:
    """The CSRF token that came with an unsafe request, from its header or its form."""
    if request.method in _SAFE_METHODS:
        return ""
    header = request.headers.get(CSRF_HEADER)
    if header:
        return header
    value = (await request.form()).get(CSRF_FIELD)
    return value if isinstance(value, str) else ""


class May:
    """The rule of a route: logged in, with this right, and with the session's CSRF token."""

    def __init__(self, right: Right) -> None:
        self.right = right

    def __call__(self, request: Request, csrf: Annotated[str, Depends(sent_csrf)]) -> Principal:
        """Let the request pass as somebody, or raise a `DeskError`."""
        user = sessions.find(database(request), request.cookies.get(COOKIE, ""))
        if user is None:
            raise LoginNeededError("Sesi Anda sudah berakhir. Silakan masuk lagi.")
        if request.method not in _SAFE_METHODS and not same(csrf, user.csrf):
            raise RefusedError("Formulir ini kedaluwarsa. Muat ulang halaman, lalu coba lagi.")
        if user.must_change_password and self.right is not Right.ACCOUNT:
            raise PasswordChangeNeededError("Kata sandi awal harus diganti sebelum mulai bekerja.")
        who = principal(user)
        if not who.may(self.right):
            raise RefusedError(f"Peran {ROLE_NAMES[who.role]} tidak mempunyai wewenang ini.")
        request.state.principal = who
        return who


def same(given: str, expected: str) -> bool:
    """Compare two secrets in constant time."""
    return hmac.compare_digest(given.encode("utf-8", "replace"), expected.encode())


def public() -> None:
    """The rule of pages that need no login: the login page itself and its style sheet."""


PUBLIC = Depends(public)

Account = Annotated[Principal, Depends(May(Right.ACCOUNT))]
Talker = Annotated[Principal, Depends(May(Right.TALK))]
Eraser = Annotated[Principal, Depends(May(Right.ERASE))]
ComplaintHandler = Annotated[Principal, Depends(May(Right.COMPLAINTS))]
CounterClerk = Annotated[Principal, Depends(May(Right.COUNTER))]
CaseWorker = Annotated[Principal, Depends(May(Right.CASES))]
Announcer = Annotated[Principal, Depends(May(Right.ANNOUNCE))]
Importer = Annotated[Principal, Depends(May(Right.IMPORT))]
Reader = Annotated[Principal, Depends(May(Right.REPORTS))]
Exporter = Annotated[Principal, Depends(May(Right.EXPORT))]
Auditor = Annotated[Principal, Depends(May(Right.AUDIT))]
Trainer = Annotated[Principal, Depends(May(Right.TRAIN))]
Administrator = Annotated[Principal, Depends(May(Right.USERS))]
