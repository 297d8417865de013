"""A dataset: a registered export or table, with what was found in it and its snapshot."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from pydantic import Field, SerializerFunctionWrapHandler, model_serializer

from dmaic.churn.understanding import Understanding
from dmaic.project.entity import Named, Stored
from dmaic.result import Finding


class Dataset(Named):
    """One registered export.

    Attributes:
        name: what people call it, such as `q3`.
        table: it is no churn export: a series, measurements, answers, codes.
        file: the export as people call it: the file's name, or `3 files`.
        files: paths of the files read, as said; relative ones are relative to the engagement.
        sha256: fingerprint of the files' bytes, related ones included.
        rows: rows read.
        unit: what one row is, plural.
        months: calendar months that the churn dates cover, both ends included; 0 where unknown.
        first, last: first and last churn date, ISO, or None.
        roles: role -> column.
        lost: what tells that a customer is lost, in words; empty where nothing does.
        readings: column -> how its cells are read.
        coverage: share of the rows that name a segment; None where no column holds one.
        findings: what was found when it was read.
        accepted: codes of blocking findings that were accepted.
        preset: name of the preset that applied, or None.
        said: how it was opened: the keywords of an analysis, without the file.
        columns: columns of the snapshot.
        also: those of them that were asked for by name.
        only: the columns of a table that are kept; empty: all.
        left_out: columns of the export that the snapshot does not hold.
        hashed: columns whose cells are replaced by a keyed hash.
        keeps_ids: ids and addresses were kept as they are.
        snapshot: path of the snapshot, relative to the engagement; None where there is none,
            as in an imported project.
        snapshot_sha256: fingerprint of the snapshot's bytes.
        understood: how the export was understood, so that the snapshot is read alike.
        added: day on which it was read, ISO.
    """

    kind: ClassVar[str] = "dataset"
    table: bool = False
    file: str
    files: tuple[str, ...] = ()
    sha256: str
    rows: int = 0
    unit: str = "customers"
    months: int = 0
    first: str | None = None
    last: str | None = None
    roles: dict[str, str] = Field(default_factory=dict)
    lost: str = ""
    readings: dict[str, str] = Field(default_factory=dict)
    coverage: float | None = None
    findings: tuple[Finding, ...] = ()
    accepted: tuple[str, ...] = ()
    preset: str | None = None
    said: dict[str, Any] = Field(default_factory=dict)
    columns: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    only: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    hashed: tuple[str, ...] = ()
    keeps_ids: bool = False
    snapshot: str | None = None
    snapshot_sha256: str | None = None
    understood: Understanding | None = None
    added: str = ""

    @model_serializer(mode="wrap")
    def _plain(self, dump: SerializerFunctionWrapHandler) -> dict[str, Any]:
        """Of an export what every dmaic reads: that it is no table goes without saying."""
        plain: dict[str, Any] = dump(self)
        for name in ("table", "only"):
            if not plain.get(name):
                plain.pop(name, None)
        return plain


def used_dataset(
    datasets: Sequence[Stored[Dataset]], default: str | None
) -> Stored[Dataset] | None:
    """The export that a project is judged by: the default dataset, or else the newest export.

    Args:
        datasets: of the project, in the order in which they were made.
        default: id of the default one, or None.
    """
    chosen = [each for each in datasets if each.id == default]
    found = chosen or [each for each in datasets if not each.body.table]
    return found[-1] if found else None
