"""A series in the order of time: of the rows of an export, or of columns of finished figures.

Rows of an export are added up by SQL: churned customers and those there at the start, and MRR lost,
as `dmaic churn` counts them; days or customer-months from one loss to the next; of any other table,
rows a period or a column's cells a period. Finished figures are read as they stand.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dmaic.analysis.series_finished import read_finished
from dmaic.analysis.series_gap import read_gaps
from dmaic.analysis.series_ledger import read_periods
from dmaic.analysis.series_question import SeriesQuestion, Taken
from dmaic.analysis.series_row import read_rows
from dmaic.churn.summary import summary_of

if TYPE_CHECKING:
    from dmaic.churn.table import ChurnTable


def read_series(table: ChurnTable, asked: SeriesQuestion) -> Taken:
    """The series of an opened file.

    Args:
        table: the opened file.
        asked: which series.

    Raises:
        UsageError: the question does not fit the columns.
        DataError: there is no such series in the file.
    """
    if asked.count is not None or (asked.value is not None and asked.by is None):
        return read_finished(table, asked)
    if asked.subgroup is not None or not tells_losses(table):
        return read_rows(table, asked)
    if asked.figures != "counts" and asked.value is None:
        return read_gaps(table, asked)
    return read_periods(table, asked)


def tells_losses(table: ChurnTable) -> bool:
    """Whether a file tells of lost customers, row by row or added up.

    Args:
        table: the opened file.
    """
    roles = table.roles
    return bool(
        roles.get("churned")
        or roles.get("churned_at")
        or table.churned_when is not None
        or (table.preset is not None and table.preset.churned_when)
        or table.unit == "movements"
        or summary_of(table)
    )
