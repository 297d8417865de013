"""Findings about the sums themselves: what a reader must know before trusting the shares."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dmaic.result import Finding
from dmaic.stats.cell import Cell, parts
from dmaic.stats.fold import LIMIT, Rule
from dmaic.text import plural, printable


def negative_values(cells: Sequence[Cell], names: Mapping[str, str]) -> list[Finding]:
    """Sums below 0, which have no share of anything.

    Args:
        cells: all categories.
        names: field of a cell -> what it is called in the input.
    """
    found = []
    for field_, name in names.items():
        figures = [getattr(cell, field_) or 0.0 for cell in cells]
        count = sum(figure < 0 for figure in figures)
        if count:
            _, whole = parts(figures)
            found.append(
                Finding(
                    code="negative-values",
                    level="warning",
                    message=f"{plural(count, 'category has', 'categories have')} a sum of "
                    f"{printable(name, 60)} below 0. Shares are of the sums above 0, which are "
                    f"{whole:,.10g} together; the others have no share.",
                    hint="Are there refunds or credits among the rows? --where leaves them out.",
                    count=count,
                    column=name if field_ != "churned" else None,
                )
            )
    return found


def lost_only(name: str | None) -> list[Finding]:
    """A column that knows the lost alone: there are no rates by it.

    Args:
        name: of the column, or None.
    """
    if name is None:
        return []
    return [
        Finding(
            code="lost-only",
            level="warning",
            message=f'"{printable(name, 60)}" is filled in for lost customers only, so it does not '
            "tell who was at risk: its categories are counted, without rates or excess.",
            hint="To compare churn rates take a column that is filled in for every customer.",
            column=name,
        )
    ]


def too_many(folded: Mapping[tuple[str, ...], Rule], by: Sequence[str]) -> list[Finding]:
    """Categories folded because there are too many of them for any reader.

    Args:
        folded: the folded categories and their rules.
        by: names of the columns that make a category.
    """
    count = sum(rule == "limit" for rule in folded.values())
    if not count:
        return []
    name = ", ".join(printable(each, 60) for each in by)
    return [
        Finding(
            code="categories-folded",
            level="warning",
            message=f'"{name}" has too many categories to show: the first {LIMIT:,} are, and '
            f'{count:,} more are folded into "Other". The figures of concentration are of all.',
            hint="Is it a name or an id rather than a category? "
            "--top, --min-size or another --by makes it readable.",
            count=count,
            column=by[0] if len(by) == 1 else None,
        )
    ]
