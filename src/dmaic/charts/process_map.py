"""The process map drawn: a lane for each function, and under it where the time goes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from dmaic import number
from dmaic.charts import style
from dmaic.charts.box import Box, Shape, draw_arrow, draw_box, inches
from dmaic.documents.measure import flow
from dmaic.documents.measure.process_map import ProcessMap, ProcessStep
from dmaic.documents.name import folded

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

STEPS = 24
"""More steps than these are not drawn; the chart says so."""

_STEP, _LANE, _NAME = 1.62, 1.06, 1.25
_WIDE, _HIGH = 1.34, 0.78
_TIMES = 1.5
"""Height of the panel with the times."""
_VALUE = "#B5E2D3"
_WASTE = "#EDF1F4"
_TOUCH = "#009E73"
_CROSS = style.LINE
_SHAPES: dict[str, Shape] = {"decision": "diamond", "inspection": "square", "wait": "wait"}


def draw(reply: Any) -> Figure:  # noqa: ANN401  charts lie below the replies of a project
    """The chart of a process map.

    Args:
        reply: its `body` holds the fields of the document.
    """
    document = ProcessMap.model_validate(reply.body)
    with style.style():
        return _draw(document)


def _draw(document: ProcessMap) -> Figure:
    steps = document.steps[:STEPS]
    lanes = list(dict.fromkeys(folded(step.function) for step in steps))
    width = max(_NAME + _STEP * len(steps), 8.5)
    height = _LANE * len(lanes) + _TIMES
    figure = style.make_figure(width + 0.3, height + 1.6)
    axes = figure.subplots()
    inches(axes, width, height)
    spelled = {folded(step.function): step.function for step in reversed(steps)}
    for row, lane in enumerate(lanes):
        _lane(axes, height - _LANE * row, width, spelled.get(lane, "") or "nobody", row)
    places = {
        step.id: (
            _NAME + _STEP * (place + 0.5),
            height - _LANE * (lanes.index(folded(step.function)) + 0.5),
        )
        for place, step in enumerate(steps)
    }
    crossed = {(before.id, after.id) for before, after in flow.hand_offs(document)}
    for before, after in flow.connections(document):
        if before.id in places and after.id in places:
            crossing = (before.id, after.id) in crossed
            _join(axes, places[before.id], places[after.id], crossing=crossing)
    for step in steps:
        _step(axes, step, places[step.id])
    if steps:
        _times(axes, document, steps, places)
    style.frame(figure, headline(document), _facts(document, len(steps)), _legend(steps))
    return figure


def headline(document: ProcessMap) -> str:
    """The finding in one sentence.

    Args:
        document: may be half filled.
    """
    told = {each.name: each for each in flow.figures(document)}
    name = style.shown(document.process, 80) or "Process map"
    efficiency = told["efficiency"].value if "efficiency" in told else None
    if efficiency is None:
        return name
    return f"{name}: {number.percent(efficiency)} % of the time adds value"


def _facts(document: ProcessMap, drawn: int) -> list[str]:
    if not drawn:
        return ["No step yet."]
    told = {each.name: each for each in flow.figures(document)}
    names = ("lead_time", "touch_time", "rolled_yield", "longest_wait")
    facts = [
        "; ".join(f"{told[name].label.lower()} {told[name].text.split('; ')[0]}"
                  for name in names if name in told)
    ]  # fmt: skip
    facts.append(f"{int(told['hand_offs'].value or 0)} hand-offs between functions (dark arrows).")
    if drawn < len(document.steps):
        facts.append(f"Drawn are the first {drawn} of {len(document.steps)} steps.")
    return [f"{fact[0].upper()}{fact[1:]}" for fact in facts if fact]


def _lane(axes: Axes, top: float, width: float, name: str, row: int) -> None:
    from matplotlib.patches import Rectangle

    shade = "#FAFBFC" if row % 2 else "#F3F6F8"
    axes.add_patch(Rectangle((0, top - _LANE), width, _LANE, facecolor=shade, zorder=0))
    axes.plot([0, width], [top - _LANE, top - _LANE], color="white", linewidth=2, zorder=1)
    axes.text(
        0.1, top - _LANE / 2, style.wrap(style.shown(name), 15, 4), va="center", fontsize=9,
        fontweight="bold", color=style.VITAL if name == "nobody" else style.INK, zorder=4,
    )  # fmt: skip


def _join(
    axes: Axes, start: tuple[float, float], end: tuple[float, float], *, crossing: bool
) -> None:
    color = _CROSS if crossing else style.FAINT
    if end[0] > start[0] and end[0] - start[0] < 1.1 * _STEP:
        leave = (start[0] + _WIDE / 2, start[1])
        if end[1] == start[1]:
            draw_arrow(axes, leave, (end[0] - _WIDE / 2, end[1]), color=color)
        else:
            side = 1 if end[1] < start[1] else -1
            arrive = (end[0], end[1] + side * _HIGH / 2)
            draw_arrow(axes, leave, arrive, color=color, bend=-0.28 * side)
        return
    # Past other steps, or back: along the edge of the lane, above the boxes.
    leave, arrive = (start[0], start[1] + _HIGH / 2), (end[0], end[1] + _HIGH / 2)
    reach = abs(end[0] - start[0]) / _STEP
    bend = 0.28 / max(reach, 1) * (-1 if end[0] > start[0] else 1)
    draw_arrow(axes, leave, arrive, color=color, bend=bend)


def _step(axes: Axes, step: ProcessStep, place: tuple[float, float]) -> None:
    adds = flow.adds_value(step)
    face = "white" if adds is None else _VALUE if adds else _WASTE
    shape = _SHAPES.get(step.type, "box")
    draw_box(
        axes,
        Box(
            *place, _WIDE,
            _HIGH + (0.2 if shape == "diamond" else 0), f"{step.id} {step.step}",
            face=face, shape=shape, size=8,
        ),
    )  # fmt: skip


def _times(
    axes: Axes,
    document: ProcessMap,
    steps: Sequence[ProcessStep],
    places: dict[str, tuple[float, float]],
) -> None:
    """Bars of touch and wait time under the steps, on one scale."""
    from matplotlib.patches import Rectangle

    known = {step.id: flow.times(step) for step in steps}
    most = max((sum(each) for each in known.values() if each), default=0) or 1
    base, room = 0.3, _TIMES - 0.75
    axes.text(0.1, base + room / 2, "Hours\na case", va="center", fontsize=9, fontweight="bold")
    for step in steps:
        x, times = places[step.id][0], known[step.id]
        if times is None:
            axes.text(x, base + 0.08, "?", ha="center", fontsize=9, color=style.FAINT)
            continue
        touch, wait = times
        low = base
        for size, color in ((touch, _TOUCH), (wait, style.PLAIN)):
            high = room * size / most
            axes.add_patch(Rectangle((x - 0.3, low), 0.6, high, facecolor=color, zorder=3))
            low += high
        share = flow.weight(document, step)
        rare = f" in {100 * share:.3g} %" if share != 1 else ""
        axes.text(x, low + 0.05, f"{flow.hours(touch + wait)}{rare}", ha="center", fontsize=8.5)
        if step.first_pass is not None:
            axes.text(
                x, base - 0.07, f"{step.first_pass:g} % right", ha="center", va="top",
                fontsize=8, color=style.VITAL if step.first_pass < 80 else style.FAINT,
            )  # fmt: skip
    right = places[steps[-1].id][0] + 0.7
    axes.plot([_NAME, right], [base, base], color=style.FAINT, linewidth=0.8)


def _legend(steps: Sequence[ProcessStep]) -> list[tuple[str, str]]:
    if not steps:
        return []
    return [
        (_VALUE, "adds value"),
        (_WASTE, "does not"),
        (_TOUCH, "touch time"),
        (style.PLAIN, "wait time"),
    ]
