from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dmaic.markdown.escape import escaped
from dmaic.reports.pandoc import read
from dmaic.reports.typeset.markup import Markup, parted, string
from dmaic.reports.typeset.table import columns_of


def markup(markdown: str) -> str:
    return Markup({}).blocks(read(markdown)["blocks"])


@given(st.text())
def test_a_text_becomes_one_string_that_nothing_in_it_ends(text: str) -> None:
    made = string(text)
    inner = re.fullmatch(r'"((?:[^"\\]|\\["\\]|\\u\{[0-9a-f]+\})*)"', made, re.DOTALL)
    assert inner is not None
    back = re.sub(
        r'\\(?:u\{([0-9a-f]+)\}|(["\\]))',
        lambda each: each[2] or chr(int(each[1], 16)),
        inner[1],
    )
    assert back == text


@given(st.text(max_size=200), st.integers(3, 30))
def test_a_word_that_may_be_broken_is_still_the_word(text: str, long: int) -> None:
    assert "".join(part for part, _ in parted(text, long)) == text


def test_accents_and_joined_emoji_stay_with_their_letter() -> None:
    accents = parted("e\u0301" * 40, 10)
    assert len(accents) > 5
    assert not any(part.startswith("\u0301") for part, _ in accents)
    families = parted("\U0001f469\u200d\U0001f467" * 20, 10)
    assert not any(part.startswith("\u200d") or part.endswith("\u200d") for part, _ in families)


def test_short_words_are_left_alone() -> None:
    text = "internationalisation of the app"
    assert parted(text, 60) == [(text, False)]
    assert parted("日本語" * 40, 60) == [("日本語" * 40, False)]


def test_a_line_that_is_judged_has_its_sign_and_others_a_bullet() -> None:
    made = markup("- ✓ done\n- plain\n")
    assert made == '#judged(("good", [#"done";]), ("plain", [#"plain";]))'


def test_headlines_skip_no_level() -> None:
    made = markup("#### deep\n\n## section\n\n#### under\n")
    assert re.findall(r"level: (\d)", made) == ["1", "1", "2"]


def test_a_paragraph_all_emphasised_before_a_table_is_its_caption() -> None:
    made = markup("*People*\n\n| a |\n|---|\n| b |\n")
    assert '[#"People";]' in made
    assert "#emph" not in made
    assert "#emph" in markup("*People*\n\nno table")


def test_a_figure_that_is_not_known_is_its_words() -> None:
    assert markup("![words](figures/none.svg)") == '#emph[#"words";]'


@pytest.mark.parametrize(
    ("link", "made"),
    [
        ("[a](https://example.com)", '#link("https://example.com")[#"a";]'),
        ("[a](#place)", '#"a";'),
        ("[a](javascript:alert%281%29)", '#"a";'),
    ],
)
def test_links_lead_to_pages_only(link: str, made: str) -> None:
    assert markup(link) == made


@given(st.text(max_size=60))
def test_people_s_text_is_only_ever_in_strings(text: str) -> None:
    made = markup(f"- {escaped(text)}\n\n{escaped(text)}")
    outside = re.sub(r'"(?:[^"\\]|\\.)*"', "", made, flags=re.DOTALL)
    assert re.fullmatch(r"[#a-z\-():\[\];, \n\d]*", outside), outside


def cell(text: str) -> list[object]:
    return [None, None, 1, 1, [{"t": "Plain", "c": [{"t": "Str", "c": text}]}]]


def test_columns_that_fit_are_as_wide_as_their_texts() -> None:
    made = columns_of([[cell("name"), cell("12")]], 2)
    assert made.columns == "auto, auto"


def test_a_long_column_takes_the_room_and_a_date_keeps_its_line() -> None:
    made = columns_of([[cell("2026-12-31"), cell("word " * 60), cell("word " * 20)]], 3)
    date, long, longer = (float(each.removesuffix("fr")) for each in made.columns.split(", "))
    assert date >= 10
    assert long > longer > date


def test_many_columns_are_set_smaller() -> None:
    wide = columns_of([[cell("figures")] * 20], 20)
    few = columns_of([[cell("figures " * 20)] * 3], 3)
    assert wide.size < few.size
