"""`dmaic template`: listed, shown, begun, looked through, packed, kept, removed, compared."""

from __future__ import annotations

import hashlib
import os
import time
import zipfile
from pathlib import Path

import pytest

from ..conftest import Run  # noqa: TID252  as importlib mode names it
from .conftest import Change

QUESTION = """\
sections:
  - name: a
    title: A
    questions:
      k: {type: list}
"""


@pytest.fixture(autouse=True)
def _here(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder.parent)


def names(run: Run) -> dict[str, str]:
    items = run("template", "list", "--json").json["result"]["items"]
    return {each["name"]: each["from"] for each in items}


def own_version(run: Run) -> str:
    items = run("template", "list", "--json").json["result"]["items"]
    return next(each["version"] for each in items if each["name"] == "audit")


class TestList:
    def test_it_tells_those_of_dmaic_and_ones_own(self, run: Run) -> None:
        assert run("template", "add", "./audit").status == 0
        found = names(run)
        assert (found["saas-churn"], found["quick-win"], found["audit"]) == (
            "dmaic",
            "dmaic",
            "you",
        )

    def test_one_that_is_broken_is_told_and_the_others_are_listed(
        self, run: Run, tmp_path: Path
    ) -> None:
        broken = tmp_path / "config" / "templates" / "broken"
        broken.mkdir(parents=True)
        (broken / "template.yaml").write_text("name: [", "utf-8")
        ran = run("template", "list", "--json")
        assert ran.status == 0
        found = {each["name"]: each["problem"] for each in ran.json["result"]["items"]}
        assert "template.yaml, line" in found["broken"]
        assert found["quick-win"] == ""

    @pytest.mark.parametrize("form", ["table", "json", "csv", "md"])
    def test_every_face(self, run: Run, form: str) -> None:
        for words in (("list",), ("show", "./audit"), ("diff", "quick-win", "./audit")):
            ran = run("template", *words, "--format", form)
            assert (ran.status, bool(ran.out)) == (0, True)


class TestShow:
    def test_it_says_what_a_project_begins_with(self, run: Run) -> None:
        found = run("template", "show", "./audit", "--json").json["result"]
        assert (found["name"], found["version"]) == ("audit", "1.0.0")
        assert [each["key"] for each in found["questions"]] == ["client", "short"]
        assert [each["name"] for each in found["phases"]] == ["define", "analyze"]
        assert found["documents"] == {"charter": 3, "reasons": 2}

    def test_what_it_names_next_works_from_here(self, run: Run, folder: Path) -> None:
        folder.rename(folder.with_name("our audit"))
        found = run("template", "show", "./our audit", "--json").json["result"]
        assert found["next"][0] == "dmaic template try './our audit'"
        assert found["source"].endswith("/our audit")

    def test_a_slip_in_the_name_is_met_with_the_name(self, run: Run) -> None:
        ran = run("template", "show", "quik-win")
        assert (ran.status, "quick-win" in ran.err) == (1, True)


class TestNew:
    def test_what_it_writes_has_nothing_wrong_with_it_and_can_be_followed(self, run: Run) -> None:
        assert run("template", "new", "churn-audit", "--extends", "quick-win").status == 0
        ran = run("template", "lint", "./churn-audit", "--json")
        assert ran.status == 0
        problems = [each["code"] for each in ran.json["result"]["problems"]]
        assert problems == ["template.unfinished"]
        assert run("init", "firm", "--template", "./churn-audit").status == 0
        os.chdir("firm")
        assert run("project", "new", "P", "--answer", "client=Acme").status == 0

    @pytest.mark.parametrize(
        "name", ["../x", "Churn Audit", "", "-x", "x" * 61, "a/b", "saas-churn"]
    )
    def test_a_name_that_is_none_is_refused(self, run: Run, name: str) -> None:
        ran = run("template", "new", "--", name)
        assert (ran.status, "error template.name" in ran.err) == (2, True)

    def test_nothing_is_written_over(self, run: Run) -> None:
        before = (Path("audit") / "template.yaml").read_bytes()
        ran = run("template", "new", "audit")
        assert (ran.status, "error write.exists" in ran.err) == (1, True)
        assert (Path("audit") / "template.yaml").read_bytes() == before

    def test_a_title_with_signs_of_yaml_stays_a_title(self, run: Run) -> None:
        title = 'A: "b" #c {d} \\ é'
        assert run("template", "new", "odd", "--extends", "quick-win", "--title", title).status == 0
        assert run("template", "show", "./odd", "--json").json["result"]["title"] == title


