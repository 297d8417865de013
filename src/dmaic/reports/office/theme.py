"""Colours and fonts of a style as the theme that Word and PowerPoint keep in a document."""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

from dmaic.reports.style import Style

FONT = "Arial"
"""On every desk with Word or PowerPoint; others have Liberation Sans, which is as wide."""

MAIN = "http://schemas.openxmlformats.org/drawingml/2006/main"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def body_font(style: Style) -> str:
    """Family of fonts of the text.

    Args:
        style: of the client.
    """
    return style.fonts.body or FONT


def heading_font(style: Style) -> str:
    """Family of fonts of the headlines.

    Args:
        style: of the client.
    """
    return style.fonts.heading or body_font(style)


def bare(colour: str) -> str:
    """A colour as these formats write it.

    Args:
        colour: `#rrggbb`.
    """
    return colour.lstrip("#").upper()


def colour_of(sign: str, style: Style) -> str:
    """Colour of a sign that judges: `#rrggbb`.

    Args:
        sign: one of `MARKS`.
        style: of the client.
    """
    colours = style.colours
    judged = {"✓": colours.good, "!": colours.warning, "✗": colours.bad}
    return judged.get(sign, colours.muted)


def text(value: str) -> str:
    """A text as content of an element: what XML cannot hold is shown as a box.

    Args:
        value: any text.
    """
    return escape("".join(each if _fits(each) else "□" for each in value))


def attribute(value: str) -> str:
    """A text as the value of an attribute, in its quotes.

    Args:
        value: any text.
    """
    return quoteattr("".join(each if _fits(each) else "□" for each in value))


def _fits(character: str) -> bool:
    code = ord(character)
    return (
        code in (0x9, 0xA, 0xD)
        or 0x20 <= code <= 0xD7FF
        or 0xE000 <= code <= 0xFFFD
        or code >= 0x10000
    )


def theme(style: Style) -> str:
    """`theme1.xml`.

    Args:
        style: of the client.
    """
    colours = style.colours
    named = {
        "dk1": colours.ink,
        "lt1": "#FFFFFF",
        "dk2": colours.accent,
        "lt2": colours.fill,
        "accent1": colours.accent,
        "accent2": colours.area,
        "accent3": colours.good,
        "accent4": colours.warning,
        "accent5": colours.bad,
        "accent6": colours.muted,
        "hlink": colours.accent,
        "folHlink": colours.muted,
    }
    scheme = "".join(
        f'<a:{name}><a:srgbClr val="{bare(colour)}"/></a:{name}>' for name, colour in named.items()
    )
    fonts = "".join(
        f"<a:{place}><a:latin typeface={attribute(font)}/>"
        f'<a:ea typeface=""/><a:cs typeface=""/></a:{place}>'
        for place, font in (("majorFont", heading_font(style)), ("minorFont", body_font(style)))
    )
    fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    line = f'<a:ln w="9525">{fill}</a:ln>'
    effect = "<a:effectStyle><a:effectLst/></a:effectStyle>"
    return (
        f'{HEAD}<a:theme xmlns:a="{MAIN}" name="dmaic"><a:themeElements>'
        f'<a:clrScheme name="dmaic">{scheme}</a:clrScheme>'
        f'<a:fontScheme name="dmaic">{fonts}</a:fontScheme>'
        f'<a:fmtScheme name="dmaic"><a:fillStyleLst>{fill * 3}</a:fillStyleLst>'
        f"<a:lnStyleLst>{line * 3}</a:lnStyleLst>"
        f"<a:effectStyleLst>{effect * 3}</a:effectStyleLst>"
        f"<a:bgFillStyleLst>{fill * 3}</a:bgFillStyleLst></a:fmtScheme>"
        "</a:themeElements></a:theme>"
    )
