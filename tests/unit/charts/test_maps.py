"""The drawings of the journey, the process and the CTQ tree."""

from __future__ import annotations

import importlib
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from matplotlib.figure import Figure

from dmaic.charts import style
from dmaic.documents.form import form
from dmaic.documents.registry import document_class

KINDS = ("journey-map", "process-map", "ctq")
HOSTILE = "$\\frac{1}{$ \x1b[31m {0} %s \u202e<b>" + "w" * 80


def body(kind: str) -> dict[str, Any]:
    return document_class(kind).example().model_dump(mode="json")


def draw(kind: str, fields: dict[str, Any]) -> Figure:
    module = importlib.import_module(f"dmaic.charts.{kind.replace('-', '_')}")
    figure: Figure = module.draw(SimpleNamespace(body=fields))
    return figure


def texts(figure: Figure) -> str:
    found = [text.get_text() for text in figure.texts]
    for axes in figure.axes:
        found += [text.get_text() for text in (*axes.texts, *axes.get_xticklabels())]
    return " ".join(" ".join(found).split())


@pytest.mark.parametrize("kind", KINDS)
def test_every_line_of_the_worked_case_is_drawn(kind: str) -> None:
    drawn = texts(draw(kind, body(kind)))
    for each in form(document_class(kind)):
        for line in body(kind)[each.name] if each.line else ():
            assert f"{line['id']} " in drawn


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("suffix", [".png", ".svg", ".pdf"])
def test_it_can_be_saved_and_the_same_map_gives_the_same_bytes(
    kind: str, suffix: str, tmp_path: Path
) -> None:
    for name in ("one", "two"):
        style.save(draw(kind, body(kind)), tmp_path / f"{name}{suffix}")
    one, two = ((tmp_path / f"{name}{suffix}").read_bytes() for name in ("one", "two"))
    assert one == two
    assert len(one) > 2000


@pytest.mark.parametrize("kind", KINDS)
def test_an_empty_map_is_drawn_as_such(kind: str, tmp_path: Path) -> None:
    figure = draw(kind, {})
    assert " yet." in texts(figure)
    style.save(figure, tmp_path / "empty.png")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("count", [1, 2, 60])
def test_any_number_of_bare_and_hostile_lines_is_drawn(
    kind: str, count: int, tmp_path: Path
) -> None:
    fields = {
        each.name: [
            {
                "id": f"{each.line.PREFIX}{number}",
                **{cell.name: HOSTILE for cell in form(each.line) if cell.shape == "text"},
            }
            for number in range(1, count + 1)
        ]
        for each in form(document_class(kind))
        if each.line
    }
    figure = draw(kind, fields)
    drawn = texts(figure)
    assert "\x1b" not in drawn
    assert ("Drawn are the first" in drawn) == (count == 60)
    style.save(figure, tmp_path / "hostile.png")


def test_a_missing_score_parts_the_curve() -> None:
    fields = body("journey-map")
    for step in fields["steps"][2:4]:
        step.update(dict.fromkeys(("status", "certainty", "autonomy", "relatedness", "fairness")))
    curve = draw("journey-map", fields).axes[0]
    runs = [
        np.asarray(line.get_xdata()).tolist()
        for line in curve.lines
        if line.get_linewidth() == 2.2 and line.get_linestyle() == "-"
    ]
    assert runs == [[0, 1], [4, 5, 6, 7]]
    assert [text.get_text() for text in curve.texts].count("no score") == 2


def test_the_headlines_say_what_was_found() -> None:
    assert "“Ask for help” feels worst (−1.6), in the hands of Support" in texts(
        draw("journey-map", body("journey-map"))
    )
    # 0.8 of 53 hours.
    assert "1.51 % of the time adds value" in texts(draw("process-map", body("process-map")))


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_stands_outside_the_figure(kind: str) -> None:
    figure = draw(kind, body(kind))
    with style.style():
        figure.canvas.draw()
        renderer = figure.canvas.get_renderer()  # type: ignore[attr-defined]
        room = figure.bbox
        for axes in figure.axes:
            for text in (*axes.texts, *axes.get_xticklabels(), *figure.texts):
                box = text.get_window_extent(renderer)
                if text.get_text() and text.get_visible():
                    assert box.x0 >= -1, text.get_text()
                    assert box.x1 <= room.x1 + 1, text.get_text()
                    assert box.y0 >= -1, text.get_text()
                    assert box.y1 <= room.y1 + 1, text.get_text()
