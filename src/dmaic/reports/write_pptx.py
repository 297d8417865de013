"""A report as PPTX: a slide a message, its title the finding, the chart large, the table short.

Pandoc reads the slides. It does not write them: it puts a chart and a table on two slides, and
lets a long text run off its slide. The slides are written here, onto the layouts of dmaic's
reference document or of the client's.
"""

from __future__ import annotations

from dmaic.reports.office.archive import pack
from dmaic.reports.office.pptx_base import Base
from dmaic.reports.office.pptx_deck import Deck
from dmaic.reports.office.pptx_message import messages
from dmaic.reports.office.pptx_reference import reference
from dmaic.reports.office.pptx_slide import slides
from dmaic.reports.pandoc import read
from dmaic.reports.picture import Pictures
from dmaic.reports.report import Files, Report
from dmaic.reports.style import Style


def write(report: Report, pictures: Pictures, style: Style) -> Files:
    """`KIND.pptx`.

    Args:
        report: composed; without slides of its own, its sections are the slides.
        pictures: of its figures.
        style: of the client.

    Raises:
        DataError: `report.reference`, the client's document cannot be used.
    """
    own = style.reference_pptx
    base = (
        Base.of(own, "reference_pptx")
        if own is not None
        else Base.of(pack(reference(style)), "dmaic")
    )
    known = {each.figure.path: each for each in pictures.values()}
    tree = read(report.slides or report.markdown)
    deck = Deck(base, report, style)
    deck.cover()
    # A document that serves as a deck has a slide for each of its smaller sections too.
    told = messages(tree["blocks"], known, report.title, 2 if report.slides else 3)
    for message in told:
        for slide in slides(message, base.content):
            deck.add(slide)
    return {f"{report.kind}.pptx": pack(deck.parts())}
