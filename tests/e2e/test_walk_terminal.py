"""The walk, played through a real terminal: as a person would, answer by answer."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from dmaic.documents.registry import document_class

pexpect = pytest.importorskip("pexpect")

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.name == "nt", reason="pexpect needs a POSIX terminal"),
]

KEYS = "\\(arrows or the key, then Enter\\)"
UP = "\x1b[A"


class Terminal:
    """A person at a terminal of 80 columns."""

    def __init__(self, child: Any) -> None:
        self.child = child

    def sees(self, *texts: str) -> None:
        """Wait for texts one after the other, whatever the prompts draw between their words."""
        for text in texts:
            words = [re.escape(word) for word in text.split()]
            self.child.expect(r"(?:\s|\x1b\[[0-9;?]*[a-zA-Z])+".join(words))

    def types(self, text: str = "") -> None:
        self.child.send(text + "\r")

    def picks(self, key: str) -> None:
        """Pick from the list that is shown next."""
        self.child.expect(KEYS)
        self.types(key)

    def leaves(self) -> int:
        """Press Ctrl-C, and give the exit status."""
        self.child.sendintr()
        self.sees("Go on with: dmaic walk")
        self.child.expect(pexpect.EOF)
        self.child.close()
        status: int = self.child.exitstatus
        return status

    def ends(self) -> int:
        self.child.expect(pexpect.EOF)
        self.child.close()
        status: int = self.child.exitstatus
        return status


@contextmanager
def walking(folder: Path, env: dict[str, str], *words: str) -> Iterator[Terminal]:
    child = pexpect.spawn(
        sys.executable,
        ["-m", "dmaic", "walk", *words],
        cwd=str(folder),
        env=env,
        dimensions=(40, 80),
        encoding="utf-8",
        timeout=120,
    )
    try:
        yield Terminal(child)
    finally:
        child.close(force=True)


def test_walk_leave_and_go_on(
    engagement: Path, terminal: dict[str, str], say: Callable[..., Any]
) -> None:
    with walking(engagement, terminal, "--step", "charter") as person:
        person.sees("The team agrees on what hurts", "Step 2 of 8: Write the charter")
        person.sees("In the worked case:", "What now")
        person.picks("f")
        person.sees("What hurts, since when", "For example:", "Problem:")
        person.types("2.2 % cancel each month")
        person.sees("Business case:")
        person.types("It costs $5.0M a year")
        # A figure that is none is told with the example, and asked again.
        person.sees("Cost a year:")
        person.types("a lot")
        person.sees('"a lot" is no number', "Example: 5000000", "Cost a year:")
        person.types("5M")
        # Back, and revise what stands there: the text is there to be edited.
        person.sees("Metric:")
        person.types("<")
        person.sees("Cost a year:", "5000000")
        person.types("<")
        person.sees("Business case:", "It costs $5.0M a year")
        person.types(", each year")
        person.sees("Cost a year:")
        person.types()
        person.sees("Metric:")
        assert person.leaves() == 130
    charter = say("doc", "show", "charter")["body"]
    assert charter["problem"] == "2.2 % cancel each month"
    assert charter["business_case"] == "It costs $5.0M a year, each year"
    assert charter["annual_cost"] == 5_000_000
    assert charter["metric"] == ""

    with walking(engagement, terminal) as person:
        # Without --step it goes on where it was left.
        person.sees("Step 2 of 8: Write the charter")
        person.picks("o")
        person.sees("Metric:")
        person.types("monthly logo churn")
        person.sees("Unit")
        person.types(">")
        person.sees("not complete yet", "Baseline is empty")
        # Skip it for good, with a reason; the walk goes on with the next step.
        person.picks("s")
        person.sees("Why can it be skipped:")
        person.types("The sponsor writes it")
        person.sees("Step 3 of 8")
        # The step before, which was skipped, can still be revised.
        person.picks("<")
        person.sees("Step 2 of 8", "skipped")
        person.picks("q")
        assert person.ends() == 0

    journal = say("log", "show")["items"]
    # One entry an answer: three and a revision, then one; each of them can be undone.
    assert sum(each["command"] == "walk charter" for each in journal) == 5
    assert say("log", "verify")


def test_walk_on_a_dumb_terminal(
    engagement: Path, terminal: dict[str, str], say: Callable[..., Any]
) -> None:
    """TERM=dumb gets plain lines: no cursor is moved, nothing is coloured."""
    with walking(engagement, {**terminal, "TERM": "dumb"}, "--step", "charter") as person:
        person.sees("Step 2 of 8", "f) Fill it in", "What now [f]:")
        person.types()
        person.sees("Problem (an empty line ends it):")
        person.types("Two lines,")
        person.types("both of them kept")
        person.types()
        person.sees("Business case")
        person.types("?")
        person.sees("Enter keeps what stands there")
        person.types("<")
        person.sees("Problem (an empty line ends it) [Two lines, both of them kept]:")
        assert "\x1b" not in person.child.before
        assert person.leaves() == 130
    assert say("doc", "show", "charter")["body"]["problem"] == "Two lines,\nboth of them kept"


def test_walk_adds_people_and_lines(
    engagement: Path, terminal: dict[str, str], say: Callable[..., Any]
) -> None:
    with walking(engagement, terminal, "--step", "team") as person:
        person.picks("d")
        person.sees("Name:")
        person.types("Sam")
        person.sees("Function")
        person.types("\x15Support")  # Ctrl-U empties the line
        person.sees("Role")
        person.types("boss")
        person.sees("Email")
        person.types()
        # The command's own words, and then once more.
        person.sees("boss", "What now")
        person.picks("d")
        person.sees("Name:")
        person.types("Sam")
        person.sees("Function")
        person.types("\x15Support")
        person.sees("Role")
        person.types("process owner; champion")
        person.sees("Email")
        person.types()
        person.sees("Sam is on the team")
        person.picks("q")
        assert person.ends() == 0
    team = say("team", "list")["members"]
    assert [each["name"] for each in team] == ["Sam"]

    with walking(engagement, terminal, "--step", "ctq") as person:
        person.picks("f")
        person.sees("Customer")
        person.types("Estimators")
        person.sees("Verbatims")
        person.types("Two days for an answer")
        assert person.leaves() == 130
    assert say("doc", "show", "ctq")["body"]["verbatims"][0]["words"] == "Two days for an answer"


def test_two_people_at_one_document(
    engagement: Path, terminal: dict[str, str], say: Callable[..., Any]
) -> None:
    with walking(engagement, terminal, "--step", "charter") as person:
        person.picks("f")
        person.sees("Problem:")
        say("doc", "set", "charter", "problem=Written by somebody else", "metric=churn")
        person.types("Mine")
        person.sees("was changed by Project lead", "Problem:", "Written by somebody else")
        person.types()
        person.sees("Business case:")
        assert person.leaves() == 130
    body = say("doc", "show", "charter")["body"]
    assert (body["problem"], body["metric"]) == ("Written by somebody else", "churn")


def test_hostile_words(engagement: Path, terminal: dict[str, str], say: Callable[..., Any]) -> None:
    """A paste with control characters, markup and code is kept as text and shown harmless."""
    evil = "[red]x[/] {{7*7}} '; DROP TABLE item;-- =1+1 \x07\x1b[31mred \u202eabc"
    with walking(engagement, terminal, "--step", "charter") as person:
        person.picks("f")
        person.sees("Problem:")
        person.child.send(f"\x1b[200~{evil}\x1b[201~")
        person.types()
        person.sees("Business case:")
        person.types(">")
        person.sees("not complete yet")
        person.picks("w")
        person.sees("Project charter")
        person.picks("q")
        assert person.ends() == 0
    assert say("doc", "show", "charter")["body"]["problem"] == evil


def test_walk_ends_at_the_tollgate(
    engagement: Path, terminal: dict[str, str], say: Callable[..., Any], tmp_path: Path
) -> None:
    """The question is asked, the gate passes, and it is submitted."""
    for word, more in (
        ("Sponsor", ("--role", "sponsor")),
        ("Sam", ("--function", "Support", "--role", "process owner")),
        ("Dana", ("--function", "Finance", "--role", "approver")),
    ):
        say("team", "add", word, *more)
    for function in ("Sales", "Marketing", "Customer Success", "Development"):
        say("team", "waive", function, "--reason", "a small firm")
    for kind in ("charter", "stakeholders", "raci", "sipoc", "ctq", "communication"):
        path = tmp_path / f"{kind}.json"
        path.write_text(document_class(kind).example().model_dump_json(), "utf-8")
        say("doc", "import", kind, path)
    with walking(engagement, terminal) as person:
        # Everything but the optional step is done, so it begins there.
        person.sees("Step 8 of 8: Note what could go wrong")
        person.picks("t")
        person.sees("The Define tollgate does not pass", "What now")
        person.picks("a")
        person.sees("The sponsor gives the team the time")
        person.picks("y")
        person.sees("What it rests on:")
        person.types("A day a week")
        person.sees("The Define tollgate passes")
        person.picks("s")
        person.sees("Submitted the Define tollgate")
        person.picks("q")
        assert person.ends() == 0
    gate = say("gate", "show", "define")
    assert gate["state"] == "submitted"


def test_a_long_text_in_the_editor(
    engagement: Path, terminal: dict[str, str], say: Callable[..., Any], tmp_path: Path
) -> None:
    editor = tmp_path / "editor.py"
    editor.write_text("import sys; open(sys.argv[1], 'a').write('one\\n\\ntwo')", "utf-8")
    env = {**terminal, "VISUAL": f"{sys.executable} {editor}"}
    with walking(engagement, env, "--step", "charter") as person:
        person.picks("f")
        person.sees("Problem:")
        person.types("+")
        person.sees("Business case:")
        assert person.leaves() == 130
    assert say("doc", "show", "charter")["body"]["problem"] == "one\n\ntwo"


def test_the_last_day_of_a_terminal(
    engagement: Path, terminal: dict[str, str], say: Callable[..., Any]
) -> None:
    """A terminal that is closed ends the walk; what was answered is kept."""
    with walking(engagement, terminal, "--step", "charter") as person:
        person.picks("f")
        person.sees("Problem:")
        person.types("kept")
        person.sees("Business case:")
        person.child.close(force=False)
    assert say("doc", "show", "charter")["body"]["problem"] == "kept"
    say("log", "verify")
