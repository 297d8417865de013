"""Open a churn export: file to table, columns to roles, related files joined."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field

from dmaic.churn.column import Column
from dmaic.churn.join import Related, relate
from dmaic.churn.option import ReadOptions
from dmaic.churn.preset import Preset, load_preset, match_preset
from dmaic.churn.role import NONE, recognise
from dmaic.churn.snapshot import Snapshot
from dmaic.churn.source.open import Source, open_source
from dmaic.churn.table import ChurnTable
from dmaic.engines.duckdb import DuckDB, Progress, QueryError
from dmaic.errors import ReadError, UsageError
from dmaic.result import Finding


@dataclass(frozen=True, slots=True)
class Opening:
    """Everything a person may say about an export before it is analysed.

    Attributes:
        read: how its bytes become cells.
        roles: role -> column name as chosen; `none` for "no column plays this role".
        churned_when: condition that tells a lost customer, or None.
        preset: name or path of a preset; None to recognise one; `none` for none.
        offered: name -> preset, of those that go before the person's own and the built-in ones,
            such as a project's.
        scale: factor on the value column, such as 0.01 for cents, or None.
        related: (file, key) of each related export.
    """

    read: ReadOptions = field(default_factory=ReadOptions)
    roles: Mapping[str, str] = field(default_factory=dict)
    churned_when: str | None = None
    preset: str | None = None
    offered: Mapping[str, Preset] = field(default_factory=dict)
    scale: float | None = None
    related: Sequence[tuple[object, str]] = ()


def open_export(
    source: object, opening: Opening | None = None, *, progress: Progress | None = None
) -> ChurnTable:
    """Open a churn export as a table that knows its roles. Close it, or use it in a `with`.

    Args:
        source: a path, `-` for standard input, several paths, a glob, a pandas, Polars or Arrow
            frame, or a `Snapshot`, which was said all about when it was taken.
        opening: what is said about it.
        progress: called with a fraction, or None where unknown, while a long scan runs.

    Raises:
        ReadError: the file cannot be read as a table.
        UsageError: something said about it does not fit it.
    """
    if isinstance(source, Snapshot):
        return source.open(progress)
    opening = opening or Opening()
    with ExitStack() as undo:
        engine = DuckDB(progress=progress)
        undo.callback(engine.close)
        main = open_source(source, opening.read, engine)
        undo.callback(main.close)
        others: list[Source] = []
        for file, _ in opening.related:
            # What is said of the main file's bytes need not hold for a related one.
            other = open_source(file, ReadOptions(), engine)
            undo.callback(other.close)
            others.append(other)
        engine.close_doors([path for each in (main, *others) for path in each.paths])

        noted: list[Finding] = []
        columns = main.columns
        joins: list[Callable[[str], str]] = []
        for other, (_, key) in zip(others, opening.related, strict=True):
            related = _relate(engine, main, joins, columns, other, key)
            columns = (*columns, *related.columns)
            noted += related.findings
            joins.append(related.wrap)

        preset = _preset(opening, [column.name for column in columns])
        table = ChurnTable(
            engine=engine,
            source=main,
            columns=columns,
            roles=recognise(columns, opening.roles, preset),
            options=opening.read,
            preset=preset,
            churned_when=opening.churned_when,
            noted=noted,
            joins=joins,
            chosen=frozenset(opening.roles),
            scale=opening.scale,
            others=tuple(others),
        )
        table.load_head()
        undo.pop_all()
        return table


def _relate(
    engine: DuckDB,
    main: Source,
    joins: Sequence[Callable[[str], str]],
    columns: Sequence[Column],
    other: Source,
    key: str,
) -> Related:
    """Join, and once more where one of the files turned out irregular and was mended."""
    for _ in range(3):
        relation = main.relation
        for join in joins:
            relation = join(relation)
        try:
            return relate(engine, relation, columns, other, key)
        except QueryError as error:
            trouble = error
            if not (other.mend(error) or main.mend(error)):
                break
    raise ReadError(
        f"This cannot be read as a table: {trouble}", code="read.table", where=other.name
    ) from trouble


def _preset(opening: Opening, headers: Sequence[str]) -> Preset | None:
    asked, offered = opening.preset, opening.offered
    if asked == NONE:
        return None
    signatures = {name: each.match for name, each in offered.items() if each.match}
    name = asked or match_preset(headers, signatures) or match_preset(headers)
    if name is None:
        return None
    return offered[name] if name in offered else load_preset(name)


def related_from(files: Sequence[object], keys: Sequence[str]) -> tuple[tuple[object, str], ...]:
    """Pair `--with` files with their `--on` keys.

    Raises:
        UsageError: there are not as many keys as files; one key serves all files.
    """
    if files and len(keys) == 1:
        keys = list(keys) * len(files)
    if len(files) != len(keys):
        raise UsageError(
            f"--with names {len(files)} file(s) and --on {len(keys)} key(s).",
            code="usage.with-on",
            hint="Give --on KEY once for each --with FILE, in the same order.",
        )
    return tuple(zip(files, keys, strict=True))