class TestPack:
    def test_the_same_files_make_the_same_bytes(self, run: Run, folder: Path) -> None:
        assert run("template", "pack", "./audit").status == 0
        first = Path("audit-1.0.0.zip").read_bytes()
        for path in folder.rglob("*"):
            os.utime(path, (time.time() - 10_000,) * 2)
        os.chmod(folder / "template.yaml", 0o600)  # noqa: PTH101
        ran = run("template", "pack", "./audit", "--to", "again.zip", "--json")
        assert Path("again.zip").read_bytes() == first
        assert ran.json["result"]["item"]["sha256"] == hashlib.sha256(first).hexdigest()

    def test_a_packed_one_is_as_good_as_its_folder(self, run: Run) -> None:
        run("template", "pack", "./audit")
        shown = [run("template", "show", word, "--json").json["result"]
                 for word in ("./audit", "./audit-1.0.0.zip")]  # fmt: skip
        for each in shown:
            del each["source"], each["next"]
        assert shown[0] == shown[1]

    def test_what_is_no_part_of_a_template_is_left_out_and_told(
        self, run: Run, folder: Path
    ) -> None:
        (folder / "client-list.csv").write_text("secret", "utf-8")
        ran = run("template", "pack", "./audit")
        assert "client-list.csv" in ran.out
        assert "client-list.csv" not in zipfile.ZipFile("audit-1.0.0.zip").namelist()

    def test_a_file_that_is_there_is_kept(self, run: Run) -> None:
        Path("audit-1.0.0.zip").write_text("mine", "utf-8")
        ran = run("template", "pack", "./audit")
        assert (ran.status, "error write.exists" in ran.err) == (1, True)
        assert Path("audit-1.0.0.zip").read_text("utf-8") == "mine"
        assert run("template", "pack", "./audit", "--replace").status == 0


class TestShelf:
    def test_a_template_of_ones_own_is_found_by_its_name(self, run: Run) -> None:
        assert run("template", "add", "./audit").status == 0
        assert run("init", "firm", "--template", "audit").status == 0
        os.chdir("firm")
        assert run("project", "new", "P", "--answer", "client=Acme").status == 0

    def test_a_second_one_of_the_name_must_be_meant(self, run: Run, change: Change) -> None:
        assert run("template", "add", "./audit").status == 0
        change("documents/charter.yaml", '"%"', '"% a month"')
        ran = run("template", "add", "./audit")
        assert (ran.status, "error template.exists" in ran.err) == (1, True)
        assert own_version(run) == "1.0.0"
        # Nobody could tell which of the two is meant.
        ran = run("template", "pack", "audit")
        assert (ran.status, "error template.two" in ran.err, "./audit" in ran.err) == (
            1,
            True,
            True,
        )
        assert run("template", "show", "./audit", "--json").json["result"]["version"] == "1.1.0"
        assert run("template", "add", "./audit", "--replace").status == 0
        assert own_version(run) == "1.1.0"
        assert run("template", "show", "audit", "--json").json["result"]["version"] == "1.1.0"

    def test_one_that_cannot_be_followed_is_not_kept(self, run: Run, folder: Path) -> None:
        charter = folder / "documents" / "charter.yaml"
        charter.write_text("target: much\n", "utf-8")
        ran = run("template", "add", "./audit")
        assert ran.status == 1
        assert "charter.yaml, line 1" in ran.err
        assert "audit" not in names(run)

    def test_the_name_of_a_built_in_one_is_taken(self, run: Run, folder: Path) -> None:
        template = folder / "template.yaml"
        template.write_text(template.read_text("utf-8").replace("audit", "quick-win"), "utf-8")
        ran = run("template", "add", "./audit")
        assert (ran.status, "error template.exists" in ran.err) == (1, True)

    def test_it_goes_once_its_name_was_typed(self, run: Run) -> None:
        run("template", "add", "./audit")
        ran = run("template", "rm", "audit")
        assert (ran.status, "error usage.confirm" in ran.err) == (2, True)
        assert run("template", "rm", "audit", "--yes").status == 0
        assert "audit" not in names(run)

    @pytest.mark.parametrize(
        ("name", "code"),
        [
            ("quick-win", "template.built-in"),
            ("adit", "template.unknown"),
            ("../audit", "template.unknown"),
        ],
    )
    def test_only_ones_own_goes(self, run: Run, folder: Path, name: str, code: str) -> None:
        ran = run("template", "rm", name, "--yes")
        assert (ran.status, f"error {code}" in ran.err) == (1, True)
        assert (folder / "template.yaml").exists()


