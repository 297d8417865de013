"""`dmaic project new` on a template that asks: by flags, from a file, at a terminal."""

from __future__ import annotations

import io
import shutil
from pathlib import Path
from typing import Any

import pytest

from dmaic.cli import template_answers

ASKING = Path(__file__).parent / "asking"


def new(run, *words: object, name: str = "Acme churn") -> Any:
    return run("project", "new", name, "--template", ASKING, *words)


def charter(run) -> dict[str, Any]:
    found: dict[str, Any] = run("doc", "show", "charter", "-p", "Acme churn", "--json").json[
        "result"
    ]["body"]
    return found


def test_answers_fill_in_what_the_project_begins_with(run, mini: Path) -> None:
    ran = new(run, "--answer", "client=Acme", "--answer", "regions=us,EU", "--answer", "letter=yes")
    assert ran.status == 0
    assert "Filled in from the template: project charter." in ran.out
    made = charter(run)
    assert (made["problem"], made["target"]) == ("Acme loses customers", 1.4)
    assert made["in_scope"] == ["US", "EU"]
    mark = run("project", "show", "Acme churn", "--json").json["result"]["project"]["template"]
    assert mark["answers"] == {
        "client": "Acme", "target": 1.4, "letter": True, "regions": ["US", "EU"]
    }  # fmt: skip
    assert "0 of 2 steps done" in run("status", "-p", "Acme churn").out


def test_without_a_terminal_a_missing_answer_names_its_flag(run, mini: Path) -> None:
    ran = new(run, "--no-input")
    assert ran.status == 2
    assert "answer.missing" in ran.err
    assert "--answer client=Northwind" in ran.err
    assert [each["name"] for each in run("project", "list", "--json").json["result"]["items"]] == [
        "Cut churn"
    ]


@pytest.mark.parametrize(
    ("words", "status", "told"),
    [
        (["--answer", "client=x"], 1, "That is too short."),
        (["--answer", "cleint=Acme"], 2, 'Did you mean "client"?'),
        (["--answer", "client"], 2, "KEY=VALUE"),
        (["--answer", "client=Acme", "--answer", "target=much"], 1, "no figure"),
        (["--answers", "no-such.yaml"], 1, "answer.file"),
    ],
)
def test_a_wrong_answer_is_told(run, mini: Path, words: list[str], status: int, told: str) -> None:
    ran = new(run, *words)
    assert ran.status == status
    assert told in " ".join(ran.err.split())


@pytest.mark.parametrize("text", ["client: [", "- Acme", "client: *x", "\x00", "just words"])
def test_a_file_without_answers_is_told(run, mini: Path, text: str) -> None:
    (mini / "a.yaml").write_text(text)
    ran = new(run, "--answers", "a.yaml")
    assert ran.status == 1
    assert "error answer.file: a.yaml" in ran.err
    assert "template is" not in ran.err


def test_a_file_answers_and_a_flag_goes_before_it(run, mini: Path) -> None:
    (mini / "a.yaml").write_text("client: From the file\ntarget: 1.1\nregions: [US]\n")
    assert new(run, "--answers", "a.yaml", "--answer", "target=0.9").status == 0
    made = charter(run)
    assert made["problem"] == "From the file loses customers"
    assert (made["target"], made["in_scope"]) == (0.9, ["US"])


def test_one_entry_and_one_undo(run, mini: Path) -> None:
    new(run, "--answer", "client=Acme")
    (entry,) = [line for line in run("log").out.splitlines() if "project Acme churn and" in line]
    assert "project new" in entry
    assert run("undo", "--yes").status == 0
    assert run("project", "show", "Acme churn").status == 1


def test_the_project_keeps_what_it_follows(run, mini: Path, tmp_path: Path) -> None:
    """The folder may be changed or gone: documents, layouts and style stay as they were."""
    folder = tmp_path / "mine"
    shutil.copytree(ASKING, folder)
    run("project", "new", "Acme churn", "--template", folder, "--answer", "client=Acme")
    shutil.rmtree(folder)
    assert run("status", "-p", "Acme churn").status == 0
    assert run("report", "note", "-p", "Acme churn", "--format", "md", "-o", "note.md").status == 0
    assert "## Dear Acme" in (mini / "note.md").read_text("utf-8")


