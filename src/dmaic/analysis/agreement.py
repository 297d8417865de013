"""`agreement`: do people who code the same items, such as reasons for leaving, agree?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Unpack

from dmaic.analysis.column import Cells, Kind, blanks, read_cells
from dmaic.analysis.said import ReadingSaid, opening, refuse_empty
from dmaic.churn.export import open_export
from dmaic.errors import DataError, UsageError, suggest
from dmaic.stats.agreement.coding import Codings
from dmaic.stats.agreement.coefficient import Weights
from dmaic.stats.agreement.resample import DRAWS
from dmaic.stats.agreement.result import AgreementResult
from dmaic.stats.agreement.study import study
from dmaic.text import name_list, plural, printable

if TYPE_CHECKING:
    from dmaic.engines.duckdb import Progress

WEIGHTS: tuple[Weights, ...] = ("none", "linear", "quadratic")

MOST_CODES = 200
"""More different codes are free text."""


def agreement(
    source: object,
    *,
    item: str | None = None,
    rater: str | Sequence[str] = (),
    code: str | None = None,
    standard: str | None = None,
    order: Sequence[str] = (),
    weights: Weights | None = None,
    draws: int = DRAWS,
    seed: int = 1,
    where: str | None = None,
    accept: Sequence[str] = (),
    fingerprint: bool = True,
    progress: Progress | None = None,
    **said: Unpack[ReadingSaid],
) -> AgreementResult:
    """Measure how far raters agree on the codes that they give to the same items.

    A row is a coding (`item`, `rater` and `code` name its columns), or an item with a column a
    rater (`rater` names them, `code` is left out, and so may `item`).

    Args:
        source: an export, or another table.
        item: column that names what was coded.
        rater: column that names who coded it; or the columns of two or more raters.
        code: column of the codes.
        standard: column of the code that is right; the same in all rows of an item.
        order: all codes from the lowest to the highest, where they have an order.
        weights: how much a disagreement of ordered codes counts in Cohen's kappa; None: `linear`
            where `order` is given.
        draws: samples for the intervals by resampling.
        seed: of the draws.
        where: SQL condition over the columns.
        accept: codes of blocking findings to go on with.
        fingerprint: put the SHA-256 of the source into the result.
        progress: called with a fraction, or None where unknown, while a long scan runs.
        **said: reading options; see `dmaic.analysis.said.ReadingSaid`.

    Raises:
        ReadError: the source cannot be read as a table.
        DataError: `agreement.*`, or it cannot be analysed so.
        UsageError: the arguments do not fit together or do not fit the columns.
    """
    raters = (rater,) if isinstance(rater, str) else tuple(rater)
    refuse_empty({"item": item, "code": code, "standard": standard, "where": where})
    weighing = _check(item, raters, code, order, weights, draws, seed)
    asked: dict[str, tuple[str, Kind]] = {}
    if item is not None:
        asked["item"] = (item, "text")
    if code is not None:
        asked |= {"rater": (raters[0], "text"), "code": (code, "text")}
    if standard is not None:
        asked["standard"] = (standard, "text")
    with open_export(source, opening(**said), progress=progress) as table:
        if code is None:
            columns = [table.column(name, "--rater") for name in raters]
            if len(set(columns)) < len(columns):
                raise UsageError(
                    "--rater names one column twice.", "agreement.rater", "Name each once."
                )
            asked |= {f"rater {at}": (column.name, "text") for at, column in enumerate(columns)}
        cells = read_cells(table, asked, where=where, accept=accept, fingerprint=fingerprint)
    needed = ["item", "rater", "code"] if code is not None else ["item"] if item else []
    lacking = blanks(cells, needed, "coding" if code is not None else "row") if needed else None
    codings = _codings(cells, wide=code is None, order=tuple(order))
    _check_codings(codings, cells.inputs.source)
    told = (*cells.findings, *((lacking,) if lacking is not None else ()))
    return study(codings, cells.inputs, told, weights=weighing, draws=draws, seed=seed)


def _check(
    item: str | None,
    raters: Sequence[str],
    code: str | None,
    order: Sequence[str],
    weights: Weights | None,
    draws: int,
    seed: int,
) -> Weights:
    if weights not in (None, *WEIGHTS):
        raise UsageError(
            f"weights is {printable(str(weights), 40)!r}, not one of {', '.join(WEIGHTS)}.",
            "usage.choice",
            "Leave it out to have it found out.",
        )
    if not raters:
        raise UsageError(
            "It is not said who coded what.",
            "agreement.rater",
            "A row a coding: --item COL --rater COL --code COL. A row an item with a column a "
            "rater: --rater COL --rater COL.",
        )
    if code is not None and (len(raters) > 1 or item is None):
        lacks = "--item is missing" if item is None else "there is more than one --rater"
        raise UsageError(
            f"With --code a row is one coding, and {lacks}.",
            "agreement.rater",
            "--item COL --rater COL --code COL; or leave --code out where each rater has a column.",
        )
    if code is None and len(raters) == 1:
        raise UsageError(
            "--rater names one column and --code none.",
            "agreement.rater",
            "A row a coding: --item COL --rater COL --code COL. A row an item with a column a "
            "rater: --rater COL --rater COL.",
        )
    if weights not in (None, "none") and not order:
        raise UsageError(
            f"Weights are {weights}, and it is not said in which order the codes stand.",
            "agreement.order",
            "Name them all from the lowest to the highest: --order low --order medium --order "
            "high. Reasons have no order: leave the weights out.",
        )
    for name, figure, least, most in (("--draws", draws, 200, 100_000), ("--seed", seed, 0, 2**31)):
        if not least <= figure <= most:
            raise UsageError(
                f"{name} is {figure:,}, not between {least:,} and {most:,}.",
                "usage.bounds",
                "Leave it out to take what is usual.",
            )
    return weights or ("linear" if order else "none")


def _codings(cells: Cells, *, wide: bool, order: tuple[str, ...]) -> Codings:
    """The codings of the rows; an item, or a rater, is taken up where it first stands."""
    rows = range(cells.rows)
    named = cells.texts("item") if "item" in cells.columns else [f"row {at + 1}" for at in rows]
    right = cells.texts("standard") if "standard" in cells.columns else [None] * cells.rows
    given: dict[str, dict[str, list[str]]] = {}
    standards: dict[str, set[str]] = {}
    keys = [key for key in cells.columns if key.startswith("rater ")]
    for at in rows:
        name = named[at]
        if name is None:
            continue
        if wide:
            answers = [(cells.names[key], cells.columns[key][at]) for key in keys]
        else:
            answers = [(cells.columns["rater"][at], cells.columns["code"][at])]
        for who, answer in answers:
            if who is not None and answer is not None:
                given.setdefault(name, {}).setdefault(who, []).append(answer)
        told = right[at]
        if told is not None:
            standards.setdefault(name, set()).add(told)
    _check_standards(standards, cells.inputs.source)
    return _sorted(given, {name: min(each) for name, each in standards.items()}, order)


def _check_standards(standards: Mapping[str, set[str]], source: str) -> None:
    torn = [name for name, each in standards.items() if len(each) > 1]
    if torn:
        both = name_list(sorted(standards[torn[0]]), 3)
        raise DataError(
            f"{plural(len(torn), 'item')} {'has' if len(torn) == 1 else 'have'} more than one "
            f'standard, such as "{printable(torn[0], 60)}" with {both}.',
            "agreement.standard",
            "Write the right code in the same way in all rows of an item.",
            source,
        )


def _sorted(
    given: Mapping[str, Mapping[str, list[str]]],
    standards: Mapping[str, str],
    order: tuple[str, ...],
) -> Codings:
    """Names in alphabetical order, so that the order of rows changes nothing."""
    items = sorted(given)
    raters = sorted({who for each in given.values() for who in each})
    used = {code for each in given.values() for codes in each.values() for code in codes}
    used |= {standards[name] for name in items if name in standards}
    missing = sorted(used - set(order)) if order else []
    if missing or len(set(order)) < len(order):
        twice = next((code for code in order if order.count(code) > 1), None)
        raise UsageError(
            f"--order does not hold {name_list(missing, 6)}."
            if missing
            else f'--order names "{printable(str(twice), 40)}" twice.',
            "agreement.order",
            (suggest(missing[0], order) if missing else "")
            or "Name all codes once, from the lowest to the highest.",
        )
    codes = order or tuple(sorted(used))
    place = {code: at for at, code in enumerate(codes)}
    who = {name: at for at, name in enumerate(raters)}
    return Codings(
        items=tuple(items),
        raters=tuple(raters),
        codes=codes,
        given=tuple(
            {
                who[name]: tuple(place[code] for code in given[item][name])
                for name in sorted(given[item])
            }
            for item in items
        ),
        standard={at: place[standards[item]] for at, item in enumerate(items) if item in standards},
    )


def _check_codings(codings: Codings, source: str) -> None:
    if not codings.items:
        raise DataError(
            "No item has a code.", "agreement.nothing", "Check the columns and --where.", source
        )
    if len(codings.codes) > MOST_CODES:
        raise DataError(
            f"There are {len(codings.codes):,} different codes; {MOST_CODES} at most are compared.",
            "agreement.too-many-codes",
            "Free text is no code: let each rater choose one of a short list.",
            source,
        )
    if codings.standard or codings.full():
        return
    if len(codings.raters) == 1:
        raise DataError(
            f'"{printable(codings.raters[0], 60)}" is the only rater, and coded every item once, '
            "so there is nothing to agree with.",
            "agreement.one-rater",
            "Let a second person code the same items, or name the right codes: --standard COL.",
            source,
        )
    raise DataError(
        "No item was coded by two raters, so there is nothing to compare.",
        "agreement.no-pairs",
        "Let the raters code the same items, and name an item in the same way in their rows.",
        source,
    )
