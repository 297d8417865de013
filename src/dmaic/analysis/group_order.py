"""Groups that have an order: bands of numbers, names in a row, and where each stands."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import isfinite, nextafter

from dmaic.errors import UsageError
from dmaic.stats.test.rate import Counts
from dmaic.text import folded, name_list, printable

_NUMBER = r"-?\d+(?:\.\d+)?"
_BAND = re.compile(rf"(?P<low>{_NUMBER})(?:\s*(?:-|–|to)\s*(?P<high>{_NUMBER})|(?P<open>\s*\+))?")
_BELOW = re.compile(rf"<\s*(?P<edge>{_NUMBER})")
_LED = re.compile(rf"\s*(?P<sign><=|>=|<|>|≤|≥)?\s*(?P<number>{_NUMBER})")


@dataclass(frozen=True, slots=True)
class Bands:
    """Bands of numbers.

    Attributes:
        edges: lower edges, increasing.
        labels: label of what lies below the first edge, and from each edge on; None: left out.
    """

    edges: tuple[float, ...]
    labels: tuple[str | None, ...]


def parts_of(order: str) -> list[str]:
    """The parts of an order as written, trimmed.

    Raises:
        UsageError: `test.order`, a part is empty, stands twice, or there is only one.
    """
    parts = [part.strip() for part in order.split(",")]
    if len(parts) < 2 or not all(parts):
        raise _wrong(order, "it needs two groups or more, parted by commas")
    if len({folded(part) for part in parts}) < len(parts):
        raise _wrong(order, "a group stands in it twice")
    return parts


def bands_of(order: str) -> Bands | None:
    """An order as bands of numbers, or None where it is one of names.

    `1,2-5,6+` holds 1, from 2 to 5, and 6 or more; `<1,1-5,5-10` may open below, and a band that
    ends where the next begins does not hold its end.

    Raises:
        UsageError: `test.order`, the bands leave a gap, overlap or fall.
    """
    parts = parts_of(order)
    found = [_BELOW.fullmatch(part) if at == 0 else None for at, part in enumerate(parts)]
    bands = [_BAND.fullmatch(part) for part in parts]
    if not all(a or b for a, b in zip(found, bands, strict=True)):
        return None
    edges: list[float] = []
    labels: list[str | None] = [None]
    end: float | None = None
    closed = False
    for part, below, band in zip(parts, found, bands, strict=True):
        if below is not None:
            end, closed, labels = float(below["edge"]), False, [part]
            continue
        assert band is not None
        low = float(band["low"])
        if end is not None and not (low == end or (closed and end < low <= end + 1)):
            raise _wrong(order, f'"{part}" does not begin where the band before it ends')
        edges.append(low)
        labels.append(part)
        end = None if band["open"] else float(band["high"] or low)
        closed = end is not None
        if end is not None and end < low:
            raise _wrong(order, f'"{part}" ends before it begins')
        if end is None and part != parts[-1]:
            raise _wrong(order, f'"{part}" has no end, so nothing can follow it')
    if end is not None:
        edges.append(nextafter(end, float("inf")))
        labels.append(None)
    if len(set(edges)) < len(edges):
        raise _wrong(order, "bands overlap")
    return Bands(tuple(edges), tuple(labels))


def _wrong(order: str, why: str) -> UsageError:
    return UsageError(
        f'--order "{printable(order, 80)}": {why}.',
        "test.order",
        'Bands of numbers, --order "1,2-5,6+", or the groups in their order, '
        "--order Starter,Pro,Business.",
    )


def by_names(counts: Sequence[Counts], order: str, column: str) -> tuple[list[Counts], int]:
    """The groups in the order named, and how many customers are in none of them.

    Raises:
        UsageError: `test.order`, a group is not there.
    """
    known = {folded(each.name): each for each in counts}
    parts = parts_of(order)
    for part in parts:
        if folded(part) not in known:
            raise UsageError(
                f'--order names "{printable(part, 40)}", but "{printable(column, 60)}" has no such '
                "group.",
                "test.order",
                f"It has {name_list([each.name for each in counts])}.",
            )
    chosen = [known[folded(part)] for part in parts]
    rest = sum(each.count for each in counts) - sum(each.count for each in chosen)
    return chosen, rest


def natural(counts: Sequence[Counts], order: Sequence[str] | None, column: str) -> list[Counts]:
    """The groups in the order that they have by themselves.

    Numbers stand where they are; bands and periods follow each other.

    Args:
        counts: the groups.
        order: labels in their order, where the column was banded.
        column: its name.

    Raises:
        UsageError: `test.order`, nothing tells their order.
    """
    if order is not None:
        place = {name: at for at, name in enumerate(order)}
        return sorted(counts, key=lambda each: place.get(each.name, len(place)))
    numbers = [_number(each.name) for each in counts]
    if all(number is not None for number in numbers):
        scored = [replace(each, score=number) for each, number in zip(counts, numbers, strict=True)]
        return sorted(scored, key=lambda each: each.score or 0.0)
    if all(re.fullmatch(r"\d{4}(-\d\d(-\d\d)?|-Q[1-4]|-W\d\d)?", each.name) for each in counts):
        return sorted(counts, key=lambda each: each.name)
    led = [_LED.match(each.name) for each in counts]
    if all(led):
        return sorted(counts, key=lambda each: _place(each.name))
    names = printable(",".join(each.name for each in counts[:6]), 200)
    raise UsageError(
        f'Nothing tells in which order the groups of "{printable(column, 60)}" stand.',
        "test.order",
        f'Name them from low to high: --order "{names}".',
    )


def _number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if isfinite(number) else None


def _place(name: str) -> tuple[float, int]:
    led = _LED.match(name)
    assert led is not None
    sign = led["sign"] or ""
    return float(led["number"]), -1 if sign in ("<", "<=", "≤") else 1 if sign else 0


def is_scale(scores: Sequence[float]) -> bool:
    """Whether the squares of how far apart scores are fit a float, and are not nought.

    Args:
        scores: where each group stands.
    """
    largest, spread = max(map(abs, scores)), max(scores) - min(scores)
    return largest < 1e100 and spread > 1e-100


def scored(counts: Sequence[Counts], scores: Sequence[float], column: str) -> list[Counts]:
    """The groups with the scores given, or with those that they have, or 1, 2, 3.

    Raises:
        UsageError: `test.scores`, there is not one score a group, or all are the same.
    """
    if scores:
        listed = ", ".join(f'"{printable(each.name, 30)}"' for each in counts)
        if len(scores) != len(counts) or len(set(scores)) < 2:
            raise UsageError(
                f'--scores gives {len(scores)}, and "{printable(column, 60)}" has {len(counts)} '
                f"groups: {listed}."
                if len(scores) != len(counts)
                else "--scores gives every group the same score.",
                "test.scores",
                "One number a group, in their order: --scores 0,0.5,1.5,4,7.",
            )
        return [replace(each, score=s) for each, s in zip(counts, scores, strict=True)]
    if all(each.score is not None for each in counts):
        return list(counts)
    return [replace(each, score=float(at)) for at, each in enumerate(counts, 1)]
