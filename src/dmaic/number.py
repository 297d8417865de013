"""Figures as people read them. Every function takes None and shows a dash for it."""

from __future__ import annotations

from collections.abc import Sequence

DASH = "–"
"""Stands for a figure that cannot be known."""

_STEPS = ((1e12, "T"), (1e9, "B"), (1e6, "M"), (1e3, "K"))
_LARGE = 1e15


def percent(fraction: float | None, *, sign: bool = False) -> str:
    """A fraction of one as per cent with two decimals, without the per cent sign.

    Args:
        fraction: the fraction.
        sign: show a plus in front of positive figures.
    """
    if fraction is None:
        return DASH
    text = f"{100 * fraction:{'+' if sign else ''},.2f}"
    return text.lstrip("-+") if float(text.replace(",", "")) == 0 else text


def interval(low: float | None, high: float | None, *, scale: float = 100) -> str:
    """Both ends of an interval, `40.9–44.5`; one decimal for per cent, two for ratios."""
    if low is None or high is None:
        return DASH
    places = 1 if scale == 100 else 2
    dash = " to " if low < 0 else "–"
    return f"{scale * low:,.{places}f}{dash}{scale * high:,.{places}f}"


def ratio(figure: float | None) -> str:
    """A ratio with two decimals."""
    return DASH if figure is None else amount(figure, places=2)


def amount(figure: float | None, *, places: int, prefix: str = "", sign: bool = False) -> str:
    """A figure with thousands separators; very large ones in scientific notation.

    Args:
        figure: the figure.
        places: decimals.
        prefix: currency sign, put between the minus and the digits.
        sign: show a plus in front of positive figures.
    """
    if figure is None:
        return DASH
    size = abs(figure)
    digits = f"{size:.3e}" if size >= _LARGE else f"{size:,.{places}f}"
    return _signed(figure, digits, prefix, sign=sign)


def compact(figure: float | None, *, prefix: str = "", sign: bool = False) -> str:
    """A figure in at most four digits: `$23.8M`."""
    if figure is None:
        return DASH
    size = abs(figure)
    if size >= _LARGE:
        return _signed(figure, f"{size:.1e}", prefix, sign=sign)
    # 999,960 is 1.0M and not 1,000.0K: the step is chosen on the rounded figure.
    for step, letter in _STEPS:
        if size >= (999.5 if letter == "K" else step * 0.99995):
            return _signed(figure, f"{size / step:.1f}{letter}", prefix, sign=sign)
    return _signed(figure, f"{size:.0f}", prefix, sign=sign)


def money(
    figure: float | None, currency: str | None, *, brief: bool = False, sign: bool = False
) -> str:
    """Money in a sentence: `$1,500,040`, `$12.50`, `1,500 EUR`; brief `$1.5M`.

    Args:
        figure: the amount.
        currency: its code; None says none.
        brief: in at most four digits.
        sign: show a plus in front of positive figures.
    """
    if figure is None:
        return DASH
    prefix = "$" if currency == "USD" else ""
    if brief:
        text = compact(figure, prefix=prefix, sign=sign)
    else:
        text = amount(figure, places=2 if abs(figure) < 1000 and figure != int(figure) else 0,
                      prefix=prefix, sign=sign)  # fmt: skip
    return text if prefix or not currency else f"{text} {currency}"


def _signed(figure: float, digits: str, prefix: str, *, sign: bool) -> str:
    if not digits.strip("0.,"):
        return prefix + digits
    if figure < 0:
        return f"-{prefix}{digits}"
    return f"{'+' if sign else ''}{prefix}{digits}"


def places(figures: Sequence[float | None], *, money: bool = False) -> int:
    """Decimals that suit a whole column: none for whole or large figures, otherwise one or two.

    Args:
        figures: the column.
        money: a column of money has two decimals or none.
    """
    known = [abs(figure) for figure in figures if figure is not None]
    if all(figure.is_integer() for figure in map(float, known)) or max(known) >= 100_000:
        return 0
    if money or any(round(figure, 1) != round(figure, 6) for figure in known):
        return 2
    return 1


def p_value(figure: float) -> str:
    """A p-value with its sign: `= 0.031` or `< 0.001`."""
    return "< 0.001" if figure < 0.001 else f"= {figure:.3f}"
