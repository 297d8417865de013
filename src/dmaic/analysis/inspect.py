"""`inspect`: what an export holds, what was recognised, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, ClassVar, Unpack

from dmaic import __version__
from dmaic.analysis.said import Said, opening
from dmaic.churn.export import open_export
from dmaic.churn.health import examine
from dmaic.churn.profile import ColumnProfile, profile
from dmaic.result import Frozen, Inputs, Result

if TYPE_CHECKING:
    from dmaic.churn.clean.reading import Reading
    from dmaic.engines.duckdb import Progress


class Period(Frozen):
    """First and last day of a date column, ISO."""

    role: str
    column: str
    first: str
    last: str


class InspectResult(Result):
    """An export as it was understood.

    Attributes:
        facts: format, encoding, delimiter and what else was found out, by name.
        rows: data rows.
        unit: what one row is, plural.
        churned: lost customers; None where nothing tells.
        share_churned: their share of the rows.
        value_lost: what the lost paid, None where it cannot be summed.
        currency: its currency, where known.
        periods: time covered by the date columns that play a role.
        columns: profile of each column.
    """

    tells_findings: ClassVar[bool] = True

    kind: str = "inspect"
    facts: dict[str, str]
    rows: int
    unit: str
    churned: int | None = None
    share_churned: float | None = None
    value_lost: float | None = None
    currency: str | None = None
    periods: tuple[Period, ...] = ()
    columns: tuple[ColumnProfile, ...]

    def records(self) -> tuple[tuple[str, ...], list[tuple[Any, ...]]]:
        """One row a column of the export."""
        header = tuple(ColumnProfile.model_fields)
        return header, [
            tuple(
                ", ".join(cell) if isinstance(cell, tuple) else cell
                for cell in (getattr(column, name) for name in header)
            )
            for column in self.columns
        ]


def inspect(
    source: object,
    *,
    fingerprint: bool = True,
    progress: Progress | None = None,
    **said: Unpack[Said],
) -> InspectResult:
    """Open an export and tell what is in it. Findings are told, none stops.

    Args:
        source: a path, `-` for standard input, several paths, a glob, or a pandas, Polars or
            Arrow frame.
        fingerprint: put the SHA-256 of the source into the result.
        progress: called with a fraction, or None where unknown, while a long scan runs.
        **said: reading options, roles and preset; see `dmaic.analysis.said.Said`.

    Raises:
        ReadError: the source cannot be read as a table.
        UsageError: a role names a column that is not there.
    """
    with open_export(source, opening(**said), progress=progress) as table:
        columns = profile(table)
        health = examine(table, columns)
        roles = {role: column.name for role, column in table.roles.items()}
        if health.churned is not None:
            roles["churned"] = health.churned.label
        return InspectResult(
            inputs=Inputs(
                source=table.source.name,
                sha256=table.source.sha256() if fingerprint else None,
                rows=health.rows,
                roles=roles,
                readings={reading.column.name: reading.label for reading in table.readings},
                preset=table.preset.name if table.preset is not None else None,
                tool_version=__version__,
            ),
            method={
                "churned": health.churned.label if health.churned else "not known",
                "distinct": "counted" if table.is_whole else "HyperLogLog estimate, about 2 % off",
            },
            findings=health.findings,
            facts=dict(table.source.facts),
            rows=health.rows,
            unit=table.unit,
            churned=health.lost,
            share_churned=health.lost / health.rows if health.lost is not None else None,
            value_lost=health.value_lost,
            currency=health.currency,
            periods=tuple(
                Period(role=role, column=column, first=first, last=last)
                for role, column, first, last in health.periods
            ),
            columns=tuple(
                each.model_copy(update={"reading": _reading(each.name, table.readings)})
                for each in columns
            ),
        )


def _reading(name: str, readings: Iterable[Reading]) -> str | None:
    return next((each.label for each in readings if each.column.name == name), None)
