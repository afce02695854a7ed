"""What Riung is made of, as CycloneDX 1.5: every package of the lock, with its sums.

`python -m riung.server.bill_of_materials > sbom.json`; it needs no network.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from riung.settings import ENGINE

LOCK = ENGINE / "requirements.lock"

_PACKAGE = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^\s;\\]+)", re.MULTILINE)
_SUM = re.compile(r"--hash=sha256:([0-9a-f]{64})")


def bill(lock: Path = LOCK) -> dict[str, Any]:
    """The packages of a lock."""
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {"component": {"type": "application", "name": "riung"}},
        "components": list(_components(lock.read_text("utf-8"))),
    }


def _components(text: str) -> Iterator[dict[str, Any]]:
    found = list(_PACKAGE.finditer(text))
    ends = [package.start() for package in found[1:]] + [len(text)]
    for package, end in zip(found, ends, strict=True):
        name, version = package[1].lower().replace("_", "-"), package[2]
        sums = _SUM.findall(text[package.end() : end])
        yield {
            "type": "library",
            "name": name,
            "version": version,
            "purl": f"pkg:pypi/{name}@{version}",
            "hashes": [{"alg": "SHA-256", "content": one} for one in sums],
        }


def main() -> None:
    """Write it to standard output."""
    json.dump(bill(), sys.stdout, indent=1)


if __name__ == "__main__":
    main()
