"""Adding benefits up without counting one customer twice."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from math import fsum
from typing import Literal

from dmaic.project.benefit.benefit import Benefit, Nature, Rhythm, Standing
from dmaic.project.benefit.figures import run_rate
from dmaic.project.benefit.month import span
from dmaic.result import Frozen
from dmaic.text import folded

RULE = (
    "hard and soft money are never added together; recurring benefits of one segment are not added "
    "either: of each month, target and run-rate the largest counts"
)
"""How benefits are added up, in words."""

What = Literal["target", "run-rate", "cash"]


class Claim(Frozen):
    """What one benefit claims.

    Attributes:
        name: what people call it; unique among what is added up.
        nature, rhythm, segment, target, standing: of the benefit.
        planned, realised: month -> money.
        run_rate: money a year as it runs now, or None.
    """

    name: str
    nature: Nature
    rhythm: Rhythm
    segment: str = ""
    target: float
    planned: dict[str, float]
    realised: dict[str, float]
    run_rate: float | None = None
    standing: Standing = "planned"

    @classmethod
    def of(cls, benefit: Benefit, today: date, project: str = "") -> Claim:
        """What a benefit claims.

        Args:
            benefit: any.
            today: tells which months are over.
            project: name of its project, where those of several are added up.
        """
        return cls(
            name=f"{benefit.title} ({project})" if project else benefit.title,
            nature=benefit.nature,
            rhythm=benefit.rhythm,
            segment=benefit.segment,
            target=benefit.target,
            planned=benefit.forecast,
            realised={month: each.amount for month, each in benefit.actuals.items()},
            run_rate=run_rate(benefit, today),
            standing=benefit.standing,
        )


class Overlap(Frozen):
    """Money that is not added, because another benefit of the same segment counts.

    Attributes:
        name: the benefit whose money it is.
        counted_in: the benefit that counts.
        segment: of both.
        nature: of both.
        what: `target` and `run-rate` are money a year, `cash` is money so far.
        months: in which the cash is not added.
        amount: that is not added.
    """

    name: str
    counted_in: str
    segment: str
    nature: Nature
    what: What
    months: tuple[str, ...] = ()
    amount: float


class MonthSum(Frozen):
    """One month of all benefits: planned and realised, None where there is none."""

    month: str
    planned: float | None = None
    realised: float | None = None


class Tally(Frozen):
    """Benefits of one nature, added up.

    Attributes:
        benefits: how many.
        target: money a year of the recurring ones.
        target_once: money in all of the one-off ones.
        run_rate: money a year as it runs now, or None where nothing recurring is recorded.
        cash: realised so far, or None where nothing is recorded.
        months: in order, without gaps.
    """

    benefits: int = 0
    target: float = 0.0
    target_once: float = 0.0
    run_rate: float | None = None
    cash: float | None = None
    months: tuple[MonthSum, ...] = ()


class RollUp(Frozen):
    """Benefits added up; only hard ones are realised money.

    Attributes:
        hard, soft: each apart.
        overlaps: what is not added.
        without_segment: recurring benefits of which nobody can tell whether they overlap; none
            where there is only one recurring benefit.
        rule: how they are added up, in words.
    """

    hard: Tally = Tally()
    soft: Tally = Tally()
    overlaps: tuple[Overlap, ...] = ()
    without_segment: tuple[str, ...] = ()
    rule: str = RULE


def roll_up(claims: Iterable[Claim]) -> RollUp:
    """Add benefits up.

    Claims of one nature, recurring, that name the same segment are claims on the same customers:
    of each month the largest counts, and so of targets and of run-rates. All others are added.
    Their order changes nothing.

    Args:
        claims: of one currency.
    """
    every = sorted(claims, key=lambda each: (folded(each.name), each.model_dump_json()))
    recurring = [each for each in every if each.rhythm == "recurring"]
    loose = [each.name for each in recurring if not each.segment]
    overlaps: list[Overlap] = []
    hard = _tally([each for each in every if each.nature == "hard"], overlaps)
    soft = _tally([each for each in every if each.nature == "soft"], overlaps)
    return RollUp(
        hard=hard,
        soft=soft,
        overlaps=tuple(overlaps),
        without_segment=tuple(loose) if len(recurring) > 1 else (),
    )


def _tally(claims: Sequence[Claim], overlaps: list[Overlap]) -> Tally:
    groups: dict[str, list[Claim]] = {}
    alone: list[Claim] = []
    for claim in claims:
        if claim.rhythm == "recurring" and claim.segment:
            groups.setdefault(folded(claim.segment), []).append(claim)
        else:
            alone.append(claim)
    every = [*([each] for each in alone), *groups.values()]
    targets, rates, once = [], [], []
    planned: dict[str, list[float]] = {}
    realised: dict[str, list[float]] = {}
    for group in every:
        if group[0].rhythm == "one-off":
            once.append(group[0].target)
        else:
            aims = {place: each.target for place, each in enumerate(group)}
            targets.append(_largest(group, aims, "target", overlaps))
        running = {
            place: each.run_rate for place, each in enumerate(group) if each.run_rate is not None
        }
        if running:
            rates.append(_largest(group, running, "run-rate", overlaps))
        for month in sorted({month for each in group for month in each.planned}):
            known = [each.planned[month] for each in group if month in each.planned]
            planned.setdefault(month, []).append(max(known))
        _add_cash(group, realised, overlaps)
    return Tally(
        benefits=len(claims),
        target=fsum(targets),
        target_once=fsum(once),
        run_rate=fsum(rates) if rates else None,
        cash=fsum(each for months in realised.values() for each in months) if realised else None,
        months=tuple(
            MonthSum(
                month=month,
                planned=fsum(planned[month]) if month in planned else None,
                realised=fsum(realised[month]) if month in realised else None,
            )
            for month in span([*planned, *realised])
        ),
    )


def _largest(
    group: Sequence[Claim], figures: dict[int, float], what: What, overlaps: list[Overlap]
) -> float:
    """The largest figure of a group; the others are noted. Of equal ones the first by name."""
    counts = _first_of_largest(figures)
    overlaps += [
        _overlap(group, place, counts, what, figure)
        for place, figure in figures.items()
        if place != counts
    ]
    return figures[counts]


def _add_cash(
    group: Sequence[Claim], realised: dict[str, list[float]], overlaps: list[Overlap]
) -> None:
    left: dict[tuple[int, int], dict[str, float]] = {}
    for month in sorted({month for each in group for month in each.realised}):
        known = {
            place: each.realised[month]
            for place, each in enumerate(group)
            if month in each.realised
        }
        counts = _first_of_largest(known)
        realised.setdefault(month, []).append(known[counts])
        for place, amount in known.items():
            if place != counts:
                left.setdefault((place, counts), {})[month] = amount
    overlaps += [
        _overlap(group, place, counts, "cash", fsum(months.values()), tuple(months))
        for (place, counts), months in left.items()
    ]


def _first_of_largest(figures: dict[int, float]) -> int:
    return max(figures, key=lambda place: figures[place])


def _overlap(
    group: Sequence[Claim],
    place: int,
    counts: int,
    what: What,
    amount: float,
    months: tuple[str, ...] = (),
) -> Overlap:
    return Overlap(
        name=group[place].name,
        counted_in=group[counts].name,
        segment=group[counts].segment,
        nature=group[counts].nature,
        what=what,
        months=months,
        amount=amount,
    )


def is_validated(claims: Iterable[Claim]) -> bool | None:
    """Whether Finance signed every recorded month of the hard benefits.

    Args:
        claims: any.

    Returns:
        None where no hard benefit has a record.
    """
    states = [each.standing for each in claims if each.nature == "hard" and each.realised]
    return all(each == "validated" for each in states) if states else None
