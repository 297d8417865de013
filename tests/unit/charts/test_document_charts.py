"""Charts of the documents: nothing overlaps, nothing is lost without a word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations
from math import hypot
from pathlib import Path
from typing import Any

import pytest
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from dmaic.charts import fishbone, fmea, implementation, selection, style
from dmaic.charts.fit import fitted
from dmaic.charts.implementation import ticks
from dmaic.documents.analyze.causes import CauseList
from dmaic.documents.analyze.fishbone import BONES, Fishbone
from dmaic.documents.base import Papers
from dmaic.documents.improve.fmea import Fmea
from dmaic.documents.improve.implementation import ImplementationPlan
from dmaic.documents.improve.selection import Selection
from dmaic.documents.improve.solutions import Solutions
from dmaic.errors import DataError

LONG = "Krankenversicherungsgesellschaftenverzeichnisnummer and more $\\alpha$ [red]x"


@dataclass
class Shown:
    document: Any
    papers: Papers = Papers()  # noqa: RUF009  frozen


def boxes(found: Sequence[Text]) -> list[Bbox]:
    return [text.get_window_extent() for text in found if text.get_text().strip()]


def overlapping(found: list[Bbox]) -> list[tuple[Bbox, Bbox]]:
    # A pixel of slack: lines of a text stand closely.
    return [
        (one, two)
        for one, two in combinations(found, 2)
        if min(one.x1, two.x1) - max(one.x0, two.x0) > 1.5
        and min(one.y1, two.y1) - max(one.y0, two.y0) > 1.5
    ]


def inside(figure: Figure, found: list[Bbox]) -> bool:
    width, height = figure.get_size_inches() * figure.dpi
    return all(
        box.x0 >= 0 and box.y0 >= 0 and box.x1 <= width and box.y1 <= height for box in found
    )


def full_fishbone(causes: int = 6) -> Fishbone:
    return Fishbone.model_validate(
        {
            "effect": LONG * 3,
            "ribs": [
                {"id": f"B{100 * b + c + 1}", "bone": bone,
                 "cause": LONG if c % 2 else f"Cause {c}", "why": [LONG, "short"][: c % 3]}
                for b, bone in enumerate(BONES)
                for c in range(causes)
            ],
        }
    )  # fmt: skip


def draw_all(figure: Figure) -> None:
    with style.style():
        figure.canvas.draw()


@pytest.mark.parametrize("document", [Fishbone.example(), full_fishbone()], ids=["case", "full"])
def test_no_text_of_a_fishbone_overlaps_another_or_leaves_the_figure(document: Fishbone) -> None:
    figure = fishbone.draw(Shown(document))
    draw_all(figure)
    found = boxes([*figure.axes[0].texts, *figure.texts])
    assert overlapping(found) == []
    assert inside(figure, found)


def test_a_fishbone_shows_every_cause_or_counts_those_it_leaves_out() -> None:
    shown = "\n".join(t.get_text() for t in fishbone.draw(Shown(full_fishbone(14))).axes[0].texts)
    assert shown.count("and 4 more") == len(BONES)
    many = Fishbone.model_validate(
        {"effect": "e", "ribs": [{"id": f"B{n}", "bone": f"bone {n}", "cause": "c"}
                                 for n in range(1, 13)]}
    )  # fmt: skip
    assert "2 bones more not drawn" in "\n".join(
        text.get_text() for text in fishbone.draw(Shown(many)).texts
    )


def test_verified_causes_stand_out_on_the_fishbone() -> None:
    papers = Papers(load={"causes": CauseList.example()}.get)
    figure = fishbone.draw(Shown(Fishbone.example(), papers))
    weights = {text.get_text(): text.get_fontweight() for text in figure.axes[0].texts}
    assert weights["No onboarding of new customers"] == "bold"
    assert weights["Uploads fail in the shop"] == "normal"


def test_an_empty_fishbone_is_drawn() -> None:
    assert fishbone.draw(Shown(Fishbone())).axes


def options(*pairs: tuple[float, float]) -> Selection:
    return Selection.model_validate(
        {
            "options": [
                {"id": f"O{n}", "solution": f"S{n}", "impact": impact, "effort": effort}
                for n, (impact, effort) in enumerate(pairs, 1)
            ]
        }
    )


@pytest.mark.parametrize(
    "pairs",
    [[(9, 2)] * 9, [(1, 1), (1, 1.2), (1.1, 1), (10, 10), (10, 9.9)],
     [(n % 10 + 1, n * 7 % 10 + 1) for n in range(24)]],
    ids=["one spot", "corners", "many"],
)  # fmt: skip
def test_marks_do_not_hide_one_another(pairs: list[tuple[float, float]]) -> None:
    figure = selection.draw(Shown(options(*pairs)))
    draw_all(figure)
    field, key = figure.axes
    marks = [line for line in field.lines if line.get_marker() == "o"]
    places = [
        field.transData.transform((line.get_xdata()[0], line.get_ydata()[0])) for line in marks
    ]
    size = 20 * figure.dpi / 72
    assert len(marks) == len(pairs)
    assert all(hypot(*(one - two)) >= 0.97 * size for one, two in combinations(places, 2))
    assert overlapping(boxes(key.texts)) == []
    assert inside(figure, boxes([*key.texts, *field.texts]))


def test_a_mark_that_hides_nothing_stands_where_it_was_put() -> None:
    figure = selection.draw(Shown(options((9, 2), (3, 8))))
    marks = [line for line in figure.axes[0].lines if line.get_marker() == "o"]
    assert [(line.get_ydata()[0], line.get_xdata()[0]) for line in marks] == [(9, 2), (3, 8)]


def test_the_key_names_the_solutions_and_counts_those_it_leaves_out() -> None:
    papers = Papers(load={"solutions": Solutions.example()}.get)
    key = selection.draw(Shown(Selection.example(), papers)).axes[1]
    shown = [text.get_text() for text in key.texts]
    assert "Support triage" in shown
    assert shown[0] == "Quick wins"
    many = selection.draw(Shown(options(*[(9, 2)] * 40))).axes[1]
    assert many.texts[-1].get_text() == "and 16 more"


def test_without_impact_and_effort_there_is_nothing_to_draw() -> None:
    with pytest.raises(DataError) as caught:
        selection.draw(Shown(Selection()))
    assert caught.value.code == "document.no-figures"


def gantt(count: int, days: int = 7) -> ImplementationPlan:
    begin = date(2025, 1, 6)
    return ImplementationPlan.model_validate(
        {
            "tasks": [
                {"id": f"T{n + 1}", "task": f"{n} {LONG}", "owner": f"Owner {n}",
                 "start": begin + timedelta(days * n), "end": begin + timedelta(days * n + 20),
                 "depends": [f"T{n}"] if n % 3 == 1 else [], "done": n * 7 % 101,
                 "milestone": n % 10 == 9}
                for n in range(count)
            ]
        }
    )  # fmt: skip


@pytest.mark.parametrize("count", [1, 3, 10, 60])
def test_names_and_owners_of_a_plan_do_not_overlap(count: int) -> None:
    figure = implementation.draw(Shown(gantt(count)))
    draw_all(figure)
    axes = figure.axes[0]
    names = boxes(axes.get_yticklabels())
    assert len(names) == count
    found = [*names, *boxes(axes.texts), *boxes(figure.texts)]
    assert overlapping(found) == []
    assert inside(figure, found)


def test_days_are_whole_and_owners_are_cut_only_where_the_room_ends() -> None:
    plan = ImplementationPlan.model_validate(
        {"tasks": [{"id": "T1", "task": "a", "start": "2025-04-01", "end": "2025-04-10",
                    "owner": "Head of Development and Operations"},
                   {"id": "T2", "task": "b", "start": "2025-04-01", "end": "2025-07-01",
                    "owner": "Head of Development", "done": 40},
                   {"id": "T3", "task": "c", "start": "2025-04-01", "end": "2025-07-01",
                    "owner": LONG}]}
    )  # fmt: skip
    figure = implementation.draw(Shown(plan))
    draw_all(figure)
    # 40 % of T2's 92 days is done, of 10 + 92 + 92 days.
    assert "3 tasks in 92 days, 19 % done" in [text.get_text() for text in figure.texts]
    told = [text.get_text() for text in figure.axes[0].texts]
    assert "Head of Development and Operations" in told
    assert "Head of Development, 40 %" in told
    assert "…" in next(each for each in told if each.startswith("Kranken"))
    assert inside(figure, boxes(figure.axes[0].texts))


def test_bars_begin_and_end_with_their_tasks_and_show_what_is_done() -> None:
    plan = ImplementationPlan.model_validate(
        {"tasks": [{"id": "T1", "task": "t", "start": "2025-04-01", "end": "2025-04-10",
                    "done": 30}]}
    )  # fmt: skip
    whole, done = implementation.draw(Shown(plan)).axes[0].patches
    assert whole.get_x() == date(2025, 4, 1).toordinal()
    assert (whole.get_width(), done.get_width()) == (10, 3)


def test_a_plan_without_dates_cannot_be_drawn_and_says_why() -> None:
    plan = ImplementationPlan.model_validate({"tasks": [{"id": "T1", "task": "t"}]})
    with pytest.raises(DataError) as caught:
        implementation.draw(Shown(plan))
    assert caught.value.code == "document.no-figures"


@pytest.mark.parametrize("span", [1, 2, 12, 13, 84, 85, 400, 1500, 4000, 40_000, 3_652_058])
def test_the_axis_of_time_has_a_few_ticks_within_it(span: int) -> None:
    first = 1 if span > 100_000 else date(2025, 1, 31).toordinal()
    found = ticks(first, first + span)
    assert 1 <= len(found) <= 13
    assert all(first <= place < first + span for place, _ in found)
    assert any(label[-1].isdecimal() for _, label in found)


def test_the_first_and_the_last_day_of_the_calendar_can_be_drawn() -> None:
    plan = ImplementationPlan.model_validate(
        {"tasks": [{"id": "T1", "task": "a", "start": "0001-01-01", "end": "0001-01-01"},
                   {"id": "T2", "task": "b", "start": "9999-12-31", "end": "9999-12-31"}]}
    )  # fmt: skip
    draw_all(implementation.draw(Shown(plan)))


def test_bars_of_the_fmea_are_the_rpn_before_and_after() -> None:
    figure = fmea.draw(Shown(Fmea.example()))
    lengths = [patch.get_width() for patch in figure.axes[0].patches]
    # F3 216 to 36, F2 245 to 56, F1 210 to 28, F4 210 to 36, F5 18 and not rated again.
    assert lengths == [216, 36, 245, 56, 210, 28, 210, 36, 18]
    draw_all(figure)
    found = boxes([*figure.axes[0].texts, *figure.axes[0].get_yticklabels(), *figure.texts])
    assert overlapping(found) == []
    assert inside(figure, found)


def test_an_fmea_of_many_failures_draws_the_gravest_and_counts_the_rest() -> None:
    lines = [
        {"id": f"F{n + 1}", "step": LONG, "mode": "m", "severity": n % 10 + 1, "occurrence": 5,
         "detection": 5}
        for n in range(30)
    ]  # fmt: skip
    figure = fmea.draw(Shown(Fmea.model_validate({"failures": lines})))
    assert len(figure.axes[0].get_yticklabels()) == fmea.FAILURES
    assert "5 failures less grave not drawn" in "\n".join(t.get_text() for t in figure.texts)


def test_an_fmea_without_ratings_cannot_be_drawn_and_says_why() -> None:
    with pytest.raises(DataError) as caught:
        fmea.draw(Shown(Fmea()))
    assert caught.value.code == "document.no-figures"


@pytest.mark.parametrize("most", [1, 2, 5])
@pytest.mark.parametrize("text", [LONG, "a b c", "", "x" * 300, "字" * 80, "word " * 50])
def test_a_fitted_text_keeps_to_its_width_and_its_lines(text: str, most: int) -> None:
    with style.style():
        figure = style.make_figure(4, 4)
        found = fitted(figure, text, 1.5, 9, most=most)
        drawn = figure.text(0, 0, found.text, fontsize=9)
        assert drawn.get_window_extent().width / figure.dpi <= 1.5 + 0.02
    assert found.text.count("\n") + 1 == found.lines <= most


@pytest.mark.parametrize("suffix", [".png", ".svg", ".pdf"])
def test_the_same_document_gives_the_same_bytes(tmp_path: Path, suffix: str) -> None:
    for name in ("one", "two"):
        style.save(fishbone.draw(Shown(Fishbone.example())), tmp_path / f"{name}{suffix}")
    one, two = ((tmp_path / f"{name}{suffix}").read_bytes() for name in ("one", "two"))
    assert one == two
