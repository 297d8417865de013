"""The arithmetic of a process map: lead time, efficiency, rolled yield, hand-offs.

Definitions as in George, M. L. (2002), Lean Six Sigma: process-cycle efficiency is value-adding
time over lead time; rolled throughput yield is the product of the first-pass yields.

What is not known is left out and said, never taken for zero. Two things need no measuring: in a
wait nothing is done, so its touch time is zero; and it adds no value.
"""

from __future__ import annotations

from math import prod
from typing import TYPE_CHECKING

from dmaic import number
from dmaic.documents.base import Figure
from dmaic.documents.name import as_id, by_id, folded, short
from dmaic.text import plural

if TYPE_CHECKING:
    from dmaic.documents.measure.process_map import ProcessMap, ProcessStep


def times(step: ProcessStep) -> tuple[float, float] | None:
    """Touch and wait time of a step for a case that takes it; None where one is not known."""
    touch = 0.0 if step.touch is None and step.type == "wait" else step.touch
    return None if touch is None or step.wait is None else (touch, step.wait)


def adds_value(step: ProcessStep) -> bool | None:
    """Whether a customer would pay for it; None where nobody said."""
    return False if step.type == "wait" else step.value_adding


def weight(map: ProcessMap, step: ProcessStep) -> float:
    """How often an average case takes a step: its volume over that of the first step.

    1 where either volume is not known, or the first one is zero.
    """
    first = map.steps[0].volume
    return 1.0 if not first or step.volume is None else step.volume / first


def shares(map: ProcessMap) -> list[tuple[ProcessStep, float, float]]:
    """Each step whose times are known with its hours for an average case and its share of them."""
    hours = [
        (step, weight(map, step) * (known[0] + known[1]))
        for step in map.steps
        for known in [times(step)]
        if known is not None
    ]
    whole = sum(each for _, each in hours)
    return [(step, each, each / whole) for step, each in hours] if whole > 0 else []


def hand_offs(map: ProcessMap) -> list[tuple[ProcessStep, ProcessStep]]:
    """Connections between steps of different functions; those of nobody are not counted."""
    return [
        (before, after)
        for before, after in connections(map)
        if before.function and after.function and folded(before.function) != folded(after.function)
    ]


def connections(map: ProcessMap) -> list[tuple[ProcessStep, ProcessStep]]:
    """Which step leads to which: as said, otherwise to the following one."""
    steps = by_id(map.steps)
    found = []
    for place, step in enumerate(map.steps):
        if any(step.next):
            after = [steps.get(as_id(word)) for word in step.next]
        else:
            after = list(map.steps[place + 1 : place + 2])
        found += [(step, each) for each in after if each is not None]
    return found


def figures(map: ProcessMap) -> tuple[Figure, ...]:
    """What the steps add up to.

    Args:
        map: may be half filled.
    """
    return (*_times(map), *_yields(map), *_trouble(map)) if map.steps else ()


def _times(map: ProcessMap) -> list[Figure]:
    timed = [(step, known) for step in map.steps if (known := times(step)) is not None]
    if not timed:
        return []
    lead = sum(weight(map, step) * (touch + wait) for step, (touch, wait) in timed)
    worked = sum(weight(map, step) * touch for step, (touch, _) in timed)
    judged = [(step, known) for step, known in timed if adds_value(step) is not None]
    within = sum(weight(map, step) * (touch + wait) for step, (touch, wait) in judged)
    value = sum(weight(map, step) * touch for step, (touch, _) in judged if adds_value(step))
    efficiency = value / within if within > 0 else None
    total = len(map.steps)
    weighted = any(weight(map, step) != 1 for step, _ in timed)
    per = "; a step counts by its volume over that of the first" if weighted else ""
    found = [
        Figure(
            name="lead_time", label="Lead time", value=lead,
            text=hours(lead) + _over(len(timed), total),
            formula=f"sum of touch and wait time{per}",
        ),
        Figure(
            name="touch_time", label="Touch time", value=worked,
            text=hours(worked) + _over(len(timed), total),
        ),
    ]  # fmt: skip
    if judged:
        found += [
            Figure(
                name="value_adding_time", label="Value-adding time", value=value,
                text=hours(value) + _over(len(judged), total),
                formula="touch time of the value-adding steps",
            ),
            Figure(
                name="efficiency", label="Process-cycle efficiency", value=efficiency,
                text=_percent(efficiency) + _over(len(judged), total),
                formula="value-adding time / lead time (George 2002)",
            ),
        ]  # fmt: skip
    return found


def _yields(map: ProcessMap) -> list[Figure]:
    able = [step for step in map.steps if step.type != "wait" or step.first_pass is not None]
    known = [step for step in able if step.first_pass is not None]
    if not known:
        return []
    rolled = prod((step.first_pass or 0) / 100 for step in known)
    worst = min(known, key=lambda step: step.first_pass or 0)
    return [
        Figure(
            name="rolled_yield", label="Rolled throughput yield", value=rolled,
            text=f"{_percent(rolled)}{_over(len(known), len(able))}; lowest {_named(worst)} "
            f"({worst.first_pass:g} %)",
            formula="product of the first-pass yields",
        )
    ]  # fmt: skip


def _trouble(map: ProcessMap) -> list[Figure]:
    crossed = hand_offs(map)
    unowned = sum(not step.function for step in map.steps)
    told = "; ".join(f"{before.id} → {after.id}" for before, after in crossed[:8])
    text = f"{len(crossed)}" + (f" ({told}{'; …' if len(crossed) > 8 else ''})" if crossed else "")
    text += f"; {plural(unowned, 'step')} of nobody not counted" if unowned else ""
    found = [
        Figure(
            name="hand_offs", label="Hand-offs", value=len(crossed), text=text,
            formula="connections where the function changes",
        )
    ]  # fmt: skip
    waits = [step for step in map.steps if step.wait is not None]
    if waits:
        longest = max(waits, key=lambda step: step.wait or 0)
        found.append(
            Figure(
                name="longest_wait", label="Longest wait", value=longest.wait,
                text=f"{hours(longest.wait or 0)}, {_named(longest)}",
            )
        )  # fmt: skip
    worked = [step for step in map.steps if step.volume is not None and times(step)]
    load = sum((step.volume or 0) * (times(step) or (0, 0))[0] for step in worked)
    if worked:
        found.append(
            Figure(
                name="work", label=f"Work a {short(map.period or 'period', 20)}", value=load,
                text=hours(load) + _over(len(worked), len(map.steps)),
                formula="sum of volume × touch time",
            )
        )  # fmt: skip
    return found


def hours(figure: float) -> str:
    """Hours as people read them.

    Args:
        figure: in hours.
    """
    return f"{figure:,.4g} h" if figure < 1e4 else f"{number.amount(figure, places=0)} h"


def _over(known: int, all_of_them: int) -> str:
    return "" if known == all_of_them else f", over {known} of {plural(all_of_them, 'step')}"


def _percent(fraction: float | None) -> str:
    return number.DASH if fraction is None else f"{number.percent(fraction)} %"


def _named(step: ProcessStep) -> str:
    return f"{step.id} {short(step.step, 40)}".strip()
