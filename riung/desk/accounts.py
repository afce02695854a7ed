"""The people of the desk: their accounts, passwords and lockout."""

from __future__ import annotations

import re
import secrets
import threading
from collections.abc import Sequence
from datetime import timedelta

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from itsdangerous import BadData, URLSafeTimedSerializer
from sqlalchemy import select
from sqlalchemy.orm import Session

from riung import clock
from riung.backend.db import Database
from riung.desk import audit, sessions
from riung.desk.access import ALL_OFFICES, ROLE_NAMES, DeskError, Role, UnavailableError
from riung.desk.tables import User

PASSWORD_MIN = 10
FAILURES = 5
LOCKED_FOR = timedelta(minutes=15)

KNOWN_FOR = timedelta(days=90)
"""How long a browser is remembered as one in which the owner of an account logged in."""

HASHING = threading.BoundedSemaphore(4)
"""Passwords checked at once: each takes 64 MB of memory and 50 ms of a core."""

PATIENCE = 5.0
"""Seconds to wait for one's turn at it: some 200 people who log in before."""

REFUSAL = (
    f"Nama masuk atau kata sandi salah. Sesudah {FAILURES} kali salah, masuk ditutup "
    f"{int(LOCKED_FOR.total_seconds() // 60)} menit; admin bisa membuatkan kata sandi baru."
)

DEMO_LOGINS: tuple[tuple[str, str, Role], ...] = (
    ("rina", "Rina (contoh)", Role.SUPERVISOR),
    ("budi", "Budi (contoh)", Role.OFFICER),
    ("tami", "Tami (contoh)", Role.TRAINER),
)
"""Invented people for a try-out; their passwords are made afresh at every start."""

_LOGIN = re.compile(r"[a-z][a-z0-9._-]{2,39}")
_hasher = PasswordHasher()
_NOBODY = _hasher.hash(secrets.token_hex(8))
"""Checked when the login is unknown, so that the answer takes as long as for a known one."""


class AccountError(DeskError):
    """A form about an account cannot be accepted."""

    title = "Akun belum bisa disimpan"


class LoginFailedError(DeskError):
    """Wrong name or password, or locked; the message does not tell which.

    Attributes:
        is_spent: whether this browser had the one try that its owner has in a locked account.
    """

    title = "Belum bisa masuk"

    def __init__(self, *, is_spent: bool = False) -> None:
        super().__init__(REFUSAL)
        self.is_spent = is_spent


def create(
    session: Session,
    login: str,
    name: str,
    role: Role,
    offices: Sequence[str],
    password: str,
    *,
    must_change: bool = True,
) -> User:
    """Add an account.

    Raises:
        AccountError: the login is taken or misspelt, the password weak, or no office is given.
    """
    login = login.strip().lower()
    if not _LOGIN.fullmatch(login):
        raise AccountError("Nama masuk: 3–40 huruf kecil, angka, titik, atau tanda hubung.")
    if session.scalar(select(User.id).where(User.login == login)):
        raise AccountError(f"Nama masuk “{login}” sudah dipakai.")
    if not name.strip():
        raise AccountError("Nama lengkap belum diisi.")
    if not offices:
        raise AccountError("Pilih sedikitnya satu kantor.")
    check_password(password, login)
    user = User(
        login=login,
        name=name.strip()[:80],
        role=role.value,
        offices=list(offices),
        password_hash=_hasher.hash(password),
        must_change_password=must_change,
        created_at=clock.now(),
    )
    session.add(user)
    session.flush()
    return user


def check_password(password: str, login: str) -> None:
    """Refuse a weak password.

    Raises:
        AccountError: too short, or it is the login in another dress.
    """
    if len(password) < PASSWORD_MIN:
        raise AccountError(f"Kata sandi sedikitnya {PASSWORD_MIN} huruf.")
    if login in password.lower() or len(set(password)) < 5:
        raise AccountError("Kata sandi terlalu mudah ditebak; pakai kalimat pendek milik sendiri.")


def log_in(database: Database, login: str, password: str, known: str = "") -> str:
    """Check name and password and start a session; returns the cookie's value.

    After `FAILURES` wrong tries in a row the account is locked for `LOCKED_FOR`, but not for a
    browser in which its owner logged in before: else anybody could shut an admin out. Hashing is
    done outside the transaction: it takes some 50 ms, and others want to write.

    Args:
        database: the backend's.
        login: the name as typed.
        password: the password as typed.
        known: what `known_browser` gave this browser at an earlier login.

    Raises:
        LoginFailedError: the same words for a wrong name, a wrong password and a locked account.
        UnavailableError: too many log in at once.
    """
    now = clock.now()
    login = login.strip().lower()
    with database.reading() as session:
        user = session.scalar(select(User).where(User.login == login, User.active))
        stored = user.password_hash if user else _NOBODY
        locked = bool(user and user.locked_until and user.locked_until > now)
        is_known = user is not None and known_login(session, known) == user.login
    right = _matches_soon(stored, password) and user is not None
    if user is None or (locked and not is_known):
        raise LoginFailedError  # not in the audit: anybody could fill it
    with database.writing() as session:
        if right:
            found = get(session, user.id)
            found.failed_logins, found.locked_until, found.away = 0, None, False
            audit.write(session, found.login, "login")
            return sessions.start(session, found)
        if not locked:
            _count_failure(session, login)
            audit.write(session, login, "login_failed")
    raise LoginFailedError(is_spent=locked)


