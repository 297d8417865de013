"""A finished table of rates: lost customers, and all customers, of each group."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dmaic.analysis.column import Cells, blanks, read_cells
from dmaic.analysis.group_question import GroupQuestion
from dmaic.errors import DataError
from dmaic.stats.test.rate import Counts
from dmaic.text import printable

if TYPE_CHECKING:
    from dmaic.churn.table import ChurnTable


def read_finished(
    table: ChurnTable, question: GroupQuestion, *, fingerprint: bool
) -> tuple[list[Counts], Cells]:
    """Read the groups in the order of their first rows; rows of one group are added.

    Args:
        table: the opened file.
        question: with `count` and `size`.
        fingerprint: put the SHA-256 of the source into the inputs.

    Raises:
        DataError: `test.counts`, a count is no count, or more are lost than there are.
    """
    assert question.count is not None
    assert question.size is not None
    cells = read_cells(
        table,
        {
            "churned_by": (question.churned_by[0], "text"),
            "count": (question.count, "number"),
            "size": (question.size, "number"),
        },
        where=question.where,
        accept=question.accept,
        fingerprint=fingerprint,
    )
    totals: dict[str, tuple[int, int]] = {}
    for row, (name, lost, size) in enumerate(
        zip(cells.texts("churned_by"), cells.numbers("count"), cells.numbers("size"), strict=True),
        1,
    ):
        if name is None or lost is None or size is None:
            continue
        problem = _problem(lost, size)
        if problem:
            raise DataError(
                f'"{printable(name, 40)}" has {lost:,.10g} lost of {size:,.10g}: {problem}.',
                "test.counts",
                "--count names the column of lost customers, --size that of all customers.",
                f"{table.source.name}, data row {row}",
            )
        before, whole = totals.get(name, (0, 0))
        totals[name] = before + int(lost), whole + int(size)
    missing = blanks(cells, ["churned_by", "count", "size"])
    if missing is not None:
        cells = Cells(cells.columns, cells.names, cells.rows, cells.inputs,
                      (*cells.findings, missing))  # fmt: skip
    return [Counts(name, size, lost) for name, (lost, size) in totals.items()], cells


def _problem(lost: float, size: float) -> str:
    if lost < 0 or size < 0:
        return "counts are not below zero"
    if lost != int(lost) or size != int(size):
        return "counts are whole numbers"
    if size > 1e12:
        return "no company has so many customers"
    return "more are lost than there are" if lost > size else ""
