"""How a control chart is shown as text: the answer, the signals, the limits, the points."""

from __future__ import annotations

from collections.abc import Iterator

from dmaic import number
from dmaic.block import Block, Cells, Check, Checks, Fields, Heading, Note, Table
from dmaic.stats.control.choice import NAMES
from dmaic.stats.control.part import Signal
from dmaic.stats.control.result import ControlResult
from dmaic.stats.control.word import figure, headline, when
from dmaic.text import plural, printable

SURE = 50
"""Points whose limits, once frozen, signal about as often by chance as known ones would."""

ALL_POINTS = 36
"""So many points are all shown; of more the last ones."""


def blocks(result: ControlResult) -> tuple[Block, ...]:
    """The sentence, what the chart is, the special causes, stages, points and rules."""
    first, last = result.points[0].label, result.points[-1].label
    aside = f"{printable(first, 30)} to {printable(last, 30)}" if first != last else first
    told: list[Block] = [
        Heading(f"Control chart of {printable(result.name, 60)}", 1, aside=aside),
        Note(headline(result), strong=True),
        Fields(tuple(_facts(result))),
    ]
    if result.signals:
        told.append(_signals(result))
    if len(result.stages) > 1:
        told.append(_stages(result))
    told.append(_points(result))
    if any(point.excluded for point in result.points):
        listed = tuple(
            Check("plain", printable(point.label, 60), point.excluded)
            for point in result.points
            if point.excluded
        )
        told += [Heading("Left out"), Checks(listed)]
    told += [
        Heading("Rules that signal"),
        Checks(tuple(Check("plain", f"{use.id}: {use.name}") for use in result.rules)),
    ]
    return tuple(told)


def _facts(result: ControlResult) -> Iterator[tuple[str, str]]:
    name = NAMES[result.chart]
    yield "chart", f"{name}: {result.why}" if result.chosen else f"{name}, as asked for"
    now = " (last stage)" if len(result.stages) > 1 else ""
    if result.chart == "cusum":
        yield f"reference{now}", figure(result, result.center)
        yield (
            "k and h",
            f"{figure(result, result.reference)} and {figure(result, result.decision)}",
        )
    else:
        yield f"centre line{now}", figure(result, result.center)
        yield f"limits{now}", _limits(result)
    if result.sigma is not None and result.chart not in ("p", "np", "c", "u", "g", "t"):
        words = figure(result, result.sigma)
        if result.mean_moving_range is not None and result.chart in ("xmr", "ewma", "cusum"):
            screened = result.stages[-1].screened
            words += f" (mean moving range {figure(result, result.mean_moving_range)}"
            words += f", {screened} screened)" if screened else ")"
        yield "sigma", words
    last = result.stages[-1]
    if last.baseline:
        kind = "trial limits, of" if last.trial else "limits of"
        frozen = f", frozen since {printable(last.baseline_last, 30)}" if last.frozen else ""
        yield "baseline", f"{kind} {plural(last.baseline, result.period)}{frozen}"
    else:
        yield "baseline", "none: the standard is given"
    if result.target is not None:
        yield "target", figure(result, result.target)
    over = result.overdispersion
    if over is not None:
        yield (
            "overdispersion",
            f"{'found' if over.found else 'none found'}: variance {over.ratio:.2f} times that of "
            f"chance, p {number.p_value(over.p_value)}, sigma z {over.sigma_z:.3f}",
        )
    alarm = result.false_alarm
    if alarm is not None:
        often = alarm.probability > 0.5
        error = f" (± {100 * alarm.error:.1f})" if alarm.error else ""
        yield (
            "false alarms",
            f"{100 * alarm.probability:.1f} %{error} of stable processes signal at least once in "
            f"{plural(alarm.points, result.period)} with these rules"
            + (f"; chance alone makes about {alarm.expected:.0f}" if often else "")
            + _more(result),
        )


def _more(result: ControlResult) -> str:
    """That later points are judged by limits which few points made, and so are off themselves."""
    few = [stage.baseline for stage in result.stages if stage.frozen and 0 < stage.baseline < SURE]
    if not few:
        return ""
    return f"; more, as {plural(min(few), result.period)} alone made limits that were then frozen"


