"""Which segments a fix reached, and which it is compared with, as a person names them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dmaic.errors import DataError, Problem, UsageError, suggest
from dmaic.money.ledger import Category, Ledger
from dmaic.money.measure_side import Sides, label
from dmaic.result import Finding
from dmaic.text import BLANK, folded, name_list, printable


def find_sides(
    before: Ledger,
    after: Ledger,
    whole: Ledger | None,
    segments: Sequence[str],
    untouched: Sequence[str],
    *,
    with_blank: bool = False,
    leave_out: Sequence[str] = (),
) -> Sides:
    """Which categories are on which side.

    Args:
        before: ledger, as in `Sides`.
        after: another.
        whole: another.
        segments: names of the treated.
        untouched: names of those compared with; none takes all others but the blank one.
        with_blank: the blank one too.
        leave_out: names of those that are neither, as another fix reached them.

    Raises:
        UsageError: `measure.segment`, `measure.one-sided`, `measure.both`, `measure.no-treated` or
            `measure.no-untouched`.
        DataError: `measure.no-customers`.
    """
    problems: list[Problem] = []
    treated = _found(before, after, segments, "--segment", problems)
    compared = _found(before, after, untouched, "--untouched", problems)
    outside = _found(before, after, leave_out, "--leave-out", problems)
    if problems:
        raise UsageError.of(problems)
    if (untouched or leave_out) and not segments:
        said = "--untouched" if untouched else "--leave-out"
        raise UsageError(
            f"{said} says what to compare with, and nothing is said to be treated.",
            code="measure.no-treated",
            hint="Name the segments that the fix reached: --segment NAME.",
        )
    named = [*treated, *compared, *outside]
    both = [each for each in named if named.count(each) > 1]
    if both:
        raise UsageError(
            f'"{printable(label(both[0]), 60)}" can be treated, untouched or left out, but not two '
            "of them.",
            code="measure.both",
            hint="Name it once: --segment, --untouched or --leave-out.",
        )
    if treated and not untouched:
        compared = [
            each
            for each in _shared(before, after)
            if each not in (*treated, *outside) and (with_blank or BLANK not in each)
        ]
    for ledger, when in ((before, "before"), (after, "after")):
        _has_customers(ledger, when, treated, compared)
    return Sides(before, after, tuple(treated), tuple(compared), whole)


def _shared(before: Ledger, after: Ledger) -> list[Category]:
    return [
        each
        for each in before.flows
        if before.of(each).customers_start
        and each in after.flows
        and after.of(each).customers_start
    ]


def _found(
    before: Ledger,
    after: Ledger,
    names: Sequence[str],
    option: str,
    problems: list[Problem],
) -> list[Category]:
    """The categories that are meant, as they are written or in any case of letters."""
    chosen: list[Category] = []
    known = {label(each): each for each in dict.fromkeys((*before.flows, *after.flows))}
    loose: dict[str, list[str]] = {}
    for name in known:
        loose.setdefault(folded(name), []).append(name)
    for name in names:
        near = [name] if name in known else loose.get(folded(name), [])
        if len(near) != 1:
            said = f'{option} "{printable(name, 60)}"'
            column = printable(" / ".join(before.by), 60)
            message = (
                f"{said} may be {name_list(near)}."
                if near
                else f'{said}: "{column}" has no such value.'
            )
            hint = suggest(name, known) or f"There are {name_list(list(known))}."
            problems.append(Problem("measure.segment", message, hint))
            continue
        category = known[near[0]]
        for ledger, when, other in ((before, "before", "after"), (after, "after", "before")):
            if category not in ledger.flows or not ledger.of(category).customers_start:
                problems.append(
                    Problem(
                        "measure.one-sided",
                        f'"{printable(near[0], 60)}" has customers {other} and none {when}, so '
                        "there is nothing to set it against.",
                        "Was it renamed? Give it one name in both exports. "
                        f"{when.capitalize()} there are "
                        f"{name_list([label(each) for each in ledger.flows])}.",
                        ledger.inputs.source,
                    )
                )
        if category not in chosen:
            chosen.append(category)
    return chosen


def _has_customers(
    ledger: Ledger, when: str, treated: Sequence[Category], compared: Sequence[Category]
) -> None:
    if not ledger.overall().customers_start:
        raise DataError(
            f"Nobody was a customer at the start of a month {when}, so there is no churn rate.",
            code="measure.no-customers",
            where=ledger.inputs.source,
            hint="Check the months and the filters.",
        )
    if treated and not compared:
        raise UsageError(
            "No segment is left untouched, so nothing tells what would have been without the fix.",
            code="measure.no-untouched",
            hint="Name fewer with --segment; --with-blank compares with customers of no segment; "
            "without --segment the raw change is told, and nothing is claimed.",
        )


def left_out(sides: Sides, *, with_blank: bool, chosen: bool) -> Iterator[Finding]:
    """Categories that are on neither side, and why.

    Args:
        sides: what is compared.
        with_blank: the blank category was asked for.
        chosen: those compared with were named.
    """
    if not sides.treated:
        return
    known = dict.fromkeys((*sides.before.flows, *sides.after.flows))
    shared = _shared(sides.before, sides.after)
    alone = [label(each) for each in known if each not in shared and BLANK not in each]
    if alone and not chosen:
        yield Finding(
            code="one-sided-segments",
            level="warning",
            message=f"{name_list(alone)}: customers on one side only; left out of the comparison.",
            hint="Where a segment was renamed, give it one name in both exports.",
            count=len(alone),
        )
    blank = [each for each in known if BLANK in each]
    if blank and not with_blank and not chosen and not set(blank) & set(sides.treated):
        share = sum(
            ledger.of(each).customers_start
            for ledger in (sides.before, sides.after)
            for each in blank
            if each in ledger.flows
        ) / sum(ledger.overall().customers_start for ledger in (sides.before, sides.after))
        yield Finding(
            code="blank-left-out",
            level="info",
            message=f"Customers without a segment ({100 * share:.1f} % of all) may be treated "
            "or not; they are not compared with.",
            hint="--with-blank counts them as untouched.",
        )
