"""The first things a person types: nothing, a slip of the pen, a file of their own."""

from __future__ import annotations

from pathlib import Path

import pytest


def test_no_arguments_show_the_help(run) -> None:
    ran = run()
    assert (ran.status, ran.out, ran.err) == (0, run("--help").out, "")
    assert "pareto" in ran.out


@pytest.mark.parametrize(
    ("words", "help_line"),
    [
        (("pareot", "x.csv"), "`dmaic --help`"),
        (("--hepl",), "`dmaic --help`"),
        (("pareto", "--bye", "segment"), "`dmaic pareto --help`"),
        (("inspect",), "`dmaic inspect --help`"),
    ],
)
def test_the_help_pointed_to_is_there(run, words, help_line) -> None:
    ran = run(*words)
    assert (ran.status, ran.out) == (2, "")
    assert help_line in ran.err
    assert run(*help_line.strip("`").split()[1:]).status == 0


@pytest.mark.parametrize("width", [60, 79, 80, 100])
def test_inspect_keeps_to_the_width(run, export, monkeypatch, width) -> None:
    # "Read as" is narrower than the 8 places that a name is never cut below.
    file = export(
        "customer_id,answered_on,reason\n"
        + "".join(f"C{n:06},2024-08-{n + 10},{'a reason of some length' * 3}\n" for n in range(9))
    )
    monkeypatch.setenv("COLUMNS", str(width))
    out = run("inspect", file, "-q").out
    assert "Read as" in out
    assert max(len(line) for line in out.splitlines()) <= width


@pytest.mark.parametrize(
    "words",
    [
        ("team", "add", "NAME", "--function", "Sales"),
        ("team", "waive", "Sales", "--reason", "..."),
        ("project", "new", "NAME"),
        ("project", "close", "--reason", "..."),
        ("decision", "add", "TEXT", "--by", "Ada"),
        ("gate", "waive", "agreed", "--reason", "..."),
        ("gate", "answer", "agreed", "yes", "--note", "..."),
    ],
)
def test_a_command_that_is_pasted_with_its_placeholder_writes_nothing(
    run, mini: Path, words: tuple[str, ...]
) -> None:
    before = run("log", "--json").json
    assert run(*words).status == 2
    assert run("log", "--json").json == before


def test_a_change_is_told_in_words_and_kept_in_fields(run, mini: Path) -> None:
    run("team", "add", "Ada", "--role", "sponsor", "--role", "process owner")
    run("action", "add", "Call", "--owner", "Ada", "--due", "2026-12-01")
    moved = run("action", "move", "Call", "--due", "2026-12-24", "--reason", "late", "--json")
    assert "moved" in moved.json["result"]["touched"][0]["fields"]
    assert run("action", "done", "Call").out.count("done on") == 1
    assert "moved" not in run("undo").out
    page = run("project", "show").out
    assert "1 person, 1 action" in page
    for words in (("log", "show"), ("project", "set", "--target-date", "2027-03-31")):
        assert "_" not in run(*words).out