def _limits(result: ControlResult) -> str:
    last = result.points[-1]
    if result.lower is not None and result.upper is not None:
        return f"{figure(result, result.lower)} to {figure(result, result.upper)}"
    if last.lower is None or last.upper is None:
        return "differ from point to point"
    return (
        f"stepped with the size; at {printable(last.label, 30)} {figure(result, last.lower)} to "
        f"{figure(result, last.upper)}"
    )


def _signals(result: ControlResult) -> Table:
    rows = result.signals[-ALL_POINTS:]
    title = "Special causes"
    if len(rows) < len(result.signals):
        title = f"The last {len(rows)} of {len(result.signals):,} special causes"
    ways = {True: "better", False: "worse", None: number.DASH}
    return Table(
        (
            Cells("points", tuple(when(row).removeprefix("at ") for row in rows), wrap=True),
            Cells("rule", tuple(str(row.rule) for row in rows)),
            Cells("what", tuple(_what(result, row) for row in rows), wrap=True, keep=80),
            Cells("side", tuple(row.side for row in rows), keep=60),
            Cells("for the", tuple(ways[row.better] for row in rows), keep=70),
        ),
        title=title,
        signs=tuple("good" if row.better else "bad" for row in rows),
    )


def _what(result: ControlResult, signal: Signal) -> str:
    if signal.rule != 1 or signal.chart != "location":
        return signal.name
    value = result.points[signal.at[0] - 1].value
    return f"{signal.name}: {figure(result, value)}" if len(signal.at) == 1 else signal.name


def _stages(result: ControlResult) -> Table:
    rows = result.stages
    return Table(
        (
            Cells("stage", tuple(str(row.number) for row in rows)),
            Cells("from", tuple(printable(row.first, 30) for row in rows)),
            Cells("to", tuple(printable(row.last, 30) for row in rows), keep=60),
            Cells("points", tuple(str(row.points) for row in rows), right=True, keep=50),
            Cells("centre", tuple(figure(result, row.center) for row in rows), right=True),
            Cells("lower", tuple(figure(result, row.lower) for row in rows), right=True, keep=70),
            Cells("upper", tuple(figure(result, row.upper) for row in rows), right=True, keep=70),
            Cells("reason", tuple(row.reason or "start" for row in rows), wrap=True, keep=80),
        ),
        title="Stages, each with limits of its own",
    )


def _points(result: ControlResult) -> Table:
    rows = result.points[-ALL_POINTS:]
    cusum = result.chart == "cusum"
    sums = [
        Cells("upper sum", tuple(figure(result, row.sum_high) for row in rows), right=True),
        Cells("lower sum", tuple(figure(result, row.sum_low) for row in rows), right=True),
    ]
    columns = [Cells(result.period, tuple(printable(row.label, 40) for row in rows))]
    if any(row.count is not None for row in rows) and result.chart not in ("c", "np"):
        counts = tuple(number.amount(row.count, places=0) for row in rows)
        columns.append(Cells("events", counts, right=True, keep=60))
    if any(row.size is not None for row in rows):
        sizes = tuple(number.amount(row.size, places=0) for row in rows)
        columns.append(Cells("size", sizes, right=True, keep=50))
    if any(row.observed is not None for row in rows):
        seen = tuple(figure(result, row.observed) for row in rows)
        columns.append(Cells("measured", seen, right=True, keep=85))
    if cusum:
        columns += sums
    else:
        columns.append(Cells("value", tuple(figure(result, row.value) for row in rows), right=True))
        if result.upper is None or len(result.stages) > 1:
            lower = tuple(figure(result, row.lower) for row in rows)
            upper = tuple(figure(result, row.upper) for row in rows)
            columns += [
                Cells("lower", lower, right=True, keep=70),
                Cells("upper", upper, right=True, keep=70),
            ]
    if any(row.signals for row in rows):
        columns.append(Cells("signals", tuple(", ".join(map(str, row.signals)) for row in rows)))
    all_there = len(rows) == len(result.points)
    title = "Points" if all_there else f"The last {len(rows)} of {len(result.points):,} points"
    return Table(tuple(columns), title=title)
