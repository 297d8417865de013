"""From customers to what goes with churn: screen, fit, and look for what could mislead."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from dmaic.errors import DataError
from dmaic.result import Finding, Inputs
from dmaic.stats.chisquare import survival
from dmaic.stats.drivers.aside import make_aside, validated
from dmaic.stats.drivers.collinearity import inflation
from dmaic.stats.drivers.design import Aliased, Design, make_design
from dmaic.stats.drivers.likelihood import maximise, with_intercept
from dmaic.stats.drivers.model import make_cox
from dmaic.stats.drivers.parting import explain
from dmaic.stats.drivers.pattern import Patterns
from dmaic.stats.drivers.regression import Bounds, Regression, fit_cox, fit_logistic
from dmaic.stats.drivers.result import DriversResult, FitFigures, LeftOut, Level
from dmaic.stats.drivers.reversal import find_reversals
from dmaic.stats.drivers.screening import Screened, screen, strongest
from dmaic.stats.drivers.shape import Shape, shapes
from dmaic.stats.drivers.term import Rank, make_intercept, make_ranking, make_terms
from dmaic.stats.test.adjust import holm
from dmaic.text import name_list, plural

ROOM = 10
"""Events that each term needs (Peduzzi, P. and others 1996, Journal of Clinical Epidemiology 49,
1373-1379)."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked of the customers.

    Attributes:
        clock: when they are lost, else whether.
        chosen: why that.
        bounds: how intervals are made.
        seed: of cross-validation.
        unit: what is counted, plural.
        rows_left_out: rows without a figure that is needed.
        left_out: columns that were not looked at.
        folded: variable -> its categories that were taken together.
    """

    clock: bool
    chosen: str
    bounds: Bounds = "wald"
    seed: int = 1
    unit: str = "customers"
    rows_left_out: int = 0
    left_out: tuple[LeftOut, ...] = ()
    folded: dict[str, tuple[str, ...]] = field(default_factory=dict)


def find_drivers(
    patterns: Patterns, asked: Asked, inputs: Inputs, findings: Sequence[Finding] = ()
) -> DriversResult:
    """Fit the model of who is lost and look at it from all sides.

    Args:
        patterns: customers, those alike counted together; candidates in the order of the columns.
        asked: what is asked.
        inputs: what the customers were read from.
        findings: about the data.

    Raises:
        DataError: everybody is lost, or nobody (`drivers.one-outcome`); nothing is left to look at
            (`drivers.no-terms`); no finite figure fits (`drivers.monotone`, `drivers.no-fit`).
    """
    lost, rows = float(patterns.lost.sum()), float(patterns.rows.sum())
    if not 0 < lost < rows:
        who = "all" if lost else "none"
        raise DataError(
            f"Of the {plural(round(rows), asked.unit[:-1], asked.unit)} looked at {who} are lost, "
            "so nothing can tell the lost from the others.",
            "drivers.one-outcome",
            "Take the customers who stayed as well, and check --where, --within and --churned.",
            inputs.source,
        )
    events = lost if asked.clock else min(lost, rows - lost)
    screened = screen(patterns, clock=asked.clock)
    taken, left_out = _entering(patterns, screened, events, asked)
    screened = tuple(
        each.model_copy(update={"entered": at in taken}) for at, each in enumerate(screened)
    )
    patterns = patterns.only(taken)
    design = make_design(patterns)
    if not design.names:
        raise DataError(
            "No column is left that tells customers apart.",
            "drivers.no-terms",
            "Name the columns to look at: --term COL."
            + (f" Left out: {name_list([each.name for each in left_out], 8)}." if left_out else ""),
            inputs.source,
        )
    if rows < len(design.names) + 2:
        raise DataError(
            f"{plural(round(rows), 'row')} cannot tell {plural(len(design.names), 'term')} apart.",
            "drivers.too-few",
            "Take more customers, or name fewer columns: --term COL.",
            inputs.source,
        )
    fit: Regression
    cox = make_cox(patterns) if asked.clock else None
    fit = fit_cox(patterns, design, cox) if cox else fit_logistic(patterns, design, asked.bounds)
    gone = {patterns.variables[at].name for at in range(len(patterns.variables))
            if at not in design.owner}  # fmt: skip
    left_out += tuple(_alias(each) for each in design.aliased if each.name in gone)
    reversals, looked = find_reversals(patterns)
    aside = make_aside(patterns, design, fit, asked.seed)
    numbers = sum(each.bands_p_value is not None for each in screened)
    bent = shapes(aside.patterns, aside.design, aside.model, numbers)
    result = DriversResult(
        inputs=inputs,
        model="cox" if asked.clock else "logistic",
        chosen=asked.chosen,
        unit=asked.unit,
        rows=round(rows),
        lost=round(lost),
        rows_left_out=asked.rows_left_out,
        patterns=patterns.size,
        terms=make_terms(patterns, design, fit),
        intercept=make_intercept(fit),
        ranking=_ranked(make_ranking(patterns, design, fit), bent, len(screened)),
        screening=screened,
        levels=tuple(_levels(patterns, asked)),
        left_out=left_out,
        fit=_figures(patterns, design, fit, events),
        vif=inflation(patterns, design),
        separation=explain(patterns, design, fit),
        shapes=bent,
        reversals=reversals,
        pairs_looked_at=looked,
        drawn=aside.patterns.size if aside.patterns.size < patterns.size else None,
        **validated(aside, fit, asked.seed),
    )
    from dmaic.stats.drivers.finding import found
    from dmaic.stats.drivers.word import assumptions, commands, method

    return result.model_copy(
        update={
            "findings": (*findings, *found(result, design.aliased)),
            "method": method(result),
            "assumptions": assumptions(result),
            "next": commands(result),
        }
    )


def _entering(
    patterns: Patterns, screened: Sequence[Screened], events: float, asked: Asked
) -> tuple[list[int], tuple[LeftOut, ...]]:
    """Places of the variables that enter, and those that the events have no room for.

    What a person named enters always.
    """
    widths = [each.width for each in patterns.variables]
    named = [at for at, each in enumerate(patterns.variables) if each.named]
    if sum(widths) <= events / ROOM or len(named) == len(widths):
        return list(range(len(widths))), asked.left_out
    others = [at for at in range(len(widths)) if at not in named]
    room = max(1, int(events / ROOM) - sum(widths[at] for at in named))
    chosen = strongest([screened[at] for at in others], [widths[at] for at in others], room)
    taken = sorted([*named, *(others[at] for at in chosen)])
    if not taken:
        # Better one variable with too few events, which is warned of, than no answer.
        taken = [min(others, key=lambda at: (screened[at].least, at))]
    told = tuple(
        LeftOut(
            name=patterns.variables[at].name,
            why="no-room",
            reason=f"{plural(round(events), 'event')} have room for {max(1, int(events / ROOM))} "
            "terms, and others went with churn more when screened",
        )
        for at in others
        if at not in taken
    )
    return taken, (*asked.left_out, *told)


def _ranked(ranking: Sequence[Rank], bent: Sequence[Shape], screened: int) -> tuple[Rank, ...]:
    """The ranking; a number that turns by its spline, as its line may be flat and say nothing.

    p-values are adjusted for all columns that were screened: those in the model may have been
    chosen among them.
    """
    turns = {each.name: each for each in bent if each.shape == "turns"}
    told = [
        each.model_copy(
            update={
                "standardised": turns[each.name].spread,
                "statistic": turns[each.name].whole_statistic,
                "df": turns[each.name].whole_df,
                "p_value": turns[each.name].whole_p,
                "by": "spline",
            }
        )
        if each.name in turns
        else each
        for each in ranking
    ]
    adjusted = holm([each.p_value for each in told], screened)
    told = [
        each.model_copy(update={"p_adjusted": p}) for each, p in zip(told, adjusted, strict=True)
    ]
    return tuple(sorted(told, key=lambda each: (-each.standardised, each.name)))


def _levels(patterns: Patterns, asked: Asked) -> Iterator[Level]:
    for each, values in zip(patterns.variables, patterns.values, strict=True):
        if not each.is_number:
            here = values == each.reference
            yield Level(
                name=each.name,
                reference=each.against,
                levels=each.levels,
                folded=asked.folded.get(each.name, ()),
                reference_customers=round(float(patterns.rows[here].sum())),
                reference_lost=round(float(patterns.lost[here].sum())),
            )


def _alias(aliased: Aliased) -> LeftOut:
    reason = (
        f"others say the same: {name_list(list(aliased.by), 4)}" if aliased.by else "one value only"
    )
    return LeftOut(name=aliased.name, why="aliased" if aliased.by else "constant", reason=reason)


def _figures(patterns: Patterns, design: Design, fit: Regression, events: float) -> FitFigures:
    null = best = 0.0
    if fit.method == "Firth":
        columns = with_intercept(design.standard)
        fixed = tuple(range(1, columns.shape[1]))
        best = fit.comparable
        null = maximise(
            columns, patterns.rows, patterns.lost, penalised=True, fixed=fixed
        ).log_likelihood
    else:
        best, null = fit.log_likelihood, fit.log_likelihood_null
    statistic, df = max(0.0, 2 * (best - null)), len(design.names)
    ties: Literal["efron"] | None = None if fit.lead else "efron"
    truncated = None
    if not fit.lead:
        entry = patterns.entry
        truncated = 0 if entry is None else round(float(patterns.rows[entry > 0].sum()))
    return FitFigures(
        method=fit.method,
        by="statsmodels" if fit.by_library else "counts",
        interval=fit.bounds,
        ties=ties,
        truncated=truncated,
        log_likelihood=fit.log_likelihood,
        log_likelihood_null=fit.log_likelihood_null,
        statistic=statistic,
        df=df,
        p_value=survival(statistic, df),
        pseudo_r2=1 - fit.log_likelihood / fit.log_likelihood_null
        if fit.lead and fit.log_likelihood_null
        else None,
        aic=2 * (df + fit.lead) - 2 * fit.log_likelihood,
        terms=df,
        events=round(events),
        events_per_term=events / df,
    )
