"""What goes with what, in words."""

from __future__ import annotations

from dmaic import number
from dmaic.stats.correlate.coefficient import Coefficient
from dmaic.stats.correlate.result import ColumnSummary, CorrelatedPair, CorrelateResult
from dmaic.stats.test.tested import LEVEL
from dmaic.stats.test.word import figure
from dmaic.text import plural, printable

NAMES = {
    "pearson": "Pearson's r",
    "spearman": "Spearman's rho",
    "point-biserial": "point-biserial r",
    "eta": "correlation ratio eta",
    "cramer": "Cramer's V",
}

_SIZES = ((0.5, "strongly"), (0.3, "moderately"), (0.1, "weakly"))
"""Cohen (1988) calls correlations of 0.5 large, of 0.3 medium and of 0.1 small."""

SMALL = _SIZES[-1][0]
"""Below it two columns hardly go together."""


def sentence(result: CorrelateResult) -> str:
    """The answer.

    Args:
        result: with its columns and pairs.
    """
    if not result.pairs:
        return _one(result.columns[0])
    if len(result.pairs) == 1:
        return _two(result.pairs[0])
    known = [pair for pair in result.pairs if pair.coefficient.value is not None]
    if not known:
        return "None of these columns varies, so nothing can go with anything."
    ranked = sorted(known, key=lambda pair: -abs(pair.coefficient.value or 0.0))
    first = ranked[0]
    p_value = first.coefficient.p_value
    picked = ""
    if p_value is not None and p_value * len(known) >= LEVEL:
        picked = " Of so many pairs one is likely to go together so much by chance."
    return (
        f"Of {len(result.pairs)} pairs, {_name(first.first)} and {_name(first.second)} go "
        f"together most ({told(first.coefficient)}).{picked}"
    )


def _one(column: ColumnSummary) -> str:
    name = _name(column.name)
    if column.type == "category":
        if not column.shares:
            return f"No row has a value in {name}."
        most = column.shares[0]
        return (
            f"{name} has {plural(column.different, 'category', 'categories')} in "
            f'{column.count:,} rows; most are "{_name(most.name)}" '
            f"({100 * most.count / column.count:.1f} %)."
        )
    if column.mean is None:
        return f"No row has a number in {name}."
    if column.least == column.greatest:
        rows = (
            "the one row that has" if column.count == 1 else f"all {column.count:,} rows that have"
        )
        return f"{name} is {figure(column.mean)} in {rows} it."
    skewed = ""
    if column.skewness is not None and abs(column.skewness) >= 1:
        side = "high" if column.skewness > 0 else "low"
        skewed = f" A few very {side} ones pull the mean from the median."
    return (
        f"{name} is {figure(column.mean)} on average; half of the {column.count:,} values lie "
        f"between {figure(column.lower_quartile)} and {figure(column.upper_quartile)}, the middle "
        f"one is {figure(column.median)}.{skewed}"
    )


def _two(pair: CorrelatedPair) -> str:
    first, second, each = _name(pair.first), _name(pair.second), pair.coefficient
    if each.value is None:
        return f"{first} or {second} does not vary, so nothing can be said."
    if each.name == "cramer" and each.p_value is None:
        return (
            f"Whether {first} and {second} go together cannot be told ({told(each)}): too few rows "
            "are expected in many cells of the table for a test. Take categories together."
        )
    if each.p_value is not None and each.p_value >= LEVEL:
        return _not_shown(pair, each.p_value)
    size = next((word for least, word in _SIZES if abs(each.value) >= least), "hardly")
    sign = ""
    if each.name in ("pearson", "point-biserial") and size != "hardly":
        sign = ": where one is high, the other is " + ("high" if each.value > 0 else "low")
    sure = ""
    if each.p_value is not None:
        often = "hardly ever" if each.p_value < 0.001 else "seldom"
        sure = f" Chance alone {often} makes so much (p {number.p_value(each.p_value)})."
    together = "go together" if size != "hardly" else "go together at all"
    return f"{first} and {second} {size} {together}{sign} ({told(each)}).{sure}"


def _not_shown(pair: CorrelatedPair, p_value: float) -> str:
    """No relation beyond chance: as good as none, or too few to tell."""
    first, second, each = _name(pair.first), _name(pair.second), pair.coefficient
    # A product-moment correlation of 0 may hide a curve.
    line = " on a line" if each.name == "pearson" else ""
    ends = [abs(end) for end in (each.low, each.high) if end is not None]
    chance = f"Chance alone often enough makes so much (p {number.p_value(p_value)})"
    if ends and max(ends) < SMALL:
        return f"{first} and {second} hardly go together{line} at all ({told(each)}). {chance}."
    return (
        f"Whether {first} and {second} go together{line} cannot be told ({told(each)}). {chance}, "
        f"and {plural(pair.count, 'row')} are too few to rule out more."
    )


def told(each: Coefficient) -> str:
    """A coefficient with its interval: `Pearson's r 0.82, 95 %: 0.43 to 0.95`.

    Args:
        each: the coefficient.
    """
    text = f"{NAMES[each.name]} {number.ratio(each.value)}"
    if each.low is None or each.high is None:
        return text
    return f"{text}, 95 %: {each.low:.2f} to {each.high:.2f}"


def _name(text: str) -> str:
    return printable(text, 60)


def plain(value: float) -> str:
    """A figure of a formula in four digits that matter, large ones whole.

    Args:
        value: such as a slope.
    """
    return f"{value:,.0f}" if 1000 <= abs(value) < 1e15 else f"{value:.4g}"
