"""dmaic's own reference document of PowerPoint, made of a style: a master and three layouts."""

from __future__ import annotations

from dmaic.reports.office.archive import CONTENT_TYPES, Parts
from dmaic.reports.office.drawing import INCH, SPACES, Box, canvas, picture, relations, shape
from dmaic.reports.office.logo import bitmap
from dmaic.reports.office.theme import HEAD, theme
from dmaic.reports.style import Style

WIDTH, HEIGHT = 12_192_000, 6_858_000
"""Of a slide: 16 to 9."""

TITLE = Box.inches(0.55, 0.38, 12.23, 0.95)
CONTENT = Box.inches(0.55, 1.5, 12.23, 5.1)

_KIND = "application/vnd.openxmlformats-officedocument.presentationml"
_LAYOUTS = (("title", "Title Slide"), ("obj", "Title and Content"), ("titleOnly", "Title Only"))


def reference(style: Style) -> Parts:
    """Parts of a reference document.

    Args:
        style: of the client.
    """
    logo = _logo(style)
    parts: dict[str, str] = {
        "_rels/.rels": relations({"rId1": ("officeDocument", "ppt/presentation.xml")}),
        "ppt/presentation.xml": (
            f'{HEAD}<p:presentation {SPACES}><p:sldMasterIdLst><p:sldMasterId id="2147483648" '
            f'r:id="rId1"/></p:sldMasterIdLst><p:sldSz cx="{WIDTH}" cy="{HEIGHT}"/>'
            '<p:notesSz cx="6858000" cy="9144000"/></p:presentation>'
        ),
        "ppt/_rels/presentation.xml.rels": relations(
            {
                "rId1": ("slideMaster", "slideMasters/slideMaster1.xml"),
                "rId2": ("theme", "theme/theme1.xml"),
                "rId3": ("presProps", "presProps.xml"),
                "rId4": ("tableStyles", "tableStyles.xml"),
            }
        ),
        "ppt/presProps.xml": f"{HEAD}<p:presentationPr {SPACES}/>",
        "ppt/tableStyles.xml": (
            f'{HEAD}<a:tblStyleLst xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
            'def="{5C22544A-7EE6-4342-B048-85BDC9FD1C3A}"/>'
        ),
        "ppt/theme/theme1.xml": theme(style),
        "ppt/slideMasters/slideMaster1.xml": _master(style, logo),
        "ppt/slideMasters/_rels/slideMaster1.xml.rels": relations(
            {
                f"rId{number}": ("slideLayout", f"../slideLayouts/slideLayout{number}.xml")
                for number in range(1, len(_LAYOUTS) + 1)
            }
            | {"rId9": ("theme", "../theme/theme1.xml")}
            | ({"rId10": ("image", f"../media/{logo[0]}")} if logo else {})
        ),
    }
    for number, (kind, name) in enumerate(_LAYOUTS, 1):
        path = f"ppt/slideLayouts/slideLayout{number}.xml"
        parts[path] = _layout(kind, name, style, logo)
        parts[f"ppt/slideLayouts/_rels/slideLayout{number}.xml.rels"] = relations(
            {"rId1": ("slideMaster", "../slideMasters/slideMaster1.xml")}
            | ({"rId2": ("image", f"../media/{logo[0]}")} if logo else {})
        )
    made = {name: part.encode() for name, part in parts.items()}
    if logo:
        made[f"ppt/media/{logo[0]}"] = logo[1]
    made[CONTENT_TYPES] = _types(list(parts)).encode()
    return made


def _logo(style: Style) -> tuple[str, bytes, float] | None:
    """Name of its file, content, and width by height."""
    if style.logo is None:
        return None
    content, media = bitmap(style.logo)
    name = "logo.png" if media == "image/png" else "logo.jpg"
    return name, content, style.logo.width / style.logo.height


