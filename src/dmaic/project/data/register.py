"""Register a file as a dataset: open it, take its snapshot, tell what was found."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dmaic.analysis.said import opening
from dmaic.churn.export import open_export
from dmaic.churn.health import Health, examine, examine_table
from dmaic.churn.personal import scrub, scrubbed
from dmaic.churn.profile import profile
from dmaic.churn.snapshot import understanding
from dmaic.churn.snapshot_write import Written, columns_kept, columns_used, write_snapshot
from dmaic.errors import DataError, UsageError
from dmaic.file import expanded
from dmaic.project.data.dataset import Dataset
from dmaic.project.data.settled import replaced, settled
from dmaic.project.data.snapshot import keep_snapshot
from dmaic.text import name_list, printable

if TYPE_CHECKING:
    from dmaic.churn.preset import Preset
    from dmaic.churn.table import ChurnTable
    from dmaic.engines.duckdb import Progress

_MOST_LEFT_OUT = 1_000


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked of a file that is registered.

    Attributes:
        name: of the dataset.
        files: paths as said on the command line; `-` for standard input.
        said: how they are opened: keywords of every analysis.
        also: columns to keep beside those that figures rest on.
        table: it is no churn export, so its columns are kept and no churn is looked for.
        only: columns of a table to keep; empty: all.
        accept: codes of blocking findings to go on with.
        keep_ids: leave ids and addresses as they are.
        accepted: codes that were accepted earlier, and may be of no matter by now.
        presets: those of the project's template, by name.
    """

    name: str
    files: tuple[str, ...]
    said: Mapping[str, Any] = field(default_factory=dict)
    also: tuple[str, ...] = ()
    table: bool = False
    only: tuple[str, ...] = ()
    accept: tuple[str, ...] = ()
    keep_ids: bool = False
    accepted: tuple[str, ...] = ()
    presets: Mapping[str, Preset] = field(default_factory=dict)

    def check(self) -> None:
        """Refuse words of exports about a table, and the other way round.

        Raises:
            UsageError: `usage.table`.
        """
        lost = [word for word in _CHURN if self.said.get(word)]
        if self.table and (lost or self.also):
            option = lost[0].replace("_", "-") if lost else "also"
            what = "tells who is lost" if lost else "keeps further columns of an export"
            raise UsageError(
                f"--{option} {what}, and --table says that it is no churn export.",
                "usage.table",
                "Leave one of them out."
                if lost
                else "A table keeps all of its columns; --only COL keeps no others.",
            )
        if self.only and not self.table:
            raise UsageError(
                "--only chooses the columns of a table, and this is a churn export.",
                "usage.table",
                "Add --table if it is none; of an export only the columns that figures rest on are "
                "kept, and --also COL adds one.",
            )


_CHURN = ("churned", "churned_at", "churned_when")
"""What can be said of exports alone."""


def request_again(
    dataset: Dataset,
    folder: Path,
    *,
    files: Sequence[str] = (),
    said: Mapping[str, Any] | None = None,
    also: Sequence[str] = (),
    table: bool = False,
    only: Sequence[str] = (),
    accept: Sequence[str] = (),
    keep_ids: bool = False,
) -> Request:
    """The request that made a dataset, with what is now said otherwise.

    Args:
        dataset: as it was registered.
        folder: of the engagement.
        files: other files, or none.
        said: keywords that are now said.
        also: further columns.
        table: it is no churn export.
        only: columns of a table to keep from now on.
        accept: further codes.
        keep_ids: leave ids as they are from now on.

    Raises:
        UsageError: `dataset.no-file`, it was piped in or imported.
    """
    kept = dict(dataset.said)
    if "related" in kept:
        kept["related"] = [(_there(folder, file), key) for file, key in kept["related"]]
    new = {name: word for name, word in (said or {}).items() if word not in (None, (), [])}
    kept |= new
    # Who says now what tells the lost of a table, says that it is an export.
    as_table = table or (dataset.table and not any(new.get(word) for word in _CHURN))
    if table and not dataset.table:
        kept = {name: word for name, word in kept.items() if name in new or name not in _CHURN}
    there = tuple(files) or tuple(_there(folder, each) for each in dataset.files)
    if not there or (not files and "-" in there):
        raise UsageError(
            f'Nobody knows which file "{printable(dataset.name, 60)}" was read from.',
            "dataset.no-file",
            "Name the file: dmaic data refresh NAME FILE.",
        )
    return Request(
        dataset.name,
        there,
        kept,
        tuple(dict.fromkeys((*(() if as_table else dataset.also), *also))),
        as_table,
        tuple(only) or (dataset.only if as_table else ()),
        tuple(accept),
        keep_ids or dataset.keeps_ids,
        dataset.accepted,
    )


