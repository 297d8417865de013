"""A comparison in words and tables."""

from __future__ import annotations

from collections.abc import Iterator

from dmaic.block import Block, Cells, Fields, Heading, Note, Table
from dmaic.money.effect import Estimate
from dmaic.number import DASH, p_value, percent
from dmaic.stats.compare.result import EXACT, Arm, Baseline, CompareResult
from dmaic.stats.compare.verdict import confidence, share
from dmaic.text import plural, printable

SHOWN = 15
"""More segments than these are not shown in the table; CSV and JSON have them all."""

_MIX = 0.2
"""A part of the difference that is worth a sentence."""


def blocks(result: CompareResult) -> tuple[Block, ...]:
    """The verdict first; then both sides, what the looks ask, segments and months."""
    title = {"before-after": "Before and after", "pilot": "Pilot and control"}[result.mode]
    told: list[Block] = [
        Heading(title, 1, aside=_aside(result)),
        Note(result.verdict, strong=True),
        *(Note(each) for each in notes(result)),
        _sides(result),
        Fields(tuple(_figures(result))),
    ]
    if result.looks > 1:
        told.append(_looks(result))
    if result.baseline is not None:
        told.append(_baseline(result))
    if result.segments:
        told.append(_segments(result))
        if len(result.segments) > SHOWN:
            rest = plural(len(result.segments) - SHOWN, "segment")
            told.append(Note(f"{rest} more: --json and --format csv have all of them."))
    if result.control is not None:
        told.append(_stages(result))
    return tuple(told)


def notes(result: CompareResult) -> Iterator[str]:
    """What the overall figure does not say: unlike groups, a reversal, the mix of customers.

    Args:
        result: of a comparison.
    """
    value, mix = result.difference.value, result.mix_effect
    reversal = result.reversal
    if result.baseline is not None and result.baseline.difference.proven:
        yield _unlike(result.baseline)
    if reversal is not None and reversal.reversed and reversal.stratified.value is not None:
        whom = "in every segment" if reversal.every_segment else "within segments"
        side = "after" if result.mode == "before-after" else "in the pilot"
        word = "higher" if reversal.stratified.value > 0 else "lower"
        yield (
            f"The overall figure misleads: {whom} churn is {word} {side}, "
            f"{_points(reversal.stratified)}. The sides hold other customers (Simpson's reversal)."
        )
    elif mix is not None and value and abs(mix) > _MIX * abs(value) and _tells(result, mix):
        yield (
            f"Of the difference of {percent(value, sign=True)} points, "
            f"{percent(mix, sign=True)} are other customers and "
            f"{percent(result.rate_effect, sign=True)} other rates."
        )


def _unlike(baseline: Baseline) -> str:
    """What is left where the groups were not alike already before."""
    text = (
        "The groups were not alike before the pilot: "
        f"{percent(baseline.reference.rate)} % in the control group, "
        f"{percent(baseline.compared.rate)} % in the pilot."
    )
    if baseline.ratio.value is None:
        return text
    return (
        f"{text} Each against its own past, the pilot's churn changed by a factor of "
        f"{_factor(baseline.ratio)} of what the control group's did."
    )


def _tells(result: CompareResult, mix: float) -> bool:
    """Whether the mix is worth a sentence: nothing is split where there is nothing to split."""
    least = result.minimal_difference
    return result.difference.proven or (least is not None and abs(mix) > least / 2)


def _aside(result: CompareResult) -> str:
    one, other = result.reference, result.compared
    if one.first is None:
        return "no dates"
    if result.mode == "pilot":
        return f"{one.first} to {one.last}"
    return f"{one.first} to {one.last}, then {other.first} to {other.last}"


def _points(figure: Estimate) -> str:
    if figure.value is None:
        return DASH
    text = f"{percent(figure.value, sign=True)} points"
    if figure.low is None or figure.high is None:
        return text
    return f"{text} ({percent(figure.low, sign=True)} to {percent(figure.high, sign=True)})"


def _factor(figure: Estimate) -> str:
    if figure.value is None:
        return DASH
    text = f"{figure.value:.3f}"
    if figure.low is None or figure.high is None:
        return text
    return f"{text} ({figure.low:.3f} to {figure.high:.3f})"


def _sides(result: CompareResult) -> Table:
    rows = (result.reference, result.compared)
    heads = {
        "before-after": ("before", "after"),
        "pilot": (f"control: {rows[0].name}", f"pilot: {rows[1].name}"),
    }[result.mode]
    return Table(
        (
            Cells("Side", tuple(printable(head, 60) for head in heads), wrap=True),
            Cells(result.counted, tuple(f"{each.at_risk:,}" for each in rows), right=True),
            Cells("churned", tuple(f"{each.churned:,}" for each in rows), right=True),
            Cells("churn %", tuple(percent(each.rate) for each in rows), right=True),
            Cells("95 %", tuple(_bounds(each) for each in rows), right=True),
        )
    )


