"""Which chart suits which figures, and what speaks against one that was asked for."""

from __future__ import annotations

from collections.abc import Sequence
from math import fsum, sqrt
from typing import cast, get_args

from dmaic.errors import UsageError, suggest
from dmaic.stats.control.constant import d2_d3, factors
from dmaic.stats.control.fit import moving_ranges
from dmaic.stats.control.part import Overdispersion
from dmaic.stats.control.point import Observed
from dmaic.stats.control.series import ChartKind, Data, Series
from dmaic.text import printable

CHARTS: tuple[str, ...] = get_args(ChartKind)

NAMES: dict[str, str] = {
    "p": "p chart", "np": "np chart", "c": "c chart", "u": "u chart",
    "laney-p": "Laney p' chart", "laney-u": "Laney u' chart", "xmr": "XmR chart",
    "xbar-r": "X-bar and R chart", "xbar-s": "X-bar and s chart", "ewma": "EWMA chart",
    "cusum": "CUSUM chart", "g": "g chart", "t": "t chart",
}  # fmt: skip


def a_chart(kind: str, article: str = "a") -> str:
    """A chart's name with its article: an EWMA chart.

    Args:
        kind: of the chart.
        article: `a` or `A`.
    """
    spoken_with_a_vowel = {"np", "xmr", "xbar-r", "xbar-s", "ewma"}
    return f"{article}{'n' if kind in spoken_with_a_vowel else ''} {NAMES[kind]}"


COUNTED = frozenset({"p", "np", "c", "u", "laney-p", "laney-u"})
SINGLE = frozenset({"xmr", "ewma", "cusum"})
GROUPED = frozenset({"xbar-r", "xbar-s"})

LARGEST_RANGE = 10
"""Members of a subgroup up to which its range tells nearly all that its standard deviation does."""

SIGNIFICANT = 0.01
"""P-value below which counts are taken to vary more than chance lets them; one in a hundred, as
wider limits hide special causes."""

_TIMES = ("day", "hour", "week", "month", "minute", "second", "year")


def check_kind(said: str) -> str:
    """A kind of chart, or `auto`.

    Raises:
        UsageError: `control.chart`.
    """
    if said == "auto" or said in CHARTS:
        return said
    raise UsageError(
        f'There is no control chart "{printable(said, 40)}".',
        "control.chart",
        suggest(said, (*CHARTS, "auto")) or f"There are {', '.join(CHARTS)}; auto chooses.",
    )


def is_rare(series: Series) -> bool:
    """Whether events are so rare that counts of them say little: fewer than one a point.

    Args:
        series: of counts.
    """
    if series.data not in ("defectives", "defects") or not series.values:
        return False
    return fsum(series.values) < len(series.values)


def choose(
    series: Series, points: Sequence[Observed], tested: Overdispersion | None
) -> tuple[ChartKind, str]:
    """The chart that suits the figures, and why.

    Args:
        series: what they are.
        points: of the chart.
        tested: whether counts vary more than chance alone lets them; None where that is not known.
    """
    sizes = {point.size for point in points}
    over = tested is not None and tested.found
    if series.data in ("defectives", "defects"):
        share = series.data == "defectives"
        if over and tested is not None:
            return ("laney-p" if share else "laney-u"), (
                f"the {'shares' if share else 'counts'} vary {tested.ratio:,.1f} times as much "
                "from point to point as chance alone lets them, so the limits of a "
                f"{'p' if share else 'u'} chart would be too narrow"
            )
        if share:
            how = "sizes vary, so its limits are stepped" if len(sizes) > 1 else "of one size"
            return "p", f"shares of {'customers' if not series.unit else series.unit}, {how}"
        if sizes == {None}:
            return "c", "counts of events where as much may happen at each point"
        return "u", "counts of events of sizes that are told"
    if series.data == "gap":
        if series.unit.rstrip("s") in _TIMES or any(value % 1 for value in series.values):
            return "t", "time from one event to the next, which suits rare events"
        return "g", "counts from one event to the next, which suits rare events"
    if not series.subgroups or sizes == {1.0}:
        screened = ", with moving ranges screened because money has large single values"
        return "xmr", f"single measures{screened if series.money else ''}"
    small = max(size or 0 for size in sizes) <= LARGEST_RANGE
    if len(sizes) == 1 and small:
        return "xbar-r", "subgroups of one size, small enough for ranges"
    why = "whose sizes vary" if len(sizes) > 1 else "too large for ranges"
    return "xbar-s", f"subgroups {why}"