def read_dataset(
    request: Request,
    folder: Path,
    key: bytes | None,
    today: date,
    *,
    write: bool = True,
    progress: Progress | None = None,
) -> tuple[Dataset, Path | None]:
    """Open a file and take its snapshot.

    Args:
        request: what is asked.
        folder: of the engagement.
        key: of the hashes; None keeps ids as they are.
        today: day of reading.
        write: put the snapshot into the folder.
        progress: called with a fraction, or None where unknown, while a long scan runs.

    Returns:
        The dataset, and the file that was newly written, to be removed where nothing is recorded.

    Raises:
        ReadError: the file cannot be read as a table.
        UsageError: what is said does not fit it; `usage.table`.
        BlockedError: blocking findings that are not accepted.
        DataError: `dataset.no-columns`, nothing of it would be kept.
    """
    request.check()
    files = request.files[0] if len(request.files) == 1 else list(request.files)
    ways = replace(opening(**request.said), offered=request.presets)
    with open_export(files, ways, progress=progress) as table:
        health = (examine_table if request.table else examine)(table, profile(table))
        findings, accepted = settled(health.findings, request.accept, request.accepted)
        columns = (
            columns_kept(table, request.only)
            if request.table
            else columns_used(table, request.also)
        )
        if not columns:
            raise _nothing_kept(table)
        draft = table.engine.folder / "snapshot.parquet"
        written = write_snapshot(table, columns, draft, key)
        dataset = _dataset(table, health, written, request, folder)
        findings = (*findings, *replaced(written))
        dataset = dataset.model_copy(
            update={
                "findings": findings if request.keep_ids else scrubbed(findings),
                "accepted": accepted,
                "added": today.isoformat(),
            }
        )
        if not write:
            return dataset, None
        path, sha, new = keep_snapshot(folder, request.name, draft)
    dataset = dataset.model_copy(update={"snapshot": path, "snapshot_sha256": sha})
    return dataset, folder / path if new else None


def _dataset(
    table: ChurnTable, health: Health, written: Written, request: Request, folder: Path
) -> Dataset:
    first = last = None
    for role, _, begin, end in health.periods:
        if role == "churned_at":
            first, last = begin, end
    kept = {name for name, _ in written.columns}
    roles = {role: column.name for role, column in table.roles.items() if column.name in kept}
    sha = _fingerprint(table)
    tidy = not request.keep_ids
    readings = {reading.column.name: reading.label for reading in table.readings}
    said = {name: word for name, word in request.said.items() if word not in (None, (), [])}
    if "related" in said:
        said["related"] = [[_kept(folder, str(file)), key] for file, key in said["related"]]
    return Dataset(
        name=request.name,
        table=request.table,
        file=table.source.name,
        files=tuple(_kept(folder, each) for each in request.files),
        sha256=sha,
        rows=written.rows,
        unit="rows" if request.table else table.unit,
        months=_months(first, last),
        first=first,
        last=last,
        roles=roles,
        lost=health.churned.label if health.churned is not None else "",
        readings={name: scrub(label) if tidy else label for name, label in readings.items()},
        coverage=None if request.table else written.coverage,
        preset=table.preset.name if table.preset is not None else None,
        said=said,
        columns=tuple(name for name, _ in written.columns),
        also=request.also,
        only=request.only,
        left_out=tuple(name for name in table.names if name not in kept)[:_MOST_LEFT_OUT],
        hashed=written.hashed,
        keeps_ids=request.keep_ids,
        understood=understanding(table, written.columns, written.number, sha, tidy=tidy),
    )


def _fingerprint(table: ChurnTable) -> str:
    """SHA-256 of the files' bytes; with related files, of all their fingerprints."""
    every = [source.sha256() or "" for source in (table.source, *table.others)]
    if len(every) == 1:
        return every[0]
    return hashlib.sha256("\n".join(every).encode()).hexdigest()


def _nothing_kept(table: ChurnTable) -> DataError:
    return DataError(
        "No column plays a role, so nothing of it would be kept.",
        "dataset.no-columns",
        "Name columns by their roles (--churned COL, --segment COL ...), or keep some with "
        "--also COL; --table keeps all of what is no churn export. The columns are "
        f"{name_list(table.names)}.",
        table.source.name,
    )


def _months(first: str | None, last: str | None) -> int:
    """Calendar months that are touched."""
    if first is None or last is None:
        return 0
    begin, end = date.fromisoformat(first), date.fromisoformat(last)
    return 12 * (end.year - begin.year) + end.month - begin.month + 1


def _kept(folder: Path, path: str) -> str:
    """A path as it is kept: relative to the engagement where it lies in it, else absolute."""
    if path == "-":
        return path
    whole = expanded(path).absolute()
    try:
        return whole.relative_to(folder.absolute()).as_posix()
    except ValueError:
        return str(whole)


def _there(folder: Path, path: str) -> str:
    return path if path == "-" else str(folder.absolute() / path)


def changed_facts(before: Dataset, after: Dataset) -> Dataset:
    """The dataset as read again, with the day of the first reading where nothing changed.

    Args:
        before: as it was.
        after: as it is read now.
    """
    same = after.model_copy(update={"added": before.added})
    return same if same == before else after
