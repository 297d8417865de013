"""How reports look: names, colours, fonts, logo and reference documents of a client.

`dmaic.reports.style_file` reads it from a file such as `client.toml`.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints

from dmaic.charts.style import LINE, VITAL
from dmaic.reports.colour import VISIBLE, contrast, readable
from dmaic.result import Frozen
from dmaic.text import printable

Colour = Annotated[
    str,
    StringConstraints(strip_whitespace=True, pattern=r"^#[0-9A-Fa-f]{6}$"),
    AfterValidator(str.upper),
]
"""`#rrggbb`."""

Line = Annotated[
    str,
    StringConstraints(strip_whitespace=True, max_length=200, pattern=r"^[^\x00-\x1f\x7f]*$"),
    AfterValidator(printable),
]
"""Words on one line."""

Font = Annotated[
    str, StringConstraints(strip_whitespace=True, max_length=80, pattern=r"^[\w .&'-]*$")
]
"""Name of a family of fonts, such as `Open Sans`."""

Language = Annotated[
    str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?$")
]
"""As in BCP 47: `en`, `pt-BR`, `zh-Hant-TW`."""

_RIGHT_TO_LEFT = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"})


class Colours(Frozen):
    """Colours of a client, each `#rrggbb`; the defaults can be read by colour-blind people too.

    Attributes:
        accent: headlines and links, lines of charts; must be readable on white.
        brand: areas and thick rules, any colour; empty takes the accent.
        ink: text.
        muted: captions, header and footer.
        rule: thin lines of tables.
        fill: ground of boxes and of every other row.
        good, warning, bad: signs of what is judged.
        highlight: what matters in charts, such as the bars of the vital few; must be seen on white.
    """

    accent: Colour = LINE
    brand: Colour | Literal[""] = ""
    ink: Colour = "#222222"
    muted: Colour = "#5A6470"
    rule: Colour = "#CBD5DE"
    fill: Colour = "#F2F5F8"
    good: Colour = "#00724F"
    warning: Colour = "#8F5800"
    bad: Colour = "#B03A00"
    highlight: Colour = VITAL

    @property
    def area(self) -> str:
        """Colour of areas and thick rules."""
        return self.brand or self.accent

    @property
    def on_area(self) -> str:
        """Colour of text on such an area."""
        return max(("#FFFFFF", self.ink), key=lambda each: contrast(each, self.area))

    def unreadable(self) -> dict[str, str]:
        """Name of each colour that cannot be told on its ground -> one that can.

        Text must be readable on white and in boxes, what is drawn must be seen on white.
        """
        found = {}
        for name in ("accent", "ink", "muted", "good", "warning", "bad"):
            colour = getattr(self, name)
            better = readable(readable(colour, "#FFFFFF"), self.fill)
            if better != colour:
                found[name] = better
        if (better := readable(self.highlight, "#FFFFFF", VISIBLE)) != self.highlight:
            found["highlight"] = better
        return found


class Fonts(Frozen):
    """Families of fonts; empty takes the ones that come with dmaic or fit the format.

    Attributes:
        heading: of headlines; empty takes the body's.
        body: of text.
        files: fonts that PDFs are set in; without them a family must be on the machine.
    """

    heading: Font = ""
    body: Font = ""
    files: tuple[bytes, ...] = Field(default=(), repr=False, max_length=12)


class Logo(Frozen):
    """A client's logo.

    Attributes:
        content: bytes of the picture.
        media_type: of these bytes.
        width, height: in its own units; their ratio counts.
    """

    content: bytes = Field(repr=False)
    media_type: Literal["image/svg+xml", "image/png", "image/jpeg"]
    width: float = Field(gt=0)
    height: float = Field(gt=0)

    @property
    def suffix(self) -> str:
        """Ending of a file that holds it."""
        return {"image/svg+xml": ".svg", "image/png": ".png", "image/jpeg": ".jpg"}[self.media_type]


class Style(Frozen):
    """A client's branding.

    Attributes:
        organisation: name beside the logo, in headers and on the cover.
        logo: or None.
        colours: of the client.
        fonts: of the client.
        footer: words in the footer of every page, such as `Confidential`.
        language: of the texts.
        paper: on which PDF and DOCX are printed.
        reference_docx: the client's own Word document whose styles are taken; None for dmaic's.
        reference_pptx: the same of PowerPoint.
    """

    organisation: Line = ""
    logo: Logo | None = None
    colours: Colours = Colours()
    fonts: Fonts = Fonts()
    footer: Line = ""
    language: Language = "en"
    paper: Literal["a4", "letter"] = "a4"
    reference_docx: bytes | None = Field(default=None, repr=False)
    reference_pptx: bytes | None = Field(default=None, repr=False)

    @property
    def right_to_left(self) -> bool:
        """The language is written from right to left."""
        return self.language.partition("-")[0] in _RIGHT_TO_LEFT