@pytest.mark.parametrize("name", ["../evil", "/evil", "a/b", "evil.zip/..", "{{ answers.client }}"])
@pytest.mark.parametrize("verb", ["add", "pack"])
def test_a_name_that_leads_elsewhere_writes_nothing(
    run: Run, folder: Path, tmp_path: Path, verb: str, name: str
) -> None:
    template = folder / "template.yaml"
    text = template.read_text("utf-8").replace("name: audit", f"name: '{name}'")
    template.write_text(text, "utf-8")
    before = sorted(tmp_path.rglob("*"))
    assert run("template", verb, "./audit").status == 1
    assert sorted(tmp_path.rglob("*")) == before


class TestDiff:
    def test_it_tells_each_difference_once(self, run: Run, folder: Path, change: Change) -> None:
        run("template", "pack", "./audit")
        change("template.yaml", "The sponsor agrees", "The sponsor pays")
        change("documents/charter.yaml", '"%"', '"% a month"')
        change("questions.yaml", "", "      sector: {type: str, default: SaaS}\n")
        (folder / "reports").mkdir()
        (folder / "reports" / "weekly.md.j2").write_text("## Week\n", "utf-8")
        ran = run("template", "diff", "./audit-1.0.0.zip", "./audit", "--json")
        found = {(each["how"], each["what"], each["path"])
                 for each in ran.json["result"]["changes"]}  # fmt: skip
        assert found == {
            ("changed", "criterion", "define.agreed"),
            ("changed", "document", "charter.unit"),
            ("new", "question", "sector"),
            ("new", "layout", "weekly.md.j2"),
        }

    def test_versions_that_take_other_answers_are_compared(
        self, run: Run, folder: Path, change: Change
    ) -> None:
        run("template", "pack", "./audit")
        change("questions.yaml", ", placeholder: Acme}", ", choices: [Beta, Gamma]}")
        for pair in (("./audit-1.0.0.zip", "./audit"), ("./audit", "./audit-1.0.0.zip")):
            ran = run("template", "diff", *pair, "--json")
            assert ran.status == 0, ran.err
            found = {(each["what"], each["path"]) for each in ran.json["result"]["changes"]}
            assert ("question", "client") in found

    def test_a_template_does_not_differ_from_itself(self, run: Run) -> None:
        ran = run("template", "diff", "./audit", "./audit")
        assert "no difference" in ran.out
        assert ran.status == 0


