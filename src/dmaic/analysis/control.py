"""`control`: is the process stable, and which points have a special cause?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Literal, Unpack, cast, get_args

from dmaic.analysis.control_rare import instead_of_counts
from dmaic.analysis.said import Said, opening, refuse_empty
from dmaic.analysis.series import read_series
from dmaic.analysis.series_question import Figures, SeriesQuestion, Taken, joined
from dmaic.churn.export import open_export
from dmaic.errors import UsageError, suggest
from dmaic.stats.control.chart import make_chart
from dmaic.stats.control.result import ControlResult
from dmaic.stats.control.series import ChartKind, Data, Direction, Wish
from dmaic.text import printable

if TYPE_CHECKING:
    from dmaic.churn.table import ChurnTable
    from dmaic.engines.duckdb import Progress

CHARTS: tuple[str, ...] = ("auto", *get_args(ChartKind))
"""What may be asked for as a chart."""

_FIGURES: dict[str, Figures] = {"t": "days", "g": "trials"}
"""Chart -> what it needs of an export's rows; the others need counts."""

_DATA: dict[str, Data] = {
    **dict.fromkeys(("p", "np", "laney-p"), "defectives"),
    **dict.fromkeys(("c", "u", "laney-u"), "defects"),
    **dict.fromkeys(("g", "t"), "gap"),
}  # fmt: skip
"""Chart -> kind of figures, where it tells."""


def control(
    source: object,
    *,
    by: str | None = None,
    chart: str = "auto",
    count: str | None = None,
    size: str | None = None,
    subgroup: str | None = None,
    label: str | None = None,
    rules: str = "",
    constants: str = "exact",
    baseline: object | None = None,
    freeze_until: str | None = None,
    stage: str | Sequence[str] = (),
    exclude: str | Sequence[str] = (),
    center: float | None = None,
    sigma: float | None = None,
    target: float | None = None,
    direction: str | None = None,
    lambda_: float = 0.2,
    start: float | None = None,
    ewma_limits: str = "asymptotic",
    k: float | None = None,
    h: float | None = None,
    screen: bool | None = None,
    where: str | None = None,
    since: str | None = None,
    until: str | None = None,
    accept: Sequence[str] = (),
    fingerprint: bool = True,
    progress: Progress | None = None,
    **said: Unpack[Said],
) -> ControlResult:
    """Draw a control chart of a process and look for special causes.

    Args:
        source: a path, `-` for standard input, several paths, a glob, or a pandas, Polars or
            Arrow frame: an export, whose rows are added up, or a table of finished figures.
        by: the period that a point stands for: `week`, `month`, `quarter`, `year`.
        chart: one of `CHARTS`; `auto` chooses by the figures.
        count: column of finished counts (p, np, c, u charts).
        size: column of what they are counts of.
        subgroup: column that tells which measures were taken together (X-bar charts).
        label: column that names the points.
        rules: `shewhart`, `western-electric`, `nelson`, `minitab`, `anhoej`, or numbers with their
            own K such as `1,2=8,5`; empty for 1 and one run rule.
        constants: `exact`, or `table` for the rounded ones of books.
        baseline: a second export or table with the same columns, whose points come first and make
            the limits.
        freeze_until: name or date of the last point that makes the limits.
        stage: `DATE:reason`, new limits from that point on.
        exclude: `DATE:reason`, a point that neither makes limits nor signals.
        center: known centre line; a fraction of one for a share.
        sigma: known standard deviation of single values.
        target: what the metric shall reach.
        direction: which way is better, `lower` or `higher`; by default lower for what is lost,
            higher for gaps, and not known for finished measures.
        lambda_: weight of the newest point of an EWMA chart.
        start: where an EWMA starts: its centre.
        ewma_limits: `asymptotic`, or `exact` for each point.
        k: reference value of a CUSUM chart, in the unit of the measure.
        h: its decision limit.
        screen: leave moving ranges beyond their limit out of sigma, once; by default for money.
        where: SQL condition over the columns.
        since: the first day or period looked at.
        until: the last one, included.
        accept: codes of blocking findings to go on with.
        fingerprint: put the SHA-256 of the source into the result.
        progress: called with a fraction, or None where unknown, while a long scan runs.
        **said: reading options, roles and preset; see `dmaic.analysis.said.Said`. `value` names the
            column of finished measures (XmR chart); with `by` that of what a customer pays, of
            which the MRR lost is charted.

    Raises:
        ReadError: the source cannot be read as a table.
        DataError: it holds no such series, or the figures allow no such chart.
        UsageError: the arguments do not fit together or do not fit the columns.
    """
    for name, text, known in (
        ("chart", chart, CHARTS),
        ("constants", constants, ("exact", "table")),
        ("direction", direction or "lower", ("lower", "higher")),
        ("limits", ewma_limits, ("asymptotic", "exact")),
    ):
        _one_of(name, text, known)
    value = said.pop("value", None)
    refuse_empty({"freeze_until": freeze_until})
    question = SeriesQuestion(
        by=by, count=count, size=size, value=value, subgroup=subgroup, label=label,
        figures=_FIGURES.get(chart, "counts"), data=_DATA.get(chart),
        where=where, since=since, until=until, accept=tuple(accept),
    )  # fmt: skip
    wish = Wish(
        chart=chart,
        rules=rules,
        constants=cast("Literal['exact', 'table']", constants),
        center=_start(chart, center, start),
        sigma=sigma,
        target=target,
        lambda_=lambda_,
        limits=cast("Literal['asymptotic', 'exact']", ewma_limits),
        k=k,
        h=h,
        freeze_until=freeze_until,
        stages=_reasoned(stage, "--stage"),
        exclude=_reasoned(exclude, "--exclude"),
        screen=screen,
    )
    how = opening(**said)
    with open_export(source, how, progress=progress) as table:
        taken, why = _taken(table, question, chart)
        # Gaps have no whole number of trials in them: a t chart suits time of any kind.
        wish = replace(wish, chart="t") if why else wish
        sha = table.source.sha256() if fingerprint else None
    if baseline is not None:
        with open_export(baseline, how, progress=progress) as table:
            first = read_series(table, replace(question, figures=taken.figures))
            taken, wish = joined(first, taken, wish, table.source.name)
    # Of a finished measure nobody knows which way is better; of what is lost everybody does.
    usual = "lower" if taken.series.money and by is not None else None
    wish = replace(wish, direction=cast("Direction | None", direction or usual))
    inputs = taken.inputs.model_copy(update={"sha256": sha})
    result = make_chart(taken.series, wish, inputs)
    return result.model_copy(
        update={
            "method": {"points": taken.told, **result.method},
            "findings": (*taken.findings, *result.findings),
            **({"why": why, "chosen": True} if why else {}),
        }
    )


