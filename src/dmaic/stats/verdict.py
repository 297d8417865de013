"""What the figures of concentration mean, in sentences a sponsor can read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dmaic.text import plural, printable

ALPHA = 0.05
"""Differences that chance alone makes less often than this count as real."""

_RESERVED = frozenset(
    {"and", "or", "not", "in", "is", "null", "like", "ilike", "between", "true", "false", "case"}
)
"""Names that a condition would not take for a column unless they are quoted."""

_PEOPLE = ("customers", "subscriptions", "rows")


@dataclass(frozen=True, slots=True)
class Case:
    """What a verdict is made of.

    Attributes:
        vital: how many first categories it is about: those that reach the cutoff or one half.
        share: what they make together, a fraction.
        few: how many categories reach the cutoff, of `categories`.
        categories: how many there are.
        cutoff: in per cent.
        lost: what it is a share of, in words.
        unit: what is counted, plural.
        concentrated: the first few make most of it, whatever the reason.
        p: p-value of the test; None when there is none.
        is_amount: the measure is an amount, the test is of counts.
        is_value_excess: the ranking goes by the excess of value.
        faster: those of the first that lose more than their size explains, with their excess.
        faster_elsewhere: the same among the others.
    """

    vital: int
    share: float
    few: int
    categories: int
    cutoff: float
    lost: str
    unit: str
    concentrated: bool
    p: float | None
    is_amount: bool
    is_value_excess: bool = False
    faster: Sequence[tuple[str, float]] = ()
    faster_elsewhere: Sequence[tuple[str, float]] = ()

    @property
    def is_chance(self) -> bool:
        """The test sees nothing that chance would not make."""
        return self.p is None or self.p >= ALPHA

    @property
    def make(self) -> str:
        """`3 of 12 categories make 81.2 % of the churned customers`."""
        verb = "makes" if self.vital == 1 else "make"
        said = f"{self._of(self.vital)} {verb} {percent(self.share)} of the {self.lost}"
        return said if self.vital == self.few else f"{said} ({self.few:,} reach {self._cutoff})"

    @property
    def need(self) -> str:
        """`9 of 12 categories are needed to reach 80 % of the churned customers`."""
        verb = "is" if self.few == 1 else "are"
        return f"{self._of(self.few)} {verb} needed to reach {self._cutoff} of the {self.lost}"

    def _of(self, few: int) -> str:
        return f"{few:,} of {plural(self.categories, 'category', 'categories')}"

    @property
    def _cutoff(self) -> str:
        return f"{self.cutoff:.4g} %"

    @property
    def chance(self) -> str:
        """`p = 0.43`."""
        p = self.p or 0.0
        return "p < 0.001" if p < 0.001 else f"p = {p:.2g}"


def untested(case: Case) -> tuple[bool, str]:
    """Effect and verdict when no test can be made."""
    sentence = case.make if case.concentrated else f"No vital few: {case.need}"
    return False, f"{sentence}. Whether that is more than chance cannot be told."


def by_share(case: Case) -> tuple[bool, str]:
    """Effect and verdict when the counts were tested against equal shares."""
    if case.concentrated and not case.is_chance:
        return True, f"Pareto effect: {case.make}."
    if case.concentrated and case.is_amount:
        return False, (
            f"{case.make}, but how many {lost('customers', case.unit)} a category has differs no "
            f"more than chance allows ({case.chance}): what each of them is worth makes the "
            "difference, or a few large ones do."
        )
    if case.concentrated:
        return False, (
            f"No Pareto effect: {case.make}, but with so few the differences are within chance "
            f"({case.chance})."
        )
    if case.is_chance and not case.is_amount:
        return False, (
            f"No Pareto effect: {case.need}, and the differences between the categories are "
            f"within chance ({case.chance})."
        )
    # Of amounts the test says nothing: they may be even though the counts are not.
    return False, f"{'No' if case.is_amount else 'Uneven, but no'} vital few: {case.need}."


def by_rate(case: Case) -> tuple[bool, str]:
    """Effect and verdict when the churn rates were tested against each other."""
    if case.is_chance and case.concentrated and case.is_amount:
        return False, (
            f"No Pareto effect in churn rate: {case.make}, but the churn rates differ no more than "
            f"chance allows ({case.chance}). How many {case.unit} a category has and what those "
            "lost were worth make the difference."
        )
    if case.is_chance and case.concentrated:
        return False, (
            f"No Pareto effect beyond size: {case.make}, but that follows how many {case.unit} "
            f"they have. The churn rates differ no more than chance allows ({case.chance}): as far "
            "as these figures tell, the big categories are big, not bad."
        )
    if case.is_chance:
        return False, (
            f"No Pareto effect: {case.need}, and the differences in churn rate are within chance "
            f"({case.chance})."
        )
    if not case.concentrated:
        return False, f"No vital few: {case.need}. {_rates_differ(case)}"
    if not case.faster:
        beyond = "in churn rate" if case.is_amount else "beyond size"
        return False, (
            f"No Pareto effect {beyond}: {case.make}, but none of them churns faster than the "
            "rest by more than chance"
            f"{'' if case.is_amount else ': they are big, not bad'}. {_rates_differ(case)}"
        )
    return True, f"Pareto effect: {case.make}. {_faster(case)}"


def by_excess(case: Case) -> tuple[bool, str]:
    """Effect and verdict when the ranking goes by excess."""
    if case.few == 0:
        return False, "No Pareto effect: all categories churn at the same rate."
    if case.p is None:
        return untested(case)
    if case.is_chance and case.is_value_excess:
        return False, (
            "No Pareto effect in churn rate: the churn rates differ no more than chance allows "
            f"({case.chance}). The excess of value comes from what those lost were worth, which is "
            "not tested."
        )
    if case.is_chance:
        return False, (
            "No Pareto effect beyond size: the churn rates differ no more than chance allows "
            f"({case.chance}), so the excess is noise."
        )
    if case.concentrated and case.faster:
        return True, f"Pareto effect: {case.make}. {_more(case.faster, case.unit)}."
    if case.concentrated:
        return False, (
            f"No Pareto effect: {case.make}, but none of them churns faster than the rest by more "
            f"than chance. {_rates_differ(case)}"
        )
    return False, f"No vital few: {case.need}. {_rates_differ(case)}"


def unrecorded(blank: str, share: float, lost: str, by: Sequence[str]) -> tuple[bool, str]:
    """Effect and verdict when the blanks make so much that nothing is known of the vital few.

    Args:
        blank: the category of the blanks.
        share: what it makes, a fraction.
        lost: what it is a share of, in words.
        by: names of the columns that make a category.
    """
    part = "most of the loss" if share > 0.5 else "much of the loss"
    said = (
        f"No verdict: {blank} makes {percent(share)} of the {lost}, so where {part} "
        "belongs is not recorded."
    )
    filled = _filled(by[0]) if len(by) == 1 else ""
    return False, f"{said} To rank the rest: --where {filled}." if filled else said


def _filled(name: str) -> str:
    """The condition that leaves the blanks out, quoted for a shell; empty where that is unsafe."""
    # Periods, bands by name and the lifecycle are no columns that a condition could name.
    if name == "lifecycle" or printable(name) != name or set(name) & set(":'\"\\$`!"):
        return ""
    plain = name.isidentifier() and name.lower() not in _RESERVED
    return f'"{name} is not null"' if plain else f"'\"{name}\" is not null'"


def _rates_differ(case: Case) -> str:
    sentence = f"The churn rates do differ by more than chance ({case.chance})"
    if case.faster or case.faster_elsewhere:
        faster = sorted([*case.faster, *case.faster_elsewhere], key=lambda each: -each[1])
        return f"{sentence}: {_more(faster, case.unit)}."
    return f"{sentence}, but no single category is shown to churn faster than the rest."


def _faster(case: Case) -> str:
    sentence = _more(case.faster, case.unit)
    others = case.vital - len(case.faster)
    if others:
        # Not "are no worse": what the interval does not show may still be so.
        who = "the other loses" if others == 1 else f"the other {others:,} lose"
        sentence += f"; {who} no more than size and chance explain"
    return sentence + "."


def _more(faster: Sequence[tuple[str, float]], unit: str) -> str:
    named = [f'"{label}" ({excess:+,.0f} {unit})' for label, excess in faster[:3]]
    if len(faster) > 3:
        named.append(f"{len(faster) - 3:,} more")
    listed = named[0] if len(named) == 1 else f"{', '.join(named[:-1])} and {named[-1]}"
    one = len(faster) == 1
    return (
        f"{listed} {'loses' if one else 'lose'} more than {'its' if one else 'their'} size explains"
    )


def lost(measure: str, unit: str) -> str:
    """What is ranked, in words: `churned customers`, `lost value`, or the column's name."""
    if measure == "customers":
        return f"churned {unit}" if unit in _PEOPLE else printable(unit, 40)
    return "lost value" if measure == "value" else printable(measure, 40)


def percent(fraction: float) -> str:
    """`81.2 %`; what is not quite all is not said to be all."""
    if 0.9995 <= fraction < 1 - 1e-9:
        return "more than 99.9 %"
    return f"{100 * fraction:.1f} %"
