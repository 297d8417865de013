"""A deck: slides added to the document that it begins with."""

from __future__ import annotations

import re

from dmaic.reports.colour import mix
from dmaic.reports.office.archive import CONTENT_TYPES, Parts
from dmaic.reports.office.drawing import INCH, SPACES, Box, canvas, picture, relations, shape
from dmaic.reports.office.measure import shortened, width
from dmaic.reports.office.pptx_base import PRESENTATION, Base, Layout
from dmaic.reports.office.pptx_message import BOX_SIDE
from dmaic.reports.office.pptx_reference import NUMBER
from dmaic.reports.office.pptx_slide import Placed, Slide, caption_box, caption_line
from dmaic.reports.office.pptx_table import Sheet
from dmaic.reports.office.pptx_text import Line, Writer, cut, height
from dmaic.reports.office.properties import CORE, CORE_TYPE, core, day, particulars
from dmaic.reports.office.theme import HEAD, bare
from dmaic.reports.office.tree import said
from dmaic.reports.picture import Picture
from dmaic.reports.report import Report
from dmaic.reports.style import Style

_SLIDE = "application/vnd.openxmlformats-officedocument.presentationml.slide+xml"
_TITLES = (36, 32, 28, 24, 22, 20, 18, 16, 14)
"""Points of titles that are too long for the layout's own."""
_SLACK = INCH // 10
"""A title has no paragraph above it, for which there is room in the measure of text."""
_PLAIN = '<a:bodyPr wrap="square" lIns="0" tIns="0" rIns="0" bIns="0"><a:normAutofit/></a:bodyPr>'


