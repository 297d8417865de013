"""What an analysis found, in plain words made from its figures, and its tables made short."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from dmaic.block import Block, Cells, Fields, Heading, Note, Table
from dmaic.number import DASH, amount, percent, places
from dmaic.project.data.analysis import SavedAnalysis
from dmaic.reply import Study
from dmaic.reports.headline import headline
from dmaic.result import Result
from dmaic.stats.pareto import ParetoComparison, ParetoResult
from dmaic.stats.pareto_word import change_words, label, measured, prefix, row_label, title, valued

_NAMED = 3
_UNKNOWN = ("not in this export", "not known")
_FIELDS = 8

_TABLES: dict[str, tuple[str, ...]] = {
    "agreement": ("What is mixed up",),
    "survey": ("Reasons",),
    "churn": (),
    "control": ("Stages",),
    "survival": ("By ",),
    "drivers": ("Which column", "Each term"),
    "recover": ("Ranges",),
    "compare": ("", "By "),
    "benefit-measure": ("2", "What the fix saved"),
}
"""Kind of result -> beginnings of the titles of the tables that a report shows; of others the
first. All the others stand in the result itself."""


@dataclass(frozen=True, slots=True)
class Said:
    """An analysis in words.

    Attributes:
        title: what it is about.
        finding: the answer, one or two sentences.
        headline: the same in one short sentence without a full stop.
        more: further sentences.
        tables: the short tables, the most telling first.
    """

    title: str
    finding: str
    headline: str
    more: tuple[str, ...]
    tables: tuple[Block, ...]


def said(result: Result) -> Said:
    """What an analysis found.

    Args:
        result: of any analysis.
    """
    if isinstance(result, ParetoResult):
        return _pareto(result)
    if isinstance(result, ParetoComparison):
        return _comparison(result)
    if isinstance(result, Study):
        return _study(result)
    name = result.kind.replace("-", " ").capitalize()
    return Said(name, "", name, (), ())


def said_title(analysis: SavedAnalysis) -> str:
    """What a saved analysis asked, short: its words without the parameters.

    Args:
        analysis: that was saved.
    """
    return analysis.title.partition(";")[0]


def _study(result: Study) -> Said:
    answer = result.answer()
    head = next((each.text for each in answer if isinstance(each, Heading)), result.kind)
    notes = [each for each in answer if isinstance(each, Note)]
    strong = next((each.text for each in notes if each.strong), "")
    more = tuple(
        each.text for each in notes[:4] if not each.strong and each.text[:1] not in "*±" and each
    )
    return Said(head, strong, headline(result) or head, more, _short_tables(result, answer))


def _short_tables(result: Study, answer: Sequence[Block]) -> tuple[Block, ...]:
    wanted = _TABLES.get(result.kind)
    tables = [each for each in answer if isinstance(each, Table) and each.columns]
    if wanted is None:
        chosen = tables[:1]
    else:
        chosen = [
            each
            for each in tables
            if any(each.title.startswith(word) and bool(word) == bool(each.title)
                   for word in wanted)
        ]  # fmt: skip
    found: list[Block] = []
    for each in answer:
        if isinstance(each, Heading) and each.level > 1 and result.kind != "recover":
            break
        if isinstance(each, Fields):
            rows = tuple(row for row in each.rows if not any(word in row[1] for word in _UNKNOWN))
            found.append(Fields(rows[:_FIELDS]))
    return (*chosen, *found)


def _pareto(result: ParetoResult) -> Said:
    found, noun = result.concentration, measured(result)
    few = [each for each in result.rows if each.vital_few and not each.other]
    by = label(result.by)
    shares = [f"{row_label(each)} {_share(each.share)}" for each in few[:_NAMED]]
    left = found.few - len(shares)
    shown = ", ".join(shares) + (f" and {left} more" if left > 0 and shares else "")
    whole = "the excess churn" if result.rank_by == "excess" else f"all {noun}"
    told = found.verdict
    if few and found.few_share is not None:
        told = (
            f"By {by}, {found.few} of {found.categories} make {_share(found.few_share)} of "
            f"{whole}: {shown}. {found.verdict}"
        )
    head = headline(result) or title(result)
    more = (found.note,) if found.note else ()
    return Said(f"Pareto: {title(result)}", told.strip(), head, more, (_pareto_table(result),))


def _share(fraction: float | None) -> str:
    return DASH if fraction is None else f"{100 * fraction:.1f} %"


def _pareto_table(result: ParetoResult) -> Table:
    rows = result.rows
    columns = [Cells(label(result.by), tuple(map(row_label, rows)), wrap=True)]
    counts = [each.churned for each in rows]
    whole = places(counts)
    columns.append(
        Cells("lost", tuple(amount(each, places=whole) for each in counts), right=True, keep=90)
    )
    if any(each.value is not None for each in rows):
        values = [each.value for each in rows]
        sign = prefix(result.currency)
        shown = tuple(amount(each, places=0, prefix=sign) for each in values)
        columns.append(Cells(valued(result), shown, right=True, keep=60))
    columns.append(Cells("share %", tuple(percent(each.share) for each in rows), right=True))
    together = tuple(percent(each.cumulative_share) for each in rows)
    columns.append(Cells("together %", together, right=True, keep=80))
    if any(each.rate is not None for each in rows):
        rates = tuple(percent(each.rate) for each in rows)
        columns.append(Cells("churn %", rates, right=True, keep=70))
    return Table(tuple(columns), title=title(result))


def _comparison(result: ParetoComparison) -> Said:
    last = result.results[-1]
    what = title(last)
    told = f"{measured(last).capitalize()} went {change_words(result)}."
    moved = [each for each in result.rows if each.change is not None and not each.other]
    best = min(moved, key=lambda each: each.change or 0.0, default=None)
    if best is not None and best.change and best.change < 0:
        first, end = best.cells[0], best.cells[-1]
        told += (
            f" The largest fall is in {row_label(best)}: share of the loss from "
            f"{_share(first.share)} to {_share(end.share)}."
        )
    periods = f"{result.periods[0]} and {result.periods[-1]}"
    columns = [Cells(label(result.by), tuple(map(row_label, result.rows)), wrap=True)]
    for number, period in enumerate(result.periods):
        cells = [each.cells[number] for each in result.rows]
        lost = [each.churned for each in cells]
        columns.append(
            Cells(
                f"lost {period}",
                tuple(amount(each, places=places(lost)) for each in lost),
                right=True,
            )
        )
        rates = tuple(percent(each.rate) for each in cells)
        columns.append(Cells(f"churn % {period}", rates, right=True, keep=80))
    changes = [each.change for each in result.rows]
    columns.append(
        Cells(
            "change",
            tuple(amount(each, places=places(changes), sign=True) for each in changes),
            right=True,
        )
    )
    table = Table(tuple(columns), title=f"{what}, {periods}")
    return Said(f"Pareto: {what}, {periods}", told, headline(result), (), (table,))


def shortened(blocks: Sequence[Block], rows: int) -> tuple[Block, ...]:
    """The first table alone, or the first fields where there is none.

    Args:
        blocks: short tables.
        rows: fields that are kept.
    """
    for kind in (Table, Fields):
        for each in blocks:
            if isinstance(each, kind):
                return (each if isinstance(each, Table) else replace(each, rows=each.rows[:rows]),)
    return ()