def refuse_unfit(kind: ChartKind, series: Series, points: Sequence[Observed]) -> None:
    """Refuse a chart that the figures have no meaning on.

    Args:
        kind: that was asked for.
        series: what they are.
        points: of the chart.

    Raises:
        UsageError: `control.chart-data`.
    """
    sized = any(point.size is not None for point in points) and not series.subgroups
    many = len({point.size for point in points}) > 1
    counts = series.data in ("defectives", "defects")
    wrong = ""
    if kind in COUNTED and not counts:
        wrong = "counts events, and these are no counts"
    elif kind in ("p", "np", "laney-p") and not sized:
        wrong = "needs the size that each count is of"
    elif kind == "u" and not sized:
        wrong = "needs the size of each point; without sizes it is a c chart"
    elif kind == "c" and sized and many:
        wrong = "takes all points as of one size, and they vary; use u"
    elif kind in GROUPED and not series.subgroups:
        wrong = "needs subgroups"
    elif kind in SINGLE and series.subgroups:
        wrong = "takes single measures, and these are subgroups; use xbar-r or xbar-s"
    elif kind in ("g", "t") and series.data != "gap":
        wrong = "needs the time, or the count, from one event to the next"
    elif kind not in ("g", "t", *SINGLE) and series.data == "gap":
        wrong = "does not take gaps between events; use g, t or xmr"
    elif kind in ("p", "np", "laney-p") and any(
        point.value is not None and point.size is not None and point.value > point.size
        for point in points
    ):
        wrong = "takes shares of a size, and some counts are greater than theirs; use u"
    if wrong:
        raise UsageError(
            f"{a_chart(kind, 'A')} {wrong}.", "control.chart-data", "Or leave the choice to auto."
        )


def overdispersion(
    points: Sequence[Observed], parts: Sequence[Sequence[bool]], data: Data
) -> Overdispersion | None:
    """Whether counts vary more from point to point than chance alone lets them.

    With z_i = (p_i − p) / σ_i the sum of squared steps, Σ (z_i − z_(i−1))² / 2, has mean m and
    variance 3 m − 1 for m steps under chance alone (the steps share their ends); it is compared
    with a chi-square of that mean and variance (Satterthwaite). Steps, unlike distances from the
    mean, are not made larger by one change of level, which is a special cause and no
    overdispersion. Steps above D4 x their mean are left out, once, as those to and from a single
    special cause. σz is the factor of Laney (2002), of all steps.

    Args:
        points: counts with their sizes; size 1 where there are none.
        parts: for each stage, which points make its limits.
        data: `defectives` are binomial, `defects` Poisson.

    Returns:
        None where nothing can be told: fewer than two steps, or no variation to expect.
    """
    steps: list[float] = []
    for part in parts:
        base = [point for point, use in zip(points, part, strict=True) if use]
        base = [point for point in base if point.value is not None]
        whole = fsum(point.size or 1.0 for point in base)
        if not whole:
            continue
        center = fsum(point.value or 0.0 for point in base) / whole
        unit = sqrt(max(center * (1 - center), 0.0) if data == "defectives" else center)
        if not unit:
            continue
        scored = [
            None
            if point.value is None or not use
            else (point.value / (point.size or 1.0) - center) * sqrt(point.size or 1.0) / unit
            for point, use in zip(points, part, strict=True)
        ]
        steps += [each for each in moving_ranges(scored, part) if each is not None]
    number = len(steps)
    if number < 2:
        return None
    from scipy.special import chdtrc

    mean = fsum(steps) / number
    sigma_z = mean / d2_d3(2)[0]
    steps = [step for step in steps if step <= factors(2).D4 * mean]
    number = len(steps)
    statistic = fsum(step * step for step in steps) / 2
    factor = (3 * number - 1) / (2 * number)
    df = number / factor
    p_value = float(chdtrc(df, statistic / factor))
    ratio = statistic / number
    return Overdispersion(
        test="sum of squared steps, scaled chi-square",
        statistic=statistic / factor,
        df=df,
        p_value=p_value,
        ratio=ratio,
        sigma_z=sigma_z,
        found=p_value < SIGNIFICANT and ratio > 1,
    )


def allowed(kind: str) -> frozenset[int | str]:
    """Rules that have a meaning on a chart.

    Args:
        kind: of the chart.
    """
    if kind in ("ewma", "cusum"):
        return frozenset({1})
    every: frozenset[int | str] = frozenset({1, 2, 3, 4, "anhoej-run", "anhoej-crossings"})
    return every if kind in COUNTED or kind in ("g", "t") else every | {5, 6, 7, 8}


def why_left_out(kind: str) -> str:
    """Why rules were left out on a chart.

    Args:
        kind: of the chart.
    """
    if kind in ("ewma", "cusum"):
        return "its points depend on each other, so only the limits count"
    return "its figures are not normal, so zones of one and two sigma mean little"


def kind_of(said: str) -> ChartKind:
    """A checked kind, typed."""
    return cast("ChartKind", said)
