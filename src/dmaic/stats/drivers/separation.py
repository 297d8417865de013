"""Separation: terms that part the lost from the others, so that no finite coefficient fits best.

Source: Albert, A. and Anderson, J. A. (1984), Biometrika 71, 1-10; found by linear programming as
in Konis, K. (2007), Computational algorithms for detecting separated data, thesis, Oxford.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from dmaic.stats.drivers.pattern import Array

_LARGEST = 200_000
"""Patterns that a linear program is solved for."""


@dataclass(frozen=True, slots=True)
class Parting:
    """A separation.

    Attributes:
        kind: `complete`: the terms tell every lost customer from every other; `quasi-complete`:
            they do for some.
        columns: places of the columns that do it, the intercept being 0.
    """

    kind: Literal["complete", "quasi-complete"]
    columns: tuple[int, ...]


def find_separation(columns: Array, rows: Array, lost: Array) -> Parting | None:
    """Look for a combination of columns that never puts a lost customer below one who stays.

    With s = 1 for the lost and -1 for the others the linear program maximises the sum of s x'b over
    -1 <= b <= 1 with s x'b >= 0 for every customer; a maximum above 0 is a separation.

    Args:
        columns: (patterns, terms) with the intercept, of full rank.
        rows: customers of each pattern.
        lost: those of them who are lost.

    Returns:
        What parts them, or None where nothing does.
    """
    import numpy as np

    both = (lost > 0) & (lost < rows)
    # What both kinds of customers have must be on the border: x'b = 0.
    if both.any() and np.linalg.matrix_rank(columns[both]) == columns.shape[1]:
        return None
    sides = np.where(lost > 0, 1.0, -1.0)[~both]
    signed = columns[~both] * sides[:, None]
    if len(signed) > _LARGEST:
        signed = np.unique(signed.round(12), axis=0)[:_LARGEST]
    best = _solve(signed, columns[both], np.zeros(len(signed)))
    if best is None or float((signed @ best).sum()) < 1e-7:
        return None
    size = np.abs(best) * np.maximum(np.abs(columns).max(axis=0), 1e-300)
    parting = tuple(int(at) for at in np.flatnonzero(size > 1e-6))
    if (
        not both.any()
        and _solve(signed, columns[both], np.ones(len(signed)), wide=True) is not None
    ):
        return Parting("complete", parting)
    return Parting("quasi-complete", parting)


def _solve(signed: Array, level: Array, least: Array, *, wide: bool = False) -> Array | None:
    import numpy as np
    from scipy.optimize import linprog

    found = linprog(
        np.zeros(signed.shape[1]) if wide else -signed.sum(axis=0),
        A_ub=-signed,
        b_ub=-least,
        A_eq=level if len(level) else None,
        b_eq=np.zeros(len(level)) if len(level) else None,
        bounds=(None, None) if wide else (-1, 1),
        method="highs",
    )
    return np.asarray(found.x) if found.status == 0 else None
