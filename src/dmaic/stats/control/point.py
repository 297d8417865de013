"""A series made into the points of a chart, once it is sure that they can be."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from math import fsum, isfinite

from dmaic.errors import DataError
from dmaic.stats.control.series import Series
from dmaic.text import plural, printable

LARGEST = 1e100
"""Figures above this are a slip; their squares would not fit a float."""


@dataclass(frozen=True, slots=True)
class Observed:
    """One point before it has limits.

    Attributes:
        label: what it is called.
        value: count, measure, mean of the subgroup, or gap; None where nothing was at risk.
        size: customers, opportunities or members; None where there are none.
        range: of the subgroup, or None.
        deviation: standard deviation of the subgroup, divisor n − 1, or None.
    """

    label: str
    value: float | None
    size: float | None = None
    range: float | None = None
    deviation: float | None = None


def observe(series: Series) -> list[Observed]:
    """The points of a series.

    Args:
        series: see `Series`.

    Raises:
        DataError: there are none, or figures that cannot be (`control.empty`, `control.figure`,
            `control.more-than-size`).
    """
    if not series.values:
        raise DataError("The series has no points.", "control.empty")
    lengths = {len(series.values), len(series.labels), len(series.sizes or series.values)}
    if len(lengths) > 1:
        raise ValueError("labels, values and sizes are not of one length")
    for label, value in zip(series.labels, series.values, strict=True):
        if not (isfinite(value) and abs(value) <= LARGEST):
            raise _wrong(label, f"holds {value:g}, which is too large to reckon with")
        if value < 0 and series.data != "measure":
            raise _wrong(label, f"holds {value:g}, and no count or gap is below 0")
        if series.data in ("defectives", "defects") and value != int(value):
            raise _wrong(label, f"holds {value:g}, which is no whole number of {_what(series)}")
    if series.subgroups:
        return _subgroups(series)
    if not series.sizes:
        return [Observed(*each) for each in zip(series.labels, series.values, strict=True)]
    return [
        _sized(label, value, size, series)
        for label, value, size in zip(series.labels, series.values, series.sizes, strict=True)
    ]


def _sized(label: str, value: float, size: float, series: Series) -> Observed:
    if not (isfinite(size) and 0 <= size <= LARGEST):
        raise _wrong(label, f"has a size of {size:g}")
    if size == 0:
        if value:
            raise _wrong(label, f"counts {value:,.0f} {_what(series)} where nothing was at risk")
        return Observed(label, None, 0.0)
    if series.data == "defectives" and value > size:
        raise DataError(
            f'The point "{printable(label, 60)}" counts {value:,.0f} {_what(series)} of {size:,g}.',
            "control.more-than-size",
            "A share needs all of them in its size; where one customer counts several times, use "
            "--chart u.",
        )
    return Observed(label, value, size)


def _subgroups(series: Series) -> list[Observed]:
    points = []
    pairs = zip(series.labels, series.values, strict=True)
    for label, members in groupby(pairs, key=lambda pair: pair[0]):
        values = [value for _, value in members]
        # The mean is taken about the first one, so that equal values have exactly no spread.
        base = values[0]
        mean = base + fsum(value - base for value in values) / len(values)
        spread = deviation = None
        if len(values) > 1:
            spread = max(values) - min(values)
            square = fsum((value - mean) ** 2 for value in values) / (len(values) - 1)
            deviation = square**0.5
        points.append(Observed(label, mean, float(len(values)), spread, deviation))
    return points


def few(points: list[Observed]) -> DataError:
    """The error that so few points make no limits.

    Args:
        points: of the series, or of a stage.
    """
    return DataError(
        f"There {'is' if len(points) == 1 else 'are'} {plural(len(points), 'point')}, and limits "
        "are made of two or more; twelve or more make sound ones.",
        "control.too-few",
        "Choose shorter periods or a longer time, or give the standard with --center.",
    )


def _what(series: Series) -> str:
    return series.unit or "events"


def _wrong(label: str, what: str) -> DataError:
    return DataError(
        f'The point "{printable(label, 60)}" {what}.', "control.figure", "Mend it in the file."
    )
