"""Ask a health address from inside a container: `python -m riung.server.probe <address>`."""

from __future__ import annotations

import sys
import urllib.error
import urllib.request

PATIENCE = 4.0
"""Seconds an answer may take."""


def main() -> int:
    """0 when the address answers 200, else 1."""
    try:
        with urllib.request.urlopen(sys.argv[1], timeout=PATIENCE) as answer:  # noqa: S310 - ours
            return 0 if answer.status == 200 else 1
    except (urllib.error.URLError, TimeoutError, OSError):
        return 1


if __name__ == "__main__":
    sys.exit(main())
