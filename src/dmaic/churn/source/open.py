"""Open a source: whatever it is, one table expression comes out of it."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

from dmaic.churn.column import Column
from dmaic.churn.option import ReadOptions
from dmaic.churn.source.base import Desk, File, Table, named
from dmaic.churn.source.container import Kind, corrupt, named_format, read_head, sniff
from dmaic.churn.source.place import find_files, total
from dmaic.engines.duckdb import DuckDB, QueryError
from dmaic.errors import Problem, ReadError, UsageError
from dmaic.result import Finding

_CHUNK = 1 << 20


@dataclass
class Source:
    """An opened source.

    Attributes:
        name: file names, `<stdin>` or `<frame>`.
        relation: SQL table expression to put after FROM.
        columns: its columns.
        findings: what was guessed, left out and mended.
        facts: what was recognised: format, encoding, delimiter, sheet, header row.
        first_row: number of the first data row as a spreadsheet shows it (of the first file).
        paths: files the engine has to be allowed to read.
        size: bytes of all files; 0 for a frame.
    """

    name: str
    relation: str
    columns: tuple[Column, ...]
    findings: list[Finding] = field(default_factory=list)
    facts: dict[str, str] = field(default_factory=dict)
    first_row: int = 1
    paths: tuple[Path, ...] = ()
    size: int = 0
    _tables: list[Table] = field(default_factory=list, repr=False)
    _files: tuple[File, ...] = field(default=(), repr=False)
    _early: tuple[Finding, ...] = field(default=(), repr=False)
    _desk: Desk | None = field(default=None, repr=False)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Remove temporary copies."""
        if self._desk is not None:
            self._desk.clear()

    def sha256(self) -> str | None:
        """Fingerprint of the original bytes, all files in order; None for a frame."""
        if not self._files:
            return None
        digest = hashlib.sha256()
        for file in self._files:
            with file.path.open("rb") as stream:
                while chunk := stream.read(_CHUNK):
                    digest.update(chunk)
        return digest.hexdigest()

    def mend(self, error: QueryError | None = None) -> bool:
        """Read the rows one by one and mend them, after the engine found them irregular.

        Relation, findings and facts change; the columns stay.

        Args:
            error: what the engine said; anything but trouble with text is not mended.

        Returns:
            Whether something was mended, so that it is worth asking again.

        Raises:
            ReadError: it cannot be mended, such as a quote that never closes.
        """
        if error is not None and error.code != "query.csv":
            return False
        mended = False
        for place, table in enumerate(self._tables):
            if table.mend is None:
                continue
            again = table.mend()
            if [each.name for each in again.columns] == [each.name for each in table.columns]:
                self._tables[place] = again
                mended = True
        if mended:
            self._tell()
        return mended

    def row_number(self, position: int) -> int:
        """Number of a row as a spreadsheet shows it, in the file it is in.

        Args:
            position: position in the relation, counted from 1.
        """
        table, place = self._locate(position)
        return self._tables[table].row_number(place)

    def place(self, position: int) -> str:
        """File and row, such as `export.csv, row 17`.

        Args:
            position: position in the relation, counted from 1.
        """
        table, place = self._locate(position)
        name = self._files[table].where if self._files else self.name
        return f"{name}, row {self._tables[table].row_number(place):,}"

    def row_breaks(self) -> list[tuple[int, int]]:
        """From which position on what is added to it gives `row_number`, ascending; the first is 1.

        Unlike `row_number` it serves for all rows at once.
        """
        breaks: dict[int, int] = {}
        before = 0
        for place, table in enumerate(self._tables):
            shift = table.first_row - 1 - before
            breaks[before + 1] = shift
            for gap in table.gaps:
                # Gaps that follow each other begin at the same position; the last one holds.
                shift += 1
                breaks[max(gap - shift + 1, before + 1)] = shift
            if self._desk is not None and place + 1 < len(self._tables):
                ((rows,),) = self._desk.engine.rows(f"SELECT count(*) FROM {table.relation}")
                before += rows
        return sorted(breaks.items())

    def _locate(self, position: int) -> tuple[int, int]:
        last = len(self._tables) - 1
        for number, table in enumerate(self._tables[:-1]):
            if self._desk is None:
                break
            ((rows,),) = self._desk.engine.rows(f"SELECT count(*) FROM {table.relation}")
            if position <= rows:
                return number, position
            position -= rows
        return last, position

    def _tell(self) -> None:
        """Set what follows from the tables."""
        from dmaic.churn.source.stack import stack

        if len(self._tables) == 1:
            (only,) = self._tables
            self.relation, self.columns = only.relation, only.columns
            self.findings = [*self._early, *only.findings]
            self.facts = dict(only.facts)
        else:
            names = [file.where for file in self._files]
            self.relation, self.columns = stack(self._tables, names)
            self.findings = [
                *self._early,
                *(
                    finding
                    for name, table in zip(names, self._tables, strict=True)
                    for finding in named(table.findings, name)
                ),
            ]
            self.facts = {**self._tables[0].facts, "files": str(len(self._tables))}
        self.first_row = self._tables[0].first_row