def _types(paths: list[str]) -> str:
    kinds = {
        "ppt/presentation.xml": f"{_KIND}.presentation.main",
        "ppt/presProps.xml": f"{_KIND}.presProps",
        "ppt/tableStyles.xml": f"{_KIND}.tableStyles",
        "ppt/theme/theme1.xml": "application/vnd.openxmlformats-officedocument.theme",
        "ppt/slideMasters/slideMaster1.xml": f"{_KIND}.slideMaster",
    }
    kinds |= {path: f"{_KIND}.slideLayout" for path in paths if "slideLayouts/slideLayout" in path}
    plain = {"rels": "application/vnd.openxmlformats-package.relationships+xml",
             "xml": "application/xml", "png": "image/png", "jpg": "image/jpeg"}  # fmt: skip
    return (
        f'{HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        + "".join(
            f'<Default Extension="{ending}" ContentType="{kind}"/>'
            for ending, kind in plain.items()
        )
        + "".join(
            f'<Override PartName="/{path}" ContentType="{kind}+xml"/>'
            for path, kind in kinds.items()
        )
        + "</Types>"
    )


def _level(
    tag: str, size: float, colour: str, font: str, *, bold: bool = False, indent: float = 0,
    mark: str = "", before: float = 0, align: str = "l",
) -> str:  # fmt: skip
    """How text of a level looks; sizes in points, the indent in inches."""
    hang = round(indent * INCH)
    bullet = f'<a:buFont typeface="Arial"/><a:buChar char="{mark}"/>' if mark else "<a:buNone/>"
    return (
        f'<a:{tag} marL="{hang}" indent="{-min(hang, 228600)}" algn="{align}">'
        f'<a:lnSpc><a:spcPct val="100000"/></a:lnSpc>'
        f'<a:spcBef><a:spcPts val="{round(before * 100)}"/></a:spcBef>{bullet}'
        f'<a:defRPr sz="{round(size * 100)}" b="{int(bold)}">'
        f'<a:solidFill><a:schemeClr val="{colour}"/></a:solidFill><a:latin typeface="+{font}-lt"/>'
        f'<a:ea typeface="+{font}-ea"/><a:cs typeface="+{font}-cs"/></a:defRPr></a:{tag}>'
    )


_BOTTOM = {
    "dt": Box.inches(8.6, 6.9, 2.9, 0.32),
    "ftr": Box.inches(0.55, 6.9, 7.9, 0.32),
    "sldNum": Box.inches(11.68, 6.9, 1.1, 0.32),
}
_BOTTOM_INDEX = {"dt": 10, "ftr": 11, "sldNum": 12}


def bottom(kind: str, id: int, paragraphs: str, *, own: bool = False) -> str:
    """A place in the foot of a slide.

    Args:
        kind: `dt`, `ftr` or `sldNum`.
        id: of its own on the slide.
        paragraphs: its text.
        own: it says where it is; a slide leaves that to its layout.
    """
    looks = _level("lvl1pPr", 10, "accent6", "mn", align="l" if kind == "ftr" else "r")
    return shape(
        id, {"dt": "Date", "ftr": "Footer", "sldNum": "Slide number"}[kind],
        _BOTTOM[kind] if own else None,
        holder=f'type="{kind}" sz="quarter" idx="{_BOTTOM_INDEX[kind]}"',
        paragraphs=paragraphs,
        body='<a:bodyPr lIns="0" rIns="0" tIns="0" bIns="0" anchor="ctr"/>' if own
        else "<a:bodyPr/>",
        looks=looks if own else "",
    )  # fmt: skip


NUMBER = (
    '<a:p><a:fld id="{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}" type="slidenum">'
    "<a:rPr/><a:t>‹#›</a:t></a:fld></a:p>"
)
"""The number of the slide, which PowerPoint keeps up to date."""


def _feet(*, own: bool) -> str:
    return "".join(
        bottom(kind, 20 + number, NUMBER if kind == "sldNum" else "<a:p/>", own=own)
        for number, kind in enumerate(_BOTTOM)
    )


