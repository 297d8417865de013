"""A study of agreement, from codings to the result."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from dmaic.result import Finding, Inputs
from dmaic.stats.agreement.coding import Codings, mixed_up
from dmaic.stats.agreement.coefficient import Coefficient, Weights, cohen
from dmaic.stats.agreement.method import assumptions, findings, methods
from dmaic.stats.agreement.resample import fleiss, krippendorff
from dmaic.stats.agreement.result import (
    AgreementResult,
    CodeUse,
    Comparison,
    Confusion,
    MixedUp,
    Sort,
    Statistic,
)
from dmaic.stats.agreement.verdict import judge, landis_koch
from dmaic.stats.proportion import exact

MOST_PAIRS = 300
"""Pairs of raters that are compared one by one: those of 25 raters."""


def study(
    codings: Codings,
    inputs: Inputs,
    told: Sequence[Finding] = (),
    *,
    weights: Weights = "none",
    draws: int,
    seed: int,
) -> AgreementResult:
    """Measure agreement.

    Args:
        codings: at least one item with two codings, or with a standard.
        inputs: what they come from.
        told: findings about the data.
        weights: of Cohen's kappa, where codes are ordered.
        draws: samples for the intervals by resampling.
        seed: of the draws.
    """
    counts, full = codings.counts(), codings.full()
    paired = any(sum(each) > 1 for each in counts)
    two = len(codings.raters) == 2 and not codings.repeated
    of_two = cohen(codings.table(0, 1), weights) if two else None
    of_many, of_codes = fleiss([counts[at] for at in full], draws, seed) if full else (None, ())
    alpha = krippendorff(counts, draws, seed) if paired else None
    comparisons = _comparisons(codings, full, weights)
    statistic, chosen = _chosen(codings, of_two, of_many, alpha, full)
    if chosen is None:
        chosen = cohen(codings.standard_table(0), weights)
    head = next(
        (each for each in comparisons if each.sort in ("between", "within") and each.items),
        comparisons[-1],
    )
    grade, verdict = judge(chosen, _who(codings, statistic))
    used = [sum(each[at] for each in counts) for at in range(len(codings.codes))]
    result = AgreementResult(
        inputs=inputs,
        raters=codings.raters,
        codes=tuple(
            CodeUse(
                code=code,
                used=used[at],
                share=used[at] / sum(used),
                kappa=of_codes[at].value if of_codes else None,
                low=of_codes[at].low if of_codes else None,
                high=of_codes[at].high if of_codes else None,
            )
            for at, code in enumerate(codings.codes)
        ),
        items=len(codings.items),
        codings=sum(used),
        repeated=codings.repeated,
        kappa=chosen.value,
        kappa_low=chosen.low,
        kappa_high=chosen.high,
        statistic=statistic,
        percent_agreement=head.percent_agreement,
        percent_low=head.low,
        percent_high=head.high,
        weights=weights,
        cohen=of_two,
        fleiss=of_many,
        krippendorff=alpha,
        comparisons=comparisons,
        mixed_up=_mixed(codings),
        confusion=_confusion(codings, two=two),
        standard_confusion=_against(codings),
        landis_koch=None if chosen.value is None else landis_koch(chosen.value),
        grade=grade,
        verdict=verdict,
        draws=draws,
        seed=seed,
    )
    return result.model_copy(
        update={
            "method": methods(result),
            "assumptions": assumptions(result),
            "findings": (*told, *findings(result, codings)),
        }
    )


def _chosen(
    codings: Codings,
    of_two: Coefficient | None,
    of_many: Coefficient | None,
    alpha: Coefficient | None,
    full: Sequence[int],
) -> tuple[Statistic, Coefficient | None]:
    """The coefficient that the verdict rests on."""
    if of_two is not None and of_two.items:
        return "cohen", of_two
    paired = sum(sum(map(len, item.values())) > 1 for item in codings.given)
    # Items that lack codings are few, or the coefficient that takes them in is the better one.
    if of_many is not None and len(full) >= 0.9 * paired:
        return "fleiss", of_many
    return ("krippendorff", alpha) if alpha is not None else ("standard", None)


def _who(codings: Codings, statistic: Statistic) -> str:
    if statistic == "standard":
        return f"{codings.raters[0]} and the standard"
    if len(codings.raters) == 1:
        return f"The repeated codings of {codings.raters[0]}"
    return f"The {len(codings.raters):,} raters"


def _comparisons(codings: Codings, full: Sequence[int], weights: Weights) -> tuple[Comparison, ...]:
    every = range(len(codings.raters))
    names = codings.raters
    found = []
    if len(names) > 1:
        found.append(_comparison("between", "", "", len(full), codings.between(full)))
    for rater in every:
        items, agreed = codings.within(rater)
        if items:
            found.append(_comparison("within", names[rater], "", items, agreed))
    pairs = [*combinations(every, 2)] if len(names) > 1 else []
    for one, other in pairs if len(pairs) <= MOST_PAIRS else ():
        kappa = None if codings.repeated else cohen(codings.table(one, other), weights)
        found.append(
            _comparison("pair", names[one], names[other], *codings.pair(one, other), kappa)
        )
    if codings.standard:
        for rater in every:
            kappa = cohen(codings.standard_table(rater), weights)
            if codings.repeated:
                # Repeats of one item are not independent, which the formula takes them to be.
                kappa = kappa.model_copy(update={"low": None, "high": None})
            found.append(
                _comparison("standard", names[rater], "standard", *codings.right(rater), kappa)
            )
        if len(names) > 1:
            found.append(_comparison("all-standard", "", "standard", *codings.right(None)))
    return tuple(found)


def _comparison(
    sort: Sort, first: str, second: str, items: int, agreed: int, kappa: Coefficient | None = None
) -> Comparison:
    low, high = exact(agreed, items) if items else (None, None)
    return Comparison(
        sort=sort,
        first=first,
        second=second,
        items=items,
        agreed=agreed,
        percent_agreement=agreed / items if items else None,
        low=low,
        high=high,
        kappa=kappa.value if kappa else None,
        kappa_low=kappa.low if kappa else None,
        kappa_high=kappa.high if kappa else None,
    )


def _mixed(codings: Codings) -> tuple[MixedUp, ...]:
    found = [*mixed_up(codings)]
    whole = sum(each.pairs for each in found)
    return tuple(
        MixedUp(
            first=codings.codes[each.first],
            second=codings.codes[each.second],
            pairs=each.pairs,
            share=each.pairs / whole,
            items=each.items,
        )
        for each in found
    )


def _confusion(codings: Codings, *, two: bool) -> Confusion:
    rows, columns = codings.raters if two else ("", "")
    table = codings.table(0, 1) if two else codings.pair_table()
    return Confusion(
        rows=rows, columns=columns, codes=codings.codes, counts=tuple(map(tuple, table))
    )


def _against(codings: Codings) -> Confusion | None:
    if not codings.standard:
        return None
    tables = [codings.standard_table(rater) for rater in range(len(codings.raters))]
    every = range(len(codings.codes))
    counts = tuple(
        tuple(sum(table[row][column] for table in tables) for column in every) for row in every
    )
    return Confusion(rows="given", columns="standard", codes=codings.codes, counts=counts)
