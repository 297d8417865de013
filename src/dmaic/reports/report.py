"""A report before any format is made of it: Markdown, figures, and what it lacks."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from matplotlib.figure import Figure as Drawing

Format = Literal["md", "html", "docx", "pptx", "pdf"]
FORMATS: tuple[Format, ...] = ("md", "html", "docx", "pptx", "pdf")

FOLDER = "figures"
"""Where the Markdown looks for its figures: `figures/NAME.svg`."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart of a report.

    Attributes:
        name: unique in the report, of small letters, figures and dashes; the Markdown shows it as
            an image alone in its paragraph, `![caption](figures/NAME.svg)`.
        caption: the finding in a sentence.
        alt: what is to be seen, for those who do not see it.
        draw: draws it.
        header, rows: the numbers behind it, plain values.
        key: tells the drawing from every other one, so that it need not be drawn again; empty
            where nothing does.
    """

    name: str
    caption: str
    alt: str
    draw: Callable[[], Drawing]
    header: tuple[str, ...] = ()
    rows: Sequence[tuple[Any, ...]] = ()
    key: str = ""

    @property
    def path(self) -> str:
        """As the Markdown names it."""
        return f"{FOLDER}/{self.name}.svg"


@dataclass(frozen=True, slots=True)
class Lack:
    """Something that a report should hold and does not, or holds from data of yesterday.

    Attributes:
        part: of the report.
        message: what is missing or stale, one sentence.
        command: what mends it, as it is typed, or empty.
        stale: it is there, but the data changed since.
    """

    part: str
    message: str
    command: str = ""
    stale: bool = False


@dataclass(frozen=True, slots=True)
class Report:
    """A report as every format is made of it.

    The Markdown is pandoc's `commonmark` with `pipe_tables`, `implicit_figures` and `strikeout`;
    nothing raw, no attributes. A headline of level 1 is not used: the title stands in `title`.
    Level 2 begins a section (in slides: a slide). A paragraph that is emphasised as a whole and
    stands right before a table is the table's caption. A block quote is a box that stands out:
    the summary, a warning. A line of a list that begins with ✓, !, ✗, ○ is judged.

    Attributes:
        kind: name of the layout, such as `analyze`.
        title: of the report.
        subtitle: project and what else belongs under the title.
        project: name of the project; empty for a portfolio.
        sponsor: of the project.
        day: as of which it is.
        markdown: the report.
        slides: the same told in slides; empty where the layout has none.
        figures: name -> figure, those that the Markdown or the slides show.
        lacks: what is missing or stale.
        draft: it is marked as a draft.
        language: of the texts, such as `en`.
        fingerprint: of the record that it was made from: number and hash of its newest entry.
        beside: name of the one file that it goes to, without its ending, which the folder of
            figures beside it shares; empty where that is the kind.
    """

    kind: str
    title: str
    subtitle: str
    project: str
    day: date
    markdown: str
    slides: str = ""
    sponsor: str = ""
    figures: Mapping[str, Figure] = field(default_factory=dict)
    lacks: tuple[Lack, ...] = ()
    draft: bool = False
    language: str = "en"
    fingerprint: str = ""
    beside: str = ""


Files = dict[str, bytes]
"""Path within the folder of reports -> content."""
