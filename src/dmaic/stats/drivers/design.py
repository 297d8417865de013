"""The columns of a model: one a number, one a category beside the reference; what is no column."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dmaic.stats.drivers.pattern import Patterns

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray

    from dmaic.stats.drivers.pattern import Array

_ALIAS = 1e-9
"""Share of a column's variance that must be its own; below it others say it all."""


@dataclass(frozen=True, slots=True)
class Aliased:
    """A column that says nothing of its own.

    Attributes:
        name: of the term.
        by: terms that together say the same; empty where it has one value only.
    """

    name: str
    by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Design:
    """Columns of a model.

    They are fitted centred on their mean and in units of their standard deviation, so that neither
    the unit of a number nor where its scale begins changes any other figure.

    Attributes:
        names: of the terms.
        owner: index of the variable of each.
        level: index of the level that each stands for; None for a number.
        center: mean over customers.
        scale: standard deviation over customers.
        standard: (patterns, terms), centred and scaled.
        aliased: terms left out.
    """

    names: tuple[str, ...]
    owner: tuple[int, ...]
    level: tuple[int | None, ...]
    center: Array
    scale: Array
    standard: Array
    aliased: tuple[Aliased, ...] = ()

    def some(self, places: NDArray[numpy.intp]) -> Design:
        """The same columns of some of the patterns.

        Args:
            places: of those.
        """
        return replace(self, standard=self.standard[places])


def make_design(patterns: Patterns) -> Design:
    """Columns of the variables, in their order, without those that say nothing of their own.

    Args:
        patterns: at least one.
    """
    import numpy as np

    names: list[str] = []
    owner: list[int] = []
    level: list[int | None] = []
    columns: list[Array] = []
    for at, (variable, values) in enumerate(zip(patterns.variables, patterns.values, strict=True)):
        if variable.is_number:
            names.append(variable.name)
            owner.append(at)
            level.append(None)
            columns.append(values)
            continue
        for place, label in enumerate(variable.levels):
            if place != variable.reference:
                names.append(f"{variable.name}: {label}")
                owner.append(at)
                level.append(place)
                columns.append((values == place).astype(np.float64))
    matrix = np.column_stack(columns) if columns else np.empty((patterns.size, 0))
    return of_columns(matrix, names, owner, level, patterns.rows)


def of_columns(
    matrix: Array,
    names: Sequence[str],
    owner: Sequence[int],
    level: Sequence[int | None],
    rows: Array,
) -> Design:
    """A design of columns at hand.

    Args:
        matrix: (patterns, terms).
        names: of the terms.
        owner: index of the variable of each.
        level: index of the level of each, or None.
        rows: customers of each pattern.
    """
    import numpy as np

    total = rows.sum()
    # In parts of the largest, so that no square of a figure overflows or vanishes.
    largest = np.abs(matrix).max(axis=0, initial=0.0)
    largest[largest == 0] = 1.0
    standard = matrix / largest
    center = rows @ standard / total
    standard -= center
    scale = np.sqrt(rows @ standard**2 / total)
    # A constant leaves the rounding of its mean behind.
    flat = scale <= 1e-12 * np.maximum(np.abs(center), 1e-300)
    standard /= np.where(flat, 1.0, scale)
    product = standard.T @ (standard * rows[:, None]) / total
    kept, aliased = _independent(product, flat.tolist(), names)
    return Design(
        names=tuple(names[at] for at in kept),
        owner=tuple(owner[at] for at in kept),
        level=tuple(level[at] for at in kept),
        center=(center * largest)[kept],
        scale=(scale * largest)[kept],
        standard=np.ascontiguousarray(standard[:, kept]),
        aliased=tuple(aliased),
    )


def _independent(
    product: Array, flat: Sequence[bool], names: Sequence[str]
) -> tuple[list[int], list[Aliased]]:
    """The columns that the ones before them do not make up, by their correlations."""
    import numpy as np

    kept: list[int] = []
    aliased: list[Aliased] = []
    for at, name in enumerate(names):
        if flat[at]:
            aliased.append(Aliased(name, ()))
            continue
        if kept:
            before = product[np.ix_(kept, kept)]
            parts = np.linalg.solve(before, product[kept, at])
            if product[at, at] - parts @ product[kept, at] < _ALIAS:
                large = np.abs(parts) > 1e-6
                by = tuple(names[kept[place]] for place in np.flatnonzero(large))
                aliased.append(Aliased(name, by))
                continue
        kept.append(at)
    return kept, aliased


def natural(design: Design, standard: Array, covariance: Array) -> tuple[Array, Array]:
    """Coefficients and their standard errors in the units of the data.

    Args:
        design: whose standard columns were fitted.
        standard: coefficients of the intercept, where there is one, and the standard columns.
        covariance: of the same.
    """
    import numpy as np

    lead = len(standard) - len(design.names)
    coefficients = standard.copy()
    errors = np.sqrt(np.maximum(np.diag(covariance), 0.0))
    coefficients[lead:] /= design.scale
    errors[lead:] /= design.scale
    if lead:
        # The intercept is that of a customer with 0 everywhere, not of the mean customer.
        back = np.concatenate(([1.0], -design.center / design.scale))
        coefficients[0] = back @ standard
        errors[0] = max(float(back @ covariance @ back), 0.0) ** 0.5
    return coefficients, errors
