"""Names of columns: every column has one, and no two have the same."""

from __future__ import annotations

from collections.abc import Sequence

from dmaic.result import Finding
from dmaic.text import name_list, plural


def name_columns(header: Sequence[str], row: int | None) -> tuple[tuple[str, ...], list[Finding]]:
    """Unique names, and what was renamed. Case does not make names different.

    Args:
        header: the cells of the header.
        row: its number, for the findings.
    """
    cleaned = [" ".join(cell.replace("\0", "").replace("\ufeff", "").split()) for cell in header]
    taken = {name.casefold() for name in cleaned if name}
    seen: set[str] = set()
    names: list[str] = []
    doubles: list[str] = []
    blanks: list[str] = []
    for place, name in enumerate(cleaned, start=1):
        given = name or f"column {place}"
        if (given if name else "").casefold() in seen or (not name and given in taken):
            number = 2
            while f"{given} ({number})".casefold() in taken | seen:
                number += 1
            given = f"{given} ({number})"
            if name:
                doubles.append(given)
        if not name:
            blanks.append(given)
        seen.add(given.casefold())
        names.append(given)
    rows = (row,) if row else ()
    findings = []
    if doubles:
        findings.append(
            Finding(
                code="duplicate-names",
                level="warning",
                message=f"{plural(len(doubles), 'column has', 'columns have')} the name of another "
                f"and {'is' if len(doubles) == 1 else 'are'} called {name_list(doubles, 3)}.",
                hint="Check that the right one is used.",
                count=len(doubles),
                rows=rows,
            )
        )
    if blanks:
        findings.append(
            Finding(
                code="blank-names",
                level="info",
                message=f"{plural(len(blanks), 'column has', 'columns have')} no name and "
                f"{'is' if len(blanks) == 1 else 'are'} called {name_list(blanks, 3)}.",
                count=len(blanks),
                rows=rows,
            )
        )
    return tuple(names), findings
