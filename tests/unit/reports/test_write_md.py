"""Markdown for a wiki: a caption is a paragraph of its own, whatever follows it."""

from __future__ import annotations

import re
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


@pytest.mark.parametrize(
    "hostile",
    [
        "[x](javascript:alert(1))",
        "[x]( <java&#115;cript:alert(1)>)",
        "[x](\njavascript:alert(1))",
        "[x](../../secret)",
        "[x][y]\n\n[y]: javascript:alert(1)",
        r"\\[x](javascript:alert(1))",
        "![x](https://elsewhere.example/x.png)",
        "![x](https://elsewhere.example/x.png) ![One](figures/a.svg)",
        "![x](figures/none.svg) ![x](https://elsewhere.example/x.png)",
    ],
)
def test_a_layout_leads_nowhere_and_fetches_nothing_where_its_markdown_is_read(
    hostile: str,
) -> None:
    text = written(f"{hostile}\n", "a")["analyze.md"].decode()
    assert not re.search(r"[^\\]!\[x\]\(http", text)
    for page in (pandoc(text, "gfm"), pandoc(text, "commonmark")):
        assert not re.search(r'<a [^>]*href="(?!https?:|mailto:|#)', page)
        assert not re.search(r'<img [^>]*src="(?!analyze-figures/|figures/)', page)


def test_links_and_what_people_wrote_stay_as_they_are() -> None:
    said = r"[a](https://x.example) [b](#here) \[c\](d) \[e\]: f \![g\]"
    assert said in written(f"{said}\n")["analyze.md"].decode()


def pandoc(text: str, form: str) -> str:
    import pypandoc

    return str(pypandoc.convert_text(text, "html", form))
