"""A network of tasks: which wait for which, circles among them, and the longest path."""

from __future__ import annotations

from collections.abc import Mapping, Sequence


def circle(waits: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """Tasks that wait for one another in a circle, or nothing; names without a task are skipped.

    Args:
        waits: task -> those it waits for.
    """
    done: set[str] = set()
    for first in waits:
        path: list[str] = []
        on_path: set[str] = set()
        # Depth first without recursion: a chain may be longer than Python's stack.
        stack: list[tuple[str, bool]] = [(first, False)]
        while stack:
            task, leaving = stack.pop()
            if leaving:
                path.pop()
                on_path.discard(task)
                done.add(task)
            elif task in on_path:
                return (*path[path.index(task) :], task)
            elif task not in done:
                path.append(task)
                on_path.add(task)
                stack.append((task, True))
                stack += [(each, False) for each in reversed(waits[task]) if each in waits]
    return ()


def longest(waits: Mapping[str, Sequence[str]], days: Mapping[str, int]) -> tuple[str, ...]:
    """The critical path: the chain of tasks with the most days, in order.

    Of chains with the same days the one with more tasks, then the one whose last task comes first.

    Args:
        waits: task -> those it waits for; without a circle.
        days: task -> its days; tasks without any count as nothing.
    """
    length: dict[str, tuple[int, int]] = {}
    before: dict[str, str | None] = {}
    for task in _in_order(waits):
        known = [each for each in waits[task] if each in waits]
        best = max(known, key=lambda each: length[each], default=None)
        before[task] = best
        total, count = length[best] if best is not None else (0, 0)
        length[task] = (total + days.get(task, 0), count + 1)
    if not length:
        return ()
    last: str | None = max(waits, key=lambda task: length[task])
    path: list[str] = []
    while last is not None:
        path.append(last)
        last = before[last]
    return tuple(reversed(path))


def _in_order(waits: Mapping[str, Sequence[str]]) -> list[str]:
    """Tasks with those they wait for in front of them."""
    left = {task: sum(each in waits for each in set(waits[task])) for task in waits}
    after: dict[str, list[str]] = {task: [] for task in waits}
    for task in waits:
        for each in set(waits[task]):
            if each in waits:
                after[each].append(task)
    order = [task for task in waits if not left[task]]
    for task in order:
        for each in after[task]:
            left[each] -= 1
            if not left[each]:
                order.append(each)
    return order
