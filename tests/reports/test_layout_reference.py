"""docs/layouts.md names every piece of data and every function of layouts, and no other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from dmaic.layout.environment import fill
from dmaic.project.engagement.home import open_home
from dmaic.reports.content import Content

PAGE = Path(__file__).parents[2] / "docs" / "layouts.md"
HOW_TO = Path(__file__).parents[2] / "docs" / "how-to" / "write-a-layout.md"


@pytest.fixture(scope="module")
def content(worked_case: Path) -> Iterator[Content]:
    home = open_home(str(worked_case / "dmaic.db"))
    with home.store.reading() as view:
        project = home.project(view, "Cut estimator churn")
        yield Content(view, project, date(2026, 2, 2), "analyze", draft=True)


@pytest.fixture(scope="module")
def page() -> str:
    return PAGE.read_text("utf-8")


def words(text: str) -> set[str]:
    """What stands in code on the page."""
    return {word for code in re.findall(r"`([^`\n]+)`", text) for word in re.findall(r"\w+", code)}


def section(page: str, title: str) -> str:
    found = re.search(rf"^### [^\n]*{re.escape(title)}.*?(?=^##)", page, re.MULTILINE | re.DOTALL)
    assert found, title
    return found[0]


def test_every_name_of_data_is_told_and_no_other(content: Content, page: str) -> None:
    table = page.split("## Data")[1].split("###")[0]
    told = {name for line in re.findall(r"^\| (`.*?) \|", table, re.MULTILINE)
            for name in re.findall(r"`(\w+)`", line)}  # fmt: skip
    assert told == {*content.data}


def test_every_function_is_told_and_no_other(content: Content, page: str) -> None:
    tables = page.split("## Functions")[1].split("\n## ")[0]
    told = {name for line in re.findall(r"^\| (`.*?) \|", tables, re.MULTILINE)
            for name in re.findall(r"`(\w+)\(", line)}  # fmt: skip
    assert told == {*content.functions()}


@pytest.mark.parametrize(
    "title", ["`report`", "`project`", "`goal`", "`health`", "`churn`", "`benefits`"]
)
def test_every_key_of_a_mapping_is_told(content: Content, page: str, title: str) -> None:
    data = content.data[title.strip("`")]
    assert {*keys(data)} <= words(section(page, title))


@pytest.mark.parametrize(
    "name", ["actions", "risks", "issues", "decisions", "team", "needs", "lacks"]
)
def test_every_key_of_a_list_is_told(content: Content, page: str, name: str) -> None:
    lines = content.data[name] or [{}]
    row = re.search(rf"^\| `{name}` \| (`.*)$", section(page, "The plan"), re.MULTILINE)
    assert row
    assert {*lines[0]} <= words(row[1])


@pytest.mark.parametrize("name", ["promises", "next"])
def test_every_key_of_a_fact_is_told(content: Content, page: str, name: str) -> None:
    told = re.search(rf"^`{name}` has (.*?)\.$", page, re.MULTILINE | re.DOTALL)
    assert told
    assert {*keys(content.data[name])} <= words(told[1])


def test_every_key_of_phases_documents_and_analyses_is_told(content: Content, page: str) -> None:
    phase = content.data["phases"][1]
    told = words(section(page, "`phase`"))
    assert {*phase} <= told
    assert {*keys(phase["gate"])} <= told
    assert {*phase["documents"][0]} <= told
    assert {*phase["steps"][0]} <= told
    assert {*content.data["analyses"][0]} <= words(section(page, "`analyses`"))


def keys(data: Any) -> Iterator[str]:
    """The keys of a mapping and of the lines of its lists."""
    for key, value in data.items():
        yield key
        if isinstance(value, list) and value and isinstance(value[0], dict):
            yield from keys(value[0])


def test_data_is_plain(content: Content) -> None:
    def check(value: object, path: str) -> None:
        if isinstance(value, dict):
            for key, each in value.items():
                assert isinstance(key, str)
                check(each, f"{path}.{key}")
        elif isinstance(value, list):
            for number, each in enumerate(value):
                check(each, f"{path}[{number}]")
        else:
            assert value is None or isinstance(value, (str, int, float, bool, date)), path

    check(content.data, "")


def test_the_layouts_of_the_guide_can_be_filled(content: Content) -> None:
    from dmaic.project.engagement.kept_package import built_in_layouts

    told = re.findall(r"```jinja\n(.*?)```", HOW_TO.read_text("utf-8"), re.DOTALL)
    told += re.findall(r"```jinja\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    assert len(told) >= 3
    for text in told:
        layouts = {**built_in_layouts("dmaic"), "own.md.j2": text}
        made = fill("own.md.j2", layouts, content.data, content.functions())
        # What only imports makes nothing by itself.
        assert made.strip() or not re.sub(r"\{% from .*? %\}", "", text, flags=re.DOTALL).strip()
