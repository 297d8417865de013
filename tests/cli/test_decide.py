"""`dmaic decide`, on the command line alone and in a project."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

API = "API:0.8:1500000:-120000"
CALLS = "Calls:0.5:400000:-250000"

SCENARIO = """\
currency: USD
options:
  - name: API
    p: 80%
    gain: 1.5M
    loss: -120k
  - name: Pilot first
    outcomes:
      - {p: 30%, amount: -50000}
      - {p: 70%, amount: 600000}
attitude:
  loss_aversion: 3
"""


def listed(run: Any, *words: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = run("analysis", "list", "--json", *words).json["result"]["items"]
    return found


class TestAlone:
    def test_the_names_of_the_figures(self, run: Any, tmp_path: Path, monkeypatch: Any) -> None:
        monkeypatch.chdir(tmp_path)
        ran = run("decide", "--option", "Gamble:80%:$4,000:0", "--option", "Sure:1:3000:0",
                  "--json")  # fmt: skip
        assert (ran.status, ran.err) == (0, "")
        gamble, sure, nothing = ran.json["result"]["options"]
        assert gamble["name"] == "Gamble"
        assert gamble["expected_value"] == pytest.approx(3200)
        assert gamble["certainty_equivalent"] == pytest.approx(2270.08, abs=0.01)
        assert gamble["prospect_value"] < sure["prospect_value"]
        assert nothing["name"] == "Do nothing"
        assert ran.json["result"]["even_odds_ratio"] == pytest.approx(2.7407, abs=1e-4)
        assert ran.json["result"]["rule_of_thumb"] == 2
        assert "Tversky and Kahneman 1992" in ran.json["result"]["method"]["prospect_value"]

    def test_the_sentence_comes_first(self, run: Any, tmp_path: Path, monkeypatch: Any) -> None:
        monkeypatch.chdir(tmp_path)
        out = run("decide", "--option", CALLS).out
        assert "will likely refuse it" in " ".join(out.split()[:60])
        assert "274" in out
        assert "2:1" in out
        assert max(map(len, out.splitlines())) <= 80

    def test_a_scenario_file_and_options_beside_it(self, run: Any, tmp_path: Path) -> None:
        path = tmp_path / "scenario.yaml"
        path.write_text(SCENARIO, "utf-8")
        result = run("decide", path, "--option", CALLS, "--json").json["result"]
        names = [each["name"] for each in result["options"]]
        assert names == ["API", "Pilot first", "Calls", "Do nothing"]
        assert result["attitude"]["loss_aversion"] == 3
        assert result["currency"] == "USD"
        over = run("decide", path, "--loss-aversion", "2", "--json").json["result"]
        assert over["attitude"]["loss_aversion"] == 2

    def test_every_face(self, run: Any, tmp_path: Path, monkeypatch: Any) -> None:
        monkeypatch.chdir(tmp_path)
        for name in ("out.csv", "out.json", "out.md", "out.txt", "out.xlsx"):
            assert run("decide", "--option", API, "-o", name).status == 0
            assert (tmp_path / name).stat().st_size > 0
        assert run("decide", "--option", API, "--chart", "chart.svg").status == 0
        assert (tmp_path / "chart.svg").read_text("utf-8").lstrip().startswith("<?xml")
        rows = run("decide", "--option", API, "--format", "csv").out.splitlines()
        assert rows[0].startswith("name,idle,expected_value,prospect_value")
        assert len(rows) == 3

    def test_the_scenario_is_never_written_over(self, run: Any, tmp_path: Path) -> None:
        path = tmp_path / "scenario.json"
        path.write_text(SCENARIO, "utf-8")
        ran = run("decide", path, "-o", path)
        assert (ran.status, "usage.same-file" in ran.err) == (2, True)
        assert path.read_text("utf-8") == SCENARIO

    @pytest.mark.parametrize(
        ("words", "status", "code"),
        [
            ((), 2, "decide.none"),
            (("--option", ""), 2, "decide.option"),
            (("--option", "API"), 2, "decide.option"),
            (("--option", "API:0.8:100:5"), 2, "decide.option"),
            (("--option", "API:0.8:nan:-5"), 2, "decide.option"),
            (("--option", API, "--option", "api:0.5:1:-1"), 2, "decide.twice"),
            (("--option", API, "--loss-aversion", "0"), 2, "decide.attitude"),
            (("--option", API, "--curvature", "nan"), 2, "decide.attitude"),
            (("--option", API, "--data", "q3"), 2, "usage.options"),
            (("--option", "A:.5:$1:-$1", "--option", "B:.5:€1:-€1"), 2, "decide.currency"),
            (("nowhere.yaml",), 1, "scenario.read"),
            ((".",), 1, "scenario.read"),
        ],
    )
    def test_what_is_refused(
        self, run: Any, tmp_path: Path, monkeypatch: Any, words: tuple[str, ...], status: int,
        code: str,
    ) -> None:  # fmt: skip
        monkeypatch.chdir(tmp_path)
        ran = run("decide", *words)
        assert (ran.status, ran.out) == (status, "")
        assert f"error {code}" in ran.err

    @pytest.mark.parametrize(
        "text",
        ["", "[]", "options: 5", "options: [5]", "options:\n  - name: A", "\0", "a: &x 1\nb: *x",
         "options:\n  - {name: A, p: .nan, gain: 1, loss: -1}", "}{", "\xff\xfe", "options: {}",
         "options:\n  - {name: [A], p: 1, gain: 1}", "attitude: {loss_aversion: 'x'}",
         "options:\n  - {name: A, outcomes: 5}", "options:\n  - {name: A, outcomes: [5, [1]]}",
         "options:\n  - {name: A, p: 1, gain: {a: 1}}",
         "options:\n  - {1: 2, p: 1}"],
    )  # fmt: skip
    def test_a_hostile_file_is_an_error(self, run: Any, tmp_path: Path, text: str) -> None:
        path = tmp_path / "scenario.yaml"
        path.write_bytes(text.encode("latin-1"))
        ran = run("decide", path)
        assert (ran.status in (1, 2), ran.out) == (True, "")
        assert ran.err.startswith("error ")
        assert "Traceback" not in ran.err

    def test_ten_thousand_options(self, run: Any, tmp_path: Path, monkeypatch: Any) -> None:
        monkeypatch.chdir(tmp_path)
        words = [word for n in range(10_000) for word in ("--option", f"A{n}:0.5:1:-1")]
        ran = run("decide", *words)
        assert (ran.status, ran.out) == (2, "")
        assert "10,000 options" in ran.err

    def test_every_thing_wrong_in_a_file_is_told_with_its_line(
        self, run: Any, tmp_path: Path
    ) -> None:
        path = tmp_path / "scenario.yaml"
        path.write_text("options:\n  - name: A\n    p: 80\n    gain: 5\n    loss: 120k\n", "utf-8")
        err = run("decide", path).err
        assert "line 3" in err
        assert "write 80%" in err
        assert "line 5" in err
        assert "write -120000" in err

    def test_a_hostile_name_is_shown_as_text(
        self, run: Any, tmp_path: Path, monkeypatch: Any
    ) -> None:
        monkeypatch.chdir(tmp_path)
        name = "=cmd()|\x1b[31m[bold]<script>\u202e"
        for face in ("table", "md", "csv"):
            ran = run("decide", "--option", f"{name}:0.5:4:-3", "--format", face)
            assert ran.status == 0
            assert "\x1b" not in ran.out
            assert "\u202e" not in ran.out
        page = run("decide", "--option", f"{name}:0.5:4:-3", "--format", "csv").out
        assert "\n'=cmd()" in page.replace('"', "")


class TestSaved:
    def test_it_is_saved_once_and_shown_as_it_was(self, run: Any, mini: Path) -> None:
        ran = run("decide", "--option", API, "--option", CALLS, "--json")
        assert ran.status == 0
        id = ran.err.split("Saved as analysis ")[1].split(":")[0]
        assert "Saved already" in run("decide", "--option", API, "--option", CALLS).err
        (item,) = listed(run)
        assert (item["analysis"], item["dataset"], item["state"]) == ("decide", None, "current")
        # Money of a project is in its currency where nothing else is said.
        assert item["title"] == "Decision; options API, Calls; currency USD"
        assert ran.json["result"]["currency"] == "USD"
        assert [each["name"] for each in item["parameters"]["options"]] == ["API", "Calls"]
        shown = run("analysis", "show", id, "--json").json
        assert shown["result"] == ran.json["result"]
        assert "figures alone" in run("analysis", "list").out
        assert run("analysis", "show", id, "--chart", mini / "chart.png").status == 0

    def test_it_is_run_again_from_its_parameters(self, run: Any, mini: Path) -> None:
        path = mini / "scenario.yaml"
        path.write_text(SCENARIO, "utf-8")
        assert run("decide", path).status == 0
        path.unlink()
        (item,) = listed(run)
        ran = run("analysis", "rerun", item["id"])
        assert ran.status == 0
        assert "the same data, the same figures" in " ".join(ran.out.split())
        assert "No analysis is stale" in run("analysis", "rerun").out
        assert run("analysis", "rerun", "--all").status == 0

    @pytest.mark.parametrize(
        "parameters",
        [{"options": [API], "tone": "calm"}, {"options": [5]}, {"options": [API], "curvature": "x"},
         {"options": "API"}, {}, {"options": [{"name": "A"}]}, {"source": "/etc/passwd"},
         {"options": [API], "currency": "\x1b"}],
    )  # fmt: skip
    def test_what_was_tampered_with_is_an_error(
        self, run: Any, mini: Path, tmp_path: Path, monkeypatch: Any, parameters: dict[str, Any]
    ) -> None:
        assert run("decide", "--option", API).status == 0
        assert run("export", "-o", tmp_path / "project.json").status == 0
        content = json.loads((tmp_path / "project.json").read_text("utf-8"))
        (item,) = (each for each in content["items"] if each["kind"] == "analysis")
        item["body"]["parameters"] = parameters
        (tmp_path / "changed.json").write_text(json.dumps(content), "utf-8")
        assert run("init", tmp_path / "other").status == 0
        monkeypatch.chdir(tmp_path / "other")
        assert run("import", tmp_path / "changed.json").status == 0
        ran = run("analysis", "rerun", "--all")
        assert (ran.status in (1, 2), ran.out) == (True, "")
        assert ran.err.startswith("error ")

    def test_two_are_compared(self, run: Any, mini: Path) -> None:
        assert run("decide", "--option", CALLS).status == 0
        assert run("decide", "--option", CALLS, "--loss-aversion", "1").status == 0
        one, other = (each["id"] for each in listed(run))
        ran = run("analysis", "diff", one, other)
        assert ran.status == 0
        assert '"Calls" is now what a loss-averse committee prefers.' in ran.out
        assert '"Do nothing" is no longer what a loss-averse committee prefers.' in " ".join(
            ran.out.split()
        )

    def test_not_saved_where_it_was_not_wanted(self, run: Any, mini: Path) -> None:
        ran = run("decide", "--option", API, "--no-save")
        assert (ran.status, ran.err) == (0, "")
        assert listed(run) == []

    def test_a_closed_project_stays_as_it_was(self, run: Any, mini: Path) -> None:
        assert run("project", "close", "--reason", "given up", "--yes").status == 0
        ran = run("decide", "--option", API)
        assert (ran.status, ran.err) == (0, "Not saved: the project is closed.\n")
        assert listed(run) == []

    def test_an_engagement_without_a_project(
        self, run: Any, tmp_path: Path, monkeypatch: Any
    ) -> None:
        assert run("init", tmp_path / "new").status == 0
        monkeypatch.chdir(tmp_path / "new")
        ran = run("decide", "--option", API)
        assert (ran.status, ran.err) == (0, "Not saved: there is no project yet.\n")

    def test_a_project_that_is_named_must_be_there(
        self, run: Any, mini: Path, tmp_path: Path, monkeypatch: Any
    ) -> None:
        ran = run("decide", "--option", API, "--project", "Nobody's")
        assert (ran.status, ran.out) == (1, "")
        assert "error project.not-found" in ran.err
        monkeypatch.chdir(tmp_path)
        ran = run("decide", "--option", API, "--project", "Cut churn")
        assert (ran.status, ran.out) == (1, "")
        assert "error store.none" in ran.err

    def test_it_comes_over_with_its_project(self, run: Any, mini: Path, tmp_path: Path,
                                            monkeypatch: Any) -> None:  # fmt: skip
        assert run("decide", "--option", API).status == 0
        assert run("export", "-o", tmp_path / "project.json").status == 0
        before = json.loads((tmp_path / "project.json").read_text("utf-8"))
        assert "decide" in json.dumps(before)
        assert run("init", tmp_path / "other").status == 0
        monkeypatch.chdir(tmp_path / "other")
        assert run("import", tmp_path / "project.json").status == 0
        (item,) = listed(run)
        assert run("analysis", "rerun", item["id"]).status == 0
