"""The marks of PowerPoint's own XML that reference document and slides share; lengths in EMU."""

from __future__ import annotations

from dataclasses import dataclass

from dmaic.reports.office.theme import HEAD, MAIN, attribute

INCH = 914_400
POINT = 12_700
PLACES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SHOW = "http://schemas.openxmlformats.org/presentationml/2006/main"
SPACES = f'xmlns:a="{MAIN}" xmlns:r="{PLACES}" xmlns:p="{SHOW}"'


@dataclass(frozen=True, slots=True)
class Box:
    """A place on a slide.

    Attributes:
        left: from the slide's left edge.
        top: from its upper edge.
        width: of the place.
        height: of the place.
    """

    left: int
    top: int
    width: int
    height: int

    @classmethod
    def inches(cls, left: float, top: float, width: float, height: float) -> Box:
        """A place given in inches.

        Args:
            left: from the slide's left edge.
            top: from its upper edge.
            width: of the place.
            height: of the place.
        """
        return cls(*(round(each * INCH) for each in (left, top, width, height)))

    def xml(self, tag: str = "a:xfrm") -> str:
        """As the slide has it.

        Args:
            tag: of the element.
        """
        return (
            f'<{tag}><a:off x="{self.left}" y="{self.top}"/>'
            f'<a:ext cx="{self.width}" cy="{self.height}"/></{tag}>'
        )

    def split(self, share: float, gap: int) -> tuple[Box, Box]:
        """A place at the left and one at the right.

        Args:
            share: of the width that the left one gets.
            gap: between them.
        """
        first = round((self.width - gap) * share)
        rest = self.width - gap - first
        return (
            Box(self.left, self.top, first, self.height),
            Box(self.left + first + gap, self.top, rest, self.height),
        )

    def below(self, used: int) -> Box:
        """What is left of it under something.

        Args:
            used: height from its upper edge.
        """
        return Box(self.left, self.top + used, self.width, max(0, self.height - used))


def shape(
    id: int,
    name: str,
    box: Box | None = None,
    *,
    holder: str = "",
    paragraphs: str = "",
    body: str = "<a:bodyPr/>",
    looks: str = "",
    fill: str = "",
) -> str:
    """A shape: a place for text, or an area of colour.

    Args:
        id: of its own on the slide.
        name: as the list of a slide's parts shows it.
        box: where it is; None leaves that to the layout.
        holder: what it holds by the layout, such as `type="title"`.
        paragraphs: its text.
        body: how the text stands in it.
        looks: of its text, by level.
        fill: name of a colour of the theme.
    """
    place = box.xml() if box else ""
    ground = f'<a:solidFill><a:schemeClr val="{fill}"/></a:solidFill>' if fill else ""
    form = '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>' if box and not holder else ""
    line = "<a:ln><a:noFill/></a:ln>" if fill else ""
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{id}" name={attribute(name)}/>'
        + ('<p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>' if holder else "<p:cNvSpPr/>")
        + (f"<p:nvPr><p:ph {holder}/></p:nvPr>" if holder else "<p:nvPr/>")
        + f"</p:nvSpPr><p:spPr>{place}{form}{ground}{line}</p:spPr>"
        + f"<p:txBody>{body}<a:lstStyle>{looks}</a:lstStyle>{paragraphs or '<a:p/>'}</p:txBody>"
        + "</p:sp>"
    )


def picture(id: int, name: str, alt: str, place: str, box: Box) -> str:
    """A picture.

    Args:
        id: of its own on the slide.
        name: as the list of a slide's parts shows it.
        alt: what is to be seen.
        place: id of the relation to its file.
        box: where it is.
    """
    return (
        f'<p:pic><p:nvPicPr><p:cNvPr id="{id}" name={attribute(name)} descr={attribute(alt)}/>'
        '<p:cNvPicPr><a:picLocks noChangeAspect="1"/></p:cNvPicPr><p:nvPr/></p:nvPicPr>'
        f'<p:blipFill><a:blip r:embed="{place}"/><a:stretch><a:fillRect/></a:stretch>'
        f'</p:blipFill><p:spPr>{box.xml()}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        "</p:spPr></p:pic>"
    )


def canvas(shapes: str, ground: str = "") -> str:
    """The content of a slide, a layout or a master.

    Args:
        shapes: on it.
        ground: name of a colour of the theme behind them.
    """
    behind = (
        f'<p:bg><p:bgPr><a:solidFill><a:schemeClr val="{ground}"/></a:solidFill>'
        "<a:effectLst/></p:bgPr></p:bg>"
        if ground
        else ""
    )
    return (
        f'<p:cSld>{behind}<p:spTree><p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/>'
        f"<p:nvPr/></p:nvGrpSpPr><p:grpSpPr/>{shapes}</p:spTree></p:cSld>"
    )


def relations(targets: dict[str, tuple[str, str]]) -> str:
    """A file of relations.

    Args:
        targets: id -> kind and target; a target with `://` or `mailto:` is outside.
    """
    rows = []
    for id, (kind, target) in targets.items():
        outside = "://" in target or target.startswith("mailto:")
        mode = ' TargetMode="External"' if outside else ""
        rows.append(
            f'<Relationship Id="{id}" Type="{PLACES}/{kind}" Target={attribute(target)}{mode}/>'
        )
    return (
        f'{HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f"{''.join(rows)}</Relationships>"
    )
