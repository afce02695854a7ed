"""Riung: a WhatsApp helpdesk engine for Indonesian public offices, on Rasa Open Source."""

import sys


def _load_plain_structlog() -> None:
    """Structlog would load rich, 9 MB in each of our programs, to paint tracebacks; our logs have
    none.
    """
    painter = sys.modules.get("rich")
    sys.modules["rich"] = None  # type: ignore[assignment]
    try:
        import structlog  # noqa: F401
    finally:
        del sys.modules["rich"]
        if painter:
            sys.modules["rich"] = painter


_load_plain_structlog()
