"""What stands where on a slide: the chart large, the text and the table beside or under it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from dmaic.reports.office.drawing import INCH, Box
from dmaic.reports.office.pptx_message import BOX_SIDE, Message, Part, Table, Text
from dmaic.reports.office.pptx_table import Sheet
from dmaic.reports.office.pptx_text import Line, cut, height
from dmaic.reports.picture import Picture

GAP = INCH * 3 // 10

_SIZES = ((20, 16), (18, 14), (16, 13), (14, 12), (12, 11), (12, 10))
"""Points of text and of tables beside a chart: the first pair that fits is taken."""

_ALONE = ((24, 18), (22, 16), *_SIZES)
"""The same where no chart is on the slide; it is read from the back of a room."""

_BESIDE = (0.7, 0.64, 0.58, 0.52)
"""Share of the width that a chart gets beside text."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A thing at its place.

    Attributes:
        thing: a picture, lines of text, or a table that is set.
        box: its place.
        size: of its text, in points.
        caption: of a table.
    """

    thing: Picture | list[Line] | Sheet
    box: Box
    size: float = 0
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Slide:
    """A slide, with everything at its place.

    Attributes:
        title: of it.
        placed: what stands on it.
    """

    title: str
    placed: list[Placed]


def slides(message: Message, room: Box) -> list[Slide]:
    """The slides that a message needs: one, unless it holds too much.

    Args:
        message: what is told.
        room: under the title.
    """
    made: list[list[Placed]] = [] if message.charts or message.parts else [[]]
    charts = list(message.charts)
    together = _together(charts[0], message.parts, room) if charts and message.parts else None
    if together:
        made.append(together)
        charts = charts[1:]
    made += [[Placed(each, _fitted(each, room))] for each in charts]
    if message.parts and not together:
        made += _pages(message.parts, room)
    if len(made) == 1:
        return [Slide(message.title, made[0])]
    return [
        Slide(f"{message.title} ({number}/{len(made)})", placed)
        for number, placed in enumerate(made, 1)
    ]


def _together(chart: Picture, parts: Sequence[Part], room: Box) -> list[Placed] | None:
    """A chart and the rest on one slide, so that the chart is as large as can be."""
    best: tuple[int, list[Placed]] | None = None
    for share in _BESIDE:
        left, right = room.split(share, GAP)
        rest = _column(parts, right)
        if rest:
            box = _fitted(chart, left)
            best = _better(best, [Placed(chart, box), *rest], box)
    under = _column(parts, room)
    if under:
        used = max(each.box.top + each.box.height for each in under) - room.top + GAP // 2
        if room.height - used > room.height * 0.55:
            box = _fitted(chart, room.below(used))
            best = _better(best, [*under, Placed(chart, box)], box)
    return best[1] if best else None


def _better(
    best: tuple[int, list[Placed]] | None, placed: list[Placed], chart: Box
) -> tuple[int, list[Placed]]:
    area = chart.width * chart.height
    return (area, placed) if best is None or area > best[0] * 1.02 else best


def _fitted(picture: Picture, room: Box) -> Box:
    """As large as its proportions let it be, in the middle of its room."""
    ratio = picture.width / picture.height
    wide = min(room.width, round(room.height * ratio))
    high = min(room.height, round(wide / ratio))
    return Box(
        room.left + (room.width - wide) // 2, room.top + (room.height - high) // 2, wide, high
    )


def _column(
    parts: Sequence[Part], room: Box, sizes: Sequence[tuple[float, float]] = _SIZES
) -> list[Placed] | None:
    """Parts one above the other, as large as fits; None where they do not fit."""
    for text_size, table_size in sizes:
        placed = _stacked(parts, room, text_size, table_size)
        end = placed[-1].box
        if end.top + end.height <= room.top + room.height:
            return placed
    return None


_CAPTION = 12


def _stacked(parts: Sequence[Part], room: Box, text_size: float, table_size: float) -> list[Placed]:
    made: list[Placed] = []
    top = room.top
    for part in parts:
        place = replace(room, top=top)
        if isinstance(part, Text):
            high = part.height(text_size, room.width)
            made.append(Placed(part.lines, replace(place, height=high), text_size))
        else:
            sheet = Sheet.of(part.grid, table_size, room.width)
            high = _caption_height(part.caption, room.width) + sheet.height
            made.append(Placed(sheet, replace(place, height=high), table_size, part.caption))
        top += high + GAP * 2 // 3
    return made


def _caption_height(caption: str, room: int) -> int:
    if not caption:
        return 0
    return height([caption_line(caption)], _CAPTION, room) + INCH // 20


def caption_line(caption: str) -> Line:
    """A caption as a line.

    Args:
        caption: of a table.
    """
    return Line([{"t": "Str", "c": caption}])


def caption_box(placed: Placed) -> tuple[Box, Box]:
    """The places of a table's caption and of the table itself.

    Args:
        placed: a table.
    """
    used = _caption_height(placed.caption, placed.box.width)
    return replace(placed.box, height=used), placed.box.below(used)


def _pages(parts: Sequence[Part], room: Box) -> list[list[Placed]]:
    """Texts and tables without a chart, on as many slides as they need."""
    whole = _column(parts, room, _ALONE)
    if whole:
        return [whole]
    made: list[list[Placed]] = []
    for part in parts:
        made += _text_pages(part, room) if isinstance(part, Text) else _table_pages(part, room)
    return made


def _text_pages(part: Text, room: Box) -> Iterator[list[Placed]]:
    size = 14.0
    wide, most = room.width - 2 * BOX_SIDE, room.height - BOX_SIDE
    group: list[Line] = []
    for line in [cut(each, size, wide, most) for each in part.lines]:
        if group and height([*group, line], size, wide) > most:
            yield [Placed(group, replace(room, height=Text(group).height(size, room.width)), size)]
            group = []
        group = [*group, line]
    yield [Placed(group, replace(room, height=Text(group).height(size, room.width)), size)]


def _table_pages(part: Table, room: Box) -> Iterator[list[Placed]]:
    size = 11.0
    caption = _caption_height(part.caption, room.width)
    most = room.height - caption
    sheet = Sheet.of(part.grid, size, room.width).shortened(most)
    for each in sheet.parts(most):
        high = caption + each.height
        yield [Placed(each, replace(room, height=high), size, part.caption)]
