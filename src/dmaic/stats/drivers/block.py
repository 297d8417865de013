"""How drivers are shown: the sentence, the caution, the terms, and what could mislead."""

from __future__ import annotations

from collections.abc import Iterator

from dmaic import number
from dmaic.block import Block, Cells, Check, Checks, Fields, Heading, Note, Table
from dmaic.stats.drivers.line import lines
from dmaic.stats.drivers.result import DriversResult
from dmaic.stats.drivers.reversal import Reversal
from dmaic.stats.drivers.shape import Shape
from dmaic.stats.drivers.word import CAUTION, figure, headline, span
from dmaic.text import plural, printable

MOST_TERMS = 40
MOST_LEFT_OUT = 15


def blocks(result: DriversResult) -> tuple[Block, ...]:
    """The sentence, the caution, the terms, and what could mislead."""
    told: list[Block] = [
        Heading("What goes with churn", 1, aside=_aside(result)),
        Note(headline(result), strong=True),
        Note(CAUTION),
        *_terms(result),
        _ranking(result),
    ]
    told += [_shape(each) for each in result.shapes if each.shape == "turns"]
    told += [block for each in result.reversals for block in _reversal(each)]
    told += [Heading("How far to trust the model"), Fields(tuple(_trust(result)))]
    if result.calibration is not None and result.calibration.bands:
        told.append(_risk(result))
    told += [*_proportional(result), _screening(result)]
    if result.left_out:
        rows = tuple(
            Check("plain", printable(each.name, 60), each.reason)
            for each in result.left_out[:MOST_LEFT_OUT]
        )
        more = len(result.left_out) - MOST_LEFT_OUT
        told += [Heading("Not in the model"), Checks(rows)]
        told += [Note(f"and {more} more; --json lists them all.")] if more > 0 else []
    return tuple(told)


def _aside(result: DriversResult) -> str:
    what = "logistic regression" if result.model == "logistic" else "Cox regression"
    return f"{what}, {plural(result.rows, 'row')}, {result.lost:,} lost"


def _terms(result: DriversResult) -> Iterator[Block]:
    every = lines(result)
    shown = every[:MOST_TERMS]
    columns = [
        Cells("term", tuple(line.name for line in shown), wrap=True),
        Cells("hazard ratio" if result.model == "cox" else "odds ratio",
              tuple(line.told for line in shown), right=True),
        Cells("95 %", tuple("reference" if line.is_reference else span(line.low, line.high)
                            for line in shown), right=True),
        Cells("p", tuple("" if line.p_value is None
                         else number.p_value(line.p_value).removeprefix("= ") for line in shown),
              right=True),
    ]  # fmt: skip
    if any(line.rate is not None for line in shown):
        columns += [
            Cells("lost %", tuple("" if line.rate is None else number.percent(line.rate)
                                  for line in shown), right=True, keep=60),
            Cells("rows", tuple("" if line.customers is None else f"{line.customers:,}"
                                for line in shown), right=True, keep=40),
        ]  # fmt: skip
    yield Table(tuple(columns), title="Each term, the others held equal")
    if len(every) > MOST_TERMS:
        yield Note(f"and {len(every) - MOST_TERMS} more terms; --json lists them all.")


def _ranking(result: DriversResult) -> Table:
    rows = result.ranking
    return Table(
        (
            Cells("column", tuple(printable(each.name, 60) for each in rows), wrap=True),
            Cells("strength", tuple(f"{each.standardised:.3f}" for each in rows), right=True),
            Cells("chi-square", tuple(f"{each.statistic:,.1f}" for each in rows), right=True,
                  keep=50),
            Cells("df", tuple(str(each.df) for each in rows), right=True, keep=50),
            Cells("p adjusted", tuple(number.p_value(each.p_adjusted).removeprefix("= ")
                                      for each in rows), right=True),
        ),
        title="Which column goes with churn most (strength: spread of risk it accounts for)",
    )  # fmt: skip


def _shape(shape: Shape) -> Table:
    bands = shape.bands
    title = (
        f"{printable(shape.name, 60)}: churn is {shape.direction} at about {shape.turn:.4g} and "
        f"turns (spline p {number.p_value(shape.p_adjusted)})"
    )
    return Table(
        (
            Cells(printable(shape.name, 30),
                  tuple(f"{each.lowest:.6g} to {each.highest:.6g}" for each in bands)),
            Cells("rows", tuple(f"{each.customers:,}" for each in bands), right=True, keep=60),
            Cells("lost", tuple(f"{each.lost:,}" for each in bands), right=True, keep=60),
            Cells("lost %", tuple(number.percent(each.rate) for each in bands), right=True),
            Cells("95 %", tuple(number.interval(each.low, each.high) for each in bands),
                  right=True),
        ),
        title=title,
    )  # fmt: skip


