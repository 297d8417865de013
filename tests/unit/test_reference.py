"""The generated reference says what the models say."""

from __future__ import annotations

import runpy
from pathlib import Path

DOCS = Path(__file__).parents[2] / "docs"


def test_the_reference_of_the_documents_is_current() -> None:
    made = runpy.run_path(str(DOCS / "make_reference.py"))["page"]()
    said = (DOCS / "reference" / "documents.md").read_text("utf-8")
    assert said == made, "run: python docs/make_reference.py"