def known_browser(session: Session, login: str) -> str:
    """A signed word for a cookie: in this browser the owner of the account has logged in."""
    return _signer(session).dumps(login)


def known_login(session: Session, known: str) -> str:
    """Whose browser it is; "" when the word was not made here or is too old."""
    try:
        return str(_signer(session).loads(known, max_age=int(KNOWN_FOR.total_seconds())))
    except BadData:
        return ""


def change_password(session: Session, user_id: int, old: str, new: str) -> None:
    """Let somebody choose a new password; every other browser of theirs is logged out.

    Raises:
        AccountError: the old one is wrong or the new one weak.
    """
    user = get(session, user_id)
    if not _matches(user.password_hash, old):
        raise AccountError("Kata sandi lama tidak cocok.")
    if old == new:
        raise AccountError("Kata sandi baru harus berbeda dari yang lama.")
    check_password(new, user.login)
    user.password_hash = _hasher.hash(new)
    user.must_change_password = False
    sessions.end_all(session, user_id)


def update(
    session: Session, user_id: int, name: str, role: Role, offices: Sequence[str], active: bool
) -> User:
    """Change what an account is; who is switched off is logged out at once.

    Raises:
        AccountError: no such account, no office, or it would leave the desk without an admin.
    """
    user = get(session, user_id)
    if not offices:
        raise AccountError("Pilih sedikitnya satu kantor.")
    if user.role == Role.ADMIN.value and (role is not Role.ADMIN or not active):
        _check_another_admin(session, user_id)
    user.name, user.role, user.offices = name.strip()[:80] or user.name, role.value, list(offices)
    user.active = active
    if not active:
        sessions.end_all(session, user_id)
    return user


def reset_password(session: Session, user_id: int) -> tuple[User, str]:
    """Give an account a fresh first password, unlock it, and log it out everywhere.

    Raises:
        AccountError: no such account.
    """
    user = get(session, user_id)
    password = new_password()
    user.password_hash = _hasher.hash(password)
    user.must_change_password, user.failed_logins, user.locked_until = True, 0, None
    sessions.end_all(session, user_id)
    return user, password


def get(session: Session, user_id: int) -> User:
    """One account.

    Raises:
        AccountError: there is no such account.
    """
    user = session.get(User, user_id)
    if user is None:
        raise AccountError("Akun itu tidak ada.")
    return user


def everyone(session: Session) -> list[User]:
    """All accounts by name, those switched off last."""
    return list(session.scalars(select(User).order_by(User.active.desc(), User.name)))


def colleagues(session: Session, office: str) -> list[User]:
    """Who can take a conversation of this office."""
    talkers = (Role.OFFICER.value, Role.SUPERVISOR.value, Role.ADMIN.value)
    active = session.scalars(
        select(User).where(User.active, User.role.in_(talkers)).order_by(User.name)
    )
    return [user for user in active if office in user.offices or ALL_OFFICES in user.offices]


def names(session: Session) -> dict[int, str]:
    """Id → name, for lists."""
    return {row.id: row.name for row in session.execute(select(User.id, User.name))}


def new_password() -> str:
    """A password that can be read out over the phone: four groups of four."""
    alphabet = "abcdefghjkmnpqrstuvwxyz23456789"
    groups = ("".join(secrets.choice(alphabet) for _ in range(4)) for _ in range(4))
    return "-".join(groups)


def create_admin(database: Database, login: str, name: str = "") -> str:
    """Make the first admin, for `python -m riung.cli admin <login>`; returns the password.

    Raises:
        AccountError: the login is taken or misspelt.
    """
    password = new_password()
    with database.writing() as session:
        create(session, login, name or login, Role.ADMIN, [ALL_OFFICES], password)
        audit.write(session, "command line", "user_created", login)
    return password


def ensure_demo_accounts(database: Database) -> list[tuple[str, str, str]]:
    """Make the invented people of the demo, or give them new passwords.

    Returns:
        Login, password and what each is at the desk, to be printed at the start.
    """
    made = []
    with database.writing() as session:
        for login, name, role in DEMO_LOGINS:
            user = session.scalar(select(User).where(User.login == login))
            if user is None:
                user = create(session, login, name, role, [ALL_OFFICES], new_password())
            _, password = reset_password(session, user.id)
            user.must_change_password = False
            made.append((login, password, ROLE_NAMES[role]))
    return made


def _matches(stored: str, password: str) -> bool:
    try:
        return _hasher.verify(stored, password)
    except (VerificationError, InvalidHashError):
        return False


def _matches_soon(stored: str, password: str) -> bool:
    """The same when it is our turn; others' logins must not take the memory of the whole office."""
    if not HASHING.acquire(timeout=PATIENCE):
        raise UnavailableError("Terlalu banyak orang masuk bersamaan. Coba lagi sebentar lagi.")
    try:
        return _matches(stored, password)
    finally:
        HASHING.release()


def _signer(session: Session) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(session.info["hash_key"], salt="riung.desk.known")


def _count_failure(session: Session, login: str) -> None:
    user = session.scalar(select(User).where(User.login == login).with_for_update())
    if user is None:
        return
    user.failed_logins += 1
    if user.failed_logins >= FAILURES:
        user.failed_logins, user.locked_until = 0, clock.now() + LOCKED_FOR


def _check_another_admin(session: Session, user_id: int) -> None:
    others = session.scalar(
        select(User.id).where(User.active, User.role == Role.ADMIN.value, User.id != user_id)
    )
    if others is None:
        raise AccountError("Ini admin terakhir; angkat admin lain dahulu.")
