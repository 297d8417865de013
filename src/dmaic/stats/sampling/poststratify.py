"""Post-stratification: what the answers of a few say about all, cell by cell.

Every cell of the population counts for as many customers as it has, however few of them answered.
It helps where who answers is like who does not *within a cell*; nothing in the answers can tell
whether that is so.

Sources: Cochran, W. G. (1977), Sampling Techniques, 3rd edition, sections 5.4 and 5A.9; Holt, D.
and Smith, T. M. F. (1979), Journal of the Royal Statistical Society A 142, 33-46, for the variance
given how many answered in each cell; Lohr, S. (2010), Sampling: Design and Analysis, 2nd edition,
sections 4.4 and 8.5.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import fsum, sqrt

Category = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """One category of the population.

    Attributes:
        category: which.
        population: customers in it.
        answered: those of them who answered.
    """

    category: Category
    population: int
    answered: int


@dataclass(frozen=True, slots=True)
class Stratum:
    """Cells that are weighted together.

    Attributes:
        cells: one, or several where some had too few answers.
    """

    cells: tuple[Cell, ...]

    @property
    def population(self) -> int:
        """N_h: customers in it."""
        return sum(cell.population for cell in self.cells)

    @property
    def answered(self) -> int:
        """n_h: who answered."""
        return sum(cell.answered for cell in self.cells)

    @property
    def weight(self) -> float:
        """Customers that one answer stands for: N_h / n_h."""
        return self.population / self.answered


def collapse(cells: Iterable[Cell], least: int) -> tuple[Stratum, ...]:
    """Make strata of cells: those with fewer answers than the least are put together into one.

    Where that one still has too few, the cell with the fewest answers of the others joins it.
    Cells are chosen by how many answered, never by what was answered, so the estimates stay fair.

    Args:
        cells: all of the population; some answered.
        least: answers that a stratum has at least, where there are so many in all.

    Returns:
        The largest population first; each has an answer, and together all the population.

    Raises:
        ValueError: nobody answered.
    """
    ordered = sorted(cells, key=lambda cell: (cell.answered, cell.population, cell.category))
    if not any(cell.answered for cell in ordered):
        raise ValueError("nobody answered")
    joined = [cell for cell in ordered if cell.answered < least]
    others = ordered[len(joined) :]
    while joined and others and sum(cell.answered for cell in joined) < least:
        joined.append(others.pop(0))
    strata = [Stratum((cell,)) for cell in others]
    if joined:
        strata.append(Stratum(tuple(joined)))
    return tuple(sorted(strata, key=lambda each: (-each.population, each.cells[0].category)))


def design_effect(strata: Sequence[Stratum]) -> float:
    """Kish's design effect of weighting: n Σ w² / (Σ w)², 1 + the squared variation of the weights.

    Source: Kish, L. (1965), Survey Sampling, section 11.2; Kish (1992), Journal of Official
    Statistics 8, 183-200.

    Args:
        strata: at least one.
    """
    answered = sum(each.answered for each in strata)
    total = sum(each.population for each in strata)
    return answered * fsum(each.population * each.weight for each in strata) / total**2


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean over the whole population.

    Attributes:
        mean: Σ W_h ȳ_h, W_h = N_h / N.
        variance: Σ W_h² (1 − n_h / N_h) s_h² / n_h, given how many answered; None where a stratum
            has one answer only, unless that is all of it.
    """

    mean: float
    variance: float | None

    @property
    def error(self) -> float | None:
        """The standard error."""
        return None if self.variance is None else sqrt(self.variance)


def estimate(
    strata: Sequence[Stratum], sums: Sequence[float], squares: Sequence[float]
) -> Estimate:
    """Weight the answers to the population.

    Args:
        strata: with N_h and n_h.
        sums: Σ y of the answers in each; for a share, how many said so.
        squares: Σ y² of them; for a share the same again.
    """
    total = sum(each.population for each in strata)
    means, variances = [], []
    known = True
    for stratum, y, y2 in zip(strata, sums, squares, strict=True):
        n, part = stratum.answered, stratum.population / total
        means.append(part * y / n)
        rest = 1 - n / stratum.population
        if rest <= 0:
            continue
        if n < 2:
            known = False
            continue
        spread = max(0.0, (y2 - y * y / n) / (n - 1))
        variances.append(part * part * rest * spread / n)
    return Estimate(fsum(means), fsum(variances) if known else None)
