"""`gage`: how much of what was measured is the measuring?"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from math import isfinite
from typing import TYPE_CHECKING, Unpack

from dmaic.analysis.column import Cells, blanks, read_cells
from dmaic.analysis.said import ReadingSaid, opening, refuse_empty
from dmaic.churn.export import open_export
from dmaic.errors import DataError, UsageError
from dmaic.stats.gage.measured import Measured
from dmaic.stats.gage.result import GageResult
from dmaic.stats.gage.spread import DRAWS
from dmaic.stats.gage.study import study
from dmaic.text import plural, printable, some

if TYPE_CHECKING:
    from dmaic.engines.duckdb import Progress

_FAR = 1e150
_NEAR = 1e-150
"""Squares of larger figures are infinite."""

_TOLD = 8
"""Cells without their measurements that are named."""


def gage(
    source: object,
    *,
    part: str,
    operator: str,
    value: str,
    tolerance: float | None = None,
    sigmas: float = 6.0,
    alpha: float = 0.05,
    draws: int = DRAWS,
    seed: int = 1,
    where: str | None = None,
    accept: Sequence[str] = (),
    fingerprint: bool = True,
    progress: Progress | None = None,
    **said: Unpack[ReadingSaid],
) -> GageResult:
    """Split the variation of measurements into that of the parts and that of measuring.

    A crossed study: every operator measures every part equally often, at least twice.

    Args:
        source: a table with a row a measurement.
        part: column that names what was measured.
        operator: column that names who, or what, measured it.
        value: column of the measurements.
        tolerance: upper less lower limit of the specification; None where there is none.
        sigmas: standard deviations that a study variation is wide; older books take 5.15.
        alpha: the interaction is pooled into the repeatability where its p-value is above.
        draws: for the intervals.
        seed: of the draws.
        where: SQL condition over the columns.
        accept: codes of blocking findings to go on with.
        fingerprint: put the SHA-256 of the source into the result.
        progress: called with a fraction, or None where unknown, while a long scan runs.
        **said: reading options; see `dmaic.analysis.said.ReadingSaid`.

    Raises:
        ReadError: the source cannot be read as a table.
        DataError: `gage.*`, or it cannot be analysed so.
        UsageError: the arguments do not fit together or do not fit the columns.
    """
    refuse_empty({"part": part, "operator": operator, "value": value, "where": where})
    _check(tolerance, sigmas, alpha, draws, seed)
    with open_export(source, opening(**said), progress=progress) as table:
        cells = read_cells(
            table,
            {"part": (part, "text"), "operator": (operator, "text"), "value": (value, "number")},
            where=where,
            accept=accept,
            fingerprint=fingerprint,
        )
    lacking = blanks(cells, ("part", "operator", "value"), "measurement")
    measured = _measured(cells)
    told = (*cells.findings, *((lacking,) if lacking is not None else ()))
    return study(
        measured, cells.names["value"], cells.inputs, told,
        tolerance=tolerance, sigmas=sigmas, alpha=alpha, draws=draws, seed=seed,
    )  # fmt: skip


def _check(tolerance: float | None, sigmas: float, alpha: float, draws: int, seed: int) -> None:
    if tolerance is not None and not (tolerance > 0 and isfinite(tolerance)):
        raise UsageError(
            f"--tolerance is {tolerance:g}, and a tolerance is above 0.",
            "usage.bounds",
            "It is the upper limit of the specification less the lower one: --tolerance 8.",
        )
    if not (0 < sigmas <= 12):
        raise UsageError(
            f"--sigmas is {sigmas:g}, not above 0 and at most 12.",
            "usage.bounds",
            "6 is usual; older books take 5.15.",
        )
    if not 0 <= alpha <= 1:
        raise UsageError(
            f"--alpha is {alpha:g}, not between 0 and 1.",
            "usage.bounds",
            "0.05 is usual; 1 never pools the interaction, 0 always does.",
        )
    for name, figure, least, most in (
        ("--draws", draws, 1000, 1_000_000),
        ("--seed", seed, 0, 2**31),
    ):
        if not least <= figure <= most:
            raise UsageError(
                f"{name} is {figure:,}, not between {least:,} and {most:,}.",
                "usage.bounds",
                "Leave it out to take what is usual.",
            )


def _measured(cells: Cells) -> Measured:
    """The measurements, in the order of the names, so that the order of rows changes nothing."""
    found: dict[tuple[str, str], list[float]] = {}
    for part, operator, value in zip(
        cells.texts("part"), cells.texts("operator"), cells.numbers("value"), strict=True
    ):
        if part is not None and operator is not None and value is not None:
            found.setdefault((part, operator), []).append(value)
    source = cells.inputs.source
    parts = tuple(sorted({part for part, _ in found}, key=_counted))
    operators = tuple(sorted({operator for _, operator in found}, key=_counted))
    if len(parts) < 2 or len(operators) < 2:
        many = f"{plural(len(parts), 'part')} and {plural(len(operators), 'operator')}"
        raise DataError(
            f"There are measurements of {many}; it takes two of each to tell them apart.",
            "gage.too-few",
            "Ten parts measured by three operators two or three times each are usual.",
            source,
        )
    _balanced(found, parts, operators, source)
    values = tuple(
        tuple(tuple(sorted(found[part, operator])) for operator in operators) for part in parts
    )
    far = max(abs(each) for part in values for cell in part for each in cell)
    if far > _FAR:
        raise DataError(
            f"A measurement is {far:.3g}, too large to square.",
            "gage.too-large",
            "Look for a slip of the pen, or measure in a larger unit.",
            source,
        )
    near = min(each for part in values for cell in part for each in cell)
    wide = max(each for part in values for cell in part for each in cell) - near
    if wide < _NEAR:
        same = "the same" if not wide else f"the same within {wide:.3g}"
        raise DataError(
            f"All measurements are {same}, so there is no variation to split.",
            "gage.no-variation",
            "Measure parts that differ, with as many digits as the gage gives.",
            source,
        )
    return Measured(parts, operators, values)


def _counted(name: str) -> tuple[object, ...]:
    """The key of an order in which part 2 comes before part 10."""
    parts = re.split(r"([0-9]+)", name.casefold())
    digits = [each.lstrip("0") for each in parts[1::2]]
    return tuple(parts[::2]), tuple((len(each), each) for each in digits), name


def _balanced(
    found: Mapping[tuple[str, str], Sequence[float]],
    parts: Sequence[str],
    operators: Sequence[str],
    source: str,
) -> None:
    """Refuse cells that were not measured as often as the others."""
    counts = Counter(len(values) for values in found.values())
    trials = max(counts, key=lambda count: (counts[count], count))
    odd = [
        f"{printable(part, 40)} by {printable(operator, 40)} ({here} of {trials})"
        for part in parts
        for operator in operators
        if (here := len(found.get((part, operator), ()))) != trials
    ]
    if odd:
        raise DataError(
            f"The study is not balanced: {plural(len(odd), 'pair')} of part and operator "
            f"{'has' if len(odd) == 1 else 'have'} not {plural(trials, 'measurement')} as the "
            f"others: {some(odd, _TOLD)}.",
            "gage.unbalanced",
            "Measure what is missing; or leave parts or operators out with --where.",
            source,
        )
    if trials < 2:
        raise DataError(
            "Every operator measured every part once, so nothing tells how well a measurement is "
            "repeated.",
            "gage.one-trial",
            "Let each operator measure each part again, without seeing the first figures.",
            source,
        )
