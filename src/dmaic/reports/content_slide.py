"""What decks and one-page reports ask for beside the data of every report.

Each function here takes the data of `docs/layouts.md` and picks from it; nothing is computed anew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

Data = Mapping[str, Any]

STORY: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("What does it cost?", ("cost", "churn")),
    ("Where is it lost?", ("pareto",)),
    ("When is it lost?", ("survival", "survival-cohort")),
    ("What goes with it?", ("drivers", "test", "correlate")),
    ("What is a fix worth?", ("recover", "decide")),
    ("Did it work?", ("compare",)),
    ("What did it bring?", ("benefit-measure",)),
    ("Does it hold?", ("control", "capability")),
)
"""Question of a sponsor -> kinds of analyses that answer it, the best first."""


def slide_functions(data: Data) -> dict[str, Callable[..., Any]]:
    """Further functions of layouts, by name.

    Args:
        data: what layouts may use.
    """

    def paper(kind: str) -> Data | None:
        return next((each for each in _papers(data) if each["kind"] == kind), None)

    return {
        "paper": paper,
        "latest": lambda *kinds: latest(data, kinds),
        "story": lambda phase="": list(story(data, phase)),
        "within": lambda items, key, back=0, ahead=0: within(
            items, key, data["report"]["day"], back, ahead
        ),
        "days_before": days_before,
    }


def _papers(data: Data) -> Iterator[Data]:
    for phase in data["phases"]:
        yield from phase["documents"]


def latest(data: Data, kinds: tuple[str, ...]) -> Data | None:
    """The analysis that was run last, of the first of these kinds that there is.

    Args:
        data: what layouts may use.
        kinds: of analyses, the best first.
    """
    return _best(data["analyses"], kinds)


def _best(analyses: list[Data], kinds: tuple[str, ...]) -> Data | None:
    for kind in kinds:
        found = [each for each in analyses if each["analysis"] == kind]
        if found:
            return found[-1]
    return None


def within(items: Sequence[Data], key: str, day: date, back: int, ahead: int) -> list[Data]:
    """Things that happened or are due around a day, in the order in which they stand.

    Args:
        items: things with a date.
        key: of the date; those without one are left out.
        day: around which.
        back: days before it; -1 begins on the day after.
        ahead: days after it.
    """
    first, last = days_before(day, back), days_before(day, -ahead)
    return [each for each in items if each[key] is not None and first <= each[key] <= last]


def days_before(day: date, days: int) -> date:
    """The date so many days earlier; the first or last of the calendar where there is none.

    Args:
        day: a date.
        days: how many; negative for later.
    """
    try:
        return day - timedelta(days=days)
    except OverflowError:
        return date.min if days > 0 else date.max


def story(data: Data, phase: str = "") -> Iterator[Data]:
    """What a sponsor asks, each with the analysis that answers it; without those that none does.

    Args:
        data: what layouts may use.
        phase: only analyses of this phase.
    """
    known = [each for each in data["analyses"] if phase in ("", each["phase"])]
    for question, kinds in STORY:
        # Where it is lost is asked before the fix, and told by the first Pareto, not the last.
        found = _first(known, data) if kinds == ("pareto",) else _best(known, kinds)
        if found is not None:
            yield {"question": question, "analysis": found}


def _first(analyses: list[Data], data: Data) -> Data | None:
    """The Pareto of the project's own group; else the first one."""
    found = [each for each in analyses if each["analysis"] == "pareto"]
    group = str(data["project"]["group"] or "").casefold()
    own = [each for each in found if group and group in each["finding"].casefold()]
    return next(iter(own or found), None)
