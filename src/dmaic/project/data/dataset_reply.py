"""Datasets as people see them: a line each, or one with what was found in it."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import Any

from dmaic.block import Block, Cells, Check, Checks, Fields, Heading, Sign, Table
from dmaic.number import percent
from dmaic.project.data.dataset import Dataset
from dmaic.project.entity import Stored
from dmaic.reply import Heads, Listing, Page
from dmaic.text import plural, printable

_MOST = 12
"""Columns of a table that are told."""

_SIGNS: dict[str, Sign] = {"info": "plain", "warning": "warn", "blocking": "bad"}


class DatasetReply(Page):
    """One dataset.

    Attributes:
        id: of the dataset.
        dataset: its fields.
        default: analyses use it where nothing else is said.
        there: its snapshot is where it should be.
        analyses: how many saved analyses were made of it.
    """

    kind: str = "dataset"
    id: str
    dataset: Dataset
    default: bool = False
    there: bool = False
    analyses: int = 0

    def blocks(self) -> tuple[Block, ...]:
        """The facts, the columns with their roles, the findings."""
        body = self.dataset
        roles = {column: role for role, column in body.roles.items()}
        columns = Table(
            (
                Cells("Column", body.columns),
                Cells("Role", tuple(roles.get(name, "") for name in body.columns)),
                Cells("Read as", tuple(body.readings.get(name, "") for name in body.columns)),
                Cells(
                    "Kept as",
                    tuple("hash" if name in body.hashed else "" for name in body.columns),
                ),
            ),
            title=f"{plural(len(body.columns), 'column')} kept, {len(body.left_out)} left out",
            empty="No column is kept.",
        )
        found = tuple(
            Check(
                "warn" if each.accepted else _SIGNS[each.level],
                f"{each.code}: {each.message}",
                each.hint,
            )
            for each in body.findings
            if each.level != "info" or each.code == "addresses-hashed"
        )
        aside = "the default" if self.default else ""
        return (
            Heading(body.name, 1, aside),
            Fields(tuple(facts(body, self.id, there=self.there, analyses=self.analyses))),
            columns,
            *((Heading("Findings"), Checks(found)) if found else ()),
        )

    def records(self) -> tuple[tuple[str, ...], list[tuple[Any, ...]]]:
        """One row."""
        row = summary(self.id, self.dataset, default=self.default, there=self.there)
        return tuple(row), [tuple(row.values())]


def facts(body: Dataset, id: str, *, there: bool, analyses: int) -> tuple[tuple[str, str], ...]:
    """Label and text of what is known of a dataset."""
    kept = "as they are" if body.keeps_ids else "as keyed hashes" if body.hashed else "none is kept"
    churn = (
        (("Holds", "a table that is no churn export"),)
        if body.table
        else (
            ("Churn dates", period(body)),
            ("Segment coverage", coverage(body)),
            ("Lost is", body.lost or "nothing tells"),
        )
    )
    return (
        ("Id", id),
        ("File", ", ".join(body.files) or body.file),
        ("Fingerprint", body.sha256[:16]),
        ("Rows", f"{body.rows:,} ({body.unit})" if not body.table else f"{body.rows:,}"),
        *churn,
        ("Preset", body.preset or ""),
        ("Opened with", opened(body)),
        ("Customer ids", kept),
        ("Snapshot", f"{body.snapshot or ''}{'' if there else ' (not there)'}".strip()),
        ("Read on", body.added),
        ("Analyses", str(analyses)),
    )


def opened(body: Dataset) -> str:
    """What was said about the file, in words: `value scale 0.01; related exit.csv on id`."""
    told = []
    for name, value in body.said.items():
        if name == "related":
            told += [f"related {printable(str(file), 60)} on {key}" for file, key in value]
        else:
            told.append(f"{name.replace('_', ' ')} {printable(str(value), 60)}")
    return "; ".join(told)


def period(body: Dataset) -> str:
    """`18 months, 2024-01-03 to 2025-06-28`, or a dash's nothing."""
    if body.first is None:
        return ""
    return f"{plural(body.months, 'month')}, {body.first} to {body.last}"


