"""The looks of a page: a client's colours and fonts, in light, in dark and on paper."""

from __future__ import annotations

from functools import cache

from dmaic.reports.colour import mix, readable
from dmaic.reports.style import Style
from dmaic.resource import templates_folder

_NIGHT = "#12171D"
"""Ground of a dark page."""

_SANS = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif'


@cache
def part(name: str) -> str:
    """A part of every page that is the same for all clients.

    Args:
        name: of a file, such as `page.css`.
    """
    return (templates_folder() / "dmaic" / "style" / name).read_text("utf-8")


def sheet(style: Style, foot: str, *, broad: bool) -> str:
    """The style sheet of a page.

    Args:
        style: of the client.
        foot: words at the foot of every printed page.
        broad: the page is one sheet in landscape.
    """
    body = _family(style.fonts.body)
    heading = _family(style.fonts.heading) if style.fonts.heading else body
    light = "; ".join(f"--{name}: {value}" for name, value in _light(style).items())
    dark = "; ".join(f"--{name}: {value}" for name, value in _dark(style).items())
    paper = "A3 landscape" if broad else {"a4": "A4", "letter": "letter"}[style.paper]
    # What is chosen by the button goes before what the system prefers; paper is always light.
    return "\n".join(
        (
            f":root {{ color-scheme: light; --body: {body}; --heading: {heading}; {light} }}",
            "@media screen and (prefers-color-scheme: dark) {",
            f':root:not([data-theme="light"]) {{ color-scheme: dark; {dark} }}',
            "}",
            f'@media screen {{ :root[data-theme="dark"] {{ color-scheme: dark; {dark} }} }}',
            part("page.css"),
            part("sheet.css") if broad else "",
            f"@page {{ size: {paper}; @bottom-left {{ content: {_text(foot)} }} }}",
        )
    )


def _light(style: Style) -> dict[str, str]:
    """Names of colours -> colours that can be read on white and in boxes."""
    colours = style.colours
    text = {
        name: readable(readable(getattr(colours, name), "#FFFFFF"), colours.fill)
        for name in ("ink", "accent", "muted", "good", "warning", "bad")
    }
    return text | {
        "ground": "#FFFFFF",
        "fill": colours.fill,
        "rule": colours.rule,
        "area": colours.area,
        "paper": "transparent",
        "picture": "none",
        "blend": "normal",
    }


def _dark(style: Style) -> dict[str, str]:
    """The same on a dark ground: the client's hues, as much lighter as it takes to read them."""
    colours = style.colours
    fill = mix(_NIGHT, "#FFFFFF", 0.06)
    text = {
        name: readable(getattr(colours, name), fill, 5.5)
        for name in ("accent", "good", "warning", "bad")
    }
    return text | {
        "ink": "#E6EAEE",
        "muted": "#A7B1BC",
        "ground": _NIGHT,
        "fill": fill,
        "rule": mix(_NIGHT, "#FFFFFF", 0.2),
        "area": readable(colours.area, _NIGHT, 3),
        # A logo keeps the white that it was made for.
        "paper": "#FFFFFF",
        # Drawings are made for white paper: turned over, with their hues turned back.
        "picture": "invert(0.93) hue-rotate(180deg)",
        "blend": "lighten",
    }


def _family(font: str) -> str:
    return f"{_text(font)}, {_SANS}" if font else _SANS


def _text(words: str) -> str:
    """A text in CSS; all but letters and figures as code points."""
    return '"' + "".join(c if c.isalnum() or c in " -." else f"\\{ord(c):x} " for c in words) + '"'