def open_source(source: object, options: ReadOptions, engine: DuckDB) -> Source:
    """Open a source.

    Args:
        source: a path; a glob; `-` for standard input; several of them; or a pandas, Polars or
            Arrow frame or a list of dicts.
        options: how it is to be read.
        engine: where it will be read.

    Raises:
        ReadError: it cannot be read as a table; with several files, all that cannot.
        UsageError: what was asked for does not fit it.
    """
    desk = Desk.set_up(engine, options)
    try:
        asked = _asked(source)
        if asked is None:
            from dmaic.churn.source.frame import NAME, open_frame

            table = open_frame(source, desk)
            opened = Source(NAME, table.relation, table.columns, _tables=[table], _desk=desk)
        else:
            files, early = find_files(asked, desk)
            opened = Source(
                total(files),
                "",
                (),
                paths=tuple(file.path for file in files),
                size=sum(file.size for file in files),
                _tables=_open_all(files, desk),
                _files=tuple(files),
                _early=tuple(early),
                _desk=desk,
            )
        opened._tell()
    except BaseException:
        desk.clear()
        raise
    return opened


def _asked(source: object) -> list[str | Path] | None:
    """The paths asked for; None for a frame."""
    if isinstance(source, (str, os.PathLike)):
        return [source if isinstance(source, str) else Path(source)]
    if isinstance(source, (list, tuple)) and all(
        isinstance(each, (str, os.PathLike)) for each in source
    ):
        if not source:
            raise UsageError("No file was given.", code="read.no-file")
        return [each if isinstance(each, str) else Path(each) for each in source]
    return None


def _open_all(files: Sequence[File], desk: Desk) -> list[Table]:
    tables: list[Table] = []
    problems: list[Problem] = []
    for file in files:
        try:
            tables.append(_open_file(file, desk))
        except ReadError as error:
            problems += error.problems
    if problems:
        raise ReadError.of(problems)
    return tables


def _open_file(file: File, desk: Desk) -> Table:
    try:
        return _open_kind(file, _kind(file, desk), desk)
    except OSError as error:
        raise ReadError(
            f"The file cannot be read: {error.strerror or error}.",
            code="read.failed",
            where=file.where,
        ) from error


def _kind(file: File, desk: Desk) -> Kind:
    head = read_head(file.path)
    asked = desk.options.input_format
    if not asked:
        return sniff(file, head)
    wanted = named_format(asked)
    if head[:2] == b"\x1f\x8b" or head[:4] == b"\x28\xb5\x2f\xfd" or not head:
        return sniff(file, head)
    if wanted == "text":
        kind = sniff(file, head)
        return "text" if kind == "json" else kind
    return wanted


def _open_kind(file: File, kind: Kind, desk: Desk) -> Table:
    if kind in ("gzip", "zstd"):
        from dmaic.churn.source.unpack import unpack

        plain = unpack(file, kind, desk)
        inner = _kind(plain, desk)
        if inner in ("gzip", "zstd"):
            raise corrupt(file, f"a {kind} file", "it holds another compressed file")
        table = _open_kind(plain, inner, desk)
        table.facts["compression"] = kind
        return table
    if kind == "text":
        from dmaic.churn.source.delimited import open_text

        return open_text(file, desk)
    if kind in ("xlsx", "xls", "ods"):
        from dmaic.churn.source.workbook import open_workbook

        return open_workbook(file, kind, desk)
    if kind == "parquet":
        from dmaic.churn.source.native import open_parquet

        return open_parquet(file, desk)
    from dmaic.churn.source.json import open_json

    return open_json(file, desk)
