"""Markdown for a wiki: a caption is a paragraph of its own, whatever follows it."""

from __future__ import annotations

from datetime import date

import pytest

from dmaic.reports.picture import Picture
from dmaic.reports.report import Figure, Report
from dmaic.reports.style import Style
from dmaic.reports.write_md import write


def picture(name: str) -> Picture:
    def never() -> None:
        raise AssertionError

    figure = Figure(name, f"What {name} shows", f"Chart: {name}.", never)  # type: ignore[arg-type]
    return Picture(figure, f"<svg>{name}</svg>".encode(), b"", 1.0, 1.0)


def written(markdown: str, *names: str) -> dict[str, bytes]:
    pictures = {name: picture(name) for name in names}
    report = Report("analyze", "Analyze report", "Cut churn", "Cut churn", date(2025, 3, 28),
                    markdown)  # fmt: skip
    return write(report, pictures, Style())


@pytest.mark.parametrize(
    "after",
    ["![Two](figures/b.svg)", "*A table*\n\n| a |\n|---|\n| 1 |", "- a line", "## Next", "Words."],
)
def test_a_caption_does_not_run_on_into_what_follows(after: str) -> None:
    text = written(f"![One](figures/a.svg)\n\n{after}\n", "a", "b")["analyze.md"].decode()
    paragraphs = text.split("\n\n")
    assert "*Figure 1.* One" in paragraphs


def test_only_figures_that_the_text_shows_lie_beside_it() -> None:
    files = written("![One](figures/a.svg)\n", "a", "slides-only")
    assert set(files) == {"analyze.md", "analyze-figures/a.svg"}


def test_files_with_names_of_their_own_do_not_share_figures() -> None:
    pictures = {"a": picture("a")}
    report = Report("analyze", "Analyze report", "", "", date(2025, 3, 28),
                    "![One](figures/a.svg)\n", beside="client A (2)")  # fmt: skip
    files = write(report, pictures, Style())
    assert set(files) == {"analyze.md", "client A (2)-figures/a.svg"}
    assert "](client%20A%20%282%29-figures/a.svg)" in files["analyze.md"].decode()
