"""The reference pages that are made from the code are current."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest

DOCS = Path(__file__).parents[2] / "docs"
PAGES = runpy.run_path(str(DOCS / "make_reference.py"))["PAGES"]


@pytest.mark.parametrize("name", PAGES)
def test_the_page_says_what_the_code_does(name: str) -> None:
    page = (DOCS / "reference" / name).read_text("utf-8")
    assert page == PAGES[name](), "run: python docs/make_reference.py"
