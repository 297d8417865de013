"""`dmaic correlate`."""

from __future__ import annotations

import glob
import os
from typing import Annotated, Any

import typer

from dmaic.cli.analyse import analyse
from dmaic.cli.answer import Answer, ChartFace
from dmaic.cli.dataset import FromData
from dmaic.cli.options import Conditions, Export, spread

ENDINGS = (
    ".csv", ".tsv", ".txt", ".xlsx", ".xls", ".ods", ".parquet", ".json", ".jsonl", ".gz", ".zip",
    ".zst",
)  # fmt: skip


@spread
def correlate(
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[FILE] COL...",
            help="Export, or - ; left out: the project's dataset. Then one to twelve columns.",
            show_default=False,
        ),
    ] = None,
    *,
    export: Export,
    face: ChartFace,
    rows: Conditions,
    place: FromData,
) -> Answer:
    """How do columns go together, and how is one spread?

    One column gives a histogram, a number by groups a box plot, two numbers a scatter with its
    line, more columns a matrix. Example: dmaic correlate churn.csv mrr seats --chart mrr.png
    """
    named = list(words or ())
    file = [] if place.data is not None or place.project is not None else _files(named)
    given: dict[str, Any] = {
        "columns": tuple(named[len(file) :]),
        **rows.said(),
    }
    return analyse("correlate", file, place, export, face, given)


def _files(words: list[str]) -> list[str]:
    """The first word where it names a file: one that is there, or that is written like one."""
    if not words:
        return []
    first = words[0]
    looks = first == "-" or "/" in first or "\\" in first or first.startswith("~")
    ending = os.path.splitext(first)[1].lower()  # noqa: PTH122  a column may be called anything
    looks = looks or ending in ENDINGS
    there = "\0" not in first and (os.path.lexists(first) or bool(glob.glob(first)))  # noqa: PTH207
    return [first] if looks or there else []
