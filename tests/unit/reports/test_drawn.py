from __future__ import annotations

import re
from pathlib import Path

import pytest

from dmaic.charts.style import LINE, VITAL
from dmaic.reports.drawn import Drawn, key_of
from dmaic.reports.glyph import MissingGlyph, letters_in, noticed
from dmaic.reports.picture import draw, renamed
from dmaic.reports.report import Figure
from dmaic.reports.style import Colours
from dmaic.result import Reply


class Bars(Reply):
    kind: str = "bars"
    heights: tuple[int, ...] = (1, 2)
    title: str = "Bars"

    def plot(self):
        from dmaic.charts.style import make_figure, style

        with style():
            figure = make_figure(4, 3)
            axes = figure.add_subplot()
            axes.bar(range(len(self.heights)), self.heights)
            axes.set_title(self.title)
        return figure


def figure(bars: Bars, name: str = "bars") -> Figure:
    return Figure(name, "Bars.", "Chart: bars.", bars.plot, key=key_of(bars.plot))


def test_a_chart_is_told_by_what_it_shows() -> None:
    assert key_of(Bars().plot) == key_of(Bars().plot)
    assert key_of(Bars().plot) != key_of(Bars(heights=(1, 3)).plot)


def test_what_is_not_a_reply_s_own_chart_has_no_key() -> None:
    assert key_of(lambda: None) == ""
    assert key_of(Bars().to_dict) == ""


def test_a_chart_that_was_drawn_is_taken_byte_for_byte(tmp_path: Path, monkeypatch) -> None:
    folder = tmp_path / "charts"
    first = draw({"bars": figure(Bars())}, Colours(), kept=folder)["bars"]
    monkeypatch.setattr(Bars, "plot", lambda self: pytest.fail("drawn again"))
    again = figure(Bars())
    second = draw({"bars": again}, Colours(), kept=folder)["bars"]
    assert (second.svg, second.png, second.width, second.height) == (
        first.svg, first.png, first.width, first.height
    )  # fmt: skip


def test_kept_charts_take_the_colours_of_each_client(tmp_path: Path) -> None:
    class Signals(Bars):
        def plot(self):
            drawing = super().plot()
            drawing.axes[0].bar(5, 1, color=VITAL)
            drawing.axes[0].plot([0, 5], [1, 1], color=LINE)
            return drawing

    own, client = (
        draw({"bars": figure(Signals())}, colours, kept=tmp_path, png=False)["bars"].svg.decode()
        for colours in (Colours(), Colours(accent="#7A0019", highlight="#C96F00"))
    )
    assert VITAL.lower() in own
    assert LINE.lower() in own
    assert client == own.replace(VITAL.lower(), "#c96f00").replace(LINE.lower(), "#7a0019")


def test_a_chart_of_other_figures_is_drawn(tmp_path: Path) -> None:
    one = draw({"bars": figure(Bars())}, Colours(), kept=tmp_path, png=False)["bars"]
    other = draw({"bars": figure(Bars(heights=(5, 1)))}, Colours(), kept=tmp_path, png=False)[
        "bars"
    ]
    assert one.svg != other.svg


@pytest.mark.parametrize(
    "damage",
    [b"", b"<svg", b"no picture", b'<svg width="4pt"></svg>',
     b'<svg width="4pt" height="4pt"><image href="/etc/passwd"/></svg>',
     b'<svg width="1.1.1pt" height="..pt"></svg>'],
)  # fmt: skip
def test_a_kept_chart_that_was_damaged_is_drawn_again(tmp_path: Path, damage: bytes) -> None:
    first = draw({"bars": figure(Bars())}, Colours(), kept=tmp_path, png=False)["bars"]
    (kept,) = tmp_path.glob("*.svg")
    kept.write_bytes(damage)
    assert (
        draw({"bars": figure(Bars())}, Colours(), kept=tmp_path, png=False)["bars"].svg == first.svg
    )


def test_a_folder_that_cannot_be_written_costs_only_time(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    made = draw({"bars": figure(Bars())}, Colours(), kept=tmp_path / "file" / "x", png=False)
    assert made["bars"].svg.startswith(b"<?xml")


def test_only_so_many_charts_are_kept(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr("dmaic.reports.drawn._MOST", 4)
    kept = Drawn(tmp_path)
    for number in range(9):
        kept.keep(f"{number}", b"<svg></svg>")
    assert len(list(tmp_path.glob("*.svg"))) <= 4
    assert (tmp_path / "8.svg").exists()


def test_png_has_the_size_of_the_chart() -> None:
    from io import BytesIO

    from PIL import Image

    made = draw({"bars": figure(Bars())}, Colours())["bars"]
    assert (made.width, made.height) == (4.0, 3.0)
    assert Image.open(BytesIO(made.png)).size == (640, 480)


def test_letters_that_no_font_has_are_told_and_the_chart_is_not_kept(tmp_path: Path) -> None:
    # Of a private plane, which no font has.
    bars = Bars(title="a \U000f1234 b")
    with noticed() as letters:
        draw({"bars": figure(bars)}, Colours(), kept=tmp_path, png=False)
    assert letters == ["\U000f1234"]
    assert list(tmp_path.glob("*.svg")) == []


def test_letters_are_read_from_the_library_s_words() -> None:
    said = r"Glyph 26085 (\N{CJK UNIFIED IDEOGRAPH-65E5}) missing from font(s) DejaVu Sans."
    assert letters_in([said, said, "something else"]) == "日"


def test_other_warnings_are_passed_on() -> None:
    import warnings

    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        with noticed() as letters:
            warnings.warn(MissingGlyph("日"), stacklevel=1)
            warnings.warn("other", UserWarning, stacklevel=1)
    assert [str(each.message) for each in told] == ["other"]
    assert letters == ["日"]


def test_parts_of_a_picture_are_named_by_their_order() -> None:
    def svg(clip: bytes, shape: bytes = b"M 0 0") -> bytes:
        path = b'<path id="C0_1_0123456789" d="%s" clip-path="url(#%s)"/>' % (shape, clip)
        return b'<clipPath id="%s"/>%s<use href="#C0_1_0123456789"/> #p0123456789' % (clip, path)

    one, other = renamed(svg(b"p0123456789")), renamed(svg(b"paaaaaaaaaa"))
    assert one == other
    names = re.findall(rb'id="([^"]+)"', one)
    assert len(set(names)) == 2
    assert all(one.count(name) == 2 for name in names)
    # Another picture on the same page has names of its own.
    assert not set(names) & set(re.findall(rb'id="([^"]+)"', renamed(svg(b"p0123456789", b"M 1"))))


def test_a_real_picture_refers_only_to_names_that_it_has() -> None:
    svg = draw({"bars": figure(Bars())}, Colours(), png=False)["bars"].svg
    used = set(re.findall(rb'(?:url\(#|href="#)([^")]+)', svg))
    assert used
    assert used <= set(re.findall(rb'id="([^"]+)"', svg))
