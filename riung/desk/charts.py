"""Geometry of the report's charts; the templates draw them as SVG."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from riung.desk.reports import CHANNELS, MonthRow


@dataclass(frozen=True)
class Bar:
    """A rectangle in the chart's units, and what it stands for."""

    x: float
    y: float
    width: float
    height: float
    series: int
    value: int


@dataclass(frozen=True)
class Stacks:
    """Stacked bars, a month each."""

    bars: list[Bar]
    labels: list[tuple[float, str, int]]
    marks: list[tuple[float, int]]
    width: int
    height: int = 240

    @property
    def right(self) -> int:
        """Where the marks end."""
        return self.width - PLOT_RIGHT


PLOT_LEFT, PLOT_RIGHT, PLOT_TOP, PLOT_BOTTOM = 50, 10, 14, 204
WIDE, NARROW = 720, 330
"""Of a desk's screen and of a phone's: drawn at that width, letters stay as large as others."""

LABEL = 44
"""Width of a month's name."""


def stacks(rows: Sequence[MonthRow], names: Sequence[str], width: int = WIDE) -> Stacks:
    """Bars of the recapitulation: a month a stack, a channel a colour. Where not all months' names
    fit, every second or third is named, the last one always.
    """
    top = ceiling(max([row.total for row in rows] + [1]))
    scale = (PLOT_BOTTOM - PLOT_TOP) / top
    pitch = (width - PLOT_LEFT - PLOT_RIGHT) / max(len(rows), 1)
    every = ceil(LABEL / pitch)
    thickness = min(64.0, pitch * 0.6)
    bars, labels = [], []
    for position, (row, name) in enumerate(zip(rows, names, strict=True)):
        x = PLOT_LEFT + pitch * position + (pitch - thickness) / 2
        y = float(PLOT_BOTTOM)
        for series, channel in enumerate(CHANNELS):
            value = row.counts[channel] or 0
            y -= value * scale
            bars.append(Bar(x, y, thickness, value * scale, series, value))
        if (len(rows) - 1 - position) % every == 0:
            labels.append((x + thickness / 2, name, row.total))
    marks = [(PLOT_BOTTOM - top * part / 4 * scale, round(top * part / 4)) for part in range(5)]
    return Stacks(bars, labels, marks, width)


def ceiling(value: int) -> int:
    """The first of 4, 8, 12, 20, 32, 40, 80 … that holds the value, so that quarters are whole."""
    steps = (int(step * 10**power) for power in range(9) for step in (4, 8, 12, 20, 32))
    return next(step for step in steps if step >= value)


def shares(pairs: Sequence[tuple[object, int]]) -> list[tuple[object, int, float]]:
    """Each with its width in percent of the longest, for horizontal bars."""
    longest = max([count for _, count in pairs] + [1])
    return [(label, count, 100 * count / longest) for label, count in pairs]
