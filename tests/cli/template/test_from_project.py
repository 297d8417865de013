"""`dmaic template from-project`: the method stays, the client's own goes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from ..conftest import Run  # noqa: TID252  as importlib mode names it
from .conftest import Change

SECRETS = ("Globex", "Maria Oliveira", "Oliveira", "maria@globex.example", "estimators", "1.9",
           "2026-05-01", "export_globex.csv", "Bob Stone")  # fmt: skip


@pytest.fixture
def finished(run: Run, project: Path) -> Path:
    """A project full of the client's own."""
    Path("export_globex.csv").write_text(
        "id,churned,segment\n" + "".join(f"{n},{n % 3 == 0},Estimators\n" for n in range(60)),
        "utf-8",
    )
    for words in (
        ("template", "answer", "client", "Globex"),
        ("project", "set", "--sponsor", "Maria Oliveira", "--group", "Auto body estimators"),
        ("team", "add", "Maria Oliveira", "--role", "sponsor", "--email", "maria@globex.example"),
        ("action", "add", "Call them", "--owner", "Maria Oliveira", "--due", "2026-12-01"),
        ("risk", "add", "Bob Stone leaves", "--owner", "Maria Oliveira", "--probability", 3,
         "--impact", 4),
        ("doc", "set", "charter", "annual_cost=1.9M", "by=2026-05-01", "problem=Globex loses"),
        ("doc", "add", "reasons", "reasons", "name=Onboarding is missing", "top=no attachment"),
        ("doc", "add", "reasons", "reasons", "name=Estimators re-type", "top=no attachment"),
        ("doc", "add", "reasons", "reasons", "name=Slow", "top=no attachment",
         "meaning=Oliveira says {{ 7*7 }}"),
        ("doc", "add", "reasons", "answers", "raw=Bob was rude", "count=3"),
        ("doc", "add", "fmea", "step=Call a new customer", "mode=Call comes late",
         "effect=They give up", "owner=Bob Stone", "due=2026-05-01", "action=A rota"),
        ("doc", "add", "causes", "cause=No exchange format"),
        ("data", "add", "export_globex.csv", "--name", "globex"),
        ("pareto", "--by", "segment"),
    ):  # fmt: skip
        ran = run(*words)
        assert ran.status == 0, (words, ran.err)
    return project


def texts(folder: Path) -> str:
    return "\n".join(path.read_text("utf-8") for path in folder.rglob("*") if path.is_file())


def test_nothing_of_the_client_goes_into_it(run: Run, finished: Path) -> None:
    ran = run("template", "from-project", "play", "--yes", "--json")
    assert ran.status == 0, ran.err
    written = texts(Path("play"))
    for secret in SECRETS:
        assert secret.casefold() not in written.casefold(), secret
    assert "{{ 7" not in written
    told = ran.out.split('"removed"')[1]
    # What was removed is told without telling it again but for the word that gave it away.
    assert "Bob was rude" not in told


def test_the_method_stays_word_for_word(run: Run, finished: Path) -> None:
    assert run("template", "from-project", "play", "--yes").status == 0
    written = texts(Path("play"))
    for kept in ("Price", "Onboarding is missing", "Call comes late", "They give up", "A rota"):
        assert kept in written
    assert "No exchange format" not in written


def test_what_it_says_stays_is_what_is_written(run: Run, finished: Path) -> None:
    result = run("template", "from-project", "play", "--yes", "--json").json["result"]
    assert {each["document"] for each in result["stays"]} == {"reasons", "fmea"}
    removed: dict[str, set[str]] = {}
    for each in result["removed"]:
        removed.setdefault(each["document"], set()).add(each["path"])
    assert removed["charter"] == {""}
    assert removed["causes"] == {""}
    assert removed["reasons"] == {"reasons.R4", "reasons.R5.meaning", "answers"}
    assert removed["fmea"] == {"failures.F1.owner", "failures.F1.due"}
    assert {"team", "actions", "risks", "datasets", "analyses"} <= set(removed)


