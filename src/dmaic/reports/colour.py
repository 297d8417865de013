"""Colours of a client, and whether they can be read."""

from __future__ import annotations

READABLE = 4.5
"""Contrast that text needs: WCAG 2.2, success criterion 1.4.3, level AA."""

VISIBLE = 3.0
"""Contrast that what is drawn needs: the same, 1.4.11."""


def contrast(one: str, other: str) -> float:
    """Contrast of two colours by WCAG 2.2: 1 for the same, 21 for black on white.

    Args:
        one: `#rrggbb`.
        other: `#rrggbb`.
    """
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def mix(one: str, other: str, share: float) -> str:
    """A colour between two.

    Args:
        one: `#rrggbb`.
        other: `#rrggbb`.
        share: of the other, 0 to 1.
    """
    parts = zip(_parts(one), _parts(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02X}" for a, b in parts)


def readable(colour: str, on: str, at_least: float = READABLE) -> str:
    """The colour, or the one nearest to it, on the way to black or white, that can be read.

    Args:
        colour: of the text, `#rrggbb`.
        on: the ground, `#rrggbb`.
        at_least: contrast wanted; the ends' is taken where neither reaches it.
    """
    end = max(("#000000", "#FFFFFF"), key=lambda each: contrast(each, on))
    steps = (mix(colour, end, step / 50) for step in range(51))
    return next((each for each in steps if contrast(each, on) >= at_least), end)


def _parts(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _luminance(colour: str) -> float:
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (each / 255 for each in _parts(colour))
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
