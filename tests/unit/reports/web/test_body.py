"""A tree as HTML: what the dialect says, and nothing that a text could smuggle in."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dmaic.markdown.escape import escaped
from dmaic.reports.pandoc import read
from dmaic.reports.picture import Picture
from dmaic.reports.report import Figure
from dmaic.reports.web.body import Body

FIGURE = Figure("a", "cap", 'what "is" <seen>', lambda: None, ("n",), [(1,)])  # type: ignore[arg-type,return-value]
PICTURES = {
    "figures/a.svg": Picture(FIGURE, b'<svg xmlns="http://www.w3.org/2000/svg"/>', b"", 1, 1)
}


def body(markdown: str, **places: str) -> Body:
    return Body(read(markdown)["blocks"], PICTURES, {f"#{name}": to for name, to in places.items()})


def html(markdown: str) -> str:
    made = body(markdown)
    return made.lead + made.sections


class Seen(HTMLParser):
    """Tags, attributes and text of a page."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.names: set[str] = set()
        self.text = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.names |= {name for name, _ in attrs}

    def handle_data(self, data: str) -> None:
        self.text += data


def test_what_stands_before_the_first_section_is_the_lead() -> None:
    made = body("> Summary\n\n## One\n\ntext\n\n## Two\n")
    assert "Summary" in made.lead
    assert "Summary" not in made.sections
    assert made.sections.count("<section>") == 2


def test_headlines_are_named_by_their_words_and_never_twice() -> None:
    made = body("## Über uns!\n\n### Part\n\n## Über uns\n\n## Report\n\n## 顧客\n\n## ???\n")
    assert [each.id for each in made.contents] == [
        "über-uns", "über-uns-2", "report-2", "顧客", "section",
    ]  # fmt: skip
    assert [each.text for each in made.contents[0].below] == ["Part"]


def test_a_title_in_the_layout_is_a_section() -> None:
    assert "<h2 id=" in html("# Title\n")
    assert "<h1" not in html("# Title\n")


@pytest.mark.parametrize(
    ("sign", "kind"), [("✓", "good"), ("!", "warning"), ("✗", "bad"), ("○", "open")]
)
def test_signs_are_said_in_words_too(sign: str, kind: str) -> None:
    for markdown in (
        f"- {sign} text\n",
        f"> {sign} text\n",
        f"| a | b |\n|---|---|\n| {sign} t | |\n",
    ):
        assert f'<span class="sign {kind}" role="img" aria-label=' in html(markdown)


def test_a_sign_within_a_sentence_is_none() -> None:
    assert "sign" not in html("- done ✓ today\n- !important\n")


def test_an_emphasised_paragraph_captions_the_table_after_it_and_no_other() -> None:
    table = "| a | b |\n|---|---:|\n| x | 1 |\n| y | 2 |\n"
    assert "<caption><span>All of it</span></caption>" in html(f"*All of it*\n\n{table}")
    assert "<p><em>Alone</em></p>" in html("*Alone*\n\ntext\n")
    assert "<caption>" not in html(f"Not *all* of it\n\n{table}")


def test_figures_of_a_table_are_set_to_the_right() -> None:
    made = html("| a | b |\n|---|---:|\n| x | 1 |\n| y | 2 |\n")
    assert '<th scope="col" class="n">b</th>' in made
    assert '<td class="n">2</td>' in made
    assert 'class="sortable"' in made


def test_labels_with_values_are_a_list_of_terms() -> None:
    made = html("- **Goal**: halve it\n- **State**: *open*, [here](https://a.b)\n  - more\n")
    assert "<div><dt>Goal</dt><dd>halve it</dd></div>" in made
    assert "<dt>State</dt><dd><em>open</em>," in made
    assert made.count("<ul>") == 1
    assert "<dl" not in html("- **Goal**: halve it\n- Without a label\n")
    assert "<dl" not in html("- **Only strong**\n- **a** b\n")


def test_totals_go_to_the_foot() -> None:
    made = html("| a | b |\n|---|---:|\n| x | 1 |\n| y | 2 |\n| **All** | 3 |\n")
    assert made.index("<tfoot>") < made.index("All") < made.index("</tfoot>")


def test_nothing_can_be_sorted_in_a_table_of_one_row_or_without_heads() -> None:
    assert "sortable" not in html("| a | b |\n|---|---|\n| x | 1 |\n")
    assert "sortable" not in html("| | |\n|---|---|\n| x | 1 |\n| y | 2 |\n")


def test_a_figure_has_its_own_words_and_a_missing_one_is_named() -> None:
    made = html("![The finding](figures/a.svg)\n")
    assert 'alt="what &quot;is&quot; &lt;seen&gt;"' in made
    assert "<figcaption>The finding</figcaption>" in made
    assert "no such figure: Other" in html("![Other](figures/b.svg)\n")


@pytest.mark.parametrize(
    "address",
    ["https://example.org/x.png", "data:image/png;base64,AA", "file:///etc/passwd", "//x/y.png",
     "../secret.svg", "figures/../a.svg"],
)  # fmt: skip
def test_a_picture_from_elsewhere_is_its_words(address: str) -> None:
    for markdown in (f"![words]({address})\n", f"text ![words]({address}) text\n"):
        seen = Seen(html(markdown))
        assert "img" not in seen.tags
        assert "words" in seen.text


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "JavaScript:x", "data:text/html,x", "file:///x", "#nowhere",
                "other.html", "vbscript:x"]
)  # fmt: skip
def test_a_link_leads_only_where_it_may(address: str) -> None:
    seen = Seen(html(f"[words]({address})\n"))
    assert "a" not in seen.tags
    assert seen.text.strip() == "words"


def test_a_link_to_a_place_of_the_site_leads_to_its_page() -> None:
    made = body("[words](#project-1)\n", **{"project-1": 'a/"b".html'})
    assert made.lead == '<p><a href="a/&quot;b&quot;.html">words</a></p>'


KNOWN = frozenset(
    ("section", "div", "h2", "h3", "h4", "h5", "h6", "p", "ul", "ol", "li", "pre", "code", "hr",
     "em", "strong", "del", "a", "br", "span", "img", "figure", "figcaption", "details", "summary",
     "table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td")
)  # fmt: skip


@settings(max_examples=60)
@given(st.text(max_size=200) | st.text("<>&\"'=/!-[](){}`*_|#:.\\ \n\tab", max_size=200))
def test_any_markdown_is_written_with_known_tags_and_no_style(text: str) -> None:
    seen = Seen(html(text))
    assert set(seen.tags) <= KNOWN
    assert not [each for each in seen.names if each == "style" or each.startswith("on")]


@settings(max_examples=60)
@given(st.text("<>&\"'=/!-[](){}`*_|#:.\\ ab$%~^@", min_size=1, max_size=80))
def test_an_escaped_text_shows_as_itself(text: str) -> None:
    seen = Seen(html(f"x {escaped(text)} x\n"))
    assert seen.tags == ["p"]
    assert seen.text.split() == f"x {text} x".split()
