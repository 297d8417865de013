"""The ranges of a result in words and tables: how sure it is, and what it hangs on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dmaic.block import Block, Cells, Note, Table
from dmaic.money.draw import below_zero
from dmaic.money.simulation import Drawn, Months, Range, Simulation
from dmaic.money.tornado import TornadoRow
from dmaic.number import DASH, money
from dmaic.result import Finding
from dmaic.text import plural, printable

if TYPE_CHECKING:
    from dmaic.money.scenario import Scenario

METHOD = {
    "p10": "a tenth of the draws of the net present value lies below it; p50: half; p90: nine "
    "tenths (Hyndman and Fan's type 7)",
    "probability_payback": "draws that pay back within the horizon / all draws",
    "draws": "PERT: low + (high - low) Beta(1 + 4 (likely - low) / (high - low), 1 + 4 (high - "
    "likely) / (high - low)); pilot: 1 - treated / control, each Beta(lost + 1/2, stayed + 1/2); "
    "baseline losses of a segment: Gamma(n + 1/2) / n of what was lost, n the lost customers, or "
    "(sum of their MRR)^2 / sum of MRR^2",
    "tornado": "net present value at the P10 and the P90 of one quantity (of one given as a single "
    "figure, at ±10 % of it, a share at most 100 %), all others at their likely values",
}
"""How the figures of a simulation were made, by name of the figure."""

_ROWS = 12
"""Rows of the tornado that are shown; JSON has all."""


def chance(share: float) -> str:
    """A share of the draws: `97 %`; never a rounded `100 %` or `0 %`.

    Args:
        share: a fraction of one.
    """
    if 0 < share < 0.005:
        return "under 1 %" if share >= 0.0005 else "under 0.1 %"
    if 0.995 < share < 1:
        return "over 99 %" if share <= 0.9995 else "over 99.9 %"
    return f"{100 * share:.0f} %"


def verdict(simulation: Simulation, payback: int | None, horizon: int, currency: str | None) -> str:
    """The result in one sentence.

    Args:
        simulation: of the scenario.
        payback: month in which it pays back at the likely figures, or None.
        horizon: months that were looked at.
        currency: of the money.
    """
    npv = simulation.npv
    low, high = (money(each, currency, brief=True) for each in (npv.p10, npv.p90))
    value = f"NPV between {low} and {high} (P10 to P90)."
    if not simulation.drawn:
        value = f"NPV {low}, as one figure: no range was given."
    elif low == high:
        value = f"NPV {low}."
    within = f"within {plural(horizon, 'month')}"
    share = simulation.probability_payback
    if payback is None and share == 1:
        # All draws are at or above zero from the start on: there are no costs.
        paid = "Costs nothing and brings nothing"
    elif payback == 0:
        paid = "Nothing has to be paid back"
    elif not simulation.drawn:
        paid = f"Pays back in month {payback}" if payback else f"Does not pay back {within}"
    elif payback is None:
        paid = f"Does not pay back {within} at the likely figures; {_draws(share)}"
    else:
        paid = f"Pays back in month {payback}; {_draws(share)} {within}"
    return f"{paid}; {value}"


def _draws(share: float) -> str:
    if share == 0:
        return "no draw pays back"
    return "all draws pay back" if share == 1 else f"{chance(share)} of draws pay back"


def blocks(
    simulation: Simulation, rows: Sequence[TornadoRow], npv: float, currency: str | None
) -> tuple[Block, ...]:
    """The ranges, then what moves the net present value most.

    Args:
        simulation: of the scenario.
        rows: of the tornado.
        npv: net present value at the likely figures.
        currency: of the money.
    """
    told = [_ranges(simulation, currency)]
    if rows:
        told.append(_tornado(rows[:_ROWS], npv, currency))
        more = len(rows) - _ROWS
        single = any(row.moved != "p10-p90" for row in rows[:_ROWS])
        notes = [
            "± marks a figure given without a range, moved by 10 % of itself (a ramp by a month): "
            "how much it matters, not how sure it is." if single else "",
            f"{plural(more, 'quantity', 'quantities')} that move it less: see --json."
            if more > 0 else "",
        ]  # fmt: skip
        return (*told, *(Note(note) for note in notes if note))
    return tuple(told)


def _ranges(simulation: Simulation, currency: str | None) -> Table:
    rows = [
        ("Net present value", _moneys(simulation.npv, currency)),
        ("Recovered a year (run-rate)", _moneys(simulation.recovered_annual, currency)),
        ("Paid back by month", _months(simulation.payback_month)),
    ]
    heads = ("P10", "P50", "P90", "Mean")
    title = f"Ranges: {plural(simulation.draws, 'draw')}, seed {simulation.seed}"
    return Table(
        (
            Cells("Figure", tuple(name for name, _ in rows)),
            *(
                Cells(head, tuple(texts[place] for _, texts in rows), right=True)
                for place, head in enumerate(heads)
            ),
        ),
        title=title,
    )


def _moneys(found: Range, currency: str | None) -> tuple[str, ...]:
    figures = (found.p10, found.p50, found.p90, found.mean)
    return tuple(money(each, currency, brief=True) for each in figures)


def _months(found: Months) -> tuple[str, ...]:
    months = (found.p10, found.p50, found.p90)
    return (*("later" if each is None else str(each) for each in months), DASH)


def _tornado(rows: Sequence[TornadoRow], npv: float, currency: str | None) -> Table:
    def moves(name: str) -> tuple[str, ...]:
        changes = (getattr(row, name) - npv for row in rows)
        return tuple(money(change, currency, brief=True, sign=True) for change in changes)

    return Table(
        (
            Cells("Quantity", tuple(row.name for row in rows), wrap=True),
            Cells("From – to", tuple(moved(row, currency) for row in rows), wrap=True, keep=80),
            Cells("at low", moves("npv_low"), right=True, keep=90),
            Cells("at high", moves("npv_high"), right=True, keep=90),
            Cells(
                "Swing",
                tuple(money(row.swing, currency, brief=True) for row in rows),
                right=True,
                keep=70,
            ),
        ),
        title=f"What moves the net present value of {money(npv, currency, brief=True)} most",
    )


def moved(row: TornadoRow, currency: str | None) -> str:
    """From where to where a quantity goes: `58 % to 70 %`, `±10 %: $18K to $22K`.

    Args:
        row: of the tornado.
        currency: of the money.
    """
    low, high = ends_of(row, currency)
    if row.kind == "months":
        return f"±1: {row.low:g} to {high}"
    text = f"{low} to {high}" + (" a month" if row.kind == "rate" else "")
    return text if row.moved == "p10-p90" else f"±10 %: {text}"


def ends_of(row: TornadoRow, currency: str | None) -> tuple[str, str]:
    """The lower and the upper end of a quantity: `58 %`, `$18K`, `2 months`; losses as a change.

    Args:
        row: of the tornado.
        currency: of the money.
    """
    if row.kind in ("money", "rate"):
        return money(row.low, currency, brief=True), money(row.high, currency, brief=True)
    if row.kind == "months":
        return plural(int(row.low), "month"), plural(int(row.high), "month")
    if row.kind == "losses":
        return f"{100 * (row.low - 1):+.3g} %", f"{100 * (row.high - 1):+.3g} %"
    return f"{100 * row.low:.3g} %", f"{100 * row.high:.3g} %"


def doubts(scenario: Scenario, simulation: Simulation) -> tuple[Finding, ...]:
    """What a reader of the ranges should know about the draws, and the pilots they come from.

    Args:
        scenario: may have reductions that a pilot found.
        simulation: of it.
    """
    few = simulation.draws < _FEW and simulation.drawn
    told = [
        Finding(
            code="few-draws",
            level="warning",
            message=f"With {plural(simulation.draws, 'draw')} the ends of the ranges are "
            "themselves a matter of chance.",
            hint="--draws 50000 takes less than a second.",
        )
    ] * bool(few)
    told += [
        Finding(
            code="pilot-may-harm",
            level="warning" if share >= _LIKELY else "info",
            message=f'By its pilot, "{printable(each.title, 60)}" makes churn worse with a '
            f"probability of {chance(share)}; such draws count as no reduction.",
            hint="A larger pilot tells more: see how many customers it needs before it is rolled "
            "out.",
        )
        for each in scenario.solutions
        if (share := below_zero(each.reduction)) >= _RARE
    ]
    return tuple(told)


_FEW = 1_000
"""Draws below which another seed moves P10 and P90 by much."""

_LIKELY, _RARE = 0.05, 0.001
"""From what probability on a harmful pilot is a warning, and from what it is told at all."""


def assumptions(drawn: Sequence[Drawn]) -> tuple[str, ...]:
    """What the ranges take as given.

    Args:
        drawn: the quantities that were.
    """
    losses = any(each.shape == "gamma" for each in drawn)
    told = (
        "The losses of a segment are drawn as those of customers who leave independently of each "
        "other; its rate and its MRR lost move together."
        if losses
        else "How many customers the baseline stands on is not known, so its own noise is not in "
        "the ranges."
    )
    return (told, "Everything drawn moves independently of everything else.")
