"""How concentrated the loss is, and whether that is more than chance or size explains."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum
from typing import Literal

from dmaic.stats import verdict
from dmaic.stats.cell import Cell, add, parts, reach
from dmaic.stats.chisquare import ChiSquare, equal_shares, homogeneity
from dmaic.stats.pareto import Concentration, RankBy
from dmaic.stats.proportion import newcombe
from dmaic.stats.row import excess
from dmaic.text import BLANK

LEAD = 1.5
"""The few that reach the cutoff make this many times what as many average categories would."""

HALF_LEAD = 2.0
"""The same for the few that reach one half: a few may dominate though more reach the cutoff."""

NO_EXPOSURE = (
    "How many {unit} each category has is not known; one may lead only because it is large."
)


def gini(values: Sequence[float]) -> float:
    """Gini coefficient: 0 when all have the same, (n − 1)/n when one has all.

    G = Σ (2i − n − 1) x(i) / (n Σ x), with x(1) ≤ ... ≤ x(n).

    Source: Gini, C. (1912), Variabilità e mutabilità; the form for ordered values in Damgaard, C.
    and Weiner, J. (2000), Ecology 81, 1139-1142.

    Args:
        values: one a category, 0 or more.

    Raises:
        ValueError: there are no values, or one is negative.
    """
    if not values or min(values) < 0:
        raise ValueError("the Gini coefficient needs values of 0 or more")
    n, total = len(values), fsum(values)
    if total == 0:
        return 0.0
    ordered = sorted(values)
    return max(0.0, fsum((2 * i - n + 1) * x for i, x in enumerate(ordered)) / (n * total))


@dataclass(frozen=True, slots=True)
class Few:
    """The first categories of a ranking that together reach a part of the whole.

    Attributes:
        cells: those categories, in order.
        share: what they make together, a fraction of the whole.
        lead: that share over the share that as many average categories would have.
    """

    cells: Sequence[Cell]
    share: float
    lead: float

    @classmethod
    def of(cls, ranked: Sequence[Cell], figures: Sequence[float], fraction: float) -> Few:
        """The categories up to and including the one that reaches the fraction.

        Args:
            ranked: all categories in order.
            figures: of each, 0 or more.
            fraction: of one.
        """
        count = reach(figures, fraction)
        if not count:
            return cls((), 0.0, 0.0)
        share = min(1.0, fsum(figures[:count]) / fsum(figures))
        return cls(ranked[:count], share, share * len(ranked) / count)

    def is_vital(self, categories: int, lead: float) -> bool:
        """Few indeed, and far above what they would make if all were equal."""
        return 0 < 2 * len(self.cells) <= categories and self.lead >= lead * (1 - 1e-9)


def judge(
    ranked: Sequence[Cell],
    figures: Sequence[float],
    *,
    measure: str,
    cutoff: float,
    unit: str,
    rank_by: RankBy = "measure",
    by: Sequence[str] = (),
) -> Concentration:
    """Whether there is a Pareto effect, in figures and in words.

    The first categories are vital when they are at most half of all and those that reach the cutoff
    make at least `LEAD` times, or those that reach one half at least `HALF_LEAD` times, what as
    many average categories would make. It must also be more than chance: a chi-square test at 5 %,
    of the churn rates where the customers at risk are known, else of the counts against equal
    shares. And where they are known, at least one of the few must churn faster than the rest
    (Newcombe interval of the difference above 0, at 95 % for all categories together after
    Bonferroni); a category that loses many because it has many is no cause.

    No verdict is given where the vital few would be the category of the blanks alone, or where the
    blanks make half or more of the measure: most of the loss then belongs nobody knows where.

    The test is of counts also when the measure is an amount: chi-square is not valid for amounts.

    Args:
        ranked: all categories in the order of the ranking, before folding, one cell each.
        figures: what the ranking goes by, 0 or more, in the same order.
        measure: `customers`, `value` or the name of a column.
        cutoff: in per cent.
        unit: what is counted, plural.
        rank_by: whether the figures are the measure or the excess.
        by: names of the columns that make a category.
    """
    amounts, whole = parts([cell.amount(measure) for cell in ranked])
    lost = verdict.lost(measure, unit)
    few, k = Few.of(ranked, figures, cutoff / 100), len(ranked)
    if whole <= 0:
        return Concentration(
            gini=None, few=0, categories=k, few_share=None, verdict=f"No {lost}: nothing to rank."
        )
    if k == 1:
        return Concentration(
            gini=0.0,
            few=len(few.cells),
            categories=1,
            few_share=few.share,
            verdict=f"One category makes all of the {lost}: there is nothing to compare it with.",
        )
    half = Few.of(ranked, figures, 0.5)
    vital = few if few.is_vital(k, LEAD) or not half.is_vital(k, HALF_LEAD) else half
    against, test, notes = _test(ranked, unit)
    if rank_by == "excess":
        lost = f"{'churn' if measure != 'value' else lost} above the average rate"
    faster = _faster(ranked) if against == "exposure" else []
    names = {cell.category for cell in vital.cells}
    case = verdict.Case(
        vital=len(vital.cells),
        share=vital.share,
        few=len(few.cells),
        categories=k,
        cutoff=cutoff,
        lost=lost,
        unit=unit,
        concentrated=vital is half or few.is_vital(k, LEAD),
        p=test.p_value,
        is_amount=measure != "customers",
        is_value_excess=rank_by == "excess" and measure == "value",
        faster=[(cell.label, above) for cell, above in faster if cell.category in names],
        faster_elsewhere=[
            (cell.label, above) for cell, above in faster if cell.category not in names
        ],
    )
    blank = next((cell for cell in ranked if cell.is_blank), None)
    share = amounts[ranked.index(blank)] / whole if blank is not None else 0.0
    alone = case.concentrated and [cell.is_blank for cell in vital.cells] == [True]
    unsaid: Sequence[Cell] = few.cells
    if blank is not None and (share >= 0.5 or alone):
        part = (share, verdict.lost(measure, unit)) if share >= 0.5 else (case.share, lost)
        effect, words = verdict.unrecorded(blank.label, *part, by)
        unsaid = [cell for cell in few.cells if cell is not blank]
    elif rank_by == "excess":
        effect, words = verdict.by_excess(case)
    elif test.p_value is None:
        effect, words = verdict.untested(case)
    else:
        effect, words = (verdict.by_rate if against == "exposure" else verdict.by_share)(case)
    if case.is_amount and test.p_value is not None:
        counted = verdict.lost("customers", unit)
        notes.append(f"The test is of counts ({counted}); it is not valid for amounts.")
    notes += _blank_note(unsaid, measure, whole, verdict.lost(measure, unit))
    return Concentration(
        gini=gini(amounts),
        few=len(few.cells),
        categories=k,
        few_share=few.share,
        test=against if test.p_value is not None else None,
        statistic=test.statistic,
        df=test.df,
        p_value=test.p_value,
        effect=effect,
        verdict=words,
        note=" ".join(notes),
    )


def _test(
    cells: Sequence[Cell], unit: str
) -> tuple[Literal["equal shares", "exposure"], ChiSquare, list[str]]:
    """The test that the input allows, and what limits it."""
    churned = [cell.churned for cell in cells]
    exposure = [cell.exposure for cell in cells if cell.exposure is not None]
    notes = []
    if len(exposure) == len(cells):
        if fsum(churned) < sum(exposure):
            test = homogeneity(churned, exposure)
            return "exposure", test, [test.note] if test.note else []
        notes.append("All are lost, so there are no rates to compare; shares are tested instead.")
    elif verdict.lost("customers", unit) != unit:
        notes.append(NO_EXPOSURE.format(unit=unit))
    test = equal_shares(churned)
    return "equal shares", test, [*notes, test.note] if test.note else notes


def _faster(cells: Sequence[Cell]) -> list[tuple[Cell, float]]:
    """Those that churn faster than all others together by more than chance, with their excess.

    The confidence is such that all the intervals hold together with 95 % (Bonferroni), since the
    worst of many categories always looks bad.
    """
    total = add(cells, ())
    everyone = total.exposure or 0
    confidence = 1 - 0.05 / len(cells)
    found = []
    for cell in cells:
        own = cell.exposure or 0
        above = excess(cell, total) or 0.0
        if above > 0 and own < everyone:
            rest = max(0.0, total.churned - cell.churned)
            if newcombe(cell.churned, own, rest, everyone - own, confidence)[1] > 0:
                found.append((cell, above))
    return sorted(found, key=lambda each: -each[1])


def _blank_note(few: Sequence[Cell], measure: str, whole: float, lost: str) -> list[str]:
    blank = [cell for cell in few if BLANK in cell.category]
    if not blank:
        return []
    share = verdict.percent(fsum(max(0.0, cell.amount(measure)) for cell in blank) / whole)
    who = f"{blank[0].label} makes" if len(blank) == 1 else f"{len(blank):,} with a blank make"
    return [
        f"{who} {share} of the {lost}: where these belong is not recorded, and the order of the "
        "others may change when it is."
    ]
