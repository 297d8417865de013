"""The Gantt figure of the implementation plan: tasks over time, the critical path in colour."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Protocol

from dmaic.charts import style
from dmaic.charts.fit import fitted
from dmaic.errors import DataError
from dmaic.text import plural

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from dmaic.documents.base import Papers
    from dmaic.documents.improve.implementation import ImplementationPlan, Task

TASKS = 80
"""Tasks that are drawn; the rest is counted."""

_WIDTH = 11.0
_NAMES = 3.3
_ROW = 0.34
_BAR = 0.56
_OWNER = 8.0
_LINES = 75
"""More lines than this between tasks would hide them."""
_OPEN = "#C7DFEE"


class Shown(Protocol):
    """What is asked of the reply that shows a plan."""

    @property
    def document(self) -> ImplementationPlan:
        """The plan."""

    @property
    def papers(self) -> Papers:
        """The other documents of the project."""


def draw(reply: Shown) -> Figure:
    """Tasks as bars over time, done parts solid, what waits for what as thin lines.

    Args:
        reply: of the document `implementation`.

    Raises:
        DataError: `document.no-figures`, no task has both dates.
    """
    document = reply.document
    dated = [each for each in document.ordered() if each.start and each.end]
    if not dated:
        raise DataError(
            "No task has both a start and an end, so there is nothing to draw.",
            "document.no-figures",
            "Give them, for example: dmaic doc set implementation T1.start=2025-04-01 "
            "T1.end=2025-04-11",
        )
    tasks = dated[:TASKS]
    path = set(document.critical())
    with style.style():
        figure = style.make_figure(_WIDTH, 1.5 + _ROW * max(len(tasks), 3))
        _frame(figure, document, reply.papers, tasks)
        axes = _field(figure)
        first = min(each.start.toordinal() for each in tasks if each.start)
        last = max(each.end.toordinal() for each in tasks if each.end) + 1
        _time(axes, first, last)
        for row, task in enumerate(tasks):
            _draw_task(figure, axes, task, row, critical=task.id in path)
        _links(axes, tasks)
        _names(figure, axes, tasks, path)
    return figure


def _frame(figure: Figure, document: ImplementationPlan, papers: Papers, tasks: list[Task]) -> None:
    found = {each.name: each for each in document.figures(papers)}
    days = int(found["span"].value or 0)
    head = f"{plural(len(document.tasks), 'task')} in {plural(days, 'day')}"
    progress = found["progress"].value
    if progress is not None:
        head += f", {100 * progress:.0f} % done"
    lines = [f"Critical path {found['critical_days'].text}"]
    left = len(document.tasks) - len(tasks)
    if left:
        lines.append(f"{plural(left, 'task')} without dates or beyond the first {TASKS} left out")
    path = set(document.critical())
    legend = [(style.VITAL, "critical path")] if any(each.id in path for each in tasks) else []
    if any(each.id not in path for each in tasks):
        legend.append((style.PERIODS[0], "other tasks"))
    if any(each.done < 100 for each in tasks):
        legend.append((_OPEN, "not yet done"))
    style.frame(figure, head, lines, legend)


def _field(figure: Figure) -> Axes:
    """The axes below the headline, room for the names at their left."""
    engine = figure.get_layout_engine()
    assert engine is not None
    left, bottom, across, high = engine.get()["rect"]
    figure.set_layout_engine("none")
    names = (_NAMES + 0.2) / _WIDTH
    edge = 0.42 / float(figure.get_figheight())
    return figure.add_axes((left + names, bottom + edge, across - names - 0.01, high - 2 * edge))


def _time(axes: Axes, first: int, last: int) -> None:
    """The axis of time above and below, with lines at its ticks."""
    span = last - first
    places, labels = zip(*ticks(first, last), strict=True)
    # Room at the right for the owners.
    axes.set_xlim(first - 0.01 * span, last + 0.3 * span)
    axes.set_xticks(places, labels, fontsize=8.5)
    axes.tick_params(top=True, labeltop=True, length=0)
    axes.xaxis.grid(visible=True, color=style.GRID)
    axes.set_axisbelow(True)
    axes.spines[["top", "right", "left", "bottom"]].set_visible(False)


def ticks(first: int, last: int) -> list[tuple[int, str]]:
    """Days that the axis of time names, at most a dozen.

    Args:
        first: first day, as `date.toordinal` has it.
        last: day after the last one.
    """
    span = last - first
    begin = date.fromordinal(first)
    if span <= 84:
        step = 1 if span <= 12 else 7
        day = begin if step == 1 else begin + timedelta(days=-begin.weekday() % 7)
        found = [day.toordinal() + step * n for n in range(span // step + 1)]
        return _labelled([each for each in found if each < last], "day") or _labelled(
            [first], "day"
        )
    months = span // 30
    every = next((each for each in (1, 2, 3, 6) if months <= 12 * each), 12)
    if months <= 12 * 12:
        starts = [
            date(begin.year + month // 12, month % 12 + 1, 1).toordinal()
            for month in range(months + 13)
            if month % every == 0 and begin.year + month // 12 <= date.max.year
        ]
        return _labelled([each for each in starts if first <= each < last], "month")
    years = max(1, span // 365 // 10)
    starts = [
        date(year, 1, 1).toordinal()
        for year in range(begin.year, date.fromordinal(last - 1).year + 1, years)
    ]
    return _labelled([each for each in starts if first <= each < last], "year")


_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def _labelled(days: list[int], unit: str) -> list[tuple[int, str]]:
    """Days with their labels; the year stands where it begins to hold."""
    found = []
    year = None
    for ordinal in days:
        day = date.fromordinal(ordinal)
        text = "" if unit == "year" else _MONTHS[day.month - 1]
        if unit == "day":
            text = f"{day.day} {text}"
        if day.year != year:
            text = f"{text}\n{day.year}".strip()
            year = day.year
        found.append((ordinal, text))
    return found


def _draw_task(figure: Figure, axes: Axes, task: Task, row: int, *, critical: bool) -> None:
    assert task.start is not None
    assert task.end is not None
    color = style.VITAL if critical else style.PERIODS[0]
    start, end = task.start.toordinal(), task.end.toordinal() + 1
    begin, stop = axes.get_xlim()
    if task.milestone:
        axes.plot(end - 0.5, row, "D", color=color, markersize=9, zorder=4,
                  markerfacecolor=color if task.done == 100 else "white")  # fmt: skip
    else:
        # A day in a plan of years would not be seen.
        width = max(end - start, 0.003 * (stop - begin))
        axes.barh(row, width, _BAR, left=start, color=color, alpha=0.28, linewidth=0, zorder=2)
        axes.barh(row, width * task.done / 100, _BAR, left=start, color=color, linewidth=0,
                  zorder=3)  # fmt: skip
    part = f"{task.done} %" if 0 < task.done < 100 else ""
    aside = 6 + 3 * task.milestone
    inches = float(axes.get_position().width) * _WIDTH * (stop - end) / (stop - begin)
    room = inches - (aside + 6 * len(part)) / 72
    owner = fitted(figure, task.owner, room, _OWNER, most=1).text
    axes.annotate(", ".join(each for each in (owner, part) if each), (end, row), (aside, 0),
                  textcoords="offset points",
                  va="center_baseline", fontsize=_OWNER, color=style.FAINT, zorder=5,
                  bbox={"boxstyle": "square,pad=0.1", "facecolor": "white", "alpha": 0.8,
                        "edgecolor": "none"})  # fmt: skip


def _links(axes: Axes, tasks: list[Task]) -> None:
    """From the end of a task down, and over to the start of those that wait for it."""
    rows = {task.id: row for row, task in enumerate(tasks)}
    lines = [(rows[id], row) for row, task in enumerate(tasks) for id in task.depends if id in rows]
    if len(lines) > _LINES:
        return
    for before, after in lines:
        end, start = tasks[before].end, tasks[after].start
        assert end is not None
        assert start is not None
        x = end.toordinal() + 1
        to = start.toordinal() + 0.5 * tasks[after].milestone
        axes.plot([x, x, to], [before, after, after], color=style.FAINT, linewidth=0.8, alpha=0.7,
                  zorder=1)  # fmt: skip


def _names(figure: Figure, axes: Axes, tasks: list[Task], path: set[str]) -> None:
    axes.set_ylim(len(tasks) - 0.4, -0.6)
    if len(tasks) < 3:
        axes.set_ylim(2.6, -0.6)
    shown = [
        fitted(figure, f"{task.id}  {task.task}", _NAMES, 8.8, most=1, bold=task.id in path).text
        for task in tasks
    ]
    axes.set_yticks(range(len(tasks)), shown, fontsize=8.8)
    axes.tick_params(axis="y", length=0)
    axes.tick_params(axis="y", pad=_NAMES * 72)
    for label, task in zip(axes.get_yticklabels(), tasks, strict=True):
        label.set_horizontalalignment("left")
        if task.id in path:
            label.set_fontweight("bold")
