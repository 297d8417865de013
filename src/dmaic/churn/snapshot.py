"""A snapshot: the columns of an export that figures rest on, read again as they were read first.

The snapshot is a Parquet file; how the export was understood is kept beside it. So the same
analysis of the export and of its snapshot gives the same figures, whatever presets and headers
become known later.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from dmaic.churn.column import Column, literal
from dmaic.churn.option import ReadOptions
from dmaic.churn.personal import scrub, scrubbed
from dmaic.churn.preset import Preset
from dmaic.churn.role import Roles
from dmaic.churn.source.base import Desk
from dmaic.churn.source.expression import plain_path
from dmaic.churn.source.open import Source
from dmaic.churn.table import ChurnTable
from dmaic.churn.understanding import Understanding
from dmaic.engines.duckdb import DuckDB, Progress


def understanding(
    table: ChurnTable, columns: Sequence[tuple[str, str]], number: str, sha256: str, *, tidy: bool
) -> Understanding:
    """How an opened export was understood, as far as its kept columns go.

    Args:
        table: the opened export.
        columns: name and type of those that are kept.
        number: name of the column of row numbers.
        sha256: its fingerprint.
        tidy: leave e-mail addresses out of what findings quote.
    """
    kept = {name for name, _ in columns}
    # Of a table whose columns were chosen, one with a role may be left out.
    roles = {role: column.name for role, column in table.roles.items() if column.name in kept}
    findings = scrubbed(table.findings) if tidy else table.findings
    facts = table.source.facts
    return Understanding(
        source=table.source.name,
        sha256=sha256,
        facts={name: scrub(fact) for name, fact in facts.items()} if tidy else facts,
        findings=findings,
        columns=tuple(columns),
        number=number,
        roles=roles,
        origins={role: table.roles.origins[role] for role in roles},
        aliases={name: each for name, each in table.roles.aliases.items() if each in kept},
        value_factor=table.roles.value_factor,
        chosen=tuple(sorted(table.chosen)),
        preset=table.preset.model_dump(mode="json") if table.preset is not None else None,
        churned_when=table.churned_when,
        scale=table.scale,
        decimal=table.options.decimal,
        date_order=table.options.date_order,
    )


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A snapshot that can be given to every analysis in the place of an export.

    Attributes:
        path: the Parquet file.
        understood: how its export was understood.
    """

    path: Path
    understood: Understanding

    def open(self, progress: Progress | None = None) -> ChurnTable:
        """Open it as the export itself was opened. Close it, or use it in a `with`.

        Args:
            progress: called with a fraction, or None where unknown, while a long scan runs.
        """
        how = self.understood
        options = ReadOptions(decimal=how.decimal, date_order=how.date_order)  # type: ignore[arg-type]
        columns = {name: Column(name, kind) for name, kind in how.columns}
        with ExitStack() as undo:
            engine = DuckDB(progress=progress)
            undo.callback(engine.close)
            desk = Desk.set_up(engine, options)
            path = plain_path(self.path.absolute(), desk)
            file = f"read_parquet({literal(str(path))})"
            chosen = ", ".join(column.sql for column in columns.values())
            source = _Kept(
                name=how.source,
                relation=f"(SELECT {chosen} FROM {file})",
                columns=tuple(columns.values()),
                findings=list(how.findings),
                facts=dict(how.facts),
                paths=(path, self.path.absolute()),
                sha=how.sha256,
                numbers=f"SELECT {Column(how.number).sql} FROM {file}",
                engine=engine,
            )
            engine.close_doors(source.paths)
            table = ChurnTable(
                engine=engine,
                source=source,
                columns=source.columns,
                roles=Roles(
                    columns={role: columns[name] for role, name in how.roles.items()},
                    origins=how.origins,
                    value_factor=how.value_factor,
                    aliases=how.aliases,
                ),
                options=options,
                preset=Preset.model_validate(how.preset) if how.preset is not None else None,
                churned_when=how.churned_when,
                chosen=frozenset(how.chosen),
                scale=how.scale,
            )
            table.load_head()
            undo.pop_all()
            return table


@dataclass
class _Kept(Source):
    """The source behind a snapshot, which tells of its export rather than of itself."""

    sha: str = ""
    numbers: str = ""
    engine: DuckDB | None = field(default=None, repr=False)

    def sha256(self) -> str:
        """Fingerprint of the export's bytes."""
        return self.sha

    def row_number(self, position: int) -> int:
        """Number of a row as a spreadsheet shows it, in the file it is in."""
        assert self.engine is not None
        ((number,),) = self.engine.rows(f"{self.numbers} LIMIT 1 OFFSET {position - 1}")
        return int(number)
