"""How an inspected export is shown: facts, then a line a column."""

from __future__ import annotations

from collections.abc import Sequence

from dmaic import number
from dmaic.analysis.inspect import InspectResult
from dmaic.churn.profile import ColumnProfile
from dmaic.cli.render.view import Column, View
from dmaic.cli.render.words import told
from dmaic.result import Reply
from dmaic.stats.pareto_word import prefix
from dmaic.text import plural


def views(result: Reply) -> tuple[View, ...]:
    """One table of columns.

    Args:
        result: an `InspectResult`.

    Raises:
        TypeError: it is another result.
    """
    if not isinstance(result, InspectResult):
        raise TypeError(f"not an inspected export: {type(result).__name__}")
    columns = result.columns
    view = View(
        title=f"{result.inputs.source}: {plural(result.rows, 'row')}, "
        f"{plural(len(columns), 'column')}",
        facts=_facts(result),
        columns=(
            Column("Column", tuple(each.name for each in columns), keep=200, name=True),
            _texts("Role", [each.role for each in columns], 190),
            Column("Filled %", tuple(_filled(each, result.rows) for each in columns), keep=180),
            Column("Values", tuple(f"{each.distinct:,}" for each in columns), keep=170),
            _texts("Read as", [each.reading for each in columns], 110),
            _texts("Most common", [", ".join(each.common) for each in columns], 100),
            _texts("From", [each.lowest for each in columns], 50),
            _texts("To", [each.highest for each in columns], 40),
        ),
        marks=tuple("vital" if each.role else "plain" for each in columns),
        vital="plays a role",
        verdict=_verdict(result),
        notes=tuple(f"{each.level} {each.code}: {told(each)}" for each in result.findings),
    )
    return (view,)


def _texts(title: str, cells: Sequence[str | None], keep: int) -> Column:
    return Column(title, tuple(cell or "" for cell in cells), keep=keep, name=True)


def _facts(result: InspectResult) -> tuple[str, ...]:
    facts = [", ".join(f"{name}: {fact}" for name, fact in result.facts.items())]
    if result.inputs.preset:
        facts.append(f"Preset {result.inputs.preset}")
    facts += [
        f"{period.role.replace('_', ' ')} from {period.first} to {period.last} ({period.column})"
        for period in result.periods
    ]
    return tuple(fact for fact in facts if fact)


def _filled(column: ColumnProfile, rows: int) -> str:
    return number.percent(column.filled / rows) if rows else ""


def _verdict(result: InspectResult) -> str:
    blocking = sum(finding.level == "blocking" for finding in result.findings)
    told = []
    if result.churned is not None:
        share = number.percent(result.share_churned)
        told.append(f"{result.churned:,} of {result.rows:,} {result.unit} are lost ({share} %).")
    if result.value_lost is not None:
        sign = prefix(result.currency) or (f"{result.currency} " if result.currency else "")
        told.append(f"They paid {sign}{result.value_lost:,.2f}.")
    if blocking:
        told.append(f"{plural(blocking, 'finding')} would stop an analysis.")
    return " ".join(told)
