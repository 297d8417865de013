"""What decks and one-page reports ask for beside the data of every report.

Each function here takes the data of `docs/layouts.md` and picks from it; nothing is computed anew.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from dmaic.text import plural

Data = Mapping[str, Any]

STORY: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("What does it cost?", ("cost", "churn")),
    ("Where is it lost?", ("pareto",)),
    ("When is it lost?", ("survival", "survival-cohort")),
    ("What goes with it?", ("drivers", "test", "correlate")),
    ("What is a fix worth?", ("recover", "decide")),
    ("Did it work?", ("compare",)),
    ("What did it bring?", ("benefit-measure",)),
    ("Is it stable?", ("control", "capability")),
)
"""Question of a sponsor -> kinds of analyses that answer it, the best first."""


_ID = re.compile(r"^[A-Z]+\d+ ")
_SCORE = re.compile(r" [+-]?\d+(\.\d+)?$")
_ASIDE = re.compile(r" \([^()]*\)$")


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
    own = [each for each in found if group and group in each["headline"].casefold()]
    return next(iter(own or found), None)


def told_of(paper: Data) -> str:
    """What a document says, in one line: the title of its slide.

    Args:
        paper: a document as layouts have it.
    """
    if not paper["begun"]:
        return f"{paper['title']}: not begun"
    said: dict[str, str] = {each["name"]: str(each["text"]) for each in paper["figures"]}
    try:
        told = _SAID[paper["kind"]](paper["fields"], said)
    except KeyError:
        # Half-filled, or with nothing to add to its title.
        told = ""
    return told or str(paper["title"])


def _named(text: str) -> str:
    return _ID.sub("", text)


def _short(text: str) -> str:
    return _ASIDE.sub("", text)


def _fishbone(fields: Data, said: Data) -> str:
    del said
    count, effect = len(fields["ribs"]), str(fields.get("effect") or "").strip()
    causes = f"{count} possible cause{'' if count == 1 else 's'}"
    return f'{causes} of "{effect}"' if effect else causes


def _journey(fields: Data, said: Data) -> str:
    del fields
    weakest = [_SCORE.sub("", _named(each)) for each in said["weakest"].split("; ")]
    return f"Customers are let down most here: {'; '.join(weakest[:2])}"


def _process(fields: Data, said: Data) -> str:
    del fields
    return f"Of {said['lead_time']} lead time {said['value_adding_time']} add value"


def _selection(fields: Data, said: Data) -> str:
    del fields
    firm = ", whatever the weights" if said.get("turning") == "yes" else ""
    return f"{_named(said['winner'])} scores highest{firm}"


def _fmea(fields: Data, said: Data) -> str:
    del fields
    before, after = _short(said["high_before"]), _short(said["high_after"])
    return f"Failures of high priority: {before} before the actions, {after} after"


def _plan(fields: Data, said: Data) -> str:
    return f"{len(fields['tasks'])} tasks in {_span(said)}, {_whole(said['progress'])} done"


def _span(said: Data) -> str:
    return str(said["span"]).partition(",")[0]


def _whole(percent: str) -> str:
    return percent.replace(".00 %", " %")


def _pilot(fields: Data, said: Data) -> str:
    del fields
    verdict, _, figures = said["success"].partition(": ")
    return f"The pilot {verdict} its threshold: {figures}"


def _handover(fields: Data, said: Data) -> str:
    if fields.get("accepted_by"):
        on = f" on {fields['accepted_on']}" if fields.get("accepted_on") else ""
        return f"{fields['accepted_by']} took the process over{on}"
    return f"Handover: {said['done']}"


def _solutions(fields: Data, said: Data) -> str:
    del said
    states = [each.get("status") for each in fields["solutions"]]
    dropped, done = states.count("dropped"), states.count("done")
    live = plural(len(states) - dropped, "solution")
    told = f"{done} of {live} done" if done else live
    return f"{told}; {dropped} looked at and dropped" if dropped else told


_SAID: dict[str, Callable[[Data, Data], str]] = {
    "fishbone": _fishbone,
    "journey-map": _journey,
    "process-map": _process,
    "selection": _selection,
    "fmea": _fmea,
    "implementation": _plan,
    "handover": _handover,
    "sipoc": lambda fields, said: (
        f"The process: {fields['process']}" if fields["process"] else "The process in five boxes"
    ),
    "ctq": lambda fields, said: (
        f"{said['measurable']} became measurable: {plural(len(fields['ctqs']), 'CTQ')}"
    ),
    "causes": lambda fields, said: f"{said['verified']} suspected causes are verified",
    "solutions": _solutions,
    "pilot": _pilot,
    "control-plan": lambda fields, said: f"{said['kept']} CTQs have an owner and a reaction",
    "training": lambda fields, said: f"{_whole(said['coverage'])} of those planned were trained",
    "lessons": lambda fields, said: f"{said['standardised']} lessons became a standard",
}
