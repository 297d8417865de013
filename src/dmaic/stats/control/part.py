"""The parts of a control chart, as a result holds them."""

from __future__ import annotations

from typing import Literal

from dmaic.result import Frozen

RuleId = int | str
"""Nelson's number of a rule; `anhoej-run` and `anhoej-crossings`."""


class ControlPoint(Frozen):
    """One point.

    Attributes:
        label: what it is called.
        value: what is plotted: a share (p), a count (np, c), a rate (u), the measure, the mean of
            a subgroup, the weighted mean (EWMA), the larger of the two sums, the lower one
            negative (CUSUM), the gap (g, t); None where nothing was at risk.
        size: customers, opportunities or members of the subgroup; None where there are none.
        lower: control limit; None where there is none.
        upper: control limit.
        center: centre line.
        signals: rules that this point completes, lowest first.
        mark: the lowest of them, by which it is labelled; None without.
        count: events behind a share or rate, or None.
        observed: the measure itself, where `value` is made of several (EWMA, CUSUM, subgroups).
        z: how many sigma above the centre; None where a sigma has no meaning.
        sum_high: upper sum of a CUSUM, or None.
        sum_low: lower sum of a CUSUM, not negative, or None.
        asymptotic: limits of an EWMA are those it tends to; None on other charts.
        stage: number of its stage, from 1.
        baseline: it makes the limits of its stage.
        excluded: why it was left out, or None.
        better: a signal on the side that is better, or on the worse one; None without.
    """

    label: str
    value: float | None
    size: float | None = None
    lower: float | None = None
    upper: float | None = None
    center: float | None = None
    signals: tuple[RuleId, ...] = ()
    mark: RuleId | None = None
    count: float | None = None
    observed: float | None = None
    z: float | None = None
    sum_high: float | None = None
    sum_low: float | None = None
    asymptotic: bool | None = None
    stage: int = 1
    baseline: bool = True
    excluded: str | None = None
    better: bool | None = None


class Stage(Frozen):
    """Points that are judged by the same limits.

    Attributes:
        number: from 1.
        reason: why limits were made anew; empty for the first.
        first: label of its first point.
        last: of its last one.
        points: how many.
        baseline_last: label of the last point that makes its limits.
        baseline: how many make them; 0 where the centre was given.
        frozen: later points are judged by limits of earlier ones.
        trial: made of fewer than 12 points.
        center: centre line.
        sigma: of counts, shares and rates the standard deviation of a plotted one, at the mean size
            where sizes vary; of measures that of a single one, also where means of subgroups or
            weighted means are plotted; of a t chart that of the transformed gap.
        lower: control limit; None where it differs from point to point, or where there is none.
        upper: the same.
        size: mean size, or None.
        sigma_z: of a Laney chart.
        mean_moving_range: of the baseline, after screening; of z on a Laney chart.
        screened: moving ranges left out of it.
    """

    number: int
    reason: str = ""
    first: str
    last: str
    points: int
    baseline_last: str
    baseline: int
    frozen: bool = False
    trial: bool = False
    center: float
    sigma: float | None = None
    lower: float | None = None
    upper: float | None = None
    size: float | None = None
    sigma_z: float | None = None
    mean_moving_range: float | None = None
    screened: int = 0


class SpreadPoint(Frozen):
    """One point of the chart of spread.

    Attributes:
        label: what it is called.
        value: moving range, range or standard deviation; None for the first of a stage.
        lower: control limit.
        upper: control limit.
        center: centre line.
        signals: `[1]` where it is beyond a limit; of subgroups these are special causes, of moving
            ranges marks only.
    """

    label: str
    value: float | None
    lower: float | None = None
    upper: float | None = None
    center: float | None = None
    signals: tuple[RuleId, ...] = ()


class Spread(Frozen):
    """The chart of spread beside one of location.

    Attributes:
        chart: what is plotted.
        center: of the last stage.
        lower: of the last stage; None where it differs from point to point.
        upper: the same.
        points: as many as the chart has.
    """

    chart: Literal["moving-range", "range", "standard-deviation"]
    center: float
    lower: float | None
    upper: float | None
    points: tuple[SpreadPoint, ...]


class Signal(Frozen):
    """One special cause: points that belong to one run of a rule.

    Attributes:
        rule: which.
        name: in words.
        first: number of the first point of the pattern, from 1.
        last: of the last one.
        labels: of all its points.
        at: numbers of the points that complete it; these are marked on the chart.
        side: `above` or `below` the centre line, or `both`; `up` or `down` for a trend.
        better: it goes the way that is better; None where it goes neither way.
        chart: `location`, or `spread` for a signal on the chart of spread.
    """

    rule: RuleId
    name: str
    first: int
    last: int
    labels: tuple[str, ...]
    at: tuple[int, ...]
    side: Literal["above", "below", "both", "up", "down"]
    better: bool | None = None
    chart: Literal["location", "spread"] = "location"


class RuleUse(Frozen):
    """A rule as it was applied.

    Attributes:
        id: its number.
        k: how many points, or for rule 1 how many sigma.
        name: in words, with its figures and its convention.
    """

    id: RuleId
    k: float | None
    name: str


class FalseAlarm(Frozen):
    """How often a process without special causes would signal.

    Attributes:
        points: on this many points.
        probability: of one signal or more.
        expected: signals that chance alone makes, about: where it is exact, -ln of the chance of
            none.
        error: standard error of it; 0 where it is exact.
        method: `exact`, or `simulation`.
        draws: series drawn; 0 where it is exact.
        model: what was taken for a process in control.
    """

    points: int
    probability: float
    expected: float = 0.0
    error: float = 0.0
    method: Literal["exact", "simulation"]
    draws: int = 0
    model: str


class Overdispersion(Frozen):
    """Do counts vary more than chance alone lets them?

    Attributes:
        test: its name.
        statistic: chi-square on the steps from point to point, so that a change of level is not
            taken for it.
        df: its degrees of freedom.
        p_value: of more variation than chance.
        ratio: variance from point to point over that of chance alone.
        sigma_z: how many times wider the limits of Laney are.
        found: the p-value is below 0.01.
    """

    test: str
    statistic: float
    df: float
    p_value: float
    ratio: float
    sigma_z: float
    found: bool
