"""How figures are printed."""

from __future__ import annotations

from collections.abc import Sequence


def quantiles(seconds: Sequence[float]) -> str:
    """p50, p95 and p99 in milliseconds."""
    ordered = sorted(seconds) or [float("nan")]

    def at(share: float) -> float:
        return 1000 * ordered[min(int(share * len(ordered)), len(ordered) - 1)]

    return f"p50 {at(0.5):7.1f} ms   p95 {at(0.95):7.1f} ms   p99 {at(0.99):7.1f} ms"
