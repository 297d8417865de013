"""Is the process stable? Only then does its capability tell what comes next."""

from __future__ import annotations

from dmaic.result import Finding, Frozen
from dmaic.stats.control.chance import is_chance
from dmaic.stats.control.choice import NAMES
from dmaic.stats.control.part import FalseAlarm, RuleUse, Signal
from dmaic.stats.control.result import ControlResult
from dmaic.stats.control.series import ChartKind
from dmaic.stats.control.word import when
from dmaic.text import plural, some


class Stability(Frozen):
    """What the control chart of the same figures says.

    Attributes:
        chart: which kind, chosen by the figures.
        why: why it.
        points: how many.
        stable: without special causes; on a chart so long that chance alone signals more often
            than not, without more of them than 19 of 20 stable processes have.
        expected: signals that chance alone makes on so many points.
        signals: the special causes.
        rules: that were applied.
        false_alarm: how often chance alone signals on so many points.
        trial: fewer than 12 points make the limits.
        overdispersion: variance from point to point over that of chance, where counts vary so much
            more that the chart allows for it; otherwise None.
    """

    chart: ChartKind
    why: str
    points: int
    stable: bool
    expected: float | None = None
    signals: tuple[Signal, ...]
    rules: tuple[RuleUse, ...]
    false_alarm: FalseAlarm | None
    trial: bool
    overdispersion: float | None = None


def stability_of(chart: ControlResult) -> Stability:
    """The stability that a chart shows.

    Args:
        chart: of the same figures.
    """
    alarm, over = chart.false_alarm, chart.overdispersion
    expected = None if alarm is None else alarm.expected
    stable = chart.stable or is_chance(len(chart.signals), alarm)
    return Stability(
        chart=chart.chart,
        why=chart.why,
        points=len(chart.points),
        stable=stable,
        expected=expected,
        signals=chart.signals,
        rules=chart.rules,
        false_alarm=chart.false_alarm,
        trial=chart.trial,
        overdispersion=over.ratio if over is not None and over.found else None,
    )


def stability_findings(stability: Stability | None, how: str) -> tuple[Finding, ...]:
    """What a reader of the capability should know about stability.

    Args:
        stability: None where it could not be looked at.
        how: what would tell it.
    """
    if stability is None:
        return (
            Finding(
                code="stability-unknown",
                level="warning",
                message="Whether the process is stable was not looked at, so these figures tell "
                "what was and not what comes.",
                hint=how,
            ),
        )
    return (*_spread(stability), *_causes(stability))


def _spread(stability: Stability) -> tuple[Finding, ...]:
    if stability.overdispersion is None:
        return ()
    return (
        Finding(
            code="overdispersed",
            level="warning",
            message=f"The counts vary {stability.overdispersion:,.1f} times as much from point to "
            "point as chance alone lets them. The exact intervals know of chance alone, so they "
            "are too narrow.",
            hint="Go by the limits of the control chart for what comes next: dmaic control.",
        ),
    )


def _causes(stability: Stability) -> tuple[Finding, ...]:
    if stability.stable:
        return ()
    return (
        Finding(
            code="not-stable",
            level="warning",
            message=f"The process is not stable: {plural(len(stability.signals), 'special cause')} "
            f"on its {NAMES[stability.chart]} ({_where(stability)}){_beside(stability)}. Its "
            "capability tells what was and promises nothing.",
            hint="Find and remove the special causes first: dmaic control shows them.",
            count=len(stability.signals),
        ),
    )


def told(stability: Stability | None) -> str:
    """Stability in a few words.

    Args:
        stability: None where it could not be looked at.
    """
    if stability is None:
        return "not looked at"
    name = NAMES[stability.chart]
    many = plural(stability.points, "point")
    if not stability.stable:
        causes = plural(len(stability.signals), "special cause")
        return f"no: {causes} on the {name} of {many} ({_where(stability)}){_beside(stability)}"
    trial = ", which with under 12 points tells little" if stability.trial else ""
    if stability.signals:
        causes = plural(len(stability.signals), "signal")
        return f"yes: {causes} on the {name} of {many}{_beside(stability)}"
    return f"yes: no special cause on the {name} of {many}{trial}"


def _beside(stability: Stability) -> str:
    """What chance alone makes, where that is worth a word."""
    if stability.expected is None or stability.expected < 0.5:
        return ""
    return f", where chance alone makes about {stability.expected:.0f}"


def _where(stability: Stability) -> str:
    return some([f"rule {signal.rule} {when(signal)}" for signal in stability.signals], 3)
