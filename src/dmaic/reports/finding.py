"""What an analysis found, in plain words made from its figures, and its tables made short."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from dmaic.block import Block, Cells, Checks, Fields, Heading, Note, Table
from dmaic.number import DASH, amount, percent, places
from dmaic.reply import Study
from dmaic.reports.headline import agreeing, headline
from dmaic.result import Result
from dmaic.stats.pareto import ParetoComparison, ParetoResult
from dmaic.stats.pareto_word import change_words, label, measured, prefix, row_label, title, valued

_NAMED = 3
_FLAG = re.compile(r" \(--[a-z-]+\)")
_SHORT = re.compile(r"\b(?:mrr|arr|arpa|ltv|nps|id)\b")
_TYPED = re.compile(r" \((?:dmaic|--)[^()]*\)")
_OPTION = re.compile(r"(?<![\w-])--[a-z]|\bdmaic [a-z]")
_END = re.compile(r"(?<=\.) (?=[A-Z-])")
_SENTENCE = re.compile(r"(?<=[^.\d]{2})\.(?= )|(?<=\d)\.(?= [A-Z])")
_UNKNOWN = ("not in this export", "not known")
_FIELDS = 8

_FINER = frozenset(
    {"overdispersion", "false alarms", "design effect", "effective answers", "Why this test",
     "Statistic", "Bias-corrected V", "counted from a later age", "Fleiss' kappa",
     "Krippendorff's alpha", "Smallest effect wanted", "To see it with 80 % power",
     "Power of these data", "Test", "sigma within", "sigma overall", "expected, if normal",
     "normal", "In points instead"}
)  # fmt: skip
"""Figures for who checks the statistics; they stand in the result."""

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
        finding: the answer, one sentence.
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


def _study(result: Study) -> Said:
    answer = result.answer()
    head = next((each.text for each in answer if isinstance(each, Heading)), result.kind)
    notes = [each for each in answer if isinstance(each, Note)]
    strong = agreeing(next((each.text for each in notes if each.strong), ""))
    more = tuple(
        each.text.removesuffix(" See the checks below.")
        for each in notes[:4]
        if not each.strong and each.text[:1] not in "*±"
    )
    first, rest = _parted(strong)
    more = (rest, *more) if rest else more
    return Said(head, first, headline(result) or head, more, _short_tables(result, answer))


def unflagged(text: str) -> str:
    """A text without the flags of commands in brackets, which no reader of a report types.

    Args:
        text: such as `10 % of the rate (--minimal-effect)`.
    """
    return _FLAG.sub("", text)


def untyped(text: str) -> str:
    """A text without what only who types commands can use: flags in brackets, and whole clauses.

    Args:
        text: such as `Ask all, or widen --margin.`
    """
    kept = []
    for sentence in _END.split(unflagged(_TYPED.sub("", text))):
        parts = [each for each in re.split(r"(?<=[;:]) ", sentence) if not _OPTION.search(each)]
        if parts:
            told = " ".join(parts)
            kept.append(f"{told[:-1]}." if told[-1] in ";:" else told)
    return " ".join(kept)


def _parted(text: str) -> tuple[str, str]:
    """The first sentence, and what follows."""
    found = _SENTENCE.split(text, 1)
    return (f"{found[0]}.", found[1].strip()) if len(found) > 1 else (text, "")


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
    inside = True
    for each in answer:
        if isinstance(each, Heading) and each.level > 1 and result.kind != "recover":
            inside = False
        if isinstance(each, Fields) and inside:
            rows = tuple(
                (f"{name[:1].upper()}{name[1:]}", unflagged(text))
                for name, text in each.rows
                if name not in _FINER and not any(word in text for word in _UNKNOWN)
            )
            found.append(Fields(rows[:_FIELDS]))
        elif isinstance(each, Checks):
            # What speaks against the finding belongs beside it.
            against = tuple(row for row in each.rows if row.sign in ("warn", "bad"))
            found += [Checks(against)] if against else []
    return (*chosen, *found)


def _pareto(result: ParetoResult) -> Said:
    found = result.concentration
    few = [each for each in result.rows if each.vital_few and not each.other]
    by = label(result.by)
    shares = [f"{row_label(each)} {_share(each.share)}" for each in few[:_NAMED]]
    shown = ", ".join(shares)
    told = f"{found.verdict} The largest by {by}: {shown}." if shown else found.verdict
    head = headline(result) or title(result)
    told, rest = _parted(told)
    more = tuple(filter(None, (rest, found.note)))
    return Said(
        f"Pareto: {_lower(title(result))}", told.strip(), head, more, (_pareto_table(result),)
    )


def _lower(text: str) -> str:
    return spelt(text[:1].lower() + text[1:])


def spelt(text: str) -> str:
    """A name of a column as people write it: `MRR`, not `mrr`.

    Args:
        text: that names a column.
    """
    return _SHORT.sub(lambda found: found[0].upper(), text)


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
        columns.append(Cells(spelt(valued(result)), shown, right=True, keep=60))
    columns.append(Cells("share %", tuple(percent(each.share) for each in rows), right=True))
    together = tuple(percent(each.cumulative_share) for each in rows)
    columns.append(Cells("together %", together, right=True, keep=80))
    if any(each.rate is not None for each in rows):
        rates = tuple(percent(each.rate) for each in rows)
        columns.append(Cells("churn %", rates, right=True, keep=70))
    return Table(tuple(columns), title=spelt(title(result)))


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
    return Said(f"Pareto: {_lower(what)}, {periods}", told, headline(result), (), (table,))


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