def coverage(body: Dataset) -> str:
    """`93.2 % of the rows`, or nothing where no column holds a segment."""
    return "" if body.coverage is None else f"{percent(body.coverage)} % of the rows"


def summary(id: str, body: Dataset, *, default: bool, there: bool) -> dict[str, Any]:
    """A dataset as plain values, a line long."""
    return {
        "name": body.name,
        "id": id,
        "default": default,
        "table": body.table,
        "rows": body.rows,
        "unit": body.unit,
        "months": body.months,
        "first": body.first,
        "last": body.last,
        "coverage": body.coverage,
        "file": body.file,
        "sha256": body.sha256,
        "preset": body.preset,
        "keeps_ids": body.keeps_ids,
        "snapshot": body.snapshot,
        "snapshot_there": there,
        "added": body.added,
    }


def dataset_list(
    datasets: list[Stored[Dataset]], default: str | None, folder: Path | None
) -> Listing:
    """The datasets of a project.

    Args:
        datasets: in the order in which they were made.
        default: id of the one that analyses use.
        folder: of the engagement, or None.
    """
    items, texts, signs = [], [], []
    for each in datasets:
        there = is_there(each.body, folder)
        row = summary(each.id, each.body, default=each.id == default, there=there)
        items.append(row)
        texts.append(
            {
                "rows": f"{each.body.rows:,}",
                "default": "default" if row["default"] else "table" if row["table"] else "",
                "coverage": "" if each.body.coverage is None else percent(each.body.coverage),
                "months": str(each.body.months or ""),
                "snapshot": "" if there else "not there" if each.body.snapshot else "none",
            }
        )
        signs.append("good" if there else "warn")
    return Listing(
        kind="dataset-list",
        title=plural(len(items), "dataset"),
        items=tuple(items),
        shown=(
            Heads(field="name", title="Name"),
            Heads(field="default", title="", keep=90),
            Heads(field="rows", title="Rows", right=True),
            Heads(field="months", title="Months", right=True),
            Heads(field="coverage", title="Segment %", right=True),
            Heads(field="file", title="File", keep=50),
            Heads(field="added", title="Read on", keep=70),
            Heads(field="snapshot", title="Snapshot", keep=80),
        ),
        texts=tuple(texts),
        signs=tuple(signs),
        empty="No dataset yet.",
        next=() if items else ("dmaic data add FILE --name NAME",),
    )


def is_there(body: Dataset, folder: Path | None) -> bool:
    """Whether the snapshot's file exists; whether it is whole, reading it tells."""
    return folder is not None and body.snapshot is not None and (folder / body.snapshot).is_file()


def told(body: Dataset) -> tuple[str, ...]:
    """What was found, in sentences, after it was read."""
    known = [f"{body.rows:,} {body.unit if body.rows != 1 else body.unit.removesuffix('s')}"]
    known += [text for text in (period(body),) if text]
    known += [f"segment known for {coverage(body)}"] if body.coverage is not None else []
    sentences = [f"{'; '.join(known)}.".capitalize()]
    if body.hashed:
        sentences.append(f"Replaced by a keyed hash: {', '.join(body.hashed)}.")
    if body.left_out:
        left = plural(len(body.left_out), "column")
        named = ", ".join(printable(name, 60) for name in body.left_out[:_MOST])
        more = len(body.left_out) - _MOST
        named += f" and {more} more" if more > 0 else ""
        sentences.append(
            f"{left} left out."
            if body.table
            else f"{left} without a role left out: {named}; --also COL keeps one."
        )
    if body.table:
        kept = [printable(name, 60) for name in body.columns[:_MOST]]
        more = len(body.columns) - len(kept)
        kept += [f"{more} more"] if more else []
        sentences.append(
            f"A table that is no churn export, kept with {', '.join(kept)}. Analyses take it by "
            f"name: --data {word(body.name)}."
        )
    return tuple(sentences)


def word(name: str) -> str:
    """A name as it is typed in a shell."""
    return shlex.quote(name)
