"""What a control chart is made of: figures in the order of time, and what is wished of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Data = Literal["defectives", "defects", "measure", "gap"]
"""Kinds of figures: how many of so many (customers lost of customers), events where one thing may
have several (contacts, tickets), a measure (MRR, minutes), and how long until the next event."""

ChartKind = Literal[
    "p", "np", "c", "u", "laney-p", "laney-u", "xmr", "xbar-r", "xbar-s", "ewma", "cusum", "g", "t"
]
"""Kinds of charts."""

Direction = Literal["lower", "higher"]
"""Which way a metric is better."""


@dataclass(frozen=True, slots=True)
class Series:
    """Figures in the order of time.

    Attributes:
        labels: what each point is called, such as `2025-03`; for subgroups one name a value, and
            values of one name that stand together make a point.
        values: counts of events (defectives, defects), measurements, or gaps between events.
        sizes: customers or opportunities behind each count; empty where they are not told or do
            not change (defects), and for measures and gaps.
        data: what kind of figures they are.
        subgroups: the values of one label make one point.
        name: of what is measured, such as `churn` or the column.
        unit: of a value, such as `USD`, `days`, `customers`; of counts, what is counted.
        period: what one point stands for, such as `month`; `point` where that is not known.
        money: the values are money, so single large ones are expected.
    """

    labels: tuple[str, ...]
    values: tuple[float, ...]
    sizes: tuple[float, ...] = ()
    data: Data = "measure"
    subgroups: bool = False
    name: str = "value"
    unit: str = ""
    period: str = "point"
    money: bool = False


@dataclass(frozen=True, slots=True)
class Wish:
    """What is wished of a chart. Everything may be left out.

    Attributes:
        chart: a `ChartKind`, or `auto`.
        rules: name of a set (`shewhart`, `western-electric`, `nelson`, `minitab`, `anhoej`), or
            numbers with their own K: `1,2=8,5`; empty for 1 and one run rule.
        constants: `exact` by integration, or `table`: rounded as in books.
        center: known centre line, a standard that is given; a fraction of one for a share.
        sigma: known standard deviation of single values, with measures only.
        target: what the metric shall reach; the reference of a CUSUM or EWMA without `center`.
        direction: which way is better; None takes fewer events, longer gaps, and neither for a
            measure.
        lambda_: weight of the newest point, EWMA.
        limits: EWMA limits, `asymptotic` (as NIST) or `exact` for each point.
        k: reference value of a CUSUM, in the unit of the measure; None is half a sigma.
        h: decision limit of a CUSUM, in the unit of the measure; None is five sigma.
        freeze_until: label or date of the last point that makes the limits; later points are
            judged by them.
        stages: (label or date of its first point, reason): new limits from there on.
        exclude: (label or date, reason): points that stay on the chart, but neither make limits
            nor signal.
        screen: leave moving ranges beyond their own limit out of sigma, once; None does so for
            money.
    """

    chart: str = "auto"
    rules: str = ""
    constants: Literal["exact", "table"] = "exact"
    center: float | None = None
    sigma: float | None = None
    target: float | None = None
    direction: Direction | None = None
    lambda_: float = 0.2
    limits: Literal["asymptotic", "exact"] = "asymptotic"
    k: float | None = None
    h: float | None = None
    freeze_until: str | None = None
    stages: tuple[tuple[str, str], ...] = ()
    exclude: tuple[tuple[str, str], ...] = ()
    screen: bool | None = None