class TestLint:
    @pytest.mark.parametrize(
        ("question", "told"),
        [
            ("{secret: true}", "Question x: a secret needs a default, since its answer"),
            ("{multiselect: perhaps}", 'the field "multiselect": true or false belongs here.'),
            ("3", "The questions: lines NAME: VALUE belong here."),
            ("{choices: [a], default: {a: 1}}", "Question x: "),
        ],
    )
    def test_a_question_that_is_none_is_told_in_words(
        self, run: Run, folder: Path, question: str, told: str
    ) -> None:
        text = (folder / "questions.yaml").read_text("utf-8") + f"      x: {question}\n"
        (folder / "questions.yaml").write_text(text, "utf-8")
        (found, *_) = run("template", "lint", "./audit", "--json").json["result"]["problems"]
        assert found["where"].endswith("audit/questions.yaml, line 7")
        assert told in found["message"]

    def test_an_answer_that_only_the_extended_template_uses_is_used(
        self, run: Run, own: Path
    ) -> None:
        asks = "sections: {change: [{name: client, questions: {change: {client: {default: A}}}}]}\n"
        (own / "questions.yaml").write_text(asks, "utf-8")
        problems = run("template", "lint", own, "--json").json["result"]["problems"]
        assert {each["code"] for each in problems} == {"template.readme"}

    def test_a_question_of_which_nothing_is_said_is_one(self, run: Run, folder: Path) -> None:
        text = (folder / "questions.yaml").read_text("utf-8") + "      x: {}\n"
        (folder / "questions.yaml").write_text(text, "utf-8")
        problems = run("template", "lint", "./audit", "--json").json["result"]["problems"]
        found = {(each["code"], each["where"].rpartition("audit/")[2]) for each in problems}
        assert found == {
            ("template.question", "questions.yaml, line 7"),
            ("template.unused", "questions.yaml, line 6"),
            ("template.unused", "questions.yaml, line 7"),
        }

    def test_every_problem_is_told_with_file_and_line(self, run: Run, folder: Path) -> None:
        (folder / "reports").mkdir()
        (folder / "reports" / "weekly.md.j2").write_text(
            "## Week\n\n{{ projct.name }}\n\n<b>x</b>\n", "utf-8"
        )
        (folder / "documents" / "reasons.yaml").write_text("reasons:\n  - name: Price\n", "utf-8")
        (folder / "notes.txt").write_text("x", "utf-8")
        ran = run("template", "lint", "./audit", "--json")
        assert ran.status == 8
        found = {(each["level"], each["code"], each["where"].rpartition("audit/")[2])
                 for each in ran.json["result"]["problems"]}  # fmt: skip
        assert found == {
            ("wrong", "layout.unknown-name", "reports/weekly.md.j2, line 3"),
            ("wrong", "layout.html", "reports/weekly.md.j2, line 5"),
            ("weak", "template.no-id", "documents/reasons.yaml, line 2"),
            ("weak", "template.foreign", "notes.txt"),
            ("weak", "template.unused", "questions.yaml, line 6"),
        }

    @pytest.mark.parametrize(
        ("path", "text", "line"),
        [
            ("template.yaml", "name: [\n", 2),
            ("questions.yaml", QUESTION, 5),
            ("documents/charter.yaml", "metric: churn\ntarget: much\n", 2),
            ("documents/charter.yaml", "metric: '{{ answers.clint }}'\n", 1),
            ("style.toml", "accent = blue\n", 1),
        ],
    )
    def test_a_broken_file_is_told_with_its_line(
        self, run: Run, folder: Path, path: str, text: str, line: int
    ) -> None:
        (folder / path).write_text(text, "utf-8")
        ran = run("template", "lint", "./audit", "--json")
        assert ran.status == 8
        places = [each["where"] for each in ran.json["result"]["problems"]]
        assert any(path in each and f"line {line}" in each for each in places), places

    def test_what_is_no_template_is_told(self, run: Run, tmp_path: Path) -> None:
        (tmp_path / "empty").mkdir()
        assert run("template", "lint", tmp_path / "empty").status == 8
        assert run("template", "lint", "nothing-of-the-kind").status == 1

    @pytest.mark.parametrize("name", ["saas-churn", "dmaic", "quick-win", "consulting"])
    def test_the_built_in_ones_have_nothing_wrong_with_them(self, run: Run, name: str) -> None:
        ran = run("template", "lint", name, "--json")
        assert ran.status == 0, ran.out


