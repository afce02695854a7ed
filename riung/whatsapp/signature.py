"""Proof that a delivery comes from Meta: HMAC-SHA256 of the raw body (Meta §3)."""

from __future__ import annotations

import hmac

HEADER = "X-Hub-Signature-256"
_SCHEME = "sha256="


def sign(body: bytes, app_secret: str) -> str:
    """The header value Meta sends with `body`."""
    return _SCHEME + hmac.digest(app_secret.encode(), body, "sha256").hex()


def is_signed(body: bytes, header: str, app_secret: str) -> bool:
    """Whether `header` is the signature of exactly these bytes.

    Compared as bytes in constant time: on text with non-ASCII characters `compare_digest` raises.
    Only `sha256=` is taken; the header never chooses the hash.
    """
    given = header.encode("utf-8", "surrogateescape")
    return hmac.compare_digest(given, sign(body, app_secret).encode())
