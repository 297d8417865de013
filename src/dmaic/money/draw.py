"""Random figures for a simulation: each quantity has a stream of its own, found by its name.

Every quantity is drawn by inverting its distribution at a uniform number. The same seed gives so
the same uniform numbers to the same name, whatever else is drawn and in which order ("common random
numbers"; Law, A. M. (2015), Simulation Modeling and Analysis, 5th edition, section 11.2): two
scenarios differ by what is different in them and by nothing else.
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from dmaic.money.quantity import Quantity

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Figures = NDArray[np.float64]

LAMBDA = 4.0
"""How much the likely value of a PERT outweighs each end."""

_PARTS = 300
"""Parts into which each group of a pilot is cut where a point is asked for and nothing drawn."""


class Streams:
    """Uniform random numbers, one stream a name; asked again a stream goes on where it was.

    Args:
        seed: 0 or above.
    """

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self._open: dict[str, np.random.Generator] = {}

    def uniform(self, name: str, count: int) -> Figures:
        """The next numbers of a stream, from 0 (included) to 1 (excluded).

        Args:
            name: of the stream.
            count: how many.
        """
        if name not in self._open:
            from numpy.random import PCG64, Generator, SeedSequence

            # The name makes the stream, so that no other stream and no order of calls moves it.
            digest = sha256(name.encode()).digest()
            key = tuple(int.from_bytes(digest[at : at + 4], "big") for at in range(0, 32, 4))
            self._open[name] = Generator(PCG64(SeedSequence(self._seed, spawn_key=key)))
        return self._open[name].random(count)


def pert(low: float, likely: float, high: float, uniform: Figures) -> Figures:
    """Beta-PERT: a beta distribution stretched from low to high, with its peak at likely.

    X = low + w B with w = high - low and B ~ Beta(1 + 4 (likely - low) / w, 1 + 4 (high - likely) /
    w). Its mean is (low + 4 likely + high) / 6, its variance (mean - low)(high - mean) / 7.

    Source: Malcolm, D. G., Roseboom, J. H., Clark, C. E. and Fazar, W. (1959), Operations Research
    7, 646-669; in this form Vose, D. (2008), Risk Analysis: A Quantitative Guide, 3rd edition.

    Args:
        low: the least there can be.
        likely: the peak.
        high: the most there can be.
        uniform: where the distribution is inverted.
    """
    import numpy as np
    from scipy.special import betaincinv

    width = high - low
    if width <= 0:
        return _constant(likely, uniform)
    rise = 1 + LAMBDA * (likely - low) / width
    fall = 1 + LAMBDA * (high - likely) / width
    stretched: Figures = np.clip(low + width * betaincinv(rise, fall, uniform), low, high)
    return stretched


def triangular(low: float, likely: float, high: float, uniform: Figures) -> Figures:
    """Triangular distribution: straight lines up from low to likely and down to high.

    With w = high - low and c = (likely - low) / w: low + w √(u c) for u < c, otherwise
    high - w √((1 - u)(1 - c)). Its mean is (low + likely + high) / 3.

    Source: Kotz, S. and van Dorp, J. R. (2004), Beyond Beta, chapter 1.

    Args:
        low: the least there can be.
        likely: the peak.
        high: the most there can be.
        uniform: where the distribution is inverted.
    """
    import numpy as np

    width = high - low
    if width <= 0:
        return _constant(likely, uniform)
    peak = (likely - low) / width
    rising = low + width * np.sqrt(uniform * peak)
    falling = high - width * np.sqrt((1 - uniform) * (1 - peak))
    return np.where(uniform < peak, rising, falling)


def proportion(events: int, trials: int, uniform: Figures) -> Figures:
    """What share is behind so many events, as Beta(events + 1/2, trials - events + 1/2).

    The posterior under Jeffreys' prior: Jeffreys, H. (1946), Proceedings of the Royal Society A
    186, 453-461; as an interval Brown, L. D., Cai, T. T. and DasGupta, A. (2001), Statistical
    Science 16, 101-133.

    Args:
        events: such as churned customers, from 0 to `trials`.
        trials: such as customers of the pilot.
        uniform: where the distribution is inverted.
    """
    from scipy.special import betaincinv

    share: Figures = betaincinv(events + 0.5, trials - events + 0.5, uniform)
    return share


def cut(treated: Figures, control: Figures) -> Figures:
    """The reduction that a pilot showed, 1 - treated / control; below 0 where it made it worse.

    Args:
        treated: churn rates of those who got the fix.
        control: churn rates of those who did not.
    """
    import numpy as np

    # A control rate that underflows to 0 proves no reduction.
    return 1 - treated / np.maximum(control, np.finfo(float).tiny)


def count(events: float, uniform: Figures) -> Figures:
    """What the rate behind a count may be, over the rate seen: Gamma(events + 1/2) / events.

    The posterior of a Poisson rate under Jeffreys' prior (Jeffreys 1946, as above; Gelman, A. et
    al. (2013), Bayesian Data Analysis, 3rd edition, sections 2.6 and 2.8). From 10 events on its
    median is within 2 % of 1: the middle of the draws stays at what was seen.

    Args:
        events: more than 0.
        uniform: where the distribution is inverted.
    """
    from scipy.special import gammaincinv

    factor: Figures = gammaincinv(events + 0.5, uniform) / events
    return factor


def drawn(quantity: Quantity, name: str, streams: Streams, draws: int) -> Figures:
    """Draws of a quantity.

    What a pilot found is held to 0: a fix that may be worth nothing is not drawn as a loss of
    customers. `below_zero` tells how many draws that concerns.

    Args:
        quantity: what to draw.
        name: of its stream, such as `API: reduction`.
        streams: where the random numbers come from.
        draws: how many.
    """
    if quantity.treated is None or quantity.control is None:
        return inverted(quantity, streams.uniform(name, draws))
    groups = (("treated", quantity.treated), ("control", quantity.control))
    treated, control = (
        proportion(group.lost, group.of, streams.uniform(f"{name}: {word}", draws))
        for word, group in groups
    )
    return cut(treated, control).clip(0.0, 1.0)


def inverted(quantity: Quantity, uniform: Figures) -> Figures:
    """The points of a quantity below which such shares of its draws lie.

    Args:
        quantity: what is asked about.
        uniform: shares, from 0 to 1.
    """
    import numpy as np

    if quantity.certain:
        return _constant(quantity.likely, uniform)
    if quantity.shape == "pilot":
        points: Figures = np.quantile(_grid(quantity).clip(0.0, 1.0), uniform)
        return points
    shape = pert if quantity.shape == "pert" else triangular
    return shape(quantity.low, quantity.likely, quantity.high, uniform)


def below_zero(quantity: Quantity) -> float:
    """Probability that the fix made it worse, by what the pilot found; 0 for other quantities.

    Args:
        quantity: what is asked about.
    """
    return float((_grid(quantity) < 0).mean()) if quantity.shape == "pilot" else 0.0


def _grid(quantity: Quantity) -> Figures:
    """The reduction at the middle of each of so many equally likely parts of both groups."""
    import numpy as np

    middles = (np.arange(_PARTS) + 0.5) / _PARTS
    groups = [each for each in (quantity.treated, quantity.control) if each is not None]
    treated, control = np.meshgrid(*(proportion(each.lost, each.of, middles) for each in groups))
    return cut(treated.ravel(), control.ravel())


def _constant(figure: float, uniform: Figures) -> Figures:
    import numpy as np

    return np.full(uniform.shape, figure)