def _mark(logo: tuple[str, bytes, float] | None, place: str, box: Box) -> str:
    """The logo, at the right end of a box and as large as fits."""
    if logo is None:
        return ""
    wide = min(box.width, round(box.height * logo[2]))
    high = round(wide / logo[2])
    spot = Box(box.left + box.width - wide, box.top + (box.height - high) // 2, wide, high)
    return picture(30, "Logo", "Logo", place, spot)


def _title_box(logo: tuple[str, bytes, float] | None) -> Box:
    """A logo takes room at the right of the title."""
    return Box(TITLE.left, TITLE.top, TITLE.width - (INCH * 8 // 5 if logo else 0), TITLE.height)


def _master(style: Style, logo: tuple[str, bytes, float] | None) -> str:
    inset = 'lIns="0" rIns="0" tIns="0" bIns="0"'
    shapes = (
        shape(2, "Bar", Box(0, 0, WIDTH, INCH // 8), fill="accent2")
        + shape(3, "Title", _title_box(logo), holder='type="title"',
                body=f'<a:bodyPr {inset} anchor="ctr"><a:normAutofit/></a:bodyPr>')
        + shape(4, "Text", CONTENT, holder='type="body" idx="1"',
                body=f"<a:bodyPr {inset}><a:normAutofit/></a:bodyPr>")
        + shape(5, "Rule", Box.inches(0.55, 6.82, 12.23, 0.01), fill="bg2")
        + _feet(own=True)
        + _mark(logo, "rId10", Box.inches(11.3, 0.45, 1.48, 0.6))
    )  # fmt: skip
    levels = ((18, 0.25, "•"), (16, 0.55, "–"), (14, 0.85, "•"), (14, 1.15, "–"), (14, 1.45, "•"))
    body = "".join(
        _level(f"lvl{number}pPr", size, "tx1", "mn", indent=indent, mark=mark, before=6)
        for number, (size, indent, mark) in enumerate(levels, 1)
    )
    layouts = "".join(
        f'<p:sldLayoutId id="{2147483648 + number}" r:id="rId{number}"/>'
        for number in range(1, len(_LAYOUTS) + 1)
    )
    return (
        f"{HEAD}<p:sldMaster {SPACES}>{canvas(shapes, 'bg1')}"
        '<p:clrMap bg1="lt1" tx1="dk1" bg2="lt2" tx2="dk2" accent1="accent1" accent2="accent2" '
        'accent3="accent3" accent4="accent4" accent5="accent5" accent6="accent6" hlink="hlink" '
        f'folHlink="folHlink"/><p:sldLayoutIdLst>{layouts}</p:sldLayoutIdLst><p:txStyles>'
        f"<p:titleStyle>{_level('lvl1pPr', 26, 'tx2', 'mj', bold=True)}</p:titleStyle>"
        f"<p:bodyStyle>{body}</p:bodyStyle><p:otherStyle/></p:txStyles></p:sldMaster>"
    )


def _layout(kind: str, name: str, style: Style, logo: tuple[str, bytes, float] | None) -> str:
    feet = _feet(own=False)
    shown = ""
    if kind == "title":
        light = style.colours.on_area == "#FFFFFF"
        ink = "bg1" if light else "tx1"
        plain = (
            '<a:bodyPr lIns="0" rIns="0" tIns="0" bIns="0" anchor="{}"><a:normAutofit/></a:bodyPr>'
        )
        shapes = (
            shape(2, "Area", Box(0, 0, WIDTH, round(HEIGHT * 0.66)), fill="accent2")
            + shape(3, "Title", Box.inches(0.8, 1.3, 11.7, 1.9), holder='type="ctrTitle"',
                    body=plain.format("b"), looks=_level("lvl1pPr", 40, ink, "mj", bold=True))
            + shape(4, "Subtitle", Box.inches(0.8, 3.35, 11.7, 0.95),
                    holder='type="subTitle" idx="1"', body=plain.format("t"),
                    looks=_level("lvl1pPr", 20, ink, "mn"))
            + shape(5, "Particulars", Box.inches(0.8, 5.3, 8.6, 1.2),
                    holder='type="body" sz="quarter" idx="13"', body=plain.format("t"),
                    looks=_level("lvl1pPr", 14, "accent6", "mn", before=3))
            + _mark(logo, "rId2", Box.inches(9.6, 5.3, 2.9, 1.2))
        )  # fmt: skip
        # The master's bar, rule and logo are not for the first slide.
        shown = ' showMasterSp="0"'
    else:
        shapes = shape(2, "Title", holder='type="title"')
        if kind == "obj":
            shapes += shape(3, "Content", holder='idx="1"')
        shapes += feet
    named = canvas(shapes).replace("<p:cSld>", f'<p:cSld name="{name}">', 1)
    return (
        f'{HEAD}<p:sldLayout {SPACES} type="{kind}" preserve="1"{shown}>{named}'
        "<p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sldLayout>"
    )
