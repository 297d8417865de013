"""One way from a series to its control chart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from math import isfinite

from dmaic.errors import DataError, UsageError
from dmaic.result import Inputs
from dmaic.stats.control.alarm import Judging, false_alarm
from dmaic.stats.control.assembly import points_of, spread_of, stage_of
from dmaic.stats.control.caution import findings
from dmaic.stats.control.choice import (
    COUNTED,
    GROUPED,
    SINGLE,
    a_chart,
    allowed,
    check_kind,
    choose,
    kind_of,
    overdispersion,
    refuse_unfit,
    why_left_out,
)
from dmaic.stats.control.count import fit_counts
from dmaic.stats.control.fit import Ask, Fit
from dmaic.stats.control.gap import fit_gaps
from dmaic.stats.control.measure import fit_individuals, fit_subgroups
from dmaic.stats.control.part import Overdispersion, RuleId, Signal
from dmaic.stats.control.plan import Plan, Slice, ask_of, plan, too_many
from dmaic.stats.control.point import Observed, observe
from dmaic.stats.control.result import ControlResult
from dmaic.stats.control.rule import RuleSet, conventions, order, parse_rules
from dmaic.stats.control.series import ChartKind, Direction, Series, Wish
from dmaic.stats.control.signal import Marks, signals_of, spread_signals
from dmaic.stats.control.weighted import fit_weighted
from dmaic.stats.control.word import assumptions, method

MOST_POINTS = 10_000
"""Points on a chart at most."""


def make_chart(series: Series, wish: Wish, inputs: Inputs | None = None) -> ControlResult:
    """The control chart of a series.

    Args:
        series: figures in the order of time, two or more.
        wish: what kind of chart, which rules, which baseline.
        inputs: what the series was made of; the analysis adds its own findings to the result.

    Raises:
        UsageError: what is wished does not fit together, or names no point.
        DataError: the figures allow no such chart.
    """
    asked = check_kind(wish.chart)
    rules = parse_rules(wish.rules)
    points = observe(series)
    if len(points) > MOST_POINTS:
        raise too_many(len(points), MOST_POINTS)
    chosen = asked == "auto"
    if not chosen:
        refuse_unfit(kind_of(asked), series, points)
    # Sigma and centre mean the same on all charts that auto takes for one kind of figures.
    simple, _ = choose(series, points, None)
    kind: ChartKind = simple if chosen else kind_of(asked)
    ask = ask_of(kind, wish, series, rules)
    laid = plan(points, wish, given=ask.center is not None)
    tested = None
    if series.data in ("defectives", "defects") and kind in COUNTED:
        tested = overdispersion(points, laid.used(len(points)), series.data)
    why = "as asked for"
    if chosen:
        kind, why = choose(series, points, tested)
        ask = ask_of(kind, wish, series, rules)
    kept, left_out = rules.only(allowed(kind))
    kept = _some(kept, left_out, kind)
    drawn = _Drawn(series, points, laid, ask, kept, wish.direction or _usual(series))
    return drawn.result(wish, inputs, tested, why, left_out, chosen=chosen)


def _some(kept: RuleSet, left_out: tuple[RuleId, ...], kind: str) -> RuleSet:
    if kept.ks or not left_out:
        return kept
    raise UsageError(
        f"None of these rules has a meaning on {a_chart(kind)}: {why_left_out(kind)}.",
        "control.rules",
        "Such as --rules shewhart.",
    )


def _usual(series: Series) -> Direction | None:
    """Fewer events and longer gaps are better; of a measure nothing is known."""
    return {"gap": "higher", "measure": None}.get(series.data, "lower")


@dataclass(slots=True)
class _Drawn:
    """A chart in the making."""

    series: Series
    points: Sequence[Observed]
    laid: Plan
    ask: Ask
    rules: RuleSet
    direction: Direction | None

    def result(
        self,
        wish: Wish,
        inputs: Inputs | None,
        tested: Overdispersion | None,
        why: str,
        left_out: tuple[RuleId, ...],
        *,
        chosen: bool,
    ) -> ControlResult:
        fits = [self._fit(each) for each in self.laid.slices]
        judgings = [
            Judging(fit, self._sizes(each), self._shown(each))
            for fit, each in zip(fits, self.laid.slices, strict=True)
        ]
        signals: list[Signal] = []
        marks: list[Marks] = []
        for each, judging in zip(self.laid.slices, judgings, strict=True):
            labels = [point.label for point in self.points[each.start : each.stop]]
            found, marked = signals_of(
                judging, self.rules, labels, each.start, self.direction, self.ask.chart
            )
            signals += found
            if self.ask.chart in GROUPED:
                signals += spread_signals(judging.fit.spread, each.start)
            marks.append(marked)
        signals.sort(key=lambda signal: (signal.at[0], signal.chart, order(signal.rule)))
        stages = tuple(
            stage_of(number, each, fit, self.points[each.start : each.stop], self.ask)
            for number, (each, fit) in enumerate(zip(self.laid.slices, fits, strict=True), 1)
        )
        last, fit = stages[-1], fits[-1]
        until = self.laid.frozen_until
        result = ControlResult(
            chart=kind_of(self.ask.chart),
            chosen=chosen,
            why=why,
            name=self.series.name,
            unit=self.series.unit,
            period=self.series.period,
            data=self.series.data,
            direction=self.direction,
            target=wish.target,
            center=last.center,
            sigma=last.sigma,
            lower=last.lower,
            upper=last.upper,
            points=tuple(
                chain.from_iterable(
                    points_of(
                        number,
                        each,
                        fit,
                        self.points[each.start : each.stop],
                        self.ask,
                        marked,
                        self.laid.excluded,
                    )
                    for number, (each, fit, marked) in enumerate(
                        zip(self.laid.slices, fits, marks, strict=True), 1
                    )
                )
            ),
            stages=stages,
            spread=spread_of(fits, self.ask.chart),
            signals=tuple(signals),
            stable=not signals,
            rule_set=self.rules.name,
            rules=self.rules.uses(self.ask.chart),
            rules_left_out=left_out,
            conventions=conventions(self.rules, self.ask.chart),
            false_alarm=false_alarm(judgings, self.ask, self.rules),
            overdispersion=tested,
            constants=fit.constants,
            constants_from=self.ask.constants,
            sigma_z=fit.sigma_z,
            mean_moving_range=fit.mean_moving_range,
            moving_range_upper=fit.spread[-1].upper if self.ask.chart == "xmr" else None,
            trial=last.trial,
            frozen_until=None if until is None else self.points[until].label,
            lambda_=self.ask.lambda_ if self.ask.chart == "ewma" else None,
            reference=fit.reference,
            decision=fit.decision,
            inputs=inputs or Inputs(source="figures given"),
        )
        return result.model_copy(
            update={
                "method": method(result, self.ask),
                "assumptions": assumptions(result, self.ask),
                "findings": findings(result, self.series),
            }
        )

    def _shown(self, each: Slice) -> list[bool]:
        return [at not in self.laid.excluded for at in range(each.start, each.stop)]

    def _sizes(self, each: Slice) -> list[float]:
        return [point.size or 1.0 for point in self.points[each.start : each.stop]]

    def _fit(self, each: Slice) -> Fit:
        points, shown = self.points[each.start : each.stop], self._shown(each)
        chart, ask = self.ask.chart, self.ask
        if chart in COUNTED:
            fit = fit_counts(points, each.used, ask)
        elif chart in GROUPED:
            fit = fit_subgroups(points, each.used, ask, shown)
        elif chart == "xmr":
            rates = _rates(points)
            fit = fit_individuals(rates, each.used, ask, shown)
        elif chart in SINGLE:
            fit = fit_weighted(_rates(points), each.used, ask, shown)
        else:
            fit = fit_gaps(points, each.used, ask)
        figures = [fit.center, *(limit for limit in (*fit.lower, *fit.upper) if limit is not None)]
        if not all(map(isfinite, figures)):
            raise DataError(
                "The figures are too large or too far apart to make limits of.",
                "control.too-large",
                "Look for slips of the pen, or chart them in thousands or millions.",
            )
        return fit


def _rates(points: Sequence[Observed]) -> list[Observed]:
    """Single figures: of counts with sizes their rates."""
    return [
        Observed(point.label, None if point.value is None else point.value / (point.size or 1.0))
        for point in points
    ]
