"""What stands where on slides: nothing runs off, nothing is lost, charts stay large."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dmaic.reports.office.drawing import INCH
from dmaic.reports.office.pptx_message import Message, Table, Text, messages
from dmaic.reports.office.pptx_reference import CONTENT
from dmaic.reports.office.pptx_slide import Slide, slides
from dmaic.reports.office.pptx_table import Sheet
from dmaic.reports.office.pptx_text import Line
from dmaic.reports.office.tree import Grid, Nodes, text_of
from dmaic.reports.pandoc import read
from dmaic.reports.picture import Picture
from dmaic.reports.report import Figure


def chart(width: float = 8, height: float = 5) -> Picture:
    figure = Figure("c", "", "", lambda: None)  # type: ignore[arg-type, return-value]
    return Picture(figure, b"", b"", width, height)


def cell(words: str) -> Nodes:
    return [{"t": "Plain", "c": [{"t": "Str", "c": words}]}]


def table(rows: int, words: str = "some words", columns: int = 3) -> Table:
    line = [cell(words)] * columns
    return Table(Grid([cell("Head")] * columns, [line] * rows, [False] * columns))


def text(*lines: str) -> Text:
    return Text([Line([{"t": "Str", "c": each}]) for each in lines])


def whole(made: list[Slide]) -> None:
    """Everything stands within the room, and nothing on something else."""
    for slide in made:
        for each in slide.placed:
            box = each.box
            assert CONTENT.left <= box.left
            assert box.left + box.width <= CONTENT.left + CONTENT.width + 1
            assert CONTENT.top <= box.top
            assert box.top + box.height <= CONTENT.top + CONTENT.height + 1
        stacked = sorted(slide.placed, key=lambda each: each.box.top)
        for one, other in pairwise(stacked):
            beside = (
                one.box.left + one.box.width <= other.box.left
                or other.box.left + other.box.width <= one.box.left
            )
            assert beside or one.box.top + one.box.height <= other.box.top


def test_a_chart_alone_takes_all_there_is() -> None:
    (slide,) = slides(Message("T", [chart()]), CONTENT)
    assert slide.title == "T"
    assert slide.placed[0].box.height == pytest.approx(CONTENT.height, rel=0.01)


@pytest.mark.parametrize(
    "rest", [[text("One line.")], [table(6)], [text("One."), table(4, columns=2)]]
)
@pytest.mark.parametrize("size", [(8, 5), (14, 4), (5, 8)])
def test_a_chart_stands_large_beside_a_few_words_or_a_short_table(
    rest: list[Text | Table], size: tuple[float, float]
) -> None:
    made = slides(Message("T", [chart(*size)], rest), CONTENT)
    whole(made)
    assert len(made) == 1
    shown = next(each for each in made[0].placed if isinstance(each.thing, Picture))
    assert max(shown.box.width / CONTENT.width, shown.box.height / CONTENT.height) > 0.5


def test_what_finds_no_room_beside_a_chart_gets_a_slide_of_its_own() -> None:
    made = slides(Message("T", [chart(), chart()], [table(40)]), CONTENT)
    whole(made)
    count = len(made)
    assert [slide.title for slide in made] == [f"T ({n + 1}/{count})" for n in range(count)]
    assert [type(slide.placed[0].thing) for slide in made[:3]] == [Picture, Picture, Sheet]


def test_a_long_table_goes_on_under_its_headline_and_loses_no_row() -> None:
    made = slides(Message("T", [], [table(200)]), CONTENT)
    whole(made)
    sheets = [each.thing for slide in made for each in slide.placed]
    assert all(isinstance(each, Sheet) and each.grid.header for each in sheets)
    assert sum(len(each.rows) for each in sheets if isinstance(each, Sheet)) == 200


def test_a_text_higher_than_a_slide_says_that_it_goes_on() -> None:
    long = "word " * 5000
    made = slides(Message("T", [], [text(long), table(2, long)]), CONTENT)
    whole(made)
    shown = made[0].placed[0].thing
    assert isinstance(shown, list)
    assert shown[0].text.endswith("word …")
    sheet = made[-1].placed[0].thing
    assert isinstance(sheet, Sheet)
    assert text_of(sheet.grid.rows[0][0]).endswith("…")


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.one_of(
            st.lists(st.text(max_size=300), min_size=1, max_size=12).map(lambda x: text(*x)),
            st.builds(table, st.integers(0, 30), st.text(max_size=150), st.integers(1, 9)),
        ),
        max_size=4,
    ),
    st.lists(st.builds(chart, st.floats(3, 16), st.floats(2, 16)), max_size=2),
)
def test_nothing_runs_off_a_slide(parts: list[Text | Table], charts: list[Picture]) -> None:
    whole(slides(Message("T", charts, parts), CONTENT))


def test_messages_are_told_by_headlines_and_those_that_only_group_others_are_left_out() -> None:
    markdown = (
        "> Box\n\n## One\n\n### Two\n\ntext\n\n*Cap*\n\n| a |\n|---|\n| 1 |\n\n## Title alone\n"
    )
    blocks = read(markdown)["blocks"]
    deep = messages(blocks, {}, "Start", 3)
    assert [each.title for each in deep] == ["Start", "Two", "Title alone"]
    flat = messages(blocks, {}, "Start")
    assert [each.title for each in flat] == ["Start", "One", "Title alone"]
    assert [part.caption for part in flat[1].parts if isinstance(part, Table)] == ["Cap"]


def test_a_title_alone_is_a_slide() -> None:
    assert slides(Message("T", level=2), CONTENT) == [Slide("T", [])]


def test_columns_are_as_wide_as_what_is_in_them() -> None:
    grid = Grid([], [[cell("x"), cell("a much longer text than the other " * 4)]], [False] * 2)
    narrow, wide = grid.widths(60)
    assert narrow < 4
    assert narrow + wide == pytest.approx(60)
    # No word is broken while another column has room to give.
    one, _ = Grid([], [[cell("Occurrence"), cell("word " * 80)]], [False] * 2).widths(20)
    assert one > 5.5
    sheet = Sheet.of(grid, 12, 6 * INCH)
    assert sum(sheet.columns) == pytest.approx(6 * INCH, rel=0.01)
