"""`recover`: what a fix would bring back, what it costs, and when it pays back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Unpack

from pydantic import ValidationError

from dmaic.analysis.ledger import read_ledger
from dmaic.analysis.ledger_question import LedgerQuestion
from dmaic.analysis.recover_check import (
    check_losses,
    check_money,
    check_scenario,
    doubts,
    named,
    none_named,
    segment_column,
)
from dmaic.analysis.recover_curve import on_curves
from dmaic.analysis.said import Said, opening
from dmaic.churn.check import settle
from dmaic.churn.export import open_export
from dmaic.errors import Problem, UsageError, refusal
from dmaic.money.baseline import NO_BASELINE, YEAR, Baseline, baseline_from, baseline_of
from dmaic.money.definition_file import load_definition
from dmaic.money.scenario import MOST_SOLUTIONS, Scenario, Solution, read_scenario
from dmaic.result import Finding, Inputs
from dmaic.text import printable

if TYPE_CHECKING:
    from dmaic.engines.duckdb import Progress
    from dmaic.money.recover import RecoverResult

TERMS = ("margin", "discount", "horizon", "draws", "seed", "curve", "baseline")
"""What is said once for all solutions."""


def recover(
    source: object = None,
    *,
    solutions: Sequence[Mapping[str, Any] | Solution] = (),
    scenario: str | Path | Mapping[str, Any] | Scenario | None = None,
    by: str | None = None,
    margin: object = None,
    discount: object = None,
    horizon: int | None = None,
    draws: int | None = None,
    seed: int | None = None,
    curve: Literal["constant", "sbg"] | None = None,
    baseline: Mapping[str, Any] | None = None,
    definition: str | None = None,
    month: str | None = None,
    status: str | None = None,
    requested_at: str | None = None,
    period_end: str | None = None,
    where: str | None = None,
    since: str | None = None,
    until: str | None = None,
    accept: Sequence[str] = (),
    fingerprint: bool = True,
    progress: Progress | None = None,
    **said: Unpack[Said],
) -> RecoverResult:
    """Estimate what solutions recover: run-rate, cash month by month, and how sure it is.

    Args:
        source: a path, `-` for standard input, several paths, a glob, or a pandas, Polars or
            Arrow frame; None where the baseline is given in figures, or only a return is known.
        solutions: mappings such as `{"segment": "Students", "reduction": "40%,65%,80%", "cost":
            120_000, "running_cost": "4000/month", "ramp": 3}`; see `Solution`.
        scenario: path of a scenario, or its content; what is said here goes before it.
        by: column that the segments are in; the segment's role where it is left out.
        margin: of revenue, what stays after the cost to serve, such as `80%`; 100 %.
        discount: a year; 10 %.
        horizon: months that are looked at; 24.
        draws: of the simulation; 50,000.
        seed: of the simulation; 1.
        curve: saved customers churn at a `constant` rate, or on the survival curve of their segment
            (`sbg`, the shifted-beta-geometric model).
        baseline: figures in place of an export: `loss`, `churn`, `share` or `shares`, and, where
            known, `customers`, `segment_churn` and `currency`; see `Figures`.
        definition: name of a definition of churn, or path to one.
        month: column of months, where each row is a customer's month.
        status: column that tells who is in trial or past due.
        requested_at: column of the days of cancellation.
        period_end: column of the ends of what was paid for.
        where: SQL condition over the columns.
        since: first month of the baseline; without it and `until`, the last twelve whole months.
        until: last month of the baseline.
        accept: codes of blocking findings to go on with.
        fingerprint: put the SHA-256 of the source into the result.
        progress: called with a fraction, or None where unknown, while a long scan runs.
        **said: reading options, roles and preset; see `dmaic.analysis.said.Said`.

    Raises:
        ReadError: the source cannot be read as a table.
        DataError: it cannot be analysed so; `recover.no-money`, no column tells what is paid;
            `recover.no-loss`, a segment has lost nobody; `finding.baseline-short`.
        UsageError: the arguments do not fit together or do not fit the data (`recover.segment`,
            `recover.currency`, `recover.scenario`, ...).
    """
    terms = dict(zip(TERMS, (margin, discount, horizon, draws, seed, curve, baseline),
                     strict=True))  # fmt: skip
    asked = scenario_of(solutions, scenario, terms)
    check_scenario(asked, source is not None)
    if source is None:
        base, inputs = _figures(asked)
        found: tuple[Finding, ...] = ()
    else:
        meant = load_definition(definition)
        with open_export(source, opening(**said), progress=progress) as table:
            question = LedgerQuestion(
                by=(by or segment_column(table),),
                where=where,
                since=since,
                until=until,
                accept=tuple(accept),
                definition=meant,
                month=month,
                status=status,
                requested_at=requested_at,
                period_end=period_end,
            )
            ledger = read_ledger(table, question, fingerprint=fingerprint)
            inputs, found = ledger.inputs, ledger.findings
            check_money(ledger)
            latest = YEAR if since is None and until is None else None
            base = baseline_of(ledger, meant, latest=latest)
            if not asked.segments:
                raise none_named(base)
            asked = named(asked, base)
            if asked.curve == "sbg":
                base, flat = on_curves(table, question, base, asked.segments)
                found = (*found, *flat)
    check_losses(asked, base)
    doubtful = settle(doubts(asked, base), accept)
    from dmaic.money.estimate import estimate

    return estimate(base, asked, inputs=inputs, findings=(*found, *doubtful))


def scenario_of(
    solutions: Sequence[Mapping[str, Any] | Solution],
    scenario: str | Path | Mapping[str, Any] | Scenario | None,
    terms: Mapping[str, Any],
) -> Scenario:
    """The scenario that is asked for: a file's, with what was said beside it.

    Args:
        solutions: as for `recover`.
        scenario: as for `recover`.
        terms: margin and so on; None: as the scenario says.

    Raises:
        DataError: the scenario cannot be read.
        UsageError: something in it cannot be (`recover.scenario`), or solutions are said in two
            ways (`recover.two-ways`).
    """
    if isinstance(scenario, (str, Path)):
        scenario = read_scenario(Path(scenario))
    content = scenario.content if isinstance(scenario, Scenario) else dict(scenario or {})
    if solutions:
        if content.get("solutions"):
            raise UsageError(
                "Solutions are said twice: in the scenario, and beside it.",
                "recover.two-ways",
                "Add them to the scenario's solutions, or leave --scenario out.",
            )
        content["solutions"] = [
            each.content if isinstance(each, Solution) else dict(each) for each in solutions
        ]
    content |= {name: each for name, each in terms.items() if each is not None}
    try:
        return Scenario.model_validate(content)
    except ValidationError as error:
        raise UsageError.of([_problem(dict(each)) for each in error.errors()]) from None


def gather(
    solutions: Sequence[Mapping[str, Any] | Solution],
    scenario: str | Path | None,
    terms: Mapping[str, Any],
) -> dict[str, Any]:
    """All that is estimated from, beside the data, as keywords of `recover` in plain JSON types.

    Args:
        solutions: as for `recover`.
        scenario: path of a scenario.
        terms: margin and so on, as said.

    Raises:
        DataError, UsageError: as `scenario_of`.
    """
    asked = scenario_of(solutions, scenario, terms)
    content = asked.content
    money = [*content.get("solutions", ())]
    money += [content["baseline"]] if "baseline" in content else []
    for each in money if asked.currency else ():
        each.setdefault("currency", asked.currency)
    return {name: content.get(name) for name in ("solutions", *TERMS)}


def _problem(error: dict[str, Any]) -> Problem:
    at = [each for each in error["loc"] if each != "solutions"]
    place = f"solution {at.pop(0) + 1}" if at and isinstance(at[0], int) else ""
    name = ", ".join(filter(None, (place, ".".join(str(each).replace("_", " ") for each in at))))
    text = refusal(error).removeprefix("it ")
    if error["type"] == "too_long" and not name:
        return Problem(
            "recover.scenario",
            f"There are {len(error['input'])} solutions; at most {MOST_SOLUTIONS} are estimated "
            "together.",
            "Leave out the smallest.",
        )
    if error["type"] == "extra_forbidden":
        text = "there is no such field"
    lead = f"{printable(name, 80)}: " if name else ""
    lead = lead[:1].upper() + lead[1:]
    told = text[:1].lower() + text[1:] if lead else text[:1].upper() + text[1:]
    return Problem("recover.scenario", f"{lead}{told}.", "See `dmaic recover --help`.")


def _figures(scenario: Scenario) -> tuple[Baseline, Inputs]:
    from dmaic import __version__

    inputs = Inputs(source="the figures given", tool_version=__version__)
    if scenario.baseline is None:
        return NO_BASELINE, inputs
    try:
        base = baseline_from(
            scenario.baseline, scenario.segments, next(iter(scenario.currencies), None)
        )
    except KeyError as error:
        raise UsageError(
            f'The baseline does not tell the share of "{printable(str(error.args[0]), 60)}".',
            "recover.share",
            "Say what share of all churn it is: --share 46.3% for one segment; in a scenario, "
            "shares: {NAME: 46.3%, ...} under baseline.",
        ) from None
    return base, inputs
