"""The pages for people: every command in them runs, and prints what the page says."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = [
    ROOT / "docs" / "tutorial.md",
    *(ROOT / "docs" / f"{page}.md" for page in ("churn", "clv", "recover", "decide", "benefits")),
    *(ROOT / "docs" / f"{page}.md" for page in ("agreement", "gage", "compare")),
    ROOT / "docs" / "capability.md",
    *(ROOT / "docs" / f"{page}.md" for page in ("sample-size", "survey", "survival")),
    *(ROOT / "docs" / f"{page}.md" for page in ("test", "correlate", "drivers")),
    *(ROOT / "docs" / f"{page}.md" for page in ("control", "monitor")),
    *(
        ROOT / "docs" / "how-to" / f"{phase}.md"
        for phase in (
            "define",
            "measure",
            "analyze",
            "improve",
            "control",
            "consult",
            "update-a-template",
        )
    ),
]


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="the pages are written for a POSIX shell")
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_command_of_the_page_runs(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "docs"))
    sys.modules.pop("console", None)
    import console

    _, problems = console.play(page.read_text("utf-8"))
    assert problems == [], (
        f"{len(problems)} of {page}; write it anew: python docs/console.py {page}"
    )
