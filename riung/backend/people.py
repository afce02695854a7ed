"""Citizens as the tables know them: keyed hashes of senders and NIKs, and checked names."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from itsdangerous import BadSignature, URLSafeSerializer
from sqlalchemy import String, select
from sqlalchemy.orm import Mapped, Session

from riung import conversation_id as names
from riung.backend.db import Base, UtcDateTime, mapped_column
from riung.backend.problems import Problem, register
from riung.clock import now, today
from riung.digits import digits_of
from riung.nik import fault_of, is_childs
from riung.privacy import keyed_hash

NAME = re.compile(r"^[^\W\d_](?:[^\W\d_]|[ .,'’`/-]){0,98}$")
"""Letters, spaces and the marks that stand in names and titles; starts with a letter."""

register(
    {
        "nik_format": (422, "A NIK holds digits only"),
        "nik_length": (422, "A NIK has 16 digits"),
        "nik_region": (422, "The first digits of the NIK are no region"),
        "nik_birth_date": (422, "Digits 7 to 12 of the NIK are no birth date"),
        "name_invalid": (422, "A name has letters only"),
        "identity_invalid": (422, "The identity token was not made here"),
    }
)


@dataclass(frozen=True)
class Identity:
    """Who somebody is, without the NIK: recognisable again, not readable.

    A child's application needs other documents than an adult's.
    """

    hash: str
    last4: str
    is_child: bool = False

    def token(self, session: Session) -> str:
        """A signed form that may be stored elsewhere, such as in a conversation's slots."""
        return _signer(session).dumps([self.hash, self.last4, self.is_child])


def identity_of(session: Session, nik: str) -> Identity:
    """Check a NIK and forget it.

    Spaces, dots, dashes and strokes are allowed between the digits; the rules are `riung.nik`'s.

    Raises:
        Problem: `nik_format`, `nik_length`, `nik_region`, `nik_birth_date`.
    """
    if fault := fault_of(nik):
        raise Problem(f"nik_{fault}", _ADVICE[fault].format(digits=len(digits_of(nik))))
    number = digits_of(nik)
    hashed = keyed_hash(number, session.info["hash_key"])
    return Identity(hashed, number[-4:], is_childs(number, today()))


_ADVICE = {
    "format": "Something else stands between the digits.",
    "length": "It has {digits} digits.",
    "region": "Check it against the KTP.",
    "birth_date": "Check it against the KTP.",
}


def identity_from_token(session: Session, token: str) -> Identity:
    """The identity behind a token of `POST /identities`.

    Raises:
        Problem: `identity_invalid`.
    """
    try:
        hashed, last4, *is_child = _signer(session).loads(token)
    except (BadSignature, ValueError, TypeError) as error:
        raise Problem("identity_invalid", "Ask for the NIK again.") from error
    return Identity(str(hashed), str(last4), is_child == [True])


def checked_name(name: str) -> str:
    """The name with single spaces.

    Raises:
        Problem: `name_invalid`.
    """
    plain = " ".join(name.split())
    if not NAME.match(plain):
        raise Problem("name_invalid", "Write it as on the KTP, with letters only.")
    return plain


def normal_sender(sender: str) -> str:
    """A WhatsApp number as digits with country code; a user id as it is; of a conversation who it
    is with.

    `+62 899-…` and `0899…` are the same person as `62899…`.
    """
    if names.number_of(sender):
        return names.person_of(sender)
    plain = sender.strip()
    if any(letter.isalpha() for letter in plain):
        return plain
    digits = digits_of(plain)
    return f"62{digits[1:]}" if digits.startswith("0") else digits


class PersonId(Base):
    """A number or user id that a person has, beside the name they are kept under; `seen_at` is when
    the channel last told of it.
    """

    __tablename__ = "person_ids"

    id: Mapped[str] = mapped_column(String(160), primary_key=True)
    person: Mapped[str] = mapped_column(String(160), nullable=False, index=True)
    seen_at: Mapped[datetime] = mapped_column(UtcDateTime, nullable=False, default=now)


def person_of(session: Session, sender: str) -> str:
    """The person whom a caller knows by a conversation, a WhatsApp number or a user id.

    A conversation names the person itself; numbers change hands, and mean who has them now.
    """
    plain = normal_sender(sender)
    known = None if names.number_of(sender) else session.get(PersonId, plain)
    return str(known.person) if known else plain


def kept_under(session: Session, name: str) -> str:
    """Under whose name things are kept that came in under one of the channel's names: under that
    name, unless it is an id that somebody else was found to have had all along.
    """
    return all_kept_under(session, [name])[name]


def all_kept_under(session: Session, names: Collection[str]) -> dict[str, str]:
    """The same for many names, in one question to the database, or two."""
    of_names = select(PersonId.id, PersonId.person).where(PersonId.id.in_(names))
    known = {str(one): str(person) for one, person in session.execute(of_names)}
    have_ids = select(PersonId.person).where(PersonId.person.in_(known))
    people = set(session.scalars(have_ids)) if known else set()
    return {name: name if name in people else known.get(name, name) for name in names}


def sender_hash(session: Session, sender: str) -> str:
    """A sender, recognisable again but not readable."""
    return keyed_hash(f"sender:{sender}", session.info["hash_key"])


def _signer(session: Session) -> URLSafeSerializer:
    return URLSafeSerializer(session.info["hash_key"], salt="riung.identity")
