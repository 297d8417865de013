"""`dmaic template update`: a project brought to a newer version of its template."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from ..conftest import Ran, Run  # noqa: TID252  as importlib mode names it
from .conftest import Change


def fields(run: Run, kind: str) -> dict[str, Any]:
    found: dict[str, Any] = run("doc", "show", kind, "--json").json["result"]["body"]
    return found


def state(run: Run) -> dict[str, Any]:
    """Everything that an update may change."""
    project = run("project", "show", "--json").json["result"]["project"]
    return {"template": project["template"], "charter": fields(run, "charter"),
            "reasons": fields(run, "reasons"),
            "gate": run("gate", "check", "define", "--json").json["result"]}  # fmt: skip


def paths(ran: Ran, part: str) -> set[str]:
    return {each["path"] for each in ran.json["result"][part]}


def commands(run: Run) -> list[str]:
    return [each["command"] for each in run("log", "show", "--json").json["result"]["items"]]


def test_what_the_template_changed_comes_and_what_the_team_changed_stays(
    run: Run, project: Path, change: Change
) -> None:
    assert run("doc", "set", "charter", "metric=logo churn").status == 0
    change("documents/charter.yaml", "loses customers", "loses too many customers")
    ran = run("template", "update", "--json")
    assert ran.status == 0, ran.err
    charter = fields(run, "charter")
    assert charter["problem"] == "Acme loses too many customers."
    assert charter["metric"] == "logo churn"
    assert paths(ran, "changes") == {"charter.problem"}
    assert paths(ran, "kept") == {"charter.metric"}
    assert (ran.json["result"]["before"], ran.json["result"]["after"]) == (
        "audit 1.0.0", "audit 1.1.0",
    )  # fmt: skip


def test_it_is_one_entry_that_undo_takes_back_whole(
    run: Run, project: Path, change: Change
) -> None:
    run("doc", "add", "reasons", "reasons", "name=Support", "top=no attachment")
    change("documents/charter.yaml", '"%"', '"% a month"')
    change("documents/reasons.yaml", "", "  - {id: R3, name: Fit, top: no attachment}\n")
    change("template.yaml", "The sponsor agrees", "The sponsor agrees in writing")
    before, count = state(run), len(commands(run))
    assert run("template", "update").status == 0
    after = state(run)
    assert after != before
    assert commands(run)[0] == "template update"
    assert len(commands(run)) == count + 1
    assert run("undo").status == 0
    assert state(run) == before
    assert run("redo").status == 0
    assert state(run) == after
    assert run("log", "verify").status == 0


def test_what_only_the_record_keeps_for_itself_is_not_told(
    run: Run, project: Path, change: Change, tmp_path: Path
) -> None:
    # The template's line gives way to the team's, which has to be remembered.
    run("doc", "add", "reasons", "reasons", "name=Support", "top=no attachment")
    change("documents/reasons.yaml", "", "  - {id: R3, name: Fit, top: no attachment}\n")
    asks = "      second_name: {type: str, default: None, help: Another name?}\n"
    change("questions.yaml", "", asks)
    told = [run("template", "update").out]
    told += [run(word).out for word in ("undo", "redo")]
    told.append(run("export", "-o", tmp_path / "x.json").out)
    for text in told:
        assert "memory" not in text
        assert "package" not in text
    assert "Cut churn: answer second_name" in told[1]
    entries = run("log", "show").out
    assert "project Cut churn and" in entries.partition("template update")[2]


def test_a_dry_run_prints_the_plan_and_writes_nothing(
    run: Run, project: Path, change: Change
) -> None:
    run("doc", "set", "charter", "unit=percent")
    change("documents/charter.yaml", '"%"', '"% a month"')
    before = state(run), commands(run)
    ran = run("template", "update", "--dry-run")
    assert ran.status == 0
    assert "Would do: Brought" in ran.out
    assert "percent" in ran.out
    assert "% a month" in ran.out
    assert "1 clash must be decided" in ran.out
    assert (state(run), commands(run)) == before


class TestClashes:
    @pytest.fixture
    def clash(self, run: Run, project: Path, change: Change) -> None:
        run("doc", "set", "charter", "unit=percent", "metric=logo churn")
        change("documents/charter.yaml", '"%"', '"% a month"')
        change("documents/charter.yaml", "monthly churn", "yearly churn")

    def test_without_a_terminal_each_is_told_with_what_decides_it(
        self, run: Run, clash: None
    ) -> None:
        before = state(run)
        ran = run("template", "update", "--json")
        assert ran.status == 1
        problems = ran.json["error"]["problems"]
        assert [(each["code"], each["where"]) for each in problems] == [
            ("template.clash", "charter.metric"), ("template.clash", "charter.unit"),
        ]  # fmt: skip
        assert "--keep charter.unit" in problems[1]["hint"]
        assert "--take charter.unit" in problems[1]["hint"]
        assert state(run) == before

    @pytest.mark.parametrize(
        ("words", "metric", "unit"),
        [
            (("--keep", "charter.unit", "--take", "charter.metric"), "yearly churn", "percent"),
            (("--keep", "charter.metric", "--take-rest"), "logo churn", "% a month"),
            (("--take", "charter.metric", "--keep-rest"), "yearly churn", "percent"),
            (("--keep-rest",), "logo churn", "percent"),
        ],
    )
    def test_flags_decide_them(
        self, run: Run, clash: None, words: tuple[str, ...], metric: str, unit: str
    ) -> None:
        assert run("template", "update", *words).status == 0
        charter = fields(run, "charter")
        assert (charter["metric"], charter["unit"]) == (metric, unit)

    def test_what_was_decided_is_not_asked_again(
        self, run: Run, clash: None, change: Change
    ) -> None:
        assert run("template", "update", "--keep-rest").status == 0
        change("documents/charter.yaml", "loses", "now loses")
        assert run("template", "update").status == 0
        assert fields(run, "charter")["unit"] == "percent"

    def test_at_a_terminal_they_are_decided_one_by_one(
        self, run: Run, clash: None, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        asked: list[str] = []

        class Person:
            def say(self, *blocks: Any) -> None:
                asked.append(blocks[0].text)

            def pick(self, question: str, options: Any, present: Any = None) -> Any:
                return options[len(asked) - 1].value

        monkeypatch.setattr("dmaic.cli.commands.template_update.can_ask", lambda **_: True)
        monkeypatch.setattr("dmaic.cli.ask.make_asker", Person)
        assert run("template", "update").status == 0
        assert asked == ["Project charter: metric (1 of 2)", "Project charter: unit (2 of 2)"]
        charter = fields(run, "charter")
        assert (charter["metric"], charter["unit"]) == ("logo churn", "% a month")

    @pytest.mark.parametrize(
        ("words", "code", "status"),
        [
            (("--keep", "charter.units"), "template.no-clash", 1),
            (("--keep", "charter.unit", "--take", "charter.unit"), "usage.conflict", 2),
            (("--keep-rest", "--take-rest"), "usage.conflict", 2),
        ],
    )
    def test_words_that_decide_nothing_are_refused(
        self, run: Run, clash: None, words: tuple[str, ...], code: str, status: int
    ) -> None:
        ran = run("template", "update", *words)
        assert (ran.status, code in ran.err) == (status, True)


class TestTollgates:
    def approve(self, run: Run, *, signed: bool = True) -> None:
        for words in (
            ("team", "add", "Ada", "--role", "sponsor"),
            ("gate", "answer", "agreed", "yes", "--note", "A day a week", "--as", "Ada"),
            ("gate", "submit"),
            *([("gate", "approve", "--as", "Ada")] if signed else []),
        ):
            assert run(*words).status == 0

    @pytest.mark.parametrize("signed", [True, False])
    def test_one_that_was_submitted_keeps_what_it_was_judged_on(
        self, run: Run, project: Path, change: Change, *, signed: bool
    ) -> None:
        self.approve(run, signed=signed)
        change("template.yaml", "The sponsor agrees", "The sponsor gives a day a week")
        change("documents/charter.yaml", '"%"', '"% a month"')
        change("documents/reasons.yaml", "Price", "Price above value")
        before = state(run)
        ran = run("template", "update", "--json")
        assert ran.status == 0, ran.err
        after = state(run)
        assert after["gate"] == before["gate"]
        assert after["charter"] == before["charter"]
        assert after["reasons"] != before["reasons"]
        assert paths(ran, "waiting") == {"define.agreed", "charter"}

    def test_what_waited_comes_once_the_project_returned_to_the_phase(
        self, run: Run, project: Path, change: Change
    ) -> None:
        self.approve(run)
        change("template.yaml", "The sponsor agrees", "The sponsor gives a day a week")
        change("documents/charter.yaml", '"%"', '"% a month"')
        assert run("template", "update").status == 0
        assert run("gate", "return", "define", "--reason", "The goal moved").status == 0
        assert run("template", "update", "--take-rest").status == 0
        assert fields(run, "charter")["unit"] == "% a month"
        criterion = state(run)["gate"]["criteria"][0]
        assert criterion["title"] == "The sponsor gives a day a week"

    def test_an_answer_to_another_question_is_not_taken_for_this_one(
        self, run: Run, project: Path, change: Change
    ) -> None:
        run("team", "add", "Ada", "--role", "sponsor")
        assert run("gate", "answer", "agreed", "yes", "--note", "Yes").status == 0
        change("template.yaml", "The sponsor agrees", "The sponsor pays")
        ran = run("template", "update")
        assert (ran.status, "answer.agreed" in ran.err) == (1, True)
        assert run("template", "update", "--take", "answer.agreed").status == 0
        assert state(run)["gate"]["criteria"][0]["outcome"] == "fail"
        assert run("undo").status == 0
        assert run("template", "update", "--keep", "answer.agreed").status == 0
        assert state(run)["gate"]["criteria"][0]["outcome"] == "pass"


def test_a_line_of_the_template_makes_room_for_the_teams(
    run: Run, project: Path, change: Change
) -> None:
    run("doc", "add", "reasons", "reasons", "name=Support", "top=no attachment")
    change("documents/reasons.yaml", "", "  - {id: R3, name: Fit, top: no attachment}\n")
    assert run("template", "update").status == 0
    found = {each["id"]: each["name"] for each in fields(run, "reasons")["reasons"]}
    assert found == {"R1": "Price", "R2": "Quality", "R3": "Support", "R4": "Fit"}
    change("documents/reasons.yaml", "Fit", "No fit")
    assert run("template", "update").status == 0
    found = {each["id"]: each["name"] for each in fields(run, "reasons")["reasons"]}
    assert found == {"R1": "Price", "R2": "Quality", "R3": "Support", "R4": "No fit"}


def test_a_question_that_is_newly_asked_is_answered_on_the_way(
    run: Run, project: Path, change: Change
) -> None:
    change("questions.yaml", "", "      sector: {type: str, help: Which sector?}\n")
    change("documents/charter.yaml", "loses customers", "loses {{ answers.sector }} customers")
    ran = run("template", "update")
    assert (ran.status, "error answer.missing" in ran.err) == (2, True)
    assert run("template", "update", "--answer", "sector=SaaS").status == 0
    assert fields(run, "charter")["problem"] == "Acme loses SaaS customers."


def test_a_question_that_is_called_otherwise_keeps_its_answer(
    run: Run, project: Path, change: Change
) -> None:
    change("questions.yaml", "      client: {type: str,", "      firm: {was: client, type: str,")
    change("questions.yaml", "answers.client", "answers.firm")
    for path in ("template.yaml", "documents/charter.yaml"):
        change(path, "answers.client", "answers.firm")
    assert run("template", "update").status == 0
    assert fields(run, "charter")["problem"] == "Acme loses customers."
    assert state(run)["template"]["answers"] == {"firm": "Acme", "short": "Acme"}
    assert run("undo").status == 0
    assert state(run)["template"]["answers"] == {"client": "Acme", "short": "Acme"}


class TestAnAnswerThatIsNoLongerTaken:
    @pytest.fixture
    def stricter(self, run: Run, project: Path, change: Change) -> None:
        more = ", choices: [Beta, Gamma], default: Beta}"
        change("questions.yaml", ", placeholder: Acme}", more)

    @pytest.mark.parametrize("words", [("--no-input",), ("--yes",), ("--dry-run",)])
    def test_no_default_takes_its_place(
        self, run: Run, stricter: None, words: tuple[str, ...]
    ) -> None:
        before = state(run)
        ran = run("template", "update", *words)
        told = " ".join(ran.err.split())
        assert (ran.status, "does not take what was answered, Acme" in told) == (1, True)
        assert "--answer client=VALUE" in told
        assert state(run) == before

    def test_another_one_can_be_said(self, run: Run, stricter: None) -> None:
        assert run("template", "update", "--answer", "client=Gamma").status == 0
        assert fields(run, "charter")["problem"] == "Gamma loses customers."

    def test_at_a_terminal_it_is_asked_for_again(
        self, run: Run, stricter: None, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        told: list[str] = []

        class Person:
            def say(self, *blocks: Any) -> None:
                told.extend(each.text for each in blocks)

            def pick(self, question: str, options: Any, present: Any = None) -> Any:
                assert (question, present) == ("Client", "Beta")
                return "Gamma"

        for module in ("commands.template_update", "template_answers"):
            monkeypatch.setattr(f"dmaic.cli.{module}.can_ask", lambda **_: True)
        monkeypatch.setattr("dmaic.cli.template_answers.make_asker", Person)
        ran = run("template", "update")
        assert ran.status == 0, ran.err
        assert 'So far: Acme. "Acme" is no choice.' in told
        assert fields(run, "charter")["problem"] == "Gamma loses customers."


def test_the_same_version_again_changes_nothing(run: Run, project: Path) -> None:
    count = len(commands(run))
    ran = run("template", "update", "--json")
    assert (ran.status, ran.json["result"]["operation"]) == (0, None)
    assert len(commands(run)) == count


def test_status_tells_of_a_newer_version_until_the_project_follows_it(
    run: Run, project: Path, change: Change, folder: Path
) -> None:
    assert run("template", "add", folder).status == 0
    assert "is there" not in run("status").out
    change("documents/charter.yaml", '"%"', '"% a month"')
    assert run("template", "add", folder, "--replace").status == 0
    assert "audit 1.1.0 is there: dmaic template update audit" in run("status").out
    assert run("template", "update", "audit").status == 0
    assert "is there" not in run("status").out


def test_an_older_version_is_refused_unless_it_is_meant(
    run: Run, project: Path, change: Change, folder: Path
) -> None:
    before = (folder / "template.yaml").read_text("utf-8")
    change("documents/charter.yaml", '"%"', '"% a month"')
    assert run("template", "update").status == 0
    (folder / "template.yaml").write_text(before, "utf-8")
    ran = run("template", "update")
    assert (ran.status, "error template.older" in ran.err) == (1, True)
    assert run("template", "update", "--older").status == 0


def test_another_template_is_refused_unless_it_is_meant(run: Run, project: Path) -> None:
    before = state(run)
    ran = run("template", "update", "quick-win")
    assert (ran.status, "error template.other" in ran.err) == (1, True)
    assert state(run) == before
    assert run("template", "update", "quick-win", "--other").status == 0
    assert run("undo").status == 0
    assert state(run) == before


def test_a_template_that_extends_the_projects_is_a_newer_one(
    run: Run, project: Path, own: Path
) -> None:
    assert run("template", "update", own).status == 0
    assert state(run)["template"]["name"] == "own"


def test_a_template_that_moved_is_asked_for(
    run: Run, project: Path, folder: Path, tmp_path: Path
) -> None:
    folder.rename(tmp_path / "moved")
    ran = run("template", "update")
    assert ran.status == 1
    assert "dmaic template update TEMPLATE" in " ".join(ran.err.split())
    assert run("template", "update", tmp_path / "moved").status == 0


def test_a_template_that_is_damaged_where_it_was_is_not_asked_for(
    run: Run, project: Path, change: Change
) -> None:
    change("questions.yaml", "", "      broken: {")
    ran = run("template", "update")
    assert (ran.status, "questions.yaml, line" in ran.err) == (1, True)
    assert "Say where" not in ran.err


def test_a_closed_project_stays_as_it_is(run: Run, project: Path, change: Change) -> None:
    assert run("project", "close", "--reason", "No money").status == 0
    change("documents/charter.yaml", '"%"', '"% a month"')
    ran = run("template", "update")
    assert (ran.status, "error project.closed" in ran.err) == (1, True)


def test_an_update_of_one_project_leaves_the_others(
    run: Run, project: Path, change: Change
) -> None:
    assert run("project", "new", "Second", "--answer", "client=Beta").status == 0
    change("documents/charter.yaml", '"%"', '"% a month"')
    assert run("template", "update", "-p", "Second").status == 0
    shown = run("doc", "show", "charter", "-p", "Cut churn", "--json").json["result"]["body"]
    assert shown["unit"] == "%"
    assert run("template", "update", "-p", "Cut churn").status == 0
    assert run("undo").status == 0
    assert run("undo").status == 0
    assert run("status", "-p", "Second").status == 0


class TestAnswer:
    def test_what_the_template_filled_in_follows_a_new_answer(
        self, run: Run, project: Path
    ) -> None:
        run("doc", "set", "charter", "unit=percent")
        assert run("template", "answer", "client", "Globex").status == 0
        charter = fields(run, "charter")
        assert (charter["problem"], charter["unit"]) == ("Globex loses customers.", "percent")
        said = run("template", "answer", "--json").json["result"]["items"]
        # What followed from the first answer follows it still.
        assert {each["key"]: each["answer"] for each in said} == {
            "client": "Globex", "short": "Globex",
        }  # fmt: skip

    def test_a_question_is_listed_as_it_was_asked(
        self, run: Run, project: Path, change: Change
    ) -> None:
        asks = '"What is it called beside {{ answers.client }}?"'
        change("questions.yaml", "What is it called for short?", asks)
        assert run("template", "update").status == 0
        said = run("template", "answer", "--json").json["result"]["items"]
        assert said[1]["question"] == "What is it called beside Acme?"

    def test_one_that_makes_no_colour_is_told_with_what_changes_it(
        self, run: Run, project: Path, change: Change
    ) -> None:
        change("style.toml", "", '[colours]\naccent = "{{ answers.short }}"\n')
        assert run("template", "update").status == 0
        ran = run("report", "define", "--format", "md")
        assert (ran.status, "error style.invalid" in ran.err) == (1, True)
        assert "dmaic template answer KEY VALUE" in " ".join(ran.err.split())
        assert run("template", "answer", "short", "#0B3C5D").status == 0
        assert run("report", "define", "--format", "md").status == 0

    def test_one_that_is_not_asked_is_not_passed_over(
        self, run: Run, project: Path, change: Change
    ) -> None:
        asks = "      more: {default: x, help: More?, when: \"{{ answers.client == 'Beta' }}\"}\n"
        change("questions.yaml", "", asks)
        assert run("template", "update").status == 0
        ran = run("template", "answer", "more", "y")
        assert (ran.status, "error answer.unasked" in ran.err) == (1, True)
        assert "answers.client == 'Beta'" in ran.err
        assert run("template", "answer", "client", "Beta").status == 0
        assert run("template", "answer", "more", "y").status == 0

    def test_a_secret_changes_the_texts_that_hold_it_and_is_not_kept(
        self, run: Run, project: Path, change: Change
    ) -> None:
        change("questions.yaml", "", "      pass: {secret: true, default: none, help: Word?}\n")
        assert run("template", "update").status == 0
        ran = run("template", "answer", "pass", "swordfish")
        assert (ran.status, "so already" in ran.out) == (0, False)
        assert "which is not kept, and no text holds it" in " ".join(ran.out.split())
        change("documents/charter.yaml", '"%"', '"{{ answers.pass }}"')
        assert run("template", "update").status == 0
        assert "not kept" not in run("template", "answer", "pass", "swordfish").out
        assert fields(run, "charter")["unit"] == "swordfish"
        assert "swordfish" not in str(state(run)["template"])

    def test_a_text_that_the_team_changed_clashes(self, run: Run, project: Path) -> None:
        run("doc", "set", "charter", "problem=Ours is worse.")
        ran = run("template", "answer", "client", "Globex")
        assert (ran.status, "charter.problem" in ran.err) == (1, True)
        assert run("template", "answer", "client", "Globex", "--keep-rest").status == 0
        assert fields(run, "charter")["problem"] == "Ours is worse."

    @pytest.mark.parametrize(
        ("words", "code", "status"),
        [
            (("clint", "Globex"), "answer.unknown", 1),
            (("client",), "usage.missing", 2),
            (("client", "x" * 20_000), "answer.invalid", 1),
        ],
    )
    def test_what_is_no_answer_is_refused(
        self, run: Run, project: Path, words: tuple[str, ...], code: str, status: int
    ) -> None:
        ran = run("template", "answer", *words)
        assert (ran.status, f"error {code}" in ran.err) == (status, True)

    def test_text_from_people_stays_text(self, run: Run, project: Path) -> None:
        hostile = "{{ 7*7 }} <script> {% raw %}"
        assert run("template", "answer", "client", hostile).status == 0
        assert fields(run, "charter")["problem"] == f"{hostile} loses customers."
        assert run("template", "answer", "client", "Plain").status == 0
        assert fields(run, "charter")["problem"] == "Plain loses customers."
