"""Which categories go into "Other", and how that is said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from dmaic.stats.cell import Cell, parts, reach
from dmaic.text import OTHER, plural

Rule = Literal["min-size", "other-after", "top", "limit"]

LIMIT = 1000
"""Categories beyond this many are folded even if nobody asked: no reader wants more."""


@dataclass(frozen=True, slots=True)
class Rules:
    """When to fold. A category goes into "Other" if any of the rules says so.

    Attributes:
        min_size: fold those with fewer customers at risk; fewer lost where that is not known.
        other_after: fold those after the one that reaches this cumulative share, in per cent.
        top: fold those beyond this many.
    """

    min_size: float | None = None
    other_after: float | None = None
    top: int | None = None

    def fold(self, ranked: Sequence[Cell], measure: str) -> dict[tuple[str, ...], Rule]:
        """The categories to fold, each with the first rule that applies.

        The blank category is never folded: how much is not recorded is itself information.

        Args:
            ranked: in the order of the ranking.
            measure: what the shares are of.
        """
        after = len(ranked)
        if self.other_after is not None:
            amounts, _ = parts([cell.amount(measure) for cell in ranked])
            after = reach(amounts, self.other_after / 100) or after
        top = len(ranked) if self.top is None else self.top
        folded: dict[tuple[str, ...], Rule] = {}
        for index, cell in enumerate(ranked):
            kept = index - len(folded)
            if cell.is_blank:
                continue
            if self.min_size is not None and size(cell) < self.min_size:
                folded[cell.category] = "min-size"
            elif index >= after:
                folded[cell.category] = "other-after"
            elif kept >= top:
                folded[cell.category] = "top"
            elif kept >= LIMIT:
                folded[cell.category] = "limit"
        return folded

    def describe(self, rules: Iterable[Rule], counted: str) -> str:
        """Which rules folded how many categories, in words.

        Args:
            rules: one for each folded category.
            counted: what `min_size` counts, in words.
        """
        count = Counter(rules)
        words: dict[Rule, str] = {
            "other-after": f"after the cumulative share of {self.other_after or 0:.4g} %",
            "top": f"beyond the number of {self.top or 0:,} categories",
            "min-size": f"with a size below {self.min_size or 0:,.10g} {counted}",
            "limit": f"beyond the number of {LIMIT:,} categories",
        }
        said = [(count[rule], phrase) for rule, phrase in words.items() if count[rule]]
        whole = plural(count.total(), "category", "categories")
        if len(said) == 1:
            return f"{whole} {said[0][1]}"
        return f"{whole}: " + ", ".join(f"{n:,} {phrase}" for n, phrase in said) if said else ""


def size(cell: Cell) -> float:
    """What `--min-size` looks at: customers at risk, or those lost where that is not known."""
    return cell.churned if cell.exposure is None else cell.exposure


def name(cells: Iterable[Cell]) -> str:
    """Name of the folded row; another one where the data has a category of that name."""
    taken = any(value.casefold() == OTHER.casefold() for cell in cells for value in cell.category)
    return f"{OTHER} (folded)" if taken else OTHER
