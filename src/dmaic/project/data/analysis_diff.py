"""Two saved analyses side by side: what moved, in words and in figures."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import Field

from dmaic.analysis.catalogue import ANALYSES
from dmaic.analysis.registry import restore, said, words
from dmaic.block import Block, Cells, Heading, Note, Table
from dmaic.errors import UsageError
from dmaic.number import amount, places
from dmaic.project.data.analysis import SavedAnalysis
from dmaic.project.data.dataset import Dataset
from dmaic.project.data.diff_figure import (
    Figure,
    marked_rows,
    row_figures,
    side_by_side,
    whole_figures,
    whole_words,
)
from dmaic.project.data.figure import is_p, is_share, label, text
from dmaic.project.entity import Stored
from dmaic.project.store.journal import when
from dmaic.reply import Page
from dmaic.result import Result
from dmaic.text import plural, printable

_MOST = 40
"""Rows of a comparison that are shown; the data has all."""

_SENTENCES = 12


class AnalysisDiff(Page):
    """Two analyses of one kind, side by side.

    Attributes:
        analysis: their kind.
        before, after: id, title, dataset and time of each.
        asked: parameters that differ: name -> (before, after), in words.
        sentences: what moved, in words.
        figures: every figure that is in one of them; those that differ come first.
        main: name of the figure that the table shows.
    """

    kind: str = "analysis-diff"
    analysis: str
    before: dict[str, str]
    after: dict[str, str]
    asked: dict[str, tuple[str, str]] = Field(default_factory=dict)
    sentences: tuple[str, ...] = ()
    figures: tuple[Figure, ...] = ()
    main: str = ""

    def blocks(self) -> tuple[Block, ...]:
        """The heads, what moved in words, and the main figures."""
        whole = [each for each in self.figures if not each.row and _moved(each)]
        rows = [each for each in self.figures if each.row and each.figure == self.main]
        left = len(rows) - _MOST
        return (
            Heading(f"{self.before['id']} and {self.after['id']}", 1),
            Table(
                (
                    Cells("", ("before", "after")),
                    Cells("Analysis", (self.before["title"], self.after["title"]), wrap=True),
                    Cells("Dataset", (self.before["dataset"], self.after["dataset"])),
                    Cells("Run", (when(self.before["run_at"]), when(self.after["run_at"]))),
                )
            ),
            *(
                (
                    Note(
                        "Asked differently: "
                        + "; ".join(f"{n} {a} → {b}" for n, (a, b) in self.asked.items())
                        + "."
                    ),
                )
                if self.asked
                else ()
            ),
            *(Note(each) for each in self.sentences),
            *((_table(whole, "Figure", "figure"),) if whole else ()),
            *((_table(rows[:_MOST], _title(self.main), "row"),) if rows else ()),
            *((Note(f"and {plural(left, 'more row')}; --json has them all."),) if left > 0 else ()),
        )

    def records(self) -> tuple[tuple[str, ...], list[tuple[Any, ...]]]:
        """One row a figure."""
        header = tuple(Figure.model_fields)
        return header, [tuple(getattr(each, name) for name in header) for each in self.figures]


def _table(figures: list[Figure], title: str, name: str) -> Table:
    alike = len({each.figure for each in figures}) == 1
    decimals = [_decimals(figures if alike else [each]) for each in figures]
    before, after, change = (
        tuple(
            _cell(each.figure, getattr(each, which), point, sign=which == "change")
            for each, point in zip(figures, decimals, strict=True)
        )
        for which in ("before", "after", "change")
    )
    names = (
        label(each.figure) if name == "figure" else printable(each.row, 60) for each in figures
    )
    return Table(
        (
            Cells(title, tuple(names)),
            Cells("Before", before, right=True),
            Cells("After", after, right=True),
            Cells("Change", change, right=True),
        )
    )


def _moved(figure: Figure) -> bool:
    """Whether a figure changed so that it shows: two p-values below a thousandth are alike."""
    if not figure.change or not is_p(figure.figure):
        return bool(figure.change)
    return text(figure.figure, figure.before) != text(figure.figure, figure.after)


def _cell(figure: str, value: float | None, decimals: int, *, sign: bool) -> str:
    if is_p(figure) and value is not None and not sign:
        return text(figure, value)
    if value is None or not is_share(figure):
        return amount(value, places=decimals, sign=sign)
    # The difference of two shares is in points, not in per cent of one of them.
    return f"{amount(100 * value, places=2, sign=sign)}{' points' if sign else ' %'}"


def _title(figure: str) -> str:
    words = label(figure)
    return words[:1].upper() + words[1:]


def _decimals(figures: list[Figure]) -> int:
    """Decimals that suit figures of one kind; shares and rates have four."""
    known = [each for figure in figures for each in (figure.before, figure.after)]
    return 4 if all(abs(each or 0) <= 1 for each in known) else places(known)


def analysis_diff(
    before: Stored[SavedAnalysis], after: Stored[SavedAnalysis], datasets: list[Stored[Dataset]]
) -> AnalysisDiff:
    """Two analyses side by side.

    Args:
        before: the one compared with.
        after: the other.
        datasets: of the project.

    Raises:
        UsageError: `analysis.kinds`, they are of different kinds.
        DataError: `analysis.result`, one of them cannot be read.
    """
    old, new = before.body, after.body
    results = (restore(old.analysis, old.result), restore(new.analysis, new.result))
    if results[0].kind != results[1].kind:
        raise UsageError(
            f"{before.id} is of kind {results[0].kind} and {after.id} of kind {results[1].kind}.",
            "analysis.kinds",
            "Compare two of one kind; dmaic analysis list shows them.",
        )
    names = {each.id: each.body.name for each in datasets}
    parameters = {
        name: (_word(old.parameters.get(name)), _word(new.parameters.get(name)))
        for name in dict.fromkeys((*old.parameters, *new.parameters))
        if old.parameters.get(name) != new.parameters.get(name)
    }
    rows = [row_figures(old.analysis, result) for result in results]
    whole = [whole_figures(old.analysis, result) for result in results]
    fields = list(dict.fromkeys(name for side in rows for row in side.values() for name in row))
    moved = [name for name in fields if _moves(name, rows)]
    wanted = ANALYSES[old.analysis].main
    main = wanted if wanted in fields else next(iter((*moved, *fields)), "")
    figures = [
        *side_by_side("", *whole),
        *(
            figure
            for row in dict.fromkeys((*rows[0], *rows[1]))
            for figure in side_by_side(row, rows[0].get(row, {}), rows[1].get(row, {}))
        ),
    ]
    return AnalysisDiff(
        analysis=old.analysis,
        before=_head(before, names),
        after=_head(after, names),
        asked=parameters,
        sentences=tuple(_sentences(old.analysis, results, rows, whole, main)),
        figures=tuple(figures),
        main=main,
    )


def _moves(name: str, rows: list[dict[str, dict[str, float]]]) -> bool:
    """Whether a figure differs in any row that both have."""
    both = rows[0].keys() & rows[1].keys()
    return any(rows[0][row].get(name) != rows[1][row].get(name) for row in both)


def _head(item: Stored[SavedAnalysis], names: Mapping[str, str]) -> dict[str, str]:
    body = item.body
    return {
        "id": item.id,
        "title": words(body.analysis, body.parameters) if body.analysis in ANALYSES else body.title,
        "dataset": names.get(body.dataset or "", "gone" if body.dataset else "figures alone"),
        "run_at": body.run_at,
    }


def _word(value: object) -> str:
    if isinstance(value, (list, dict)):
        return printable(said(value), 200)
    return "nothing" if value is None else printable(str(value), 60)


def _sentences(
    kind: str,
    results: tuple[Result, Result],
    rows: list[dict[str, dict[str, float]]],
    whole: list[dict[str, float]],
    main: str,
) -> list[str]:
    told = []
    for index, (verb, other) in enumerate((("no longer there", 1), ("new", 0))):
        names = [name for name in rows[index] if name not in rows[other]]
        if names:
            told.append(f"{_listed(names)} {'is' if len(names) == 1 else 'are'} {verb}.")
    for column, (joins, leaves) in ANALYSES[kind].marks.items():
        marked = [marked_rows(kind, result, column) for result in results]
        for some, others, what in ((marked[1], marked[0], joins), (marked[0], marked[1], leaves)):
            told += [f'"{printable(name, 60)}" {what}.' for name in some if name not in others]
    moved = [
        (abs(after[main] - before[main]), name, before[main], after[main])
        for name, before in rows[0].items()
        if (after := rows[1].get(name)) and main in before and main in after
        if after[main] != before[main]
    ]
    if moved:
        _, name, was, now = max(moved)
        told.append(
            f'The {label(main)} that moved most is that of "{printable(name, 60)}": '
            f"{text(main, was, [now])} → {text(main, now, [was])}."
        )
    told += _words_changed(results)
    if not told and rows[0] == rows[1] and whole[0] == whole[1]:
        told.append("Every figure is the same.")
    return told[:_SENTENCES]


def _words_changed(results: tuple[Result, Result]) -> list[str]:
    """What the results as a whole say otherwise than in figures, such as a verdict."""
    before, after = map(whole_words, results)
    return [
        f"{_title(name)}: {text(name, before[name])} → {text(name, after[name])}."
        for name in before
        if name in after and before[name] != after[name]
    ]


def _listed(names: list[str]) -> str:
    shown = ", ".join(f'"{printable(name, 40)}"' for name in names[:5])
    return f"{shown} and {len(names) - 5} more" if len(names) > 5 else shown
