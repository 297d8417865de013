"""The first things a person types: nothing, a slip of the pen, a file of their own."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from dmaic.cli.aim import aimed
from dmaic.cli.record import Place
from dmaic.reply import Change


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


@pytest.fixture
def elsewhere(run, mini: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Another engagement, with two projects, seen from the folder of the first one."""
    other = str(mini.parent / "other")
    template = str(Path(__file__).parent / "mini")
    assert run("init", other, "--template", template).status == 0
    for name in ("One", "Two"):
        assert run("project", "new", name, "--db", other).status == 0
    return other


@pytest.mark.parametrize(
    "words",
    [
        ("team", "add", "Ada"),
        ("doc", "set", "charter", "problem=x"),
        ("risk", "add", "Fire", "--probability", "2", "--impact", "2"),
        ("status",),
        ("gate", "check"),
    ],
)
def test_commands_that_are_told_work_on_what_was_named(
    run, elsewhere: str, words: tuple[str, ...]
) -> None:
    ran = run(*words, "-p", "Two", "--db", elsewhere)
    told = re.findall(r"(?:Undo|Next): (dmaic .*)", ran.err)
    assert told
    for command in told:
        assert shlex.split(command)[-4:] == ["--project", "Two", "--db", elsewhere]


def test_what_is_told_is_run_as_it_stands(run, elsewhere: str) -> None:
    here = run("log", "--json").json["result"]["total"]
    ran = run("team", "add", "Ada", "-p", "Two", "--db", elsewhere)
    (back,) = re.findall(r"Undo: dmaic (.*)", ran.err)
    assert run(*shlex.split(back)).status == 0
    assert "No" in run("team", "list", "-p", "Two", "--db", elsewhere).out
    assert run("log", "--json").json["result"]["total"] == here
    begun = run("project", "new", "Three", "--db", elsewhere)
    (follow,) = re.findall(r"Next: dmaic (.*)", begun.err)
    assert run(*shlex.split(follow)).status == 0


def test_a_password_is_not_told_back() -> None:
    command = "dmaic undo"
    change = Change(done="x", next=(command,))
    place = Place(db="postgresql://ada:secret@host/base")
    assert aimed(change, place).next == ("dmaic undo --db 'postgresql://ada:***@host/base'",)


def test_the_next_cycle_of_the_project_that_was_closed_is_told(run, elsewhere: str) -> None:
    ran = run("project", "close", "Two", "--reason", "sold", "--db", elsewhere)
    (follow,) = re.findall(r"Next: dmaic (project next-cycle .*)", ran.err)
    begun = run(*shlex.split(follow), "--group", "s1")
    assert 'the cycle after "Two"' in " ".join(begun.out.split())


@pytest.mark.parametrize("noun", ["gate", "doc", "project", "data"])
def test_a_noun_alone_shows_its_verbs(run, noun: str) -> None:
    ran = run(noun)
    assert (ran.status, ran.out, ran.err) == (0, run(noun, "--help").out, "")


def test_a_word_that_is_not_one_of_those_asked_for_is_told_plainly(run, mini: Path) -> None:
    ran = run("gate", "answer", "agreed", "maybe")
    assert ran.status == 2
    assert "'maybe' is not one of 'yes', 'no'" in ran.err
    assert "Value error" not in ran.err
