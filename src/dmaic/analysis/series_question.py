"""Which series is asked for, and what one that was read holds."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from dmaic.analysis.ledger_span import Period
from dmaic.analysis.said import refuse_empty
from dmaic.errors import UsageError, suggest
from dmaic.money.flow import Flow
from dmaic.result import Finding, Inputs
from dmaic.stats.control.place import days
from dmaic.stats.control.series import Data, Series, Wish
from dmaic.text import printable

PERIODS: tuple[Period, ...] = ("week", "month", "quarter", "year")
"""What a point of an export may stand for."""

Figures = Literal["counts", "days", "exposure", "trials"]
"""What is taken of an export: churned and at start; or gaps from one loss to the next, in days, in
customer-months at risk, or in whole ones."""


@dataclass(frozen=True, slots=True)
class SeriesQuestion:
    """Which series is asked for.

    Attributes:
        by: the period that rows are added up by; None: the figures are finished, or by month.
        count: column of finished counts.
        size: column of what they are counts of.
        value: column of finished measures; of an export the MRR lost is summed from it.
        subgroup: column that tells which measures were taken together.
        label: column that names the points; its dates put rows into periods.
        figures: what is taken of an export.
        data: kind of figures, where the chart tells it; None: by the columns.
        where: SQL condition over the columns.
        since: the first day or period looked at.
        until: the last one, included.
        accept: codes of blocking findings to go on with.
    """

    by: str | None = None
    count: str | None = None
    size: str | None = None
    value: str | None = None
    subgroup: str | None = None
    label: str | None = None
    figures: Figures = "counts"
    data: Data | None = None
    where: str | None = None
    since: str | None = None
    until: str | None = None
    accept: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse what cannot be meant."""
        names = ("by", "count", "size", "value", "subgroup", "label", "where", "since", "until")
        refuse_empty({name: getattr(self, name) for name in names})
        if self.by is not None and self.by not in PERIODS:
            raise UsageError(
                f'--by is "{printable(self.by, 40)}", not one of {", ".join(PERIODS)}.',
                "usage.choice",
                suggest(self.by, PERIODS)
                or "It is the period that a point stands for; --where chooses a segment.",
            )
        for fits, message, hint in (
            (self.count is None or self.value is None,
             "--count and --value are two kinds of figures.",
             "Events are counted (--count, --size), measures are taken (--value)."),
            (self.size is None or self.count is not None,
             "--size says what a count is of, and there is no --count.",
             "Add --count COL; the size of subgroups follows from --subgroup COL."),
            (self.subgroup is None or self.value is not None,
             "--subgroup groups measures, and there is no --value.", "Add --value COL."),
            (self.by is None or self.count is None,
             "--by adds rows up, and --count names figures that are added up already.",
             "Leave one out."),
        ):  # fmt: skip
            if not fits:
                raise UsageError(message, "control.columns", hint)


@dataclass(frozen=True, slots=True)
class Taken:
    """A series with where it comes from.

    Attributes:
        series: the figures.
        inputs: what it was made of.
        findings: what was found about the data, settled.
        flows: what came and went in each period of an export; empty of other figures.
        figures: what was taken of an export.
        told: how the points were made, in words.
    """

    series: Series
    inputs: Inputs
    findings: tuple[Finding, ...] = ()
    flows: tuple[Flow, ...] = ()
    figures: Figures = "counts"
    told: str = ""


def words(name: str) -> str:
    """A header as words of a sentence: `first_response_hours` is `first response hours`.

    Args:
        name: of a column.
    """
    return printable(name.replace("_", " ").strip(), 60) or "value"


def joined(first: Taken, then: Taken, wish: Wish, name: str) -> tuple[Taken, Wish]:
    """A baseline and what came after it as one series, judged by the baseline's limits.

    Args:
        first: the baseline.
        then: what came after; points that the baseline has already are left out.
        wish: of the chart.
        name: of the baseline's file.

    Raises:
        UsageError: `control.baseline`, they are not figures of one kind, nothing comes after, or
            it is said otherwise what makes the limits.
    """
    old, new = first.series, then.series
    problem = ""
    if wish.freeze_until is not None or wish.center is not None:
        problem = "--baseline, --freeze-until and --center are ways to say what makes the limits"
    elif (old.data, old.unit, bool(old.sizes)) != (new.data, new.unit, bool(new.sizes)):
        problem = f"The figures of the baseline ({old.name}, {old.data}) are of another kind"
    known, last = set(old.labels), old.labels[-1]
    dated = all(days(label) is not None for label in (*old.labels, *new.labels))
    # A new export often begins with months that the old one has; the baseline's stay as they were.
    later = [
        at
        for at, label in enumerate(new.labels)
        if label not in known and (not dated or _begin(label) > _begin(last))
    ]
    if not problem and not later:
        problem = f"No point comes after the baseline, which ends with {printable(last, 40)}"
    if problem:
        raise UsageError(
            f"{problem}.",
            "control.baseline",
            "The baseline is an earlier export or table with the same columns.",
        )
    series = replace(
        new,
        labels=(*old.labels, *(new.labels[at] for at in later)),
        values=(*old.values, *(new.values[at] for at in later)),
        sizes=(*old.sizes, *(new.sizes[at] for at in later)) if new.sizes else (),
    )
    source = printable(name, 120)
    inputs = then.inputs.model_copy(
        update={"filters": (*then.inputs.filters, f"baseline {source}")}
    )
    both = (*then.findings, *(each for each in first.findings if each not in then.findings))
    return (
        replace(then, series=series, inputs=inputs, findings=both),
        replace(wish, freeze_until=last),
    )


def _begin(label: str) -> str:
    found = days(label)
    return found[0] if found is not None else label
