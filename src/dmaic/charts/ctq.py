"""The CTQ tree drawn: verbatims on the left, needs in the middle, CTQs on the right."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from dmaic.charts import style
from dmaic.charts.box import Box, draw_arrow, draw_box, inches
from dmaic.documents.base import Line, Papers
from dmaic.documents.define.ctq import CtqTree, told_ctq
from dmaic.documents.name import as_id, by_id

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

ROWS = 16
"""More boxes than these in a column are not drawn; the chart says so."""

_WIDE, _HIGH, _GAP = 3.3, 0.72, 0.9
_ROW = 0.9
_HEAD = 0.3
_CTQ = "#BFD9EC"
_LOOSE = "#F6CDB0"
_SAID = "#EDF1F4"


def draw(reply: Any) -> Figure:  # noqa: ANN401  charts lie below the replies of a project
    """The chart of a CTQ tree.

    Args:
        reply: its `body` holds the fields of the document.
    """
    document = CtqTree.model_validate(reply.body)
    with style.style():
        return _draw(document)


def _draw(document: CtqTree) -> Figure:
    columns: list[Sequence[Line]] = [
        document.verbatims[:ROWS], document.needs[:ROWS], document.ctqs[:ROWS]
    ]  # fmt: skip
    most = max(*(len(column) for column in columns), 1)
    width, height = 3 * _WIDE + 2 * _GAP, _ROW * most + _HEAD
    figure = style.make_figure(width + 0.3, height + 1.5)
    axes = figure.subplots()
    inches(axes, width, height)
    places: dict[str, tuple[float, float]] = {}
    for place, (title, column) in enumerate(
        zip(("Voice of the customer", "Need", "CTQ: metric, target, limit"), columns, strict=True)
    ):
        x = _WIDE / 2 + place * (_WIDE + _GAP)
        axes.text(x, height - 0.05, title, ha="center", va="top", fontweight="bold")
        for row, line in enumerate(column):
            y = (height - _HEAD) * (1 - (row + 0.5) / len(column))
            places[line.id] = (x, y)
    for leads in (document.needs_of(), document.ctqs_of()):
        for id, led in leads.items():
            for each in led:
                if id in places and each.id in places:
                    _join(axes, places[id], places[each.id])
    _boxes(axes, document, places)
    style.frame(figure, _headline(document), _facts(document), _legend(document))
    return figure


def _boxes(axes: Axes, document: CtqTree, places: dict[str, tuple[float, float]]) -> None:
    led, served, needed = document.needs_of(), document.ctqs_of(), by_id(document.needs)
    for verbatim in document.verbatims[:ROWS]:
        face = _SAID if verbatim.id in led else _LOOSE
        _box(axes, places[verbatim.id], f"{verbatim.id} “{verbatim.words}”", face)
    for need in document.needs[:ROWS]:
        face = "white" if need.id in served else _LOOSE
        _box(axes, places[need.id], f"{need.id} {need.need}", face)
    for ctq in document.ctqs[:ROWS]:
        measured = ctq.metric and ctq.target is not None and as_id(ctq.need) in needed
        words = f"{ctq.id} {told_ctq(ctq)}"
        _box(axes, places[ctq.id], words, _CTQ if measured else _LOOSE)


def _box(axes: Axes, place: tuple[float, float], text: str, face: str) -> None:
    draw_box(axes, Box(*place, _WIDE, _HIGH, text, face=face))


def _join(axes: Axes, start: tuple[float, float], end: tuple[float, float]) -> None:
    draw_arrow(axes, (start[0] + _WIDE / 2, start[1]), (end[0] - _WIDE / 2, end[1]))


def _headline(document: CtqTree) -> str:
    return f"What matters to {style.shown(document.customer, 100) or 'the customer'}"


def _facts(document: CtqTree) -> list[str]:
    whole = max(len(document.verbatims), len(document.needs), len(document.ctqs))
    facts = [f"{each.label}: {each.text}." for each in document.figures(Papers())]
    if whole > ROWS:
        facts.append(f"Drawn are the first {ROWS} of each column.")
    return facts or ["Nothing yet."]


def _legend(document: CtqTree) -> list[tuple[str, str]]:
    led, served, needed = document.needs_of(), document.ctqs_of(), by_id(document.needs)
    loose = (
        any(verbatim.id not in led for verbatim in document.verbatims)
        or any(need.id not in served for need in document.needs)
        or any(as_id(ctq.need) not in needed or ctq.target is None for ctq in document.ctqs)
    )
    return [(_LOOSE, "leads nowhere yet, or cannot be measured")] if loose else []
