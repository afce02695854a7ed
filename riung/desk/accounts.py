"""The people of the desk: their accounts, passwords and lockout."""

from __future__ import annotations

import re
import secrets
from collections.abc import Sequence
from datetime import timedelta

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import select
from sqlalchemy.orm import Session

from riung import clock
from riung.backend.db import Database
from riung.desk import audit, sessions
from riung.desk.access import ALL_OFFICES, DeskError, Role
from riung.desk.tables import User

PASSWORD_MIN = 10
FAILURES = 5
LOCKED_FOR = timedelta(minutes=15)

DEMO_LOGINS: tuple[tuple[str, str, Role], ...] = (
    ("rina", "Rina (contoh)", Role.SUPERVISOR),
    ("budi", "Budi (contoh)", Role.OFFICER),
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
    """Wrong name or password, or locked; the message does not tell which of the first two."""

    title = "Belum bisa masuk"


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


def log_in(database: Database, login: str, password: str) -> str:
    """Check name and password and start a session; returns the cookie's value.

    After `FAILURES` wrong tries in a row the account is locked for `LOCKED_FOR`. Hashing is done
    outside the transaction: it takes some 50 ms, and others want to write.

    Raises:
        LoginFailedError: with what the person should do.
    """
    now = clock.now()
    login = login.strip().lower()
    with database.reading() as session:
        user = session.scalar(select(User).where(User.login == login, User.active))
        stored = user.password_hash if user else _NOBODY
        locked = bool(user and user.locked_until and user.locked_until > now)
    right = _matches(stored, password) and user is not None
    if locked:
        raise LoginFailedError(
            f"Terlalu banyak percobaan. Coba lagi {int(LOCKED_FOR.total_seconds() // 60)} menit "
            "kemudian, atau minta admin membuatkan kata sandi baru."
        )
    with database.writing() as session:
        if user is None or not right:
            _count_failure(session, login)
            audit.write(session, login[:40], "login_failed")
        else:
            found = get(session, user.id)
            found.failed_logins, found.locked_until = 0, None
            audit.write(session, found.login, "login")
            return sessions.start(session, found)
    raise LoginFailedError("Nama masuk atau kata sandi salah.")


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


def ensure_demo_accounts(database: Database) -> list[tuple[str, str]]:
    """Make the invented officers of the demo, or give them new passwords.

    Returns:
        Login and password of each, to be printed at the start.
    """
    made = []
    with database.writing() as session:
        for login, name, role in DEMO_LOGINS:
            user = session.scalar(select(User).where(User.login == login))
            if user is None:
                user = create(session, login, name, role, [ALL_OFFICES], new_password())
            _, password = reset_password(session, user.id)
            user.must_change_password = False
            made.append((login, password))
    return made


def _matches(stored: str, password: str) -> bool:
    try:
        return _hasher.verify(stored, password)
    except (VerificationError, InvalidHashError):
        return False


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
