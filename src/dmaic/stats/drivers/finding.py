"""What could mislead a reader of the model, as findings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dmaic import number
from dmaic.result import Finding
from dmaic.stats.drivers.collinearity import HIGH, NOTABLE
from dmaic.stats.drivers.design import Aliased
from dmaic.stats.drivers.result import DriversResult
from dmaic.text import name_list, plural, printable

ENOUGH = 10


def found(result: DriversResult, aliased: Sequence[Aliased]) -> Iterator[Finding]:
    """Findings of a fitted model, the gravest first.

    Args:
        result: the model.
        aliased: terms that were left out of it.
    """
    yield from _separation(result)
    yield from _events(result)
    yield from _aliased(aliased)
    yield from _collinear(result)
    yield from _shapes(result)
    yield from _reversals(result)
    yield from _calibration(result)
    yield from _proportional(result)


def _separation(result: DriversResult) -> Iterator[Finding]:
    parted = result.separation
    if parted is None:
        return
    told = "; ".join(f"{printable(each.name, 60)}: {each.told}" for each in parted.terms[:4])
    yield Finding(
        code="separated-terms",
        level="warning",
        message=f"Some terms part the lost from the others ({parted.kind} separation), so their "
        f"odds ratios have no end by the usual fit: {told}. Firth's penalised likelihood keeps "
        "them finite; read them as large, not as exact.",
        hint="Is it known only because the customer left? Then --without COL. Else take "
        "categories together or wider bands.",
        count=len(parted.terms),
    )


def _events(result: DriversResult) -> Iterator[Finding]:
    fit = result.fit
    dropped = [each.name for each in result.left_out if each.why == "no-room"]
    if fit.events_per_term >= ENOUGH and not dropped:
        return
    what = "lost" if fit.events == result.lost else "not lost"
    message = (
        f"{plural(fit.events, 'customer')} {what} for {plural(fit.terms, 'term')} are "
        f"{fit.events_per_term:.1f} a term; below {ENOUGH} the ratios tend to be too large and the "
        "intervals too narrow."
        if fit.events_per_term < ENOUGH
        else f"{plural(fit.events, 'customer')} {what} have room for {plural(fit.terms, 'term')}."
    )
    if dropped:
        message += f" Not in the model: {name_list(dropped, 6)}."
    yield Finding(
        code="few-events",
        level="warning",
        message=message,
        hint="Name the few columns that matter (--term COL), or take a longer time.",
        count=fit.events,
    )


def _aliased(aliased: Sequence[Aliased]) -> Iterator[Finding]:
    same = [each for each in aliased if each.by]
    if not same:
        return
    told = "; ".join(
        f'"{printable(each.name, 60)}" follows from {name_list(list(each.by), 3)}'
        for each in same[:4]
    )
    yield Finding(
        code="aliased-terms",
        level="warning",
        message=f"{plural(len(same), 'term')} left out, since others say the same: {told}.",
        hint="Which of them is kept is a matter of the order of columns; name the one you mean "
        "with --term COL.",
        count=len(same),
    )


def _collinear(result: DriversResult) -> Iterator[Finding]:
    high = [each for each in result.vif if each.per_term >= NOTABLE]
    if not high:
        return
    told = ", ".join(f"{printable(each.name, 60)} {each.per_term:.1f}" for each in high[:6])
    worst = max(each.per_term for each in high)
    yield Finding(
        code="collinear-terms",
        level="warning" if worst >= HIGH else "info",
        message=f"Variables that others nearly make up (variance inflation): {told}. Their own "
        "ratios are unsure, although the model as a whole is not.",
        hint="Leave one of a pair out: --without COL.",
        count=len(high),
    )


def _shapes(result: DriversResult) -> Iterator[Finding]:
    for each in result.shapes:
        if each.shape == "turns" and each.turn is not None:
            yield Finding(
                code="non-monotone",
                level="warning",
                message=f'Churn does not go one way with "{printable(each.name, 60)}": it is '
                f"{each.direction} at about {each.turn:.4g} (spline p "
                f"{number.p_value(each.p_adjusted)}), so its single ratio misleads.",
                hint=f"Take it in bands: --term {printable(each.name, 40)}:quintiles.",
                column=each.name,
            )


def _reversals(result: DriversResult) -> Iterator[Finding]:
    for each in result.reversals[:1]:
        more = len(result.reversals) - 1
        yield Finding(
            code="simpson-reversal",
            level="warning",
            message=f'"{printable(each.level, 40)}" loses '
            f"{'more' if each.odds_ratio > 1 else 'fewer'} than "
            f'"{printable(each.other, 40)}" over all, but '
            f"{'fewer' if each.odds_ratio > 1 else 'more'} within "
            f'"{printable(each.within, 40)}": the mix turns it round (Simpson).'
            + (f" {plural(more, 'more reversal')} {'is' if more == 1 else 'are'} shown."
               if more else ""),
            hint="Compare within the groups, not over all.",
            column=each.name,
        )  # fmt: skip


def _calibration(result: DriversResult) -> Iterator[Finding]:
    known = result.calibration
    if known is None or known.slope is None or known.slope_high is None:
        return
    if known.slope_high < 0.9 and result.fit.p_value < 0.05:
        yield Finding(
            code="poor-calibration",
            level="warning",
            message=f"On customers it was not fitted to, the model's risks are too far apart "
            f"(calibration slope {known.slope:.2f}; 1 is right): some ratios are too large.",
            hint="Fewer terms, or more customers.",
        )


def _proportional(result: DriversResult) -> Iterator[Finding]:
    terms = [each for each in result.proportional_hazards if each.name != "(all)"]
    bad = [each for each in terms if each.p_value * len(terms) < 0.05]
    if not bad:
        return
    told = ", ".join(
        f"{printable(each.name, 60)} ({'grows' if (each.correlation or 0) > 0 else 'fades'} with "
        "age)"
        for each in bad[:4]
    )
    yield Finding(
        code="hazards-not-proportional",
        level="warning",
        message=f"Some hazard ratios are not the same at every age: {told}. The ratio told is a "
        "mean over the ages seen.",
        hint="Look at the curves: dmaic survival FILE --by COL.",
        count=len(bad),
    )
