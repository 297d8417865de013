"""What cannot be estimated, and what is doubtful: refused with a reason and a way on."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from dmaic import number
from dmaic.analysis.ledger_scan import NO_MONEY
from dmaic.errors import DataError, Problem, UsageError, suggest
from dmaic.result import Finding
from dmaic.text import folded, name_list, plural, printable

if TYPE_CHECKING:
    from dmaic.churn.table import ChurnTable
    from dmaic.money.baseline import Baseline, SegmentBaseline
    from dmaic.money.ledger import Ledger
    from dmaic.money.scenario import Scenario

_LISTED = 6
"""Segments that are named."""

_Z = 1.96
"""Standard errors of a 95 % interval."""


def check_scenario(scenario: Scenario, has_source: bool) -> None:
    """Refuse what cannot be estimated, whatever the data.

    Args:
        scenario: as asked.
        has_source: there is an export.

    Raises:
        UsageError: `recover.none`, there is no solution; `recover.horizon`, one begins after it;
            `recover.currency`, money in two currencies; `recover.baseline`, figures and an export,
            or neither; `recover.known`, an export, and no segment of it that is worked on.
    """
    problems = []
    segments = scenario.segments
    for place, each in enumerate(scenario.solutions, 1):
        if each.starts > scenario.horizon:
            problems.append(
                Problem(
                    "recover.horizon",
                    f'Solution {place} ("{printable(each.title, 60)}") starts in month '
                    f"{each.starts}, after the horizon of {plural(scenario.horizon, 'month')}.",
                    "Look further ahead (--horizon), or leave it out.",
                )
            )
    if len(scenario.currencies) > 1:
        problems.append(_currencies(scenario.currencies))
    if has_source and scenario.baseline is not None:
        problems.append(
            Problem(
                "recover.baseline",
                "The baseline is given twice: as an export, and in figures.",
                "Leave one of them out.",
            )
        )
    if has_source and scenario.solutions and not segments:
        problems.append(
            Problem(
                "recover.known",
                "The return of every solution is given, so there is nothing to read an export for.",
                "Leave the file out, or name the segment that a solution works on.",
            )
        )
    if not has_source and scenario.baseline is None and (segments or not scenario.solutions):
        problems.append(
            Problem(
                "recover.baseline",
                "There is no baseline: neither an export nor figures.",
                "Name an export: dmaic recover FILE --segment NAME --reduction 65%. Or give "
                "figures: --baseline-loss 5M --churn 2.2% --share 46.3%.",
            )
        )
    if not has_source and scenario.baseline is not None and not segments:
        problems.append(
            Problem("recover.none", "There is no segment that a solution works on.",
                    "--segment NAME --reduction 65%")
        )  # fmt: skip
    if not has_source and scenario.curve == "sbg":
        problems.append(
            Problem(
                "recover.curve",
                "A survival curve is fitted to an export, and there is none.",
                "Leave --curve out, or name an export.",
            )
        )
    if problems:
        raise UsageError.of(problems)


def _currencies(codes: tuple[str, ...]) -> Problem:
    return Problem(
        "recover.currency",
        f"Money is in {' and '.join(codes)}; amounts are never converted.",
        "Give all of it in one currency.",
    )


def segment_column(table: ChurnTable) -> str:
    """Name of the column that is recognised as the segment.

    Raises:
        UsageError: `recover.by`, there is none.
    """
    column = table.roles.get("segment")
    if column is None:
        raise UsageError(
            "No column is recognised as the segment.",
            "recover.by",
            f"Name the one that the segment is in: --by COL. The columns are "
            f"{name_list(table.names)}. Without segments figures do: --baseline-loss $5.0M "
            "--churn 2.2% --share 46.3%.",
            table.source.name,
        )
    return column.name


def check_money(ledger: Ledger) -> None:
    """Refuse a ledger without money, and one in another currency than the costs.

    Raises:
        DataError: `recover.no-money`.
    """
    untold = next((each for each in ledger.findings if each.code == NO_MONEY), None)
    if untold is not None:
        raise DataError(untold.message, "recover.no-money", untold.hint, ledger.inputs.source)
    if not ledger.has_money:
        raise DataError(
            "What is recovered needs what customers pay, and no column tells it.",
            "recover.no-money",
            "Name the column: --value COL (MRR, or an amount with its --interval).",
            ledger.inputs.source,
        )


def none_named(base: Baseline) -> UsageError:
    """The error that no segment was said; it shows the largest.

    Args:
        base: of the export.
    """
    return UsageError(
        "No segment is named whose churn is to be reduced.",
        "recover.none",
        f'For example --segment "{printable(base.segments[0].name, 60)}" --reduction 65% '
        f"--cost 120000. {_largest(base)}",
    )


def named(scenario: Scenario, base: Baseline) -> Scenario:
    """The scenario with its segments as the data writes them.

    Args:
        scenario: as asked.
        base: of the export.

    Raises:
        UsageError: `recover.segment`, the data has no such segment; `recover.currency`.
    """
    names = [each.name for each in base.segments]
    by_fold: dict[str, list[str]] = {}
    for name in names:
        by_fold.setdefault(folded(name), []).append(name)
    found: dict[str, str] = {}
    problems = []
    for segment in scenario.segments:
        same = by_fold.get(folded(segment), [])
        if segment in names:
            found[segment] = segment
        elif len(same) == 1:
            found[segment] = same[0]
        else:
            hint = f"{suggest(segment, names)} {_largest(base)} --by names another column."
            problems.append(
                Problem(
                    "recover.segment",
                    f'"{printable(base.by or "segment", 40)}" has no segment '
                    f'"{printable(segment, 60)}".',
                    hint.strip(),
                )
            )
    codes = tuple(dict.fromkeys(filter(None, (base.currency, *scenario.currencies))))
    if len(codes) > 1:
        problems.append(_currencies(codes))
    if problems:
        raise UsageError.of(problems)
    solutions = tuple(
        each.model_copy(update={"segment": found.get(each.segment, "")})
        for each in scenario.solutions
    )
    return scenario.model_copy(update={"solutions": solutions})


def _largest(base: Baseline) -> str:
    shown = ", ".join(
        f'"{printable(each.name, 40)}" ({number.percent(each.share_value or each.share)} %)'
        for each in base.segments[:_LISTED]
    )
    more = len(base.segments) - _LISTED
    return f"The largest by what they lose: {shown}" + (f" and {more} more." if more > 0 else ".")


def check_losses(scenario: Scenario, base: Baseline) -> None:
    """Refuse segments that have lost nobody, or nothing: there is nothing to recover.

    Raises:
        DataError: `recover.no-loss`.
    """
    problems = []
    for name in scenario.segments:
        each = base.find(name)
        if not each.rate or not each.mrr_lost:
            what = "lost nobody" if not each.rate else "lost no money"
            where = f" in {_months(base)}" if base.first else ""
            problems.append(
                Problem(
                    "recover.no-loss",
                    f'"{printable(name, 60)}" has {what}{where}, so there is nothing to recover.',
                    f"Choose another segment. {_largest(base)}" if base.by else
                    "Check --baseline-loss, --churn and --share.",
                )
            )  # fmt: skip
    if problems:
        raise DataError.of(problems)


def _months(base: Baseline) -> str:
    return base.first if base.first == base.last else f"{base.first} to {base.last}"


def doubts(scenario: Scenario, base: Baseline) -> tuple[Finding, ...]:
    """Baselines that are too short to tell the reduction from chance, or less than a year.

    The number of churned has the relative 95 % half-width 1.96 / sqrt(churned) (Poisson). Where
    that is more than the reduction, the reduction could not be seen; it needs (1.96 / reduction)^2
    churned customers.

    Args:
        scenario: as asked.
        base: its baseline.
    """
    found = []
    for name in scenario.segments:
        each = base.find(name)
        reduction = _reduction(scenario, name)
        if each.noise is not None and 0 < reduction < each.noise:
            found.append(_short(each, reduction, dated=bool(base.first)))
    months = base.whole.months
    if base.first and months is not None and months < 12:
        found.append(
            Finding(
                code="baseline-part-year",
                level="warning",
                message=f"The baseline is {plural(int(months), 'month')} ({_months(base)}), taken "
                "for a year: a season may stand for all seasons.",
                hint="A baseline of twelve months holds every season once.",
            )
        )
    return tuple(found)


def _reduction(scenario: Scenario, segment: str) -> float:
    left = 1.0
    for each in scenario.solutions:
        if each.segment == segment:
            left *= 1 - each.reduction.likely
    return 1 - left


def _short(each: SegmentBaseline, reduction: float, *, dated: bool) -> Finding:
    assert each.noise is not None
    assert each.churned is not None
    months = plural(int(each.months or 0), "month")
    places = 0 if each.churned >= 10 or each.churned == int(each.churned) else 1
    chance = f"by chance alone ±{100 * each.noise:.0f} %"
    message = (
        f'"{printable(each.name, 60)}" lost {each.churned:,.{places}f} in {months}: {chance}, '
        f"more than the reduction of {100 * reduction:.3g} %"
    )
    needed = (_Z / reduction) ** 2
    monthly = each.churned_monthly or 0.0
    longer = ceil(needed / monthly - 1e-9) if monthly else 0
    return Finding(
        code="baseline-short",
        level="blocking",
        message=f"{message}. It takes {plural(longer, 'month')} at this rate "
        f"({ceil(needed - 1e-9):,} churned) for the baseline to be surer than that.",
        hint="Take a longer baseline (--since) or a larger segment; or --accept baseline-short to "
        "estimate all the same."
        if dated
        else "Take a larger segment, or an export; without --customers its noise is not known and "
        "not held against it.",
        count=int(each.churned),
    )
