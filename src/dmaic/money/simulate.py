"""Monte Carlo: a scenario's cash at many draws of everything that is uncertain in it.

What solutions do, cost and bring, and the margin, are drawn from the ranges given for them. The
losses of each segment are drawn too, also where everything else is certain: a rate counted on few
lost customers is not certain.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dmaic.money import cash as flow
from dmaic.money import draw
from dmaic.money.simulation import (
    Drawn,
    Point,
    Simulation,
    histogram,
    months_of,
    range_of,
)

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from dmaic.money.baseline import Baseline, SegmentBaseline
    from dmaic.money.cash import Values
    from dmaic.money.quantity import Quantity
    from dmaic.money.scenario import Scenario

    Figures = NDArray[np.float64]

_CELLS = 1_000_000
"""Draws x months that are held at once."""

_BAND_CELLS = 6_000_000
"""Draws x months of cumulative cash that are kept for the band."""

FIELDS = ("reduction", "cost", "running_cost", "win_back", "recovers")
"""What may be uncertain of a solution."""


@dataclass(frozen=True, slots=True)
class Uncertain:
    """A quantity that is drawn.

    Attributes:
        name: of its stream, and as people read it.
        field: of a solution, `margin`, or `scale` for the losses of a segment.
        place: of the solution in the scenario, or None.
        segment: of the losses, or empty.
        quantity: what is drawn; None for losses.
        events: equal losses that a segment's losses are known by.
    """

    name: str
    field: str
    place: int | None = None
    segment: str = ""
    quantity: Quantity | None = None
    events: float = 0.0

    @property
    def shape(self) -> str:
        """Name of its distribution."""
        return self.quantity.shape if self.quantity is not None else "gamma"

    def of(self, values: Values) -> Figures:
        """What it is in given draws."""
        if self.field == "margin":
            return values.margin
        if self.place is None:
            return values.scale[self.segment]
        figures: tuple[Figures, ...] = getattr(values, self.field)
        return figures[self.place]

    def inverted(self, uniform: Figures) -> Figures:
        """The points below which such shares of its draws lie."""
        if self.quantity is not None:
            return draw.inverted(self.quantity, uniform)
        return draw.count(self.events, uniform)

    def drawn(self, streams: draw.Streams, draws: int) -> Figures:
        """The next draws of it."""
        if self.quantity is not None:
            return draw.drawn(self.quantity, self.name, streams, draws)
        return draw.count(self.events, streams.uniform(self.name, draws))


def simulate(baseline: Baseline, scenario: Scenario) -> Simulation:
    """The ranges of a scenario's results. The order of its solutions changes nothing.

    Args:
        baseline: has every segment of the scenario.
        scenario: the solutions, the draws and the seed.
    """
    import numpy as np

    scenario = ordered(scenario)
    every = uncertain(baseline, scenario)
    streams = draw.Streams(scenario.seed)
    npvs, recovered, paid = (np.empty(scenario.draws) for _ in range(3))
    kept = min(scenario.draws, max(_BAND_CELLS // (scenario.horizon + 1), 1))
    band = np.empty((scenario.horizon + 1, kept))
    for first, last in _chunks(scenario.draws, scenario.horizon + 1):
        values = _values(scenario, every, streams, last - first)
        net = flow.cash(baseline, scenario, values).net
        cumulative = net.cumsum(axis=1)
        npvs[first:last] = flow.npv(net, scenario.discount)
        paid[first:last] = flow.payback(cumulative)
        rate = flow.run_rate(baseline, scenario, values)
        recovered[first:last] = sum(rate.recovered.values(), rate.known)
        if first < kept:
            end = min(last, kept)
            band[:, first:end] = cumulative.T[:, : end - first]
    paid[np.isnan(paid)] = np.inf
    edges, counts = histogram(npvs)
    points = np.percentile(band, (10, 50, 90), axis=1)
    return Simulation(
        draws=scenario.draws,
        seed=scenario.seed,
        drawn=tuple(_told(each) for each in every),
        npv=range_of(npvs),
        recovered_annual=range_of(recovered),
        payback_month=months_of(paid),
        probability_payback=float(np.isfinite(paid).mean()),
        probability_loss=float((npvs < 0).mean()),
        error=float(npvs.std() / scenario.draws**0.5),
        edges=edges,
        counts=counts,
        band=tuple(
            Point(month=month, p10=float(low), p50=float(middle), p90=float(high))
            for month, (low, middle, high) in enumerate(points.T)
        ),
        band_draws=kept,
    )


def ordered(scenario: Scenario) -> Scenario:
    """The scenario with its solutions by name, so that their order moves no figure."""
    solutions = sorted(
        scenario.solutions, key=lambda each: (each.title, each.segment, each.model_dump_json())
    )
    return scenario.model_copy(update={"solutions": tuple(solutions)})


def uncertain(baseline: Baseline, scenario: Scenario) -> tuple[Uncertain, ...]:
    """Everything that is drawn, each under a name of its own.

    Args:
        baseline: tells how many lost customers the losses are known by.
        scenario: tells what is certain.
    """
    found = [
        Uncertain(f"{name}: {field.replace('_', ' ')}", field, place, quantity=quantity)
        for place, name in enumerate(names_of(scenario))
        for field in FIELDS
        if (quantity := getattr(scenario.solutions[place], field)) is not None
        and not quantity.certain
    ]
    if not scenario.margin.certain:
        found.append(Uncertain("margin", "margin", quantity=scenario.margin))
    for segment in sorted(scenario.segments):
        events = _events(baseline.find(segment))
        if events:
            found.append(
                Uncertain(f"baseline losses of {segment}", "scale", None, segment, None, events)
            )
    return tuple(found)


def _events(base: SegmentBaseline) -> float | None:
    """Losses that the baseline stands on; unequal ones tell as much as fewer equal ones."""
    return base.equal_losses or base.churned


def names_of(scenario: Scenario) -> list[str]:
    """A name for each solution; the second one of a name gets a number."""
    seen: dict[str, int] = {}
    names = []
    for each in scenario.solutions:
        seen[each.title] = count = seen.get(each.title, 0) + 1
        names.append(each.title if count == 1 else f"{each.title} ({count})")
    return names


def _values(
    scenario: Scenario, every: tuple[Uncertain, ...], streams: draw.Streams, draws: int
) -> Values:
    return valued(scenario, draws, [(each, each.drawn(streams, draws)) for each in every])


def valued(scenario: Scenario, draws: int, moved: list[tuple[Uncertain, Figures]]) -> Values:
    """So many draws at the likely values, except for what is moved.

    Args:
        scenario: has the likely values.
        draws: how many.
        moved: what takes other values, one a draw.
    """
    import numpy as np

    likely = flow.likely(scenario)
    # One figure for all draws takes no memory; nothing is written into it.
    fields = {
        name: [np.broadcast_to(one, draws) for one in getattr(likely, name)] for name in FIELDS
    }
    margin = np.broadcast_to(likely.margin, draws)
    scale = {segment: np.broadcast_to(one, draws) for segment, one in likely.scale.items()}
    for each, figures in moved:
        if each.field == "margin":
            margin = figures
        elif each.place is None:
            scale[each.segment] = figures
        else:
            fields[each.field][each.place] = figures
    return flow.Values(
        **{name: tuple(every) for name, every in fields.items()}, margin=margin, scale=scale
    )


def _chunks(draws: int, months: int) -> Iterator[tuple[int, int]]:
    size = max(_CELLS // months, 1)
    for first in range(0, draws, size):
        yield first, min(first + size, draws)


def _told(each: Uncertain) -> Drawn:
    import numpy as np

    p10, p50, p90 = (float(point) for point in each.inverted(np.array([0.1, 0.5, 0.9])))
    return Drawn(name=each.name, shape=each.shape, p10=p10, p50=p50, p90=p90)