class TestTry:
    def test_it_makes_the_reports_that_are_wanted_and_leaves_nothing_behind(
        self, run: Run, tmp_path: Path
    ) -> None:
        before = sorted(tmp_path.iterdir())
        ran = run("template", "try", "./audit", "--report", "define", "--format", "md", "--json")
        assert ran.status == 0, ran.err
        result = ran.json["result"]
        assert result["answers"] == {"client": "Acme", "short": "Acme"}
        assert [(each["kind"], each["problem"]) for each in result["reports"]] == [("define", "")]
        assert sorted(tmp_path.iterdir()) == before

    def test_the_engagement_can_be_kept_to_be_looked_at(self, run: Run) -> None:
        ran = run("template", "try", "./audit", "--report", "define", "--format", "md",
                  "--to", "trial", "--example")  # fmt: skip
        assert ran.status == 0, ran.err
        (made,) = Path("trial/reports").rglob("define.md")
        assert "Acme loses customers" in made.read_text("utf-8")

    def test_a_trial_that_was_kept_can_be_made_anew(self, run: Run, folder: Path) -> None:
        words = ("template", "try", "./audit", "--report", "own", "--format", "md", "--to", "trial")
        (folder / "reports").mkdir()
        layout = folder / "reports" / "own.md.j2"
        layout.write_text("## Before\n", "utf-8")
        ran = run(*words)
        assert ran.status == 0, ran.err
        assert "trial/reports/trial/own.md" in ran.out
        layout.write_text("## After\n", "utf-8")
        ran = run(*words)
        assert (ran.status, "Add --replace" in ran.err) == (1, True)
        assert run(*words, "--replace").status == 0
        assert "After" in Path("trial/reports/trial/own.md").read_text("utf-8")
        # As of one who stands in it.
        os.chdir("trial")
        assert run("template", "try", "../audit", *words[3:-1], ".", "--replace").status == 0

    def test_a_trial_within_an_engagement_is_sent_outside(self, run: Run) -> None:
        assert run("init", "firm").status == 0
        ran = run("template", "try", "./audit", "--to", "firm/trial")
        assert (ran.status, "store.within" in ran.err) == (1, True)
        assert "such as --to ../trial" in ran.err
        assert not Path("firm/trial").exists()

    def test_what_is_no_trial_is_not_replaced(self, run: Run) -> None:
        Path("work").mkdir()
        Path("work/mine.txt").touch()
        ran = run("template", "try", "./audit", "--to", "work", "--replace")
        assert (ran.status, "write.exists" in ran.err) == (1, True)
        assert Path("work/mine.txt").exists()

    def test_a_layout_that_cannot_be_filled_fails_with_its_place(
        self, run: Run, folder: Path
    ) -> None:
        (folder / "reports").mkdir()
        (folder / "reports" / "weekly.md.j2").write_text("## Week\n\n{{ nothing() }}\n", "utf-8")
        ran = run("template", "try", "./audit", "--report", "weekly", "--format", "md", "--json")
        assert ran.status == 8
        (report,) = ran.json["result"]["reports"]
        assert "weekly.md.j2, line 3" in report["problem"]

    def test_a_layout_gives_its_report_a_title(self, run: Run, folder: Path) -> None:
        (folder / "reports").mkdir()
        layout = folder / "reports" / "own.md.j2"
        layout.write_text('{{ titled("Board <b> of " ~ answers.client) }}\n## Week\n', "utf-8")
        assert run("template", "lint", "./audit").status == 0
        ran = run("template", "try", "./audit", "--report", "own", "--format", "md",
                  "--format", "html", "--to", "trial")  # fmt: skip
        assert ran.status == 0, ran.err
        told = {each: next(Path("trial").rglob(f"own.{each}")).read_text("utf-8")
                for each in ("md", "html")}  # fmt: skip
        assert told["md"].startswith("# Board &lt;b&gt; of Acme\n")
        assert "<title>Board &lt;b&gt; of Acme" in told["html"]

    def test_answers_can_be_given(self, run: Run) -> None:
        ran = run("template", "try", "./audit", "--report", "define", "--format", "md", "--json",
                  "--answer", "client=Globex")  # fmt: skip
        assert ran.json["result"]["answers"]["short"] == "Globex"

    @pytest.mark.slow
    @pytest.mark.parametrize("name", ["saas-churn", "dmaic", "quick-win", "consulting"])
    @pytest.mark.parametrize("example", [(), ("--example",)], ids=["empty", "example"])
    def test_every_report_of_the_built_in_ones_can_be_made(
        self, run: Run, name: str, example: tuple[str, ...]
    ) -> None:
        ran = run("template", "try", name, "--format", "md", "--json", *example)
        assert ran.status == 0, ran.out
        assert len(ran.json["result"]["reports"]) >= 8
