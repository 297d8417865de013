"""Ranges as people type them: `low,likely,high`, and what a pilot found."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import cast

from dmaic.money.quantity import (
    Counts,
    Parser,
    Quantity,
    Shape,
    bad_figure,
    is_money,
    parse_rate,
    parse_share,
)

LONGEST = 200
"""Characters that a figure may have."""

_TAIL = re.compile(r"(?:/|\bper\b)\s*[a-z]+\s*(?=$|[,;])", re.IGNORECASE)
_COUNTS = re.compile(r"\s*(\d+)\s*(?:/|of)\s*(\d+)\s*")


def parse_quantity(text: str, option: str, parse: Parser) -> Quantity:
    """A figure, or a range of it.

    `65%`; `40%,65%,80%` (PERT; `triangular:40%,65%,80%` for a triangle); for a share
    `pilot:9/120,31/118`: lost of all with the solution, lost of all without it.

    Args:
        text: as typed.
        option: that it was typed for, for messages.
        parse: of one figure: `parse_share`, `parse_money` or `parse_rate`.

    Raises:
        UsageError: `usage.range`, it is no range; and as `parse`.
    """
    if len(text) > LONGEST:
        raise bad_figure("usage.range", option, text, "is too long to be a figure", _EXAMPLE)
    shape, figures = "pert", text
    head, colon, rest = text.partition(":")
    if colon:
        shape, figures = head.strip().lower(), rest
    if shape == "pilot" and parse is parse_share:
        return _pilot(figures, option, text)
    if shape not in ("pert", "triangular"):
        known = "pert, triangular" + (" and pilot" if parse is parse_share else "")
        raise bad_figure(
            "usage.range", option, text, f"begins with what is none of {known}", "40%,65%,80%"
        )
    parts = _parts(figures, option, text, parse)
    if len(parts) == 1:
        if colon:
            raise bad_figure(
                "usage.range", option, text, "is one figure, not three", f"{shape}:40%,65%,80%"
            )
        return Quantity.fixed(parse(parts[0], option))
    return ranged([parse(part, option) for part in parts], shape, option)


def ranged(figures: Sequence[float], shape: str, option: str) -> Quantity:
    """A range of three figures.

    Args:
        figures: low, likely and high.
        shape: `pert` or `triangular`; `fixed` if they are one.
        option: that it was typed for, for messages.

    Raises:
        UsageError: `usage.range`, they do not rise, or there is no such shape.
    """
    low, likely, high = figures
    text = ", ".join(f"{each:g}" for each in figures)
    if not low <= likely <= high:
        raise bad_figure(
            "usage.range", option, text, "does not rise from low over likely to high", _EXAMPLE
        )
    if low == high:
        return Quantity.fixed(low)
    if shape not in ("pert", "triangular"):
        raise bad_figure("usage.range", option, text, "is neither pert nor triangular", _EXAMPLE)
    return Quantity(low=low, likely=likely, high=high, shape=cast("Shape", shape))


_EXAMPLE = "40%,65%,80% or 90k,120k,160k"


def _parts(figures: str, option: str, text: str, parse: Parser) -> list[str]:
    """One figure or three; commas may also part thousands."""
    # A rate says its period once or three times: 3000,4000,6000/month.
    periods = [*_TAIL.finditer(figures)] if parse is parse_rate else []
    each = len(periods) > 1
    body, per = figures, ""
    if len(periods) == 1:
        body, per = figures[: periods[0].start()], " " + periods[0][0]
    if each or ";" in body:
        parts = body.split(";" if ";" in body else ",")
    elif parse is not parse_share and is_money(body):
        if _may_be_three([part.strip() for part in body.split(",")]):
            raise bad_figure(
                "usage.range", option, text, "may be one amount or three", "100; 120; 150"
            )
        return [figures]
    else:
        parts = body.split(",")
    if len(parts) not in (1, 3):
        raise bad_figure("usage.range", option, text, "is neither one figure nor three", _EXAMPLE)
    return [part + per for part in parts]


def _may_be_three(parts: list[str]) -> bool:
    if len(parts) != 3 or not all(part.isdigit() and str(int(part)) == part for part in parts):
        return False
    low, likely, high = (int(part) for part in parts)
    return low <= likely <= high


def _pilot(figures: str, option: str, text: str) -> Quantity:
    found = [_COUNTS.fullmatch(part) for part in re.split(r"[,;]", figures)]
    example = "pilot:9/120,31/118 (lost of all with the solution, then without it)"
    if len(found) != 2 or None in found:
        raise bad_figure(
            "usage.range", option, text, "does not give the counts of two groups", example
        )
    try:
        treated, control = (
            Counts(lost=int(each[1][:12]), of=int(each[2][:12])) for each in found if each
        )
        return Quantity.pilot(treated, control)
    except ValueError as error:
        # Pydantic's own errors take several lines; the rule broken is the same one.
        many = "\n" in str(error)
        nobody = "has a group of nobody, or one that lost more than it had"
        said = nobody if many else f"tells nothing: {error}"
        raise bad_figure("usage.range", option, text, said, example) from None
