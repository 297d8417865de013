"""Watch the metrics of the control plan on new figures, with the limits of their baselines."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from typing import TYPE_CHECKING

from dmaic.documents import reference
from dmaic.documents.control.control_plan import Control, ControlPlan
from dmaic.documents.control.response_plan import ResponsePlan
from dmaic.errors import ConflictError, DmaicError, NotFoundError, suggest
from dmaic.project.data.monitor_chart import Desk, Drawn, Watch, draw_line
from dmaic.project.data.monitor_reply import Monitoring, Reaction, Watched
from dmaic.project.paper.paper import papers
from dmaic.stats.control.result import ControlResult
from dmaic.stats.control.watch import alarms, of_plan, watched
from dmaic.stats.control.word import figure, is_share
from dmaic.text import printable

if TYPE_CHECKING:
    from dmaic.project.engagement.home import Home
    from dmaic.project.engagement.project import Project
    from dmaic.project.entity import Stored
    from dmaic.project.store.view import View


def monitor(desk: Desk, watch: Watch, wanted: Sequence[str] = ()) -> Monitoring:
    """Judge lines of the control plan on the figures there are now.

    Args:
        desk: the record.
        watch: how.
        wanted: ids of lines; none for all that say how they are charted.

    Raises:
        ConflictError: `monitor.no-plan`, there is no control plan; `monitor.no-chart`, no line
            says how it is charted.
        NotFoundError: `monitor.control`, there is no such line.
    """
    plan = desk.papers.get(ControlPlan)
    if not plan.controls:
        raise ConflictError(
            f'"{printable(desk.project.body.name, 60)}" has no control plan yet.',
            "monitor.no-plan",
            "Write it: dmaic doc edit control-plan.",
        )
    lines = _wanted(plan, wanted)
    if not any(each.chart for each in lines):
        raise ConflictError(
            f"{_listed(lines)} of the control plan {'says' if len(lines) == 1 else 'say'} nothing "
            "of how it is charted, so there is nothing to watch.",
            "monitor.no-chart",
            _how(lines[0]),
        )
    controls = tuple(_watched(desk, watch, each) for each in lines)
    return Monitoring(
        project=desk.project.body.name,
        source=", ".join(watch.files),
        controls=controls,
        alarms=sum(each.state == "alarm" for each in controls),
        unread=sum(each.state == "not read" for each in controls),
    )


def desk_of(home: Home, view: View, project: Stored[Project]) -> Desk:
    """The record that lines are watched with.

    Args:
        home: the engagement.
        view: to look in.
        project: whose control plan.
    """
    return Desk(home, view, project, papers(view, project.id))


def _wanted(plan: ControlPlan, wanted: Sequence[str]) -> list[Control]:
    known = {each.id.casefold(): each for each in plan.controls}
    for word in wanted:
        if word.casefold() not in known:
            ids = [each.id for each in plan.controls]
            raise NotFoundError(
                f'The control plan has no line "{printable(word, 40)}".',
                "monitor.control",
                suggest(word, ids) or f"Its lines are {', '.join(ids)}.",
            )
    return [known[word.casefold()] for word in wanted] or [*plan.controls]


def _listed(lines: Sequence[Control]) -> str:
    return lines[0].id if len(lines) == 1 else f"All {len(lines)} lines"


def _how(line: Control) -> str:
    """What to type so that a line can be watched."""
    chart = "--by month --freeze-until 2024-12"
    better = "higher" if line.upper is None and line.lower is not None else "lower"
    return (
        f"Say it as options of `dmaic control`: dmaic doc set control-plan "
        f"{shlex.quote(f'{line.id}.chart={chart}')} {line.id}.better={better} "
        f"{line.id}.dataset=NAME"
    )


def _watched(desk: Desk, watch: Watch, line: Control) -> Watched:
    plain = Watched(
        control=line.id,
        ctq=line.ctq,
        metric=line.metric or line.id,
        state="not watched",
        owner=line.owner,
        target=line.target,
        reaction=_reaction(desk, line),
    )
    if not line.chart:
        return plain.model_copy(
            update={"problem": "Nothing says how to chart it.", "command": _how(line)}
        )
    try:
        drawn = draw_line(desk, watch, line)
    except DmaicError as error:
        return plain.model_copy(
            update={
                "state": "not read",
                "problem": f"{error.where}: {error.message}" if error.where else error.message,
                "command": error.hint,
            }
        )
    return _judged(plain, line, drawn, watch.last)


def _judged(plain: Watched, line: Control, drawn: Drawn, last: int | None) -> Watched:
    result = drawn.result
    found = alarms(
        result,
        lower=of_plan(result, line.lower, line.unit),
        upper=of_plan(result, line.upper, line.unit),
        last=last,
    )
    # Whoever said which way is better is not called for a change for the better.
    improved = tuple(each for each in found if each.better and drawn.directed)
    worse = tuple(each for each in found if each not in improved)
    point = result.points[-1]
    own = point.observed if result.chart in ("ewma", "cusum") else point.value
    target = of_plan(result, line.target, line.unit)
    met = None
    if own is not None and target is not None and result.direction is not None:
        met = own <= target if result.direction == "lower" else own >= target
    edges = [None if edge is None else figure(result, edge) for edge in (point.lower, point.upper)]
    low, high = edges
    limits = f"{low} to {high}" if low and high else f"up to {high}" if high else low or ""
    return plain.model_copy(
        update={
            "state": "alarm" if worse else "in control",
            "chart": result.chart,
            "dataset": drawn.data,
            "baseline": drawn.baseline,
            "points": len(watched(result, last)),
            "last": point.label,
            "value": own,
            "value_text": f"{figure(result, own)} {_unit(line, result)}".strip(),
            "center": point.center,
            "lower": point.lower,
            "upper": point.upper,
            "limits_text": limits,
            "met": met,
            "alarms": worse,
            "improved": improved,
            "command": drawn.command,
        }
    )


def _unit(line: Control, result: ControlResult) -> str:
    """The unit of the plan where the figure does not bear one already."""
    return "" if is_share(result) or result.unit else printable(line.unit, 20)


def _reaction(desk: Desk, line: Control) -> Reaction:
    if reference.is_id(line.reaction, "RP"):
        for each in desk.papers.get(ResponsePlan).responses:
            if each.id == line.reaction.upper():
                return Reaction(
                    id=each.id,
                    trigger=each.trigger,
                    action=each.action,
                    owner=each.owner,
                    hours=each.hours,
                    escalation=each.escalation,
                )
    return Reaction(action=line.reaction)
