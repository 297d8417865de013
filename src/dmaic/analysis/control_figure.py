"""Figures as they are typed for a chart: `2.2%`, `0.022`, `37,000` or `$37K`."""

from __future__ import annotations

import re
from decimal import Decimal
from math import isfinite

from dmaic.errors import UsageError
from dmaic.text import printable

_NUMBER = re.compile(r"[-+−]?(\d{1,3}(,\d{3})+|\d+)?(\.\d+)?([eE][-+]?\d+)?")


def parse_figure(text: str | float, option: str) -> float:
    """A figure; per cent is a fraction of one.

    Args:
        text: as typed.
        option: that it was typed for.

    Raises:
        UsageError: `control.number`, it is none.
    """
    if isinstance(text, (int, float)):
        return float(text)
    word = text.strip()
    share = word.endswith("%")
    bare = word.rstrip("%").strip()
    if bare[:1] == "$" or bare[-1:].casefold() in ("k", "m", "b"):
        from dmaic.money.quantity import parse_money

        return parse_money(bare, option)
    if re.search(r"\d", bare) and _NUMBER.fullmatch(bare):
        written = Decimal(bare.replace(",", "").replace("−", "-"))
        figure = float(written / 100 if share else written)
        if isfinite(figure):
            return figure
    raise UsageError(
        f'{option} is "{printable(text, 40)}", which is no figure.',
        "control.number",
        f"Write {option} 2.2% or {option} 0.022 for a share, {option} 37000 for another figure.",
    )
