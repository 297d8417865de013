"""A client's own document of Word, whatever is in it."""

from __future__ import annotations

import time

from dmaic.reports.office.docx_client import completed
from dmaic.reports.style import Style


def test_styles_without_an_end_are_not_looked_through_again_and_again() -> None:
    theirs = b"<w:styles>" + b'<w:style w:type="paragraph" w:styleId="x"/>' * 100_000
    begun = time.process_time()
    made = completed({"word/styles.xml": theirs + b"</w:styles>"}, Style())
    assert time.process_time() - begun < 2
    assert made["word/styles.xml"].startswith(theirs[:100])