def test_a_project_goes_elsewhere_with_its_template(
    run, mini: Path, tmp_path: Path, monkeypatch
) -> None:
    new(run, "--answer", "client=Acme")
    run("export", "Acme churn", "-o", tmp_path / "p.json")
    other = tmp_path / "other"
    run("init", other)
    monkeypatch.chdir(other)
    assert run("import", tmp_path / "p.json").status == 0
    assert run("report", "note", "--format", "md", "-o", "note.md").status == 0
    assert "## Dear Acme" in (other / "note.md").read_text("utf-8")


def test_the_next_cycle_begins_with_the_same_answers(run, mini: Path) -> None:
    new(run, "--answer", "client=Acme")
    ran = run("project", "next-cycle", "Acme churn", "--group", "Nurses", "--name", "Second")
    assert ran.status == 0
    body = run("doc", "show", "charter", "-p", "Second", "--json").json["result"]["body"]
    # The scope is carried over from the charter of the first, which goes before the template.
    assert body["in_scope"] == ["EU"]
    assert run("report", "note", "-p", "Second", "--format", "md", "-o", "n.md").status == 0


def test_its_preset_knows_the_client_s_export(run, mini: Path) -> None:
    new(run, "--answer", "client=Acme")
    (mini / "x.csv").write_text("Acct,Lost on,Seats\n1,2025-01-02,3\n2,,4\n3,2025-02-02,3\n")
    assert run("data", "add", "x.csv", "--name", "q", "-p", "Acme churn").status == 0
    assert "crm" in run("data", "show", "q", "-p", "Acme churn").out
    assert run("data", "refresh", "q", "-p", "Acme churn").status == 0


def test_its_figures_are_taken_where_nothing_is_said_and_that_is_told(run, mini: Path) -> None:
    new(run, "--answer", "client=Acme")
    words = ("clv", "--arpa", "100", "--churn", "0.02", "-p", "Acme churn")
    ran = run(*words)
    assert "margin 0.8. Finance's figure of 2025." in " ".join(ran.err.split())
    assert "Margin 80 %" in ran.out
    ran = run(*words, "--margin", "0.5")
    assert "From the template" not in ran.err
    assert "Margin 50 %" in ran.out
    ran = run("clv", "--arpa", "100", "--churn", "0.02", "-p", "Cut churn")
    assert "From the template" not in ran.err


class Typed(io.BytesIO):
    """What somebody types at a dumb terminal."""

    encoding = "utf-8"

    @property
    def buffer(self) -> Typed:
        return self


def test_somebody_is_asked_section_by_section(run, mini: Path, monkeypatch) -> None:
    monkeypatch.setenv("TERM", "dumb")
    monkeypatch.setattr(template_answers, "can_ask", lambda no_input: not no_input)
    # Too short; explained; answered; the default; back; another one; a choice; several.
    monkeypatch.setattr("sys.stdin", Typed(b"x\n?\nAcme\n\n<\n1.2\nno\nUS\n"))
    ran = new(run)
    assert ran.status == 0
    words = " ".join(ran.err.split())
    assert "The client" in words
    assert "That is too short." in words
    assert "For example: Northwind" in words
    made = charter(run)
    assert (made["target"], made["in_scope"]) == (1.2, ["US"])


def test_nobody_is_asked_what_is_said_and_yes_takes_the_defaults(
    run, mini: Path, monkeypatch
) -> None:
    monkeypatch.setenv("TERM", "dumb")
    monkeypatch.setattr(template_answers, "can_ask", lambda no_input: not no_input)
    monkeypatch.setattr("sys.stdin", Typed(b"Acme\n"))
    assert new(run, "--yes").status == 0
    assert charter(run)["problem"] == "Acme loses customers"


def test_who_leaves_leaves_nothing(run, mini: Path, monkeypatch) -> None:
    monkeypatch.setenv("TERM", "dumb")
    monkeypatch.setattr(template_answers, "can_ask", lambda no_input: not no_input)
    monkeypatch.setattr("sys.stdin", Typed(b"Acme\n"))
    assert new(run).status == 130
    assert run("project", "show", "Acme churn").status == 1