class Deck:
    """A deck that grows."""

    def __init__(self, base: Base, report: Report, style: Style) -> None:
        """Begin a deck.

        Args:
            base: the document without slides.
            report: composed.
            style: of the client.
        """
        self.base, self.report, self.style = base, report, style
        self._parts: Parts = dict(base.parts)
        self._count = 0
        self._media: dict[str, str] = {}

    def cover(self) -> None:
        """The first slide: title, project, as of when, for whom."""
        layout, report = self.base.title, self.report
        writer = Writer(self.style)
        more = [particulars(report)]
        if self.style.organisation:
            more.insert(0, self.style.organisation)
        shapes = [self._held(layout, 2, "Title", ("ctrTitle", "title"), [report.title], writer)]
        own = layout.index("body")
        under = [report.subtitle] if own is not None else [report.subtitle, *more]
        shapes.append(self._held(layout, 3, "Subtitle", ("subTitle",), under, writer))
        if own is not None:
            shapes.append(self._held(layout, 4, "Particulars", ("body",), more, writer))
        self._slide("".join(shapes), layout, {})

    def _held(
        self, layout: Layout, id: int, name: str, kinds: tuple[str, ...], words: list[str],
        writer: Writer,
    ) -> str:  # fmt: skip
        """Text in a place of the layout; nothing where the layout has none such."""
        kind = next((kind for kind, _ in layout.holders if kind in kinds), None)
        if kind is None:
            return ""
        number = layout.index(kind)
        index = f' idx="{number}"' if number else ""
        paragraphs = "".join(
            f"<a:p>{writer.turned()}{writer.runs(said(each))}</a:p>" for each in words if each
        )
        if not paragraphs:
            return ""
        return shape(id, name, holder=f'type="{kind}"{index}', paragraphs=paragraphs)

    def add(self, slide: Slide) -> None:
        """Add a slide.

        Args:
            slide: with everything at its place.
        """
        writer = Writer(self.style)
        targets: dict[str, tuple[str, str]] = {}
        # Text stands in the layout's own place for it, where an outline shows it.
        plain = [each for each in slide.placed if _is_plain(each)]
        layout = self.base.text if plain else self.base.free
        shapes = [self._titled(layout, slide.title, writer)]
        for number, placed in enumerate(slide.placed):
            held = layout.index("obj", "body") if placed in plain[:1] else None
            shapes.append(self._placed(placed, 10 + 3 * number, writer, targets, held))
        shapes.append(self._feet(layout))
        links = {place: ("hyperlink", address) for address, place in writer.links.items()}
        self._slide("".join(shapes), layout, targets | links)

    def _titled(self, layout: Layout, title: str, writer: Writer) -> str:
        """The title, in a smaller font where it needs more lines than there is room for."""
        kind, number = next((key for key in layout.holders if key[0] == "title"), ("title", 0))
        box = layout.holders.get((kind, number))
        line, size = Line(said(title), bold=True), 0.0
        if box and height([line], self.base.title_size, box.width) > box.height + _SLACK:
            sizes = [each for each in _TITLES if each < self.base.title_size]
            fits = (e for e in sizes if height([line], e, box.width) <= box.height + _SLACK)
            size = next(fits, _TITLES[-1])
            line = cut(line, size, box.width, box.height + _SLACK)
        index = f' idx="{number}"' if number else ""
        text = f"<a:p>{writer.turned()}{writer.runs(line.inlines, size)}</a:p>"
        return shape(2, "Title", holder=f'type="title"{index}', paragraphs=text)

    def _placed(
        self, placed: Placed, id: int, writer: Writer, targets: dict[str, tuple[str, str]],
        held: int | None,
    ) -> str:  # fmt: skip
        thing = placed.thing
        if isinstance(thing, Picture):
            place = f"rId{10 + len(targets)}"
            targets[place] = ("image", f"../media/{self._picture(thing)}")
            return picture(id, f"Chart {id}", thing.figure.alt, place, placed.box)
        if isinstance(thing, Sheet):
            above, box = caption_box(placed)
            words = ""
            if placed.caption:
                look = writer.runs(
                    caption_line(placed.caption).inlines, 12, colour=self.style.colours.muted
                )
                text = f"<a:p>{writer.turned()}{look}</a:p>"
                words = shape(id, f"Caption {id}", above, paragraphs=text, body=_PLAIN)
            return words + thing.xml(id + 1, placed.caption or "Table", box, writer)
        return self._text(thing, placed, id, writer, held)

    def _text(
        self, lines: list[Line], placed: Placed, id: int, writer: Writer, held: int | None
    ) -> str:
        paragraphs = writer.paragraphs(lines, placed.size)
        box = placed.box
        if held is not None:
            return shape(id, "Content", box, holder=f'idx="{held}"', paragraphs=paragraphs,
                         body=_PLAIN)  # fmt: skip
        if not lines[0].boxed:
            return shape(id, f"Text {id}", box, paragraphs=paragraphs, body=_PLAIN)
        bar = Box(box.left, box.top, INCH // 16, box.height)
        return shape(
            id, f"Box {id}", box, paragraphs=paragraphs, fill="bg2",
            body=f'<a:bodyPr wrap="square" lIns="{BOX_SIDE}" rIns="{BOX_SIDE}" '
            f'tIns="{BOX_SIDE // 4}" bIns="{BOX_SIDE // 2}"><a:normAutofit/></a:bodyPr>',
        ) + shape(id + 1, f"Bar {id}", bar, fill="accent2")  # fmt: skip

    def _picture(self, drawn: Picture) -> str:
        """Name of the file of a picture, which all slides that show it share."""
        name = drawn.figure.name
        if name not in self._media:
            self._media[name] = f"chart{len(self._media) + 1}.png"
            self._parts[f"ppt/media/{self._media[name]}"] = drawn.png
        return self._media[name]

    def _feet(self, layout: Layout) -> str:
        """Project, day and number of the slide, where the layout has places for them."""
        report, writer = self.report, Writer(self.style)
        words = [report.project, report.title, self.style.footer]
        shown = {
            "ftr": _on_a_line(" · ".join(dict.fromkeys(each for each in words if each))),
            "dt": day(report),
        }
        made: list[str] = []
        for (kind, number), _ in layout.holders.items():
            if kind in ("ftr", "dt", "sldNum"):
                text = NUMBER
                if kind in shown:
                    side = "l" if kind == "ftr" else "r"
                    look = writer.runs(said(shown[kind]), 10, colour=self.style.colours.muted)
                    text = f'<a:p><a:pPr algn="{side}"/>{look}</a:p>'
                holder = f'type="{kind}" sz="quarter" idx="{number}"'
                made.append(shape(900 + len(made), kind, holder=holder, paragraphs=text))
        return "".join(made)

    def _draft(self) -> str:
        """A tag in the corner, over everything."""
        if not self.report.draft:
            return ""
        wide, high = INCH * 11 // 10, INCH * 3 // 10
        box = Box(self.base.width - wide - INCH // 2, 0, wide, high)
        colour = bare(mix(self.style.colours.warning, "#000000", 0.1))
        look = Writer(self.style).runs(said("DRAFT"), 12, bold=True, colour="bg1")
        tag = shape(
            990, "Draft", box, fill="accent2",
            paragraphs=f'<a:p><a:pPr algn="ctr"/>{look}</a:p>',
            body='<a:bodyPr lIns="0" tIns="0" rIns="0" bIns="0" anchor="ctr"/>',
        )  # fmt: skip
        return tag.replace('<a:schemeClr val="accent2"/>', f'<a:srgbClr val="{colour}"/>', 1)

    def _slide(self, shapes: str, layout: Layout, targets: dict[str, tuple[str, str]]) -> None:
        self._count += 1
        path = f"ppt/slides/slide{self._count}.xml"
        self._parts[path] = (
            f"{HEAD}<p:sld {SPACES}>{canvas(shapes + self._draft())}"
            "<p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sld>"
        ).encode()
        used = {"rId1": ("slideLayout", f"../slideLayouts/{layout.path.rpartition('/')[2]}")}
        self._parts[f"ppt/slides/_rels/slide{self._count}.xml.rels"] = relations(
            used | targets
        ).encode()

    def parts(self) -> Parts:
        """The parts of the whole document."""
        made = dict(self._parts)
        numbers = range(1, self._count + 1)
        show = made[PRESENTATION].decode()
        ids = "".join(f'<p:sldId id="{255 + each}" r:id="rIdS{each}"/>' for each in numbers)
        # The list of slides stands after the lists of masters and before the size.
        show = re.sub(r"<p:sldSz\b", f"<p:sldIdLst>{ids}</p:sldIdLst><p:sldSz", show, count=1)
        made[PRESENTATION] = show.encode()
        places = "ppt/_rels/presentation.xml.rels"
        more = {f"rIdS{each}": ("slide", f"slides/slide{each}.xml") for each in numbers}
        made[places] = _joined(made[places], relations(more).encode())
        made[CORE] = core(self.report, self.style)
        made["_rels/.rels"] = made["_rels/.rels"].replace(
            b"</Relationships>",
            b'<Relationship Id="rIdCore" Type="http://schemas.openxmlformats.org/package/2006/'
            b'relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>',
        )
        types = made[CONTENT_TYPES].decode()
        rows = "".join(
            f'<Override PartName="/ppt/slides/slide{each}.xml" ContentType="{_SLIDE}"/>'
            for each in numbers
        )
        rows += f'<Override PartName="/{CORE}" ContentType="{CORE_TYPE}"/>'
        if 'Extension="png"' not in types:
            rows = f'<Default Extension="png" ContentType="image/png"/>{rows}'
        made[CONTENT_TYPES] = types.replace("</Types>", f"{rows}</Types>").encode()
        return made


def _on_a_line(words: str) -> str:
    """As much as the foot of a slide has room for."""
    room = 52.0
    return words if width(words) <= room else shortened(words, lambda each: width(each) <= room)


def _is_plain(placed: Placed) -> bool:
    """It is text, and not in a box."""
    return isinstance(placed.thing, list) and not placed.thing[0].boxed


def _joined(relations: bytes, more: bytes) -> bytes:
    rows = re.findall(rb"<Relationship .*?/>", more)
    return relations.replace(b"</Relationships>", b"".join(rows) + b"</Relationships>")
