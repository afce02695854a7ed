"""Citizens as the tables know them: keyed hashes of senders and NIKs, and checked names."""

from __future__ import annotations

import re
from dataclasses import dataclass

from itsdangerous import BadSignature, URLSafeSerializer
from sqlalchemy.orm import Session
from stdnum.exceptions import InvalidComponent, InvalidFormat, InvalidLength
from stdnum.id import nik as nik_rules

from riung.backend.problems import Problem, register
from riung.privacy import digits_of, keyed_hash

LAST_WOMAN_DAY = 71
"""In a NIK a woman's day of birth is written plus 40; 41 to 71 are days, 32 to 40 are none."""

NAME = re.compile(r"^[^\W\d_](?:[^\W\d_]|[ .,'’`-]){0,98}$")
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
    """Who somebody is, without the NIK: recognisable again, not readable."""

    hash: str
    last4: str

    def token(self, session: Session) -> str:
        """A signed form that may be stored elsewhere, such as in a conversation's slots."""
        return _signer(session).dumps([self.hash, self.last4])


def identity_of(session: Session, nik: str) -> Identity:
    """Check a NIK and forget it.

    The rules are python-stdnum's (16 digits, known region, possible birth date) with the day kept
    in its two ranges. Spaces, dots and dashes are allowed between the digits.

    Raises:
        Problem: `nik_format`, `nik_length`, `nik_region`, `nik_birth_date`.
    """
    compact = nik_rules.compact(nik)
    try:
        nik_rules.validate(compact)
    except InvalidLength as error:  # a kind of InvalidFormat, so it comes first
        raise Problem("nik_length", f"It has {len(digits_of(nik))} digits.") from error
    except InvalidFormat as error:
        raise Problem("nik_format", "Something else stands between the digits.") from error
    except InvalidComponent as error:
        raise Problem(_wrong_component(compact), "Check it against the KTP.") from error
    day = int(compact[6:8])
    if day == 40 or 31 < day < 40 or day > LAST_WOMAN_DAY:
        raise Problem("nik_birth_date", "Check it against the KTP.")
    return Identity(keyed_hash(compact, session.info["hash_key"]), compact[-4:])


def identity_from_token(session: Session, token: str) -> Identity:
    """The identity behind a token of `POST /identities`.

    Raises:
        Problem: `identity_invalid`.
    """
    try:
        hashed, last4 = _signer(session).loads(token)
    except (BadSignature, ValueError, TypeError) as error:
        raise Problem("identity_invalid", "Ask for the NIK again.") from error
    return Identity(str(hashed), str(last4))


def checked_name(name: str) -> str:
    """The name with single spaces.

    Raises:
        Problem: `name_invalid`.
    """
    plain = " ".join(name.split())
    if not NAME.match(plain):
        raise Problem("name_invalid", "Write it as on the KTP, with letters only.")
    return plain


def sender_hash(session: Session, sender: str) -> str:
    """A sender, recognisable again but not readable."""
    return keyed_hash(f"sender:{sender}", session.info["hash_key"])


def _wrong_component(nik: str) -> str:
    try:
        nik_rules.get_birth_date(nik)
    except InvalidComponent:
        return "nik_birth_date"
    return "nik_region"


def _signer(session: Session) -> URLSafeSerializer:
    return URLSafeSerializer(session.info["hash_key"], salt="riung.identity")