def _taken(table: ChurnTable, question: SeriesQuestion, chart: str) -> tuple[Taken, str]:
    """The series, and why it is another one than counts where the counts are too small."""
    taken = read_series(table, question)
    if chart == "c" and taken.flows:
        # Who asks for counts of an export takes months as alike, however many customers there are.
        taken = replace(taken, series=replace(taken.series, sizes=()))
    return instead_of_counts(table, question, taken) if chart == "auto" else (taken, "")


def _one_of(name: str, text: str, known: Sequence[str]) -> None:
    if text not in known:
        raise UsageError(
            f'--{name} is "{printable(text, 40)}", not one of {", ".join(known)}.',
            "usage.choice",
            suggest(text, known),
        )


def _start(chart: str, center: float | None, start: float | None) -> float | None:
    if start is None:
        return center
    if chart != "ewma" or (center is not None and center != start):
        raise UsageError(
            "--start is where an EWMA starts, which is its centre line.",
            "control.start",
            "Say it with --chart ewma, and leave --center out.",
        )
    return start


def _reasoned(said: str | Sequence[str], option: str) -> tuple[tuple[str, str], ...]:
    """`DATE:reason` in two; a time of day holds a colon as well."""
    found = []
    for text in (said,) if isinstance(said, str) else said:
        parts = re.fullmatch(r"\s*(.+?)\s*:(?!\d\d)\s*(.*\S)\s*", text, re.DOTALL)
        parts = parts or re.fullmatch(r"\s*(.+?)\s*:\s*(.*[^\W\d].*?)\s*", text, re.DOTALL)
        if parts is None:
            raise UsageError(
                f'{option} says "{printable(text, 60)}" without a reason.',
                "control.reason",
                f'Limits are not changed, nor points left out, without one: {option} "2025-03:new '
                'onboarding".',
            )
        found.append((parts[1], parts[2]))
    return tuple(found)
