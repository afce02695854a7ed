"""Citizens as the tables know them: keyed hashes of senders and NIKs, and checked names."""

from __future__ import annotations

import re
from dataclasses import dataclass

from itsdangerous import BadSignature, URLSafeSerializer
from sqlalchemy.orm import Session

from riung.backend.problems import Problem, register
from riung.digits import digits_of
from riung.nik import fault_of
from riung.privacy import keyed_hash

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

    Spaces, dots, dashes and strokes are allowed between the digits; the rules are `riung.nik`'s.

    Raises:
        Problem: `nik_format`, `nik_length`, `nik_region`, `nik_birth_date`.
    """
    if fault := fault_of(nik):
        raise Problem(f"nik_{fault}", _ADVICE[fault].format(digits=len(digits_of(nik))))
    number = digits_of(nik)
    return Identity(keyed_hash(number, session.info["hash_key"]), number[-4:])


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


def _signer(session: Session) -> URLSafeSerializer:
    return URLSafeSerializer(session.info["hash_key"], salt="riung.identity")
