"""Run every benchmark of this package, or the named ones: `python -m benchmarks whole_path`."""

from __future__ import annotations

import importlib
import pkgutil
import sys

import benchmarks


def main() -> None:
    """One benchmark after the other, so that none disturbs another."""
    known = sorted(found.name for found in pkgutil.iter_modules(benchmarks.__path__))
    for name in sys.argv[1:] or [name for name in known if not name.startswith("_")]:
        print(f"\n== {name}", flush=True)
        importlib.import_module(f"benchmarks.{name}").main()


if __name__ == "__main__":
    main()
