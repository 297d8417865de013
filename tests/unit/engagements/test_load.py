"""Templates: the built-in ones hold together, and a wrong one is told line by line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dmaic.cli.app import TREE
from dmaic.cli.tree import Leaf
from dmaic.documents.registry import KINDS
from dmaic.engagements.load import (
    built_in,
    content_hash,
    content_of,
    load_template,
    parse_template,
)
from dmaic.engagements.template import Template
from dmaic.errors import DataError, NotFoundError, Problem
from dmaic.project.criterion.registry import CHECKS

SMALL = """\
name: own
version: 1.0.0
title: Own
purpose: Ours.
functions: [Finance]
phases:
  - name: define
    title: Define
    purpose: Begin.
    steps:
      - name: charter
        title: Charter
        explain: Write it.
        document: charter
    gate:
      roles: [sponsor]
      criteria:
        - name: charter-complete
          title: Complete
          check: document-complete
          with: {document: charter}
"""


def load(text: str) -> tuple[Template, str]:
    return parse_template(text.encode(), "own.yaml")


def problems(text: str | bytes) -> tuple[Problem, ...]:
    with pytest.raises(DataError) as caught:
        parse_template(text if isinstance(text, bytes) else text.encode(), "own.yaml")
    return caught.value.problems


class TestBuiltIn:
    def test_three_come_with_dmaic_the_fullest_first(self) -> None:
        assert built_in()[:3] == ["saas-churn", "dmaic", "quick-win"]

    @pytest.mark.parametrize("name", built_in())
    def test_each_loads_under_its_name(self, name: str) -> None:
        template, hash = load_template(name)
        assert template.name == name
        assert len(hash) == 64
        assert [phase.name for phase in template.phases] == [
            "define", "measure", "analyze", "improve", "control"
        ]  # fmt: skip

    def test_the_full_method_has_every_document_in_its_phase(self) -> None:
        from dmaic.documents.registry import document_class

        template, _ = load_template("saas-churn")
        where = {
            step.document: phase.name
            for phase in template.phases
            for step in phase.steps
            if step.document
        }
        assert where == {kind: document_class(kind).PHASE for kind in KINDS}

    def test_the_full_method_uses_every_check(self) -> None:
        template, _ = load_template("saas-churn")
        used = {each.check or "question" for p in template.phases for each in p.gate.criteria}
        assert used == set(CHECKS)

    @pytest.mark.parametrize("name", built_in())
    def test_every_step_is_explained_by_example_and_its_command_is_there(self, name: str) -> None:
        template, _ = load_template(name)
        for phase in template.phases:
            for step in phase.steps:
                assert step.example, step.name
                assert 1 <= step.explain.count(". ") + 1 <= 3, step.name
                words = step.typed.split()[1:]
                node = TREE[words[0]]
                assert isinstance(node, Leaf) or words[1] in node.leaves, step.typed

    def test_the_neutral_one_does_not_speak_of_churn(self) -> None:
        template, _ = load_template("dmaic")
        text = json.dumps(content_of(template)).replace("--churned", "")
        assert "churn" not in text.casefold()

    @pytest.mark.parametrize("name", built_in())
    def test_the_last_gates_are_signed_by_a_sponsor(self, name: str) -> None:
        template, _ = load_template(name)
        assert "sponsor" in template.phases[-1].gate.roles


class TestFinding:
    def test_a_wrong_name_is_met_with_the_right_one(self) -> None:
        with pytest.raises(NotFoundError) as caught:
            load_template("sass-churn")
        assert caught.value.code == "template.unknown"
        assert '"saas-churn"' in caught.value.hint

    @pytest.mark.parametrize("word", ["SaaS Churn", "SAAS_CHURN", "saas-churn"])
    def test_case_and_spaces_do_not_matter(self, word: str) -> None:
        if " " in word or "_" in word or word.islower():
            assert load_template(word)[0].name == "saas-churn"

    @pytest.mark.parametrize("word", ["", " ", "presets", "\0", "x" * 5000, "a\nb"])
    def test_nonsense_is_no_template(self, word: str) -> None:
        with pytest.raises(NotFoundError):
            load_template(word)

    def test_the_working_folder_and_one_in_it_are_paths(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for folder in (tmp_path / "mine", tmp_path / "dmaic"):
            folder.mkdir()
            (folder / "template.yaml").write_text(SMALL, "utf-8")
        monkeypatch.chdir(tmp_path)
        assert load_template("mine")[0].name == "own"
        # What is built in is meant by its name, whatever lies here.
        assert load_template("dmaic")[0].name == "dmaic"
        # And what a template extends is never looked for in the working folder.
        (tmp_path / "third.yaml").write_text(SMALL + "extends: mine\n", "utf-8")
        with pytest.raises(NotFoundError):
            load_template("third.yaml")
        monkeypatch.chdir("mine")
        assert load_template(".")[0].name == "own"

    def test_a_file_and_its_folder_are_paths(self, tmp_path: Path) -> None:
        path = tmp_path / "template.yaml"
        path.write_text(SMALL, "utf-8")
        assert load_template(str(path))[0].name == "own"
        assert load_template(f"{tmp_path}/")[0].name == "own"

    @pytest.mark.parametrize("word", ["/no/such.yaml", "/", "/dev/null/x.yaml", "a\0b/c.yaml"])
    def test_a_path_that_cannot_be_read_says_so(self, word: str) -> None:
        with pytest.raises(DataError) as caught:
            load_template(word)
        assert caught.value.code == "template.read"


class TestHash:
    def test_comments_order_and_layout_do_not_matter(self) -> None:
        same = SMALL.replace(
            "title: Own\npurpose: Ours.\n", "# new\npurpose: 'Ours.'\ntitle: Own\n"
        )
        assert load(same)[1] == load(SMALL)[1]

    def test_every_word_does(self) -> None:
        assert load(SMALL.replace("Begin.", "Start."))[1] != load(SMALL)[1]

    def test_what_is_written_as_its_default_does_not(self) -> None:
        same = SMALL.replace(
            "document: charter\n", "document: charter\n        optional: false\n", 1
        )
        assert load(same)[1] == load(SMALL)[1]

    def test_the_content_alone_makes_the_template_again(self) -> None:
        template, hash = load(SMALL)
        content = json.loads(json.dumps(content_of(template)))
        assert content_hash(content) == hash
        assert Template.model_validate(content) == template


class TestWrong:
    @pytest.mark.parametrize(
        ("old", "new", "line", "said", "hint"),
        [
            ("title: Own", "titel: Own", 3, 'no field "titel"', '"title"'),
            ("version: 1.0.0", "version: one", 2, '"one" is no version', "1.0.0"),
            ("name: own", "name: My Own", 1, '"My Own" is no name', "Small letters"),
            ("document: charter\n", "document: chater\n", 14, 'no document "chater"', '"charter"'),
            ("check: document-complete", "check: document-complet", 20,
             'no check "document-complet"', '"document-complete"'),
            ("with: {document: charter}", "with: {dokument: charter}", 21,
             'no field "dokument"', '"document"'),
            ("with: {document: charter}", "with: {document: charta}", 21, 'no document "charta"',
             ""),
            ("roles: [sponsor]", "roles: [sponser]", 16, 'no role "sponser"', '"sponsor"'),
            ("roles: [sponsor]", "roles: [approver (Finanz)]", 16, 'no function "Finanz"',
             '"Finance"'),
            ("document: charter\n", "analysis: paretto\n", 14, 'no analysis "paretto"', '"pareto"'),
            ("document: charter\n", "command: gate check\n", 11, "nothing tells when", "done_when"),
            ("document: charter\n", "done_when: question\n", 11, "nothing does it", ""),
            ("document: charter\n",
             "command: dmaic doc edit charter\n        done_when: smart-goal\n", 14,
             "without dmaic", ""),
            ("document: charter\n", "document: charter\n        parameters: {by: x}\n", 15,
             "parameters belong to an analysis", ""),
            ("document: charter\n", "document: charter\n        done_with: {x: 1}\n", 15,
             "done_with belongs to done_when", ""),
            ("explain: Write it.", "explain: ''", 13, "explain", ""),
            ("        title: Charter\n", "", 11, '"title" is missing', ""),
            ("purpose: Ours.", "purpose: Ours.\nhealth: {risk_ambr: 3}", 5, "risk_ambr",
             '"risk_amber"'),
            ("purpose: Ours.", "purpose: Ours.\npurpose: Mine.", 5, "said twice", ""),
        ],
    )  # fmt: skip
    def test_it_is_told_with_its_line_and_what_was_meant(
        self, old: str, new: str, line: int, said: str, hint: str
    ) -> None:
        assert old in SMALL
        told = problems(SMALL.replace(old, new, 1))
        found = next(each for each in told if said in each.message)
        assert found.where == f"own.yaml, line {line}"
        assert hint in found.hint

    @pytest.mark.parametrize(
        ("asked", "line", "said", "hint"),
        [
            ("kind: cost, field: totals, least: x", 21, '"least"', ""),
            ("kind: cost, least: 1", 21, "which figure", ""),
            ("kind: churn,\n                 field: overall.logo_chrun,\n                 is: 1",
             22, 'has no "logo_chrun"', '"logo_churn"'),
            ("kind: churn, field: periods.month, is: 1", 21, 'has no "month"', '"0", "-1"'),
            ("kind: churn, field: unit.deep, is: 1", 21, 'has no "deep"', ""),
            ("kind: churn, field: unit, is: [1]", 21, '"is"', ""),
        ],
    )  # fmt: skip
    def test_a_figure_that_no_result_has_is_told_with_its_line(
        self, asked: str, line: int, said: str, hint: str
    ) -> None:
        new = SMALL.replace("check: document-complete", "check: analysis")
        told = problems(new.replace("with: {document: charter}", f"with: {{{asked}}}"))
        found = next(each for each in told if said in each.message)
        assert found.where == f"own.yaml, line {line}"
        assert hint in found.hint

    @pytest.mark.parametrize("field", ["overall.logo_churn", "periods.-1.logo_churn", "kind"])
    def test_a_figure_that_a_result_has_is_taken(self, field: str) -> None:
        new = SMALL.replace("check: document-complete", "check: analysis")
        asked = f"with: {{kind: churn, field: {field}, most: 0.02}}"
        load(new.replace("with: {document: charter}", asked))

    def test_everything_is_told_at_once(self) -> None:
        wrong = SMALL.replace("charter\n    gate", "chater\n    gate").replace("sponsor", "boss")
        wrong = wrong.replace("version: 1.0.0", "version: 1").replace("title: Own", "titel: Own")
        told = problems(wrong)
        assert len(told) >= 4
        lines = [int(each.where.rpartition(" ")[2]) for each in told]
        assert lines == sorted(lines)

    def test_names_are_given_once(self) -> None:
        lines = SMALL.splitlines(keepends=True)
        step, criterion = lines[10:14], lines[17:]
        twice = "".join([*lines[:14], *step, *lines[14:], *criterion])
        assert [each.message.split(": ")[1] for each in problems(twice)] == [
            'the name "charter" was given before.', 'the name "charter-complete" was given before.'
        ]  # fmt: skip

    def test_a_criterion_is_named_once_in_the_whole_template(self) -> None:
        phase = SMALL[SMALL.index("  - name: define") :]
        told = problems(SMALL + phase.replace("name: define", "name: measure"))
        assert "charter-complete" in told[0].message

    @pytest.mark.parametrize(
        "text",
        ["", "- a", "just text", "1", "null", "a: [", "a: b: c", "\tx: 1", "%YAML 9.9\n---\na: 1",
         "a: 1\n---\nb: 2", "? [a]\n: 1", "!!python/object/apply:os.system ['true']", "phases: 3",
         "phases: [1, 2]", "phases: {a: 1}", "gate: x", "name: 2025-01-01", "name: .nan",
         "phases: [{gate: {criteria: [{check: [], with: 3}], roles: [1]}}]",
         "phases: [{steps: [{document: {}, done_when: [], analysis: 3, command: {}}]}]",
         "functions: 3\nhealth: [1]"],
    )  # fmt: skip
    def test_any_text_is_refused_in_words(self, text: str) -> None:
        assert all(each.code.startswith("template.") for each in problems(text))

    @pytest.mark.parametrize(
        "raw", [b"\xff\xfe", b"\x00", b"name: \x80", "name: é".encode("cp1252")]
    )
    def test_bytes_that_are_no_text_are_refused(self, raw: bytes) -> None:
        assert problems(raw)[0].code == "template.yaml"

    def test_a_few_bytes_cannot_stand_for_gigabytes(self) -> None:
        bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
            f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 10)
        )
        assert problems(bomb)[0].code == "template.size"

    def test_an_alias_within_itself_ends(self) -> None:
        assert problems("a: &a [*a]")[0].code == "template.size"

    @pytest.mark.parametrize("text", ["[" * 100_000, "a: " * 100, "- " * 100_000, "{a: " * 50_000])
    def test_deep_nesting_is_refused_before_anything_recurses(self, text: str) -> None:
        assert problems(text)[0].code == "template.yaml"

    def test_a_file_that_is_too_large_is_not_read(self) -> None:
        assert problems(b"#" * (1024 * 1024 + 1))[0].code == "template.size"

    def test_words_of_the_file_cannot_act_on_a_terminal(self) -> None:
        told = problems(SMALL.replace("roles: [sponsor]", 'roles: ["\\e[31mred"]'))
        assert "\x1b" not in told[0].message


class TestCommand:
    """`dmaic walk` runs the command of a step, so a template cannot name every one."""

    def wrong(self, command: str) -> str:
        step = f"command: {json.dumps(command)}\n        done_when: team-covers"
        (problem,) = problems(SMALL.replace("document: charter\n    gate", f"{step}\n    gate"))
        assert problem.where in ("own.yaml, line 14", "own.yaml, line 11")
        return problem.message

    @pytest.mark.parametrize(
        "command",
        [
            "project rm P --yes",
            "restore FILE",
            "export P -o x",
            "init x",
            "demo x",
            "team rm NAME",
            "gate approve define",
            "undo",
            "template add x",
            "rm",
            "",
            "pareto --output x.csv",
            "pareto --output=x.csv",
            "pareto -ox.csv",
            "pareto --accept all",
            "data add /etc/passwd --name x",
            "data add ../../secret.csv --name x",
            "data add ~/secret.csv --name x",
            "data add FILE --name x --db other.db",
            "report define --to elsewhere",
            "report define --style x.toml",
            "team add 'x",
        ],
    )
    def test_what_destroys_or_reaches_outside_is_refused(self, command: str) -> None:
        assert self.wrong(command)

    @pytest.mark.parametrize(
        "command",
        [
            "action add TITLE --owner NAME --due DATE --phase improve",
            "sample-size --from SHARE --to SHARE",
            "data add FILE --name NAME",
            "report weekly --format docx",
        ],
    )
    def test_what_fills_the_record_or_computes_is_allowed(self, command: str) -> None:
        step = f"command: {json.dumps(command)}\n        done_when: team-covers"
        load(SMALL.replace("document: charter\n    gate", f"{step}\n    gate"))

    @pytest.mark.parametrize("word", ["output", "related", "accept", "preset", "encoding"])
    def test_parameters_of_an_analysis_are_no_other_options(self, word: str) -> None:
        step = f"analysis: pareto\n        parameters: {{by: segment, {word}: x}}"
        (problem,) = problems(SMALL.replace("document: charter\n    gate", f"{step}\n    gate"))
        assert f'no parameter "{word}"' in problem.message
