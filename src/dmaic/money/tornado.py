"""What moves the net present value most: one quantity at a time from low to high.

A quantity that was given as a range goes from its P10 to its P90, all others staying at their
likely values. One that was given as a single figure goes from 10 % below to 10 % above it, a ramp
from one month less to one month more: that tells how much it matters, not how sure it is, and is
marked so.

Source: Eschenbach, T. G. (1992), Spiderplots versus tornado diagrams for sensitivity analysis,
Interfaces 22(6), 40-46.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from dmaic.money import cash as flow
from dmaic.money.simulate import FIELDS, Uncertain, names_of, ordered, uncertain, valued
from dmaic.result import Frozen

if TYPE_CHECKING:
    from dmaic.money.baseline import Baseline
    from dmaic.money.scenario import Scenario

STEP = 0.1
"""By how much of itself a single figure is moved."""

Kind = Literal["share", "money", "rate", "months", "losses"]
Moved = Literal["p10-p90", "10%", "1 month"]

_KINDS: dict[str, Kind] = {
    "reduction": "share",
    "cost": "money",
    "running_cost": "rate",
    "win_back": "share",
    "recovers": "rate",
    "margin": "share",
    "scale": "losses",
}


class TornadoRow(Frozen):
    """One quantity, and the net present value at both of its ends.

    Attributes:
        name: of the quantity, such as `API: reduction`.
        kind: what its values are: shares, money, money a month (`rate`), months, or a factor on the
            losses of the baseline.
        moved: its ends are its `p10-p90`, `10%` below and above a single figure, or `1 month` less
            and more.
        low: its lower end.
        high: its upper end.
        npv_low: net present value at the lower end.
        npv_high: at the upper end.
        swing: between the two, never negative.
    """

    name: str
    kind: Kind
    moved: Moved
    low: float
    high: float
    npv_low: float
    npv_high: float
    swing: float


def tornado(baseline: Baseline, scenario: Scenario) -> tuple[TornadoRow, ...]:
    """The rows of a tornado, the greatest swing first; what moves nothing is left out.

    Args:
        baseline: has every segment of the scenario.
        scenario: the solutions.
    """
    scenario = ordered(scenario)
    rows = [*_of_values(baseline, scenario), *_of_terms(baseline, scenario)]
    rows.sort(key=lambda row: (-row.swing, row.name))
    return tuple(row for row in rows if row.swing > 0.005)


def _of_values(baseline: Baseline, scenario: Scenario) -> list[TornadoRow]:
    """The quantities that differ by draw: two draws each, all of them at once."""
    import numpy as np

    drawn = uncertain(baseline, scenario)
    ends = [tuple(each.inverted(np.array([0.1, 0.9]))) for each in drawn]
    single = _single(scenario)
    every = [*drawn, *(each for each, _ in single)]
    ends += [pair for _, pair in single]
    if not every:
        return []
    likely = valued(scenario, 1, [])
    moved = []
    for place, (each, pair) in enumerate(zip(every, ends, strict=True)):
        figures = np.full(2 * len(every), each.of(likely)[0])
        figures[2 * place : 2 * place + 2] = pair
        moved.append((each, figures))
    values = valued(scenario, 2 * len(every), moved)
    npvs = flow.npv(flow.cash(baseline, scenario, values).net, scenario.discount)
    return [
        _row(
            each.name, _KINDS[each.field], "p10-p90" if place < len(drawn) else "10%", pair,
            (npvs[2 * place], npvs[2 * place + 1]),
        )
        for place, (each, pair) in enumerate(zip(every, ends, strict=True))
    ]  # fmt: skip


def _single(scenario: Scenario) -> list[tuple[Uncertain, tuple[float, float]]]:
    """The figures that were given as one, with what they are moved to."""
    found = [
        (Uncertain(f"{name}: {field.replace('_', ' ')}", field, place, quantity=quantity), quantity)
        for place, name in enumerate(names_of(scenario))
        for field in FIELDS
        if (quantity := getattr(scenario.solutions[place], field)) is not None
    ]
    found.append((Uncertain("margin", "margin", quantity=scenario.margin), scenario.margin))
    return [
        (each, _around(quantity.likely, within=_KINDS[each.field] == "share"))
        for each, quantity in found
        if quantity.certain
    ]


def _around(figure: float, *, within: bool) -> tuple[float, float]:
    high = figure * (1 + STEP)
    return figure * (1 - STEP), min(high, 1.0) if within else high


def _of_terms(baseline: Baseline, scenario: Scenario) -> list[TornadoRow]:
    """The discount and the ramps, which are one for all draws."""
    low, high = _around(scenario.discount, within=True)
    rates = [_npv(baseline, scenario.model_copy(update={"discount": at})) for at in (low, high)]
    rows = [_row("discount", "share", "10%", (low, high), (rates[0], rates[1]))]
    for place, name in enumerate(names_of(scenario)):
        ramp = scenario.solutions[place].ramp
        # A ramp of no month and one of one month are the same.
        if ramp < 2:
            continue
        ends = (ramp - 1, ramp + 1)
        npvs = [_npv(baseline, _ramped(scenario, place, months)) for months in ends]
        rows.append(_row(f"{name}: ramp", "months", "1 month", ends, (npvs[0], npvs[1])))
    return rows


def _ramped(scenario: Scenario, place: int, months: int) -> Scenario:
    solutions = list(scenario.solutions)
    solutions[place] = solutions[place].model_copy(update={"ramp": months})
    return scenario.model_copy(update={"solutions": tuple(solutions)})


def _npv(baseline: Baseline, scenario: Scenario) -> float:
    net = flow.cash(baseline, scenario, flow.likely(scenario)).net
    return float(flow.npv(net, scenario.discount)[0])


def _row(
    name: str, kind: Kind, moved: Moved, ends: tuple[float, float], npvs: tuple[float, float]
) -> TornadoRow:
    low, high = (float(npv) for npv in npvs)
    return TornadoRow(
        name=name, kind=kind, moved=moved, low=float(ends[0]), high=float(ends[1]),
        npv_low=low, npv_high=high, swing=abs(high - low),
    )  # fmt: skip