def _bounds(arm: Arm | None) -> str:
    if arm is None or arm.low is None or arm.high is None:
        return DASH
    return f"{percent(arm.low)}–{percent(arm.high)}"


def _figures(result: CompareResult) -> Iterator[tuple[str, str]]:
    level = f", {confidence(result)} interval"
    yield "Difference", _points(result.difference) + level
    yield "Relative risk", _factor(result.relative_risk) + level
    if result.p_value is None or result.statistic is None:
        yield "Test", "none: everybody, or nobody, was lost"
    else:
        # A limit below what is shown as a p-value is told by its z.
        asked = f"{result.level:.3g}"
        test = EXACT if result.test == EXACT else f"z {result.statistic:.2f}"
        yield "Test", f"{test}, p {p_value(result.p_value)} (must be below {asked})"
    if result.minimal_difference is not None:
        yield (
            "Smallest effect wanted",
            f"{share(result.minimal_effect)} of the rate, "
            f"{percent(result.minimal_difference)} points (--minimal-effect)",
        )
    if result.needed is not None:
        text = f"{result.needed:,} {result.counted} on each side"
        if result.needed_months is not None:
            text += f", {result.needed_months:,.1f} months at the present size"
        yield f"To see it with {share(result.power)} power", text
    if result.power_now is not None:
        yield "Power of these data", f"{percent(result.power_now)} %"
    if result.rate_effect is not None:
        yield "Of it, other rates", f"{percent(result.rate_effect, sign=True)} points"
        yield "Of it, other customers", f"{percent(result.mix_effect, sign=True)} points"
    if result.reversal is not None:
        yield "Within segments", _points(result.reversal.stratified)


def _looks(result: CompareResult) -> Table:
    name = {"obrien-fleming": "O'Brien-Fleming", "pocock": "Pocock"}[result.boundary]
    return Table(
        (
            Cells("Look", tuple(
                f"{each.look}{' (now)' if each.look == result.look else ''}" for each in result.plan
            )),
            Cells("of the data %", tuple(percent(each.fraction) for each in result.plan),
                  right=True),
            Cells("z must reach", tuple(f"{each.z:.3f}" for each in result.plan), right=True),
            Cells("p below", tuple(f"{each.p_value:.3g}" for each in result.plan), right=True),
        ),
        title=f"Planned looks, {name}",
    )  # fmt: skip


def _baseline(result: CompareResult) -> Table:
    baseline = result.baseline
    assert baseline is not None
    rows = (
        ("control", baseline.reference, result.reference),
        ("pilot", baseline.compared, result.compared),
    )
    return Table(
        (
            Cells("Churn, %", (*(name for name, *_ in rows), "difference in change")),
            Cells("before", (*(percent(then.rate) for _, then, _ in rows), ""), right=True),
            Cells("95 %", (*(_bounds(then) for _, then, _ in rows), ""), right=True),
            Cells("now", (*(percent(now.rate) for *_, now in rows), ""), right=True),
            Cells("pilot over control", ("", "", _factor(baseline.ratio)), right=True),
        ),
        title="Both groups before the pilot, and now",
    )


def _segments(result: CompareResult) -> Table:
    rows = result.segments[:SHOWN]
    heads = ("before", "after") if result.mode == "before-after" else ("control", "pilot")
    return Table(
        (
            Cells("Churn by segment, %", tuple(printable(each.name, 60) for each in rows),
                  wrap=True),
            Cells(heads[0], tuple(_rate(each.reference) for each in rows), right=True),
            Cells(heads[1], tuple(_rate(each.compared) for each in rows), right=True),
            Cells("difference", tuple(percent(each.difference.value, sign=True) for each in rows),
                  right=True),
            Cells("95 %", tuple(_span(each.difference) for each in rows), right=True, keep=60),
            Cells("rate effect", tuple(percent(each.rate_effect, sign=True) for each in rows),
                  right=True, keep=70),
            Cells("mix effect", tuple(percent(each.mix_effect, sign=True) for each in rows),
                  right=True, keep=70),
        ),
        title=f"By {', '.join(printable(name, 40) for name in result.by)}",
    )  # fmt: skip


def _rate(arm: Arm | None) -> str:
    return DASH if arm is None else percent(arm.rate)


def _span(figure: Estimate) -> str:
    if figure.low is None or figure.high is None:
        return DASH
    return f"{percent(figure.low, sign=True)} to {percent(figure.high, sign=True)}"


def _stages(result: CompareResult) -> Table:
    control = result.control
    assert control is not None
    rows = control.stages
    return Table(
        (
            Cells("Stage", tuple(f"{each.first} to {each.last}" for each in rows)),
            Cells("months", tuple(f"{each.points:,}" for each in rows), right=True),
            Cells("centre %", tuple(percent(each.center) for each in rows), right=True),
            Cells(
                "special causes",
                tuple(
                    f"{sum(bool(p.signals) for p in control.points if p.stage == each.number):,}"
                    for each in rows
                ),
                right=True,
            ),
        ),
        title="Staged control chart, limits made anew at the change",
    )