def _reversal(each: Reversal) -> Iterator[Block]:
    one, two = printable(each.level, 30), printable(each.other, 30)
    names = (*(printable(part.name, 40) for part in each.strata), "all of them")
    first = [(part.lost, part.of) for part in each.strata] + [(each.lost, each.of)]
    second = [(part.other_lost, part.other_of) for part in each.strata]
    second.append((each.other_lost, each.other_of))
    yield Table(
        (
            Cells(printable(each.within, 30), names, wrap=True),
            Cells(f"{one} lost %", tuple(number.percent(a / n) for a, n in first), right=True),
            Cells("of", tuple(f"{n:,}" for _, n in first), right=True, keep=60),
            Cells(f"{two} lost %", tuple(number.percent(a / n) for a, n in second), right=True),
            Cells("of ", tuple(f"{n:,}" for _, n in second), right=True, keep=60),
        ),
        title=f"Simpson's reversal: {printable(each.name, 40)} within {printable(each.within, 40)}",
    )
    if max(each.p_value, each.within_p_value) < 0.05:
        sure = "Both are beyond chance."
    elif each.p_value < 0.05:
        sure = "What is beyond chance over all is not so within the groups."
    else:
        sure = "Chance alone could make it turn round."
    yield Note(
        f"Over all the odds ratio of {one} against {two} is {figure(each.odds_ratio)}; within "
        f"{printable(each.within, 40)} it is {figure(each.within_odds_ratio)} (95 % "
        f"{span(each.within_low, each.within_high)}, Mantel-Haenszel). " + sure
    )


def _trust(result: DriversResult) -> Iterator[tuple[str, str]]:
    fit = result.fit
    auc = result.auc
    if auc is not None:
        name = "AUC" if auc.measure == "AUC" else "concordance"
        between = f" ({auc.low:.3f}–{auc.high:.3f})" if auc.low is not None and auc.high else ""
        how = "cross-validated" if auc.folds else "as fitted; too few to cross-validate"
        told = f"{auc.value:.3f}{between}, {how}; 0.5 tells nothing, 1 all"
        yield name, told + (f"; as fitted {auc.apparent:.3f}" if auc.folds else "")
    known = result.calibration
    if known is not None and known.slope is not None:
        yield (
            "calibration slope",
            f"{known.slope:.2f} ({number.interval(known.slope_low, known.slope_high, scale=1)}), "
            "cross-validated; "
            "1 is right",
        )
    if known is not None and known.hosmer_lemeshow is not None:
        test = known.hosmer_lemeshow
        yield (
            "Hosmer-Lemeshow",
            f"chi-square {test.statistic:.2f}, df {test.df}, p {number.p_value(test.p_value)}"
            + ("" if test.p_value >= 0.05 else "; the risks do not fit everywhere"),
        )
    yield (
        "model against none",
        f"chi-square {fit.statistic:,.1f}, df {fit.df}, p {number.p_value(fit.p_value)}"
        + (f"; McFadden {fit.pseudo_r2:.3f}" if fit.pseudo_r2 is not None else ""),
    )
    yield "events a term", f"{fit.events_per_term:,.1f} ({fit.events:,} / {fit.terms})"
    if result.vif:
        worst = max(result.vif, key=lambda each: each.per_term)
        yield "collinearity", f"at most {worst.per_term:.2f} ({printable(worst.name, 60)})"
    if result.shapes:
        told = ", ".join(
            f"{printable(each.name, 40)} {each.shape} (p {number.p_value(each.p_adjusted)})"
            for each in result.shapes
        )
        yield "numbers, a line or not", told
    left = f"; {result.rows_left_out:,} left out" if result.rows_left_out else ""
    yield (
        "data",
        f"{plural(result.rows, 'row')} in {plural(result.patterns, 'different pattern')}{left}"
        + "".join(f"; {each}" for each in result.inputs.filters),
    )
    yield "model", result.chosen


def _risk(result: DriversResult) -> Table:
    assert result.calibration is not None
    bands = result.calibration.bands
    return Table(
        (
            Cells("risk predicted %", tuple(number.percent(each.predicted) for each in bands),
                  right=True),
            Cells("lost %", tuple(number.percent(each.observed) for each in bands), right=True),
            Cells("95 %", tuple(number.interval(each.low, each.high) for each in bands),
                  right=True),
            Cells("rows", tuple(f"{each.customers:,}" for each in bands), right=True, keep=60),
        ),
        title="Predicted against what came, on customers the model was not fitted to",
    )  # fmt: skip


def _proportional(result: DriversResult) -> Iterator[Block]:
    rows = result.proportional_hazards
    if rows:
        yield Table(
            (
                Cells("term", tuple(printable(each.name, 60) for each in rows), wrap=True),
                Cells("chi-square", tuple(f"{each.statistic:.2f}" for each in rows), right=True),
                Cells("df", tuple(str(each.df) for each in rows), right=True, keep=50),
                Cells("p", tuple(number.p_value(each.p_value).removeprefix("= ") for each in rows),
                      right=True),
            ),
            title="Is each hazard ratio the same at every age (a small p says no)",
        )  # fmt: skip


def _screening(result: DriversResult) -> Table:
    rows = sorted(result.screening, key=lambda each: (each.least, each.name))
    return Table(
        (
            Cells("column", tuple(printable(each.name, 60) for each in rows), wrap=True),
            Cells("chi-square", tuple(f"{each.statistic:,.1f}" for each in rows), right=True,
                  keep=60),
            Cells("df", tuple(str(each.df) for each in rows), right=True, keep=60),
            Cells("p", tuple(number.p_value(each.p_value).removeprefix("= ") for each in rows),
                  right=True),
            Cells("p adjusted", tuple(number.p_value(each.p_adjusted).removeprefix("= ")
                                      for each in rows), right=True, keep=70),
            Cells("AUC", tuple(number.DASH if each.auc is None else f"{each.auc:.3f}"
                               for each in rows), right=True, keep=50),
            Cells("in model", tuple("yes" if each.entered else "no" for each in rows), keep=80),
        ),
        title="Each column alone",
    )  # fmt: skip
