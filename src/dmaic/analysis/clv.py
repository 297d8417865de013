"""`clv`: what a customer is worth over a lifetime."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import isfinite
from typing import TYPE_CHECKING, Unpack

from dmaic import __version__
from dmaic.analysis.clv_check import check_survivors, check_terms
from dmaic.analysis.said import Said, opening, refuse_empty
from dmaic.errors import DataError, UsageError
from dmaic.money.clv import ClvResult
from dmaic.money.clv_row import ClvRow
from dmaic.money.clv_word import assumptions, gap, method, shapes
from dmaic.money.lifetime import Period, Terms, refused, value, value_rate
from dmaic.money.sbg import Curve, from_survivors
from dmaic.result import Finding, Inputs

if TYPE_CHECKING:
    from dmaic.analysis.stay import Exposure
    from dmaic.engines.duckdb import Progress

MOST_CATEGORIES = 500
"""Categories that may get a curve each."""


def clv(
    source: object = None,
    by: str | Sequence[str] = (),
    *,
    margin: float = 1.0,
    discount: float = 0.10,
    horizon: int | None = None,
    survivors: Sequence[int] = (),
    arpa: float | None = None,
    churn: float | None = None,
    arpa_currency: str | None = None,
    period: Period = "month",
    where: str | None = None,
    since: str | None = None,
    until: str | None = None,
    accept: Sequence[str] = (),
    fingerprint: bool = True,
    progress: Progress | None = None,
    **said: Unpack[Said],
) -> ClvResult:
    """Value customers: ARPA x margin / churn, the same discounted, and from their survival.

    Args:
        source: a path, `-` for standard input, several paths, a glob, or a pandas, Polars or
            Arrow frame; None to compute from `survivors`, or from `arpa` and `churn`.
        by: one or more columns or roles that make categories.
        margin: share of a payment that is left after what serving the customer costs; 1.0 values
            revenue, not profit.
        discount: a year, a fraction.
        horizon: periods counted; None for all there will ever be.
        survivors: customers at the beginning of a cohort and after each period, instead of a file.
        arpa: what a customer pays a period, with `survivors` or `churn`.
        churn: share of customers lost a period, with `arpa`.
        arpa_currency: of `arpa`, such as `USD`.
        period: what one period is, with `survivors` or `churn`.
        where: SQL condition over the columns, such as `"plan = 'Pro' and mrr > 20"`.
        since: first month looked at (`2025-12`, `2025`).
        until: last month of it, included.
        accept: codes of blocking findings to go on with.
        fingerprint: put the SHA-256 of the source into the result.
        progress: called with a fraction, or None where unknown, while a long scan runs.
        **said: reading options, roles and preset; see `dmaic.analysis.said.Said`.

    Raises:
        ReadError: the source cannot be read as a table.
        DataError: it cannot be analysed so; all problems found are reported together.
        UsageError: the arguments do not fit together or do not fit the columns.
    """
    survivors = tuple(survivors)
    terms = Terms(margin, discount, period, horizon)
    check_terms(terms)
    told = {"--survivors": len(survivors) or None, "--arpa": arpa, "--churn": churn}
    figures = [name for name, given in told.items() if given is not None]
    if source is None:
        if by or where or since or until:
            raise UsageError(
                "--by, --where, --since and --until choose rows of a file, and there is none.",
                "usage.clv",
                "Leave them out, or name the FILE.",
            )
        return _alone(survivors, arpa, churn, arpa_currency, terms, figures)
    if figures or period != "month":
        raise UsageError(
            f"A FILE and {figures[0] if figures else '--period'} are two ways to say what is "
            "valued; ages in a file are months.",
            "usage.clv",
            "Leave one out.",
        )
    refuse_empty({"where": where, "since": since, "until": until})
    # What reads exports is imported where there is one: figures alone need none of it.
    from dmaic.analysis.exposure import read_exposure
    from dmaic.analysis.ledger_question import LedgerQuestion
    from dmaic.churn.export import open_export

    question = LedgerQuestion(
        by=(by,) if isinstance(by, str) else tuple(by),
        where=where,
        since=since,
        until=until,
        accept=tuple(accept),
    )
    with open_export(source, opening(**said), progress=progress) as table:
        exposure = read_exposure(table, question, fingerprint=fingerprint)
    return _of_exposure(exposure, terms)


def _alone(
    survivors: Sequence[int],
    arpa: float | None,
    churn: float | None,
    currency: str | None,
    terms: Terms,
    figures: list[str],
) -> ClvResult:
    """From figures, without a file."""
    if not survivors and (arpa is None or churn is None):
        raise UsageError(
            "There is nothing to value: no FILE, no --survivors, "
            + (f"and {figures[0]} alone." if figures else "and no --arpa with --churn."),
            "usage.clv",
            "dmaic clv FILE; dmaic clv --survivors 1000,869,743; dmaic clv --arpa 100 --churn 5%.",
        )
    if survivors and churn is not None:
        raise UsageError("--survivors tell the churn already.", "usage.clv", "Leave --churn out.")
    if arpa is not None and not (arpa > 0 and isfinite(arpa)):
        raise UsageError("--arpa is not above 0.", "usage.clv", "Such as --arpa 100.")
    if not survivors:
        assert churn is not None
        if not 0 < churn <= 1:
            raise UsageError(
                "--churn is not above 0 and at most 100 %: without churn a customer stays for ever "
                "and is worth no number.",
                "usage.clv",
                "Such as --churn 5%.",
            )
        row, problem = value_rate(churn, arpa, terms), None
        source = "figures given"
    else:
        counts = check_survivors(survivors)
        left = {len(counts) - 1: counts[-1]} if counts[-1] else {}
        row, problem = value(from_survivors(counts), left, arpa, terms)
        source = "survivors given"
    if problem is not None:
        problem.where = "--survivors"
        raise problem
    inputs = Inputs(source=source, tool_version=__version__)
    return _result(row, (), terms, inputs, currency=currency)


def _of_exposure(exposure: Exposure, terms: Terms) -> ClvResult:
    from dmaic.analysis.stay import arpa, by_age, still_there

    if len(exposure.stays) > MOST_CATEGORIES:
        raise DataError(
            f"There are {len(exposure.stays):,} categories, and each would get a curve of its own; "
            f"{MOST_CATEGORIES:,} at most can.",
            "clv.too-many-categories",
            "Group by a column with fewer values, or take some with --where.",
            exposure.inputs.source,
        )
    problems: dict[str, tuple[DataError, list[str]]] = {}

    def valued(category: tuple[str, ...]) -> ClvRow:
        stays = exposure.stays[category] if category else exposure.whole()
        paid = arpa(stays)
        # Refunds above payments are no price; the finding of negative amounts tells of them.
        paid = None if paid is not None and paid < 0 else paid
        row, problem = value(by_age(stays), still_there(stays), paid, terms, category)
        if problem is not None:
            _, names = problems.setdefault(problem.code, (problem, []))
            names.extend([" / ".join(category)] if category else [])
        return row

    overall = valued(())
    if not overall.at_risk:
        raise DataError(
            "Nobody was in view for a whole month, so nothing can be said of how long they stay.",
            "clv.nobody",
            "Look at a longer time: --since, --until.",
            exposure.inputs.source,
        )
    rows = [valued(each) for each in exposure.stays] if exposure.by else []
    rows.sort(key=lambda row: (-(row.customers or 0), row.category))
    findings = (*exposure.findings, *(refused(*each) for each in problems.values()))
    return _result(
        overall,
        tuple(rows),
        terms,
        exposure.inputs,
        by=exposure.by,
        unit=exposure.unit,
        currency=exposure.currency,
        span=(exposure.span[0].name, exposure.span[1].name) if exposure.span else None,
        findings=findings,
    )


def _result(
    overall: ClvRow,
    rows: tuple[ClvRow, ...],
    terms: Terms,
    inputs: Inputs,
    *,
    by: tuple[str, ...] = (),
    unit: str = "customers",
    currency: str | None = None,
    span: tuple[str, str] | None = None,
    findings: Sequence[Finding] = (),
) -> ClvResult:
    periods = len(overall.survival) - 1
    result = ClvResult(
        inputs=inputs,
        by=by,
        unit=unit,
        currency=currency,
        period=terms.period,
        first=span[0] if span else None,
        last=span[1] if span else None,
        margin=terms.margin,
        discount=terms.discount,
        discount_period=terms.rate,
        horizon=terms.horizon,
        alpha=overall.alpha,
        beta=overall.beta,
        log_likelihood=overall.log_likelihood,
        survival=overall.survival,
        constant=Curve(overall.churn).survival(periods) if overall.churn and periods > 0 else (),
        overall=overall,
        rows=rows,
    )
    return result.model_copy(
        update={
            "findings": (*findings, *_told(result)),
            "method": method(result),
            "assumptions": assumptions(result),
        }
    )


def _told(result: ClvResult) -> Iterator[Finding]:
    yield from shapes(result)
    found = gap(result)
    if found is not None:
        yield found
