"""`survival`: how long customers stay, when they leave, and whether groups differ."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Unpack

from dmaic.analysis.ledger_question import LedgerQuestion
from dmaic.analysis.ledger_span import Period
from dmaic.analysis.life import Seen, read_lives
from dmaic.analysis.life_finding import by_mixture, crossing
from dmaic.analysis.said import Said, opening
from dmaic.churn.export import open_export
from dmaic.errors import DataError, UsageError
from dmaic.result import Finding
from dmaic.stats.survival import make
from dmaic.stats.survival.age import Unit, in_words, parse_age
from dmaic.stats.survival.life import Lives, joined
from dmaic.stats.survival.result import SurvivalResult
from dmaic.stats.survival.retention import CohortResult
from dmaic.stats.survival.word import assumptions, method
from dmaic.text import name_list

if TYPE_CHECKING:
    from dmaic.engines.duckdb import Progress

MOST_GROUPS = 60
"""Groups that may get a curve each."""


def survival(
    source: object,
    by: str | Sequence[str] = (),
    *,
    horizon: str | float | None = None,
    tenure_unit: Unit = "month",
    cohort: Period | None = None,
    where: str | None = None,
    since: str | None = None,
    until: str | None = None,
    accept: Sequence[str] = (),
    fingerprint: bool = True,
    progress: Progress | None = None,
    **said: Unpack[Said],
) -> SurvivalResult | CohortResult:
    """Tell how long customers stay: survival, hazard by age, and tests between groups.

    Args:
        source: a path, `-` for standard input, several paths, a glob, or a pandas, Polars or
            Arrow frame.
        by: one or more columns or roles that make groups.
        horizon: age up to which mean lives are told: a number in the unit of the ages, or `365d`,
            `52w`, `12m`, `2y`; None: as far as every group was seen.
        tenure_unit: what a column of tenure counts.
        cohort: make the retention triangle of cohorts of this period instead.
        where: SQL condition over the columns, such as `"plan = 'Pro' and mrr > 20"`.
        since: from when on the export has all losses (`2025-01-15`, `2025-01`, `2025`).
        until: last day looked at.
        accept: codes of blocking findings to go on with.
        fingerprint: put the SHA-256 of the source into the result.
        progress: called with a fraction, or None where unknown, while a long scan runs.
        **said: reading options, roles and preset; see `dmaic.analysis.said.Said`.

    Raises:
        ReadError: the source cannot be read as a table.
        DataError: it cannot be analysed so; all problems found are reported together.
        UsageError: the arguments do not fit together or do not fit the columns.
    """
    question = LedgerQuestion(
        by=(by,) if isinstance(by, str) else tuple(by),
        where=where,
        since=since,
        until=until,
        accept=tuple(accept),
    )
    if horizon is not None:
        parse_age(str(horizon), "--horizon", "day")
    if cohort is not None:
        from dmaic.analysis.cohort import cohorts

        if question.by or horizon is not None:
            raise UsageError(
                "--cohort makes the triangle of all customers; --by and --horizon are of curves.",
                "survival.cohort",
                "Leave one out; --where looks at the customers of one group.",
            )
        with open_export(source, opening(**said), progress=progress) as table:
            return cohorts(table, question, cohort, fingerprint=fingerprint)
    with open_export(source, opening(**said), progress=progress) as table:
        seen = read_lives(table, question, tenure_unit, fingerprint=fingerprint)
    return _result(seen, horizon)


def _result(seen: Seen, horizon: str | float | None) -> SurvivalResult:
    whole = joined(seen.lives.values())
    if not whole.losses:
        raise DataError(
            "No lost customer has a known age, so how long customers stay cannot be told.",
            "survival.no-ages",
            "Check the columns: --signup, --churned-at, --tenure.",
            seen.inputs.source,
        )
    overall = make.life(make.ALL, whole)
    groups = _groups(seen)
    lives = groups or [overall]
    until = make.common_horizon(lives)
    if horizon is not None:
        until = parse_age(str(horizon), "--horizon", seen.unit)
    rows = [make.group(each, seen.unit, until) for each in groups]
    compared = make.compare(groups) if len(groups) > 1 else None
    if compared is not None:
        rows = [
            row.model_copy(update={
                "observed": lost, "expected": expected,
                "relative_hazard": lost / expected if expected else None,
            })
            for row, lost, expected in zip(
                rows, compared.observed, compared.expected, strict=True
            )
        ]  # fmt: skip
    result = SurvivalResult(
        inputs=seen.inputs,
        by=seen.by,
        counted=seen.counted,
        unit=seen.unit,
        first=seen.span[0].isoformat() if seen.span else None,
        last=seen.span[1].isoformat() if seen.span else None,
        horizon=until,
        overall=make.group(overall, seen.unit, until),
        groups=tuple(rows),
        curves=tuple(make.curve(each) for each in lives),
        logrank=compared.logrank if compared is not None else None,
        weighted=compared.weighted if compared is not None else (),
        extremes=compared.extremes if compared is not None else None,
        pairwise=compared.pairwise if compared is not None else (),
    )
    crossed = crossing(compared.crossing) if compared is not None else ()
    findings = (*seen.findings, *_told(result, overall, groups), *crossed)
    return result.model_copy(
        update={
            "findings": findings,
            "method": method(result),
            "assumptions": assumptions(result),
        }
    )


def _groups(seen: Seen) -> list[make.Life]:
    """The groups, most customers first; those of whom nobody was in view are none."""
    if not seen.by:
        return []
    some: list[tuple[str, Lives]] = [
        (" / ".join(category), lives) for category, lives in seen.lives.items() if lives.customers
    ]
    if len(some) > MOST_GROUPS:
        raise DataError(
            f"There are {len(some):,} groups, and each would get a curve of its own; "
            f"{MOST_GROUPS} at most can.",
            "survival.too-many-groups",
            "Group by a column with fewer values, or take some with --where.",
            seen.inputs.source,
        )
    some.sort(key=lambda each: (-each[1].customers, each[0]))
    return [make.life(name, lives) for name, lives in some]


def _told(
    result: SurvivalResult, overall: make.Life, groups: Sequence[make.Life]
) -> Iterator[Finding]:
    """What a reader of the curves should know."""
    lives = groups or [overall]
    emptied = [each.name for each in lives if each.emptied]
    if emptied:
        yield Finding(
            code="risk-set-emptied",
            level="warning",
            message=(f"Of {name_list(emptied)} all" if groups else "All")
            + " customers in view at some early age were lost, while older ones stayed: the curve "
            "falls to 0 there and says nothing of later ages.",
            hint="Too few new customers were in view. Look at a longer time, or at all customers "
            "together.",
            count=len(emptied),
        )
    gaps = [(each.name, *each.gaps()[0]) for each in lives if each.gaps()]
    if gaps:
        name, start, end = gaps[0]
        whose = f" of {name_list([name])}" if groups else ""
        more = f"; so with {len(gaps) - 1} more groups" if len(gaps) > 1 else ""
        yield Finding(
            code="unseen-ages",
            level="warning",
            message=f"Nobody{whose} was in view between the ages of "
            f"{in_words(start, result.unit)} and {in_words(end, result.unit)}{more}: "
            "losses there are not known, and the curve is flat as if there were none.",
            hint="Read survival as of those who had come so far.",
            count=len(gaps),
        )
    if len(groups) == 1:
        yield Finding(
            code="one-group",
            level="warning",
            message=f"All customers are in one group, {name_list([groups[0].name])}, so there is "
            "nothing to compare it with.",
            hint="Group by another column.",
        )
    yield from by_mixture(result.overall.early, [row.early for row in result.groups])
    if len(groups) > make.MOST_PAIRS:
        yield Finding(
            code="pairs-left-out",
            level="info",
            message=f"Of {len(groups)} groups there would be "
            f"{len(groups) * (len(groups) - 1) // 2:,} pairs; they are not compared two by two.",
            hint=f"--where takes some; up to {make.MOST_PAIRS} groups are.",
        )
    few = [row.group for row in result.groups if row.expected is not None and row.expected < FEW]
    if few and result.logrank is not None and result.logrank.p_value is not None:
        yield Finding(
            code="few-expected",
            level="warning",
            message=f"Fewer than {FEW} losses are expected of {name_list(few)}, so the p-values "
            "of the tests are approximate.",
            hint="Take small groups together, or leave them out with --where.",
            count=len(few),
        )
    beyond = [row.group for row in result.rows() if row.restricted_mean is None and row.last > 0]
    if beyond and result.horizon is not None:
        yield Finding(
            code="horizon-beyond",
            level="warning",
            message=(f"Of {name_list(beyond)} nobody" if groups else "Nobody")
            + f" was seen as long as {in_words(result.horizon, result.unit)}, so the mean life up "
            "to it is not known.",
            hint="Say a shorter --horizon.",
            count=len(beyond),
        )


FEW = 5
"""Losses below which a chi-square test is approximate."""