def test_a_new_project_can_follow_it(run: Run, finished: Path) -> None:
    assert run("template", "from-project", "play", "--yes").status == 0
    ran = run("template", "lint", "./play", "--json")
    assert ran.status == 0, ran.out
    assert run("project", "new", "Next", "--template", "./play", "--answer",
               "client=Beta").status == 0  # fmt: skip
    body = run("doc", "show", "reasons", "-p", "Next", "--json").json["result"]["body"]
    names = [each["name"] for each in body["reasons"]]
    assert names == ["Price", "Quality", "Onboarding is missing", "Slow"]


def test_without_a_terminal_somebody_must_have_read_it(run: Run, finished: Path) -> None:
    ran = run("template", "from-project", "play")
    assert (ran.status, "error usage.confirm" in ran.err) == (2, True)
    assert not Path("play").exists()
    ran = run("template", "from-project", "play", "--dry-run")
    assert (ran.status, "Would do" in ran.out) == (0, True)
    assert not Path("play").exists()


def test_at_a_terminal_each_document_is_shown_and_asked_about(
    run: Run, finished: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    class Person:
        def say(self, *blocks: Any) -> None:
            asked.append(blocks[0].text)

        def pick(self, question: str, options: Any) -> Any:
            return "reason" in question

    monkeypatch.setattr("dmaic.cli.commands.template_draw.can_ask", lambda **_: True)
    monkeypatch.setattr("dmaic.cli.ask.make_asker", Person)
    assert run("template", "from-project", "play").status == 0
    assert [each.split(" in the ")[1] for each in asked] == [
        "reason taxonomy", "failure mode and effects analysis (FMEA)",
    ]  # fmt: skip
    written = sorted(path.name for path in Path("play/documents").iterdir())
    assert written == ["charter.yaml", "reasons.yaml"]


def test_words_can_be_added_and_allowed(run: Run, finished: Path) -> None:
    assert run("template", "from-project", "play", "--yes", "--word", "rota",
               "--allow", "estimators", "--allow", "estimator").status == 0  # fmt: skip
    written = texts(Path("play"))
    assert "rota" not in written
    assert "Estimators re-type" in written


@pytest.mark.parametrize(
    ("words", "kept"),
    [(("--only", "fmea"), {"fmea"}), (("--also", "causes"), {"reasons", "fmea", "causes"})],
)
def test_documents_can_be_named(
    run: Run, finished: Path, words: tuple[str, ...], kept: set[str]
) -> None:
    ran = run("template", "from-project", "play", "--dry-run", "--json", *words)
    assert {each["document"] for each in ran.json["result"]["stays"]} == kept


def test_a_template_that_itself_names_the_client_is_not_written(
    run: Run, finished: Path, change: Change
) -> None:
    change("template.yaml", "Find them.", "Find them at Globex.")
    assert run("template", "update", "--keep-rest").status == 0
    ran = run("template", "from-project", "play", "--yes")
    assert (ran.status, "error template.client-data" in ran.err) == (1, True)
    assert "template.yaml, line" in ran.err
    assert not Path("play").exists()


def test_what_the_team_left_as_it_was_stays_the_template_s(run: Run, finished: Path) -> None:
    ran = run("template", "from-project", "play", "--yes", "--json")
    charter = Path("play/documents/charter.yaml").read_text("utf-8")
    # The team wrote another problem; metric and unit are the template's still.
    assert "monthly churn" in charter
    assert "{{ answers.client }}" in charter
    assert "charter" not in {each["document"] for each in ran.json["result"]["stays"]}


def test_of_a_project_on_a_named_template_only_what_differs_is_written(
    run: Run, finished: Path, folder: Path
) -> None:
    assert run("template", "add", folder).status == 0
    assert run("template", "update", "audit").status == 0
    ran = run("template", "from-project", "play", "--yes", "--json")
    assert ran.json["result"]["extends"] == "audit"
    assert sorted(path.name for path in Path("play").rglob("*.yaml")) == [
        "fmea.yaml", "reasons.yaml", "template.yaml",
    ]  # fmt: skip
    assert run("template", "lint", "./play").status == 0
    shown = run("template", "show", "./play", "--json").json["result"]
    assert shown["documents"] == {"charter": 3, "reasons": 4, "fmea": 1}
