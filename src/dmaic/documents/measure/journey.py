"""The arithmetic of a journey map: the emotional curve, hand-offs, and what to mend first.

The emotion of a step is the mean of the SCARF scores that were given for it (status, certainty,
autonomy, relatedness, fairness; each -2 to 2). A score that is missing is left out, never taken for
zero; a step without any score has no point on the curve.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dmaic.documents.base import Figure
from dmaic.documents.name import folded, short, told
from dmaic.number import DASH
from dmaic.text import plural

if TYPE_CHECKING:
    from dmaic.documents.measure.journey_map import JourneyMap, JourneyStep

SCARF = ("status", "certainty", "autonomy", "relatedness", "fairness")

MOMENTS: dict[str, str] = {
    "connection": "relatedness: a person who knows me",
    "power": "autonomy: I can do it myself",
    "proof": "certainty: what was promised is kept and shown",
    "wow": "status: more than I asked for",
    "truth": "recovery: what happens when something went wrong",
}
"""The five critical moments and what each one gives."""

WEAKEST = 3
"""So many weak moments are named."""


def emotion(step: JourneyStep) -> float | None:
    """Mean of the SCARF scores given for a step; None where there are none."""
    given = [score for score in step.scores().values() if score is not None]
    return sum(given) / len(given) if given else None


def curve(map: JourneyMap) -> list[float | None]:
    """The emotion of each step in order."""
    return [emotion(step) for step in map.steps]


def weakest(map: JourneyMap) -> list[tuple[JourneyStep, float]]:
    """The lowest points of the curve that lie below zero, the lowest first; at most three."""
    low = [(step, value) for step in map.steps if (value := emotion(step)) is not None]
    return sorted((pair for pair in low if pair[1] < 0), key=lambda pair: pair[1])[:WEAKEST]


def unowned(map: JourneyMap) -> list[JourneyStep]:
    """Steps that no function owns."""
    return [step for step in map.steps if not step.function]


def hand_offs(map: JourneyMap) -> list[tuple[JourneyStep, JourneyStep]]:
    """Steps next to each other that two different functions own."""
    return [
        (before, after)
        for before, after in zip(map.steps, map.steps[1:], strict=False)
        if before.function and after.function and folded(before.function) != folded(after.function)
    ]


def uncovered(map: JourneyMap) -> list[str]:
    """Critical moments that no step is."""
    there = {step.moment for step in map.steps}
    return [moment for moment in MOMENTS if moment not in there]


def ranking(map: JourneyMap) -> list[tuple[JourneyStep, float]]:
    """Steps by pain × reach, the greatest first; steps without either are left out."""
    ranked = [
        (step, step.pain * step.reach)
        for step in map.steps
        if step.pain is not None and step.reach is not None
    ]
    return sorted(ranked, key=lambda pair: pair[1], reverse=True)


def figures(map: JourneyMap) -> tuple[Figure, ...]:
    """What the map says, from what is known.

    Args:
        map: may be half filled.
    """
    if not map.steps:
        return ()
    return (*_feelings(map), *_functions(map), _first_to_mend(map))


def _feelings(map: JourneyMap) -> list[Figure]:
    values = curve(map)
    known = [value for value in values if value is not None]
    mean = sum(known) / len(known) if known else None
    low = weakest(map)
    points = ", ".join(
        f"{step.id} {signed(value, 1) or '?'}"
        for step, value in zip(map.steps, values, strict=True)
    )
    parts = [
        Figure(
            name="emotional_curve", label="Emotional curve", value=mean,
            text=f"{points}; mean {signed(mean, 2) or DASH}{_over(len(known), len(values))}",
            formula="of each step the mean of the SCARF scores given, -2 to 2",
        )
    ]  # fmt: skip
    if known:
        parts.append(
            Figure(
                name="weakest", label="Weakest moments", value=low[0][1] if low else min(known),
                text="; ".join(f"{_named(step)} {signed(value, 1)}" for step, value in low)
                or "none below 0",
                formula=f"the lowest points of the curve below 0, at most {WEAKEST}",
            )
        )  # fmt: skip
    parts += _drivers(map)
    satisfied = [step.satisfaction for step in map.steps if step.satisfaction is not None]
    if satisfied:
        happy = sum(satisfied) / len(satisfied)
        parts.append(
            Figure(
                name="satisfaction", label="Satisfaction", value=happy,
                text=f"{happy:.1f} of 10{_over(len(satisfied), len(map.steps))}",
                formula="mean of the steps",
            )
        )  # fmt: skip
    return parts


def _drivers(map: JourneyMap) -> list[Figure]:
    """The mean of each SCARF driver, the weakest named."""
    means = {}
    for name in SCARF:
        given = [score for step in map.steps if (score := step.scores()[name]) is not None]
        if given:
            means[name] = sum(given) / len(given)
    if not means:
        return []
    weak = min(means, key=lambda name: means[name])
    text = ", ".join(f"{name} {signed(mean, 1)}" for name, mean in means.items())
    return [
        Figure(
            name="weakest_driver", label="Weakest driver", value=means[weak],
            text=f"{weak} ({text})",
            formula="mean of a driver's scores over the steps that have it",
        )
    ]  # fmt: skip


def _functions(map: JourneyMap) -> list[Figure]:
    nobody, crossed, left = unowned(map), hand_offs(map), uncovered(map)
    pairs = [f"{a.id} {short(a.function, 24)} → {b.id} {short(b.function, 24)}" for a, b in crossed]
    more = f"; {len(pairs) - 8} more" if len(pairs) > 8 else ""
    return [
        Figure(
            name="unowned", label="Owned by nobody", value=len(nobody),
            text=told([_named(step) for step in nobody]) if nobody else "none",
        ),
        Figure(
            name="hand_offs", label="Hand-offs", value=len(crossed),
            text=f"{len(crossed)}: {'; '.join(pairs[:8])}{more}" if crossed else "none",
            formula="neighbouring steps of two functions; steps of nobody are not counted",
        ),
        Figure(
            name="uncovered", label="Moments not covered", value=len(left),
            text=told(left) if left else "none; all five are there",
        ),
    ]  # fmt: skip


def _first_to_mend(map: JourneyMap) -> Figure:
    ranked = ranking(map)
    text = "; ".join(f"{_named(step)} {rank:,.6g}" for step, rank in ranked[:WEAKEST])
    return Figure(
        name="mend_first", label="Mend first", value=ranked[0][1] if ranked else None,
        text=(text or DASH) + _over(len(ranked), len(map.steps)),
        formula="pain × reach, the greatest first",
    )  # fmt: skip


def signed(figure: float | None, places: int = 0) -> str:
    """A score with its sign, `+1`, `0`, `-0.4`; nothing for a missing one.

    Args:
        figure: the score or a mean of scores.
        places: decimals.
    """
    if figure is None:
        return ""
    text = f"{figure:+.{places}f}"
    return text if float(text) else text.lstrip("+-")


def _over(known: int, all_of_them: int) -> str:
    return "" if known == all_of_them else f", over {known} of {plural(all_of_them, 'step')}"


def _named(step: JourneyStep) -> str:
    return f"{step.id} {short(step.step, 40)}".strip()
