"""`dmaic recover`, on a file, on figures alone and in a project."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

SAMPLE = Path(__file__).parents[2] / "sample_data"
EXPORT = SAMPLE / "churn_export.csv"
ESTIMATORS = ("--segment", "Auto body estimators")


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def figures(run: Any) -> Callable[..., dict[str, Any]]:
    """The result of `dmaic recover` with these words."""

    def call(*words: object) -> dict[str, Any]:
        ran = run("recover", *words, "--draws", "500", "--json")
        assert ran.status == 0, ran.out
        found: dict[str, Any] = ran.json["result"]
        return found

    return call


class TestWorkedCase:
    """The figures of the worked case, as BACKGROUND tells them, through the command line."""

    def test_before_the_fix(self, figures: Any) -> None:
        found = figures(EXPORT, *ESTIMATORS, "--reduction", "65%")
        # 2.2 % of the customers a month cost $5.0M a year; estimators are 0.38 / 0.82 of them.
        assert found["overall_churn_before"] == pytest.approx(0.022, abs=5e-5)
        assert found["baseline_annual_loss"] == 5_000_040
        assert found["segment_share"] == pytest.approx(0.38 / 0.82, abs=2e-4)
        assert found["segment_share_value"] == pytest.approx(0.38 / 0.82, abs=2e-4)
        # 30 % of $5M, so a 65 % cut: 0.65 x 0.463 x 5.0M.
        assert found["recovered_annual"] == pytest.approx(1_500_000, rel=0.005)
        assert found["recovered_share"] == pytest.approx(0.30, abs=0.002)

    def test_as_it_came(self, figures: Any) -> None:
        found = figures(EXPORT, *ESTIMATORS, "--reduction", "82%", "--win-back", "9.49%")
        # Segment -82 %, overall -38 %: 2.2 % to 1.364 %; 38 % x $5.0M = $1.9M, and $220K came back.
        before, after = found["overall_churn_before"], found["overall_churn_after"]
        assert after == pytest.approx(0.01364, abs=1e-5)
        assert 1 - after / before == pytest.approx(0.38, abs=1e-4)
        assert found["recovered_annual"] == pytest.approx(1_900_000, rel=1e-4)
        assert found["win_back_annual"] == pytest.approx(220_000, rel=1e-3)
        assert found["segment_churn_after"] == pytest.approx(0.18 * found["segment_churn_before"])

    def test_the_same_from_four_figures(self, figures: Any) -> None:
        found = figures(*ESTIMATORS, "--reduction", "82%", "--win-back", "9.49%", "--baseline-loss",
                        "$5.0M", "--churn", "2.2%", "--share", "46.34%")  # fmt: skip
        assert found["overall_churn_after"] == pytest.approx(0.01364, abs=1e-6)
        assert found["recovered_annual"] == pytest.approx(1_900_000, rel=1e-4)
        assert found["win_back_annual"] == pytest.approx(220_000, rel=1e-3)
        assert found["currency"] == "USD"

    def test_a_known_return_on_activation_help(self, figures: Any) -> None:
        # 20 more minutes of help cost $888K a year and returned $4.48M: (4.48 - 0.888) / 0.888.
        expected = (4.48 - 0.888) / 0.888
        year = figures("--recovers", "4480000/year", "--running-cost", "888000/year")
        assert year["roi"] == pytest.approx(expected)
        once = figures("--recovers", "4480000/year", "--cost", "888000", "--horizon", "12")
        assert once["roi"] == once["roi_run_rate"] == pytest.approx(4.05, abs=0.01)
        assert once["baseline_annual_loss"] is None

    def test_a_scenario_file_of_a_known_return(self, figures: Any, tmp_path: Path) -> None:
        path = tmp_path / "activation.yaml"
        path.write_text("solutions:\n  - name: Activation help\n    recovers: 4480000/year\n"
                        "    cost: 888000\nhorizon: 12\n")  # fmt: skip
        found = figures("--scenario", path)
        assert found["roi"] == pytest.approx(4.045, abs=0.001)
        assert found["recovered_annual"] == pytest.approx(4_480_000)

    def test_a_known_return_is_not_told_as_churn_recovered(
        self, figures: Any, tmp_path: Path
    ) -> None:
        path = tmp_path / "both.yaml"
        path.write_text("solutions:\n"
                        "  - {name: API, segment: Auto body estimators, reduction: 65%}\n"
                        "  - {name: Help, recovers: 4480000/year, cost: 888000}\n")  # fmt: skip
        found = figures(EXPORT, "--scenario", path)
        # 0.65 x $2,317,116 of the $5,000,040 that churn costs; $4.48M come from elsewhere.
        assert found["recovered_annual"] == pytest.approx(0.65 * 2_317_116 + 4_480_000)
        assert found["recovered_share"] == pytest.approx(0.65 * 2_317_116 / 5_000_040)
        assert "recovers $1.5M a year of the $5.0M that churn costs" in found["sentence"]
        assert "plus known returns of $4.5M" in found["sentence"]
        # The help is not for the estimators alone, so its cost is no share of what they are worth.
        assert found["cost_share_of_lifetime_value"] is None

    def test_no_reduction_is_no_fall(self, figures: Any) -> None:
        # 2.199 % beside 2.20 % would look like one.
        found = figures(EXPORT, *ESTIMATORS, "--reduction", "0%", "--cost", "10k")
        assert found["overall_churn_after"] == found["overall_churn_before"]
        assert "churn of all customers stays at 2.199 % a month" in found["sentence"]

    def test_no_cost_and_no_benefit_is_not_told_as_a_loss(self, run: Any) -> None:
        shown = run("recover", str(EXPORT), *ESTIMATORS, "--reduction", "0%")
        assert "nothing to pay back" in shown.out
        assert "not within" not in shown.out

    def test_four_figures_tell_no_revenue_churn(self, figures: Any) -> None:
        # $5.0M lost and 2.2 % of customers lost do not say how much revenue there is.
        args = (*ESTIMATORS, "--reduction", "65%", "--baseline-loss", "5.0M", "--churn", "2.2%",
                "--share", "46.3%")  # fmt: skip
        found = figures(*args)
        assert (found["revenue_churn_before"], found["revenue_churn_after"]) == (None, None)
        assert any("--segment-churn" in each for each in found["assumptions"])
        told = figures(*args, "--segment-churn", "4.8%")
        assert not any("--segment-churn" in each for each in told["assumptions"])

    def test_two_fixes_on_one_segment_compound(self, figures: Any) -> None:
        found = figures(EXPORT, "--scenario", SAMPLE / "scenario.yaml")
        # 50 % and 30 % are 65 %, which is $1.5M, and not 80 %.
        assert found["segments"][0]["reduction"] == pytest.approx(0.65)
        assert found["recovered_annual"] == pytest.approx(1_506_125, abs=1)
        alone = sum(each["recovered_annual"] for each in found["solutions"])
        assert alone == pytest.approx(0.8 * found["segment_annual_loss"])

    def test_stopping_all_of_it_brings_the_cash_that_churn_costs_less_half_a_month(
        self, run: Any, figures: Any
    ) -> None:
        # Of month k's losses `dmaic cost` misses 12 - k + 1/2 payments in the year, 72 in all; who
        # is saved in month k pays from the next one on, 12 - k, 66 in all.
        found = figures(EXPORT, *ESTIMATORS, "--reduction", "100%", "--horizon", "12")
        lost = found["baseline"]["segments"][0]["mrr_lost"]
        assert found["benefit"] == pytest.approx(66 * lost)
        cost = run("cost", EXPORT, "--by", "segment", "--json").json["result"]
        assert cost["annual_loss"] == pytest.approx(found["baseline_annual_loss"])


class TestAnswer:
    def test_every_figure_stands_beside_its_formula(self, figures: Any) -> None:
        found = figures(EXPORT, *ESTIMATORS, "--reduction", "65%", "--cost", "120000")
        for name in ("baseline_annual_loss", "recovered_annual", "roi", "npv", "irr", "p10",
                     "payback_month", "overall_churn_after", "probability_payback"):  # fmt: skip
            assert found["method"][name]
        assert any("No margin was given" in each for each in found["assumptions"])
        assert found["baseline"]["segments"][0]["name"] == "Auto body estimators"
        assert len(found["months"]) == 25
        assert found["months"][-1]["cumulative"] == pytest.approx(found["net"])
        assert found["p10"] <= found["p50"] <= found["p90"]

    def test_the_answer_comes_first_and_fits_the_width(self, run: Any) -> None:
        ran = run("recover", EXPORT, *ESTIMATORS, "--reduction", "40%,65%,80%", "--cost", "120k",
                  "--running-cost", "4000/month", "--ramp", "3")  # fmt: skip
        assert ran.status == 0
        first = " ".join(ran.out.split("\n\n")[1].split())
        assert first.startswith('Cutting churn by 65 % in "Auto body estimators" recovers $1.5M')
        assert "month 7" in first
        assert max(map(len, ran.out.splitlines())) <= 80

    def test_a_cost_said_once_for_two_segments_is_told(self, run: Any) -> None:
        words = (*ESTIMATORS, "--segment", "Students", "--reduction", "50%", "--cost", "1000")
        ran = run("recover", EXPORT, *words, "--draws", "100")
        assert "counted for each of the 2 segments" in ran.err
        assert run("recover", EXPORT, *words, "--json").json["result"]["cost"] == 2000

    def test_csv_holds_the_cash_view(self, run: Any) -> None:
        out = run("recover", EXPORT, *ESTIMATORS, "--reduction", "65%", "--format", "csv",
                  "--draws", "100").out.splitlines()  # fmt: skip
        assert out[0] == "month,saved,benefit,cost,net,cumulative"
        assert len(out) == 26

    def test_a_name_in_any_case_and_another_column(self, figures: Any) -> None:
        found = figures(EXPORT, "--segment", "auto body ESTIMATORS", "--reduction", "65%")
        assert found["segments"][0]["name"] == "Auto body estimators"
        found = figures(EXPORT, "--by", "plan", "--segment", "Starter", "--reduction", "65%")
        assert found["baseline"]["by"] == "plan"

    def test_the_same_seed_gives_the_same_ranges(self, figures: Any) -> None:
        words = (EXPORT, *ESTIMATORS, "--reduction", "40%,65%,80%", "--cost", "1000")
        assert figures(*words)["p10"] == figures(*words)["p10"]
        assert figures(*words)["p10"] != figures(*words, "--seed", "2")["p10"]


class TestCurve:
    def test_saved_customers_on_the_curve_of_their_segment(self, figures: Any) -> None:
        words = (EXPORT, *ESTIMATORS, "--reduction", "65%", "--cost", "120000")
        flat, curved = figures(*words), figures(*words, "--curve", "sbg")
        found = curved["baseline"]["segments"][0]["retention"]
        # As `dmaic clv` fits the segment: estimators leave early, so that who stays, stays longer.
        assert found["rate"] == pytest.approx(0.109, abs=0.001)
        assert curved["benefit"] > flat["benefit"]
        assert curved["recovered_annual"] == flat["recovered_annual"]
        assert any("sBG" in each for each in curved["assumptions"])

    def test_where_churn_does_not_fall_with_age_it_stays_constant(
        self, run: Any, export: Any
    ) -> None:
        rows = [
            f"C{n},2023-{n % 12 + 1:02}-01,A,10,USD,"
            + (f"Yes,2024-{n % 12 + 1:02}-28" if n % 2 else "No,")
            for n in range(200)
        ]
        head = "customer_id,signup_date,segment,mrr,currency,churned,churn_date"
        path = export("\n".join([head, *rows, ""]))
        ran = run("recover", path, "--segment", "A", "--reduction", "65%", "--curve", "sbg",
                  "--json", "--draws", "100")  # fmt: skip
        assert "curve-constant" in ran.codes
        assert ran.json["result"]["baseline"]["segments"][0]["retention"] is None

    def test_it_takes_an_export(self, run: Any) -> None:
        ran = run("recover", *ESTIMATORS, "--reduction", "65%", "--baseline-loss", "5M",
                  "--churn", "2%", "--share", "40%", "--curve", "sbg")  # fmt: skip
        assert ran.status == 2
        assert "recover.curve" in ran.err


class TestRefused:
    @pytest.mark.parametrize(
        ("words", "code", "says"),
        [
            ((*ESTIMATORS, "--reduction", "165%"), "usage.share", "more than 100 %"),
            ((*ESTIMATORS, "--reduction", "-5%"), "usage.share", "negative"),
            ((*ESTIMATORS, "--reduction", "80%,65%,40%"), "usage.range", "does not rise"),
            ((*ESTIMATORS, "--reduction", "65%", "--cost", "-5"), "usage.money", "negative"),
            ((*ESTIMATORS, "--reduction", "65%", "--running-cost", "5"), "usage.rate", "month"),
            ((*ESTIMATORS, "--reduction", "65%", "--discount", "9"), "usage.share", "--discount"),
            ((*ESTIMATORS, "--reduction", "65%", "--margin", "x"), "usage.share", "--margin"),
            ((*ESTIMATORS, "--reduction", "65%", "--horizon", "0"), "usage.options", "--horizon"),
            ((*ESTIMATORS, "--reduction", "65%", "--horizon", "999"), "usage.options", "--horizon"),
            ((*ESTIMATORS, "--reduction", "65%", "--draws", "0"), "usage.options", "--draws"),
            ((*ESTIMATORS, "--reduction", "65%", "--starts", "30"), "recover.horizon", "month 30"),
            ((*ESTIMATORS, "--reduction", "65%", "--cost", "5€"), "recover.currency", "EUR"),
            (("--segment", "Auto body estimator", "--reduction", "65%"), "recover.segment",
             "no segment"),
            ((), "recover.none", "No segment"),
            ((*ESTIMATORS, "--cost", "5"), "usage.solutions", "not said what share"),
            (("--segment", " ", "--reduction", "65%"), "usage.empty", "--segment"),
            (("--reduction", "65%"), "usage.solutions", "no segment"),
            ((*ESTIMATORS, "--segment", "Students", "--reduction", "1%", "--cost", "1", "--cost",
              "2", "--cost", "3"), "usage.solutions", "3 times for 2 segments"),
            ((*ESTIMATORS, "--recovers", "5/month"), "usage.solutions", "--recovers"),
            (("--recovers", "5/month"), "recover.known", "nothing to read an export for"),
            ((*ESTIMATORS, "--reduction", "9%", "--baseline-loss", "5M", "--churn", "2%", "--share",
              "5%"), "recover.baseline", "twice"),
            ((*ESTIMATORS, "--reduction", "9%", "--baseline-loss", "5M"), "usage.figures",
             "--churn"),
            ((*ESTIMATORS, "--reduction", "65%", "--scenario", str(SAMPLE / "scenario.yaml")),
             "recover.two-ways", "twice"),
            ((*ESTIMATORS, "--reduction", "65%", "--by", "nocol"), "usage.unknown-column", "nocol"),
        ],
    )  # fmt: skip
    def test_nonsense_with_a_reason_and_a_way_on(
        self, run: Any, words: tuple[str, ...], code: str, says: str
    ) -> None:
        ran = run("recover", EXPORT, *words)
        assert ran.status == 2
        assert ran.out == ""
        assert f"error {code}:" in ran.err
        assert says in ran.err
        assert len(ran.err.strip().splitlines()) > 1, "it says what to do"

    def test_a_segment_that_is_not_there_gets_the_nearest_and_the_largest(self, run: Any) -> None:
        err = run("recover", EXPORT, "--segment", "Auto body estimator", "--reduction", "5%").err
        assert 'Did you mean "Auto body estimators"?' in err
        assert '"Real estate agents" (16.17 %)' in err

    def test_all_figures_that_are_wrong_at_once(self, run: Any) -> None:
        err = run("recover", EXPORT, *ESTIMATORS, "--reduction", "165%", "--cost", "-1").err
        assert "usage.share" in err
        assert "usage.money" in err

    def test_a_scenario_where_the_export_belongs(self, run: Any) -> None:
        ran = run("recover", SAMPLE / "scenario.yaml")
        assert ran.status == 2
        assert "is a scenario, not an export" in ran.err
        assert "--scenario" in ran.err

    def test_an_export_without_segments(self, run: Any) -> None:
        ran = run("recover", SAMPLE / "monthly_summary.csv", "--segment", "A", "--reduction", "5%")
        assert ran.status == 2
        assert "recover.by" in ran.err
        assert "--by COL" in ran.err

    def test_a_segment_named_twice_with_two_shares(self, run: Any) -> None:
        figures = ("--baseline-loss", "5M", "--churn", "2%", "--share", "40%", "--share", "50%")
        ran = run("recover", "--segment", "a", "--segment", "a", "--reduction", "65%", *figures)
        assert ran.status == 2
        assert "two shares" in ran.err

    def test_figures_and_how_to_read_a_file(self, run: Any) -> None:
        ran = run("recover", *ESTIMATORS, "--reduction", "65%", "--baseline-loss", "5M", "--churn",
                  "2%", "--share", "40%", "--where", "plan = 'Pro'")  # fmt: skip
        assert ran.status == 2
        assert "--where" in ran.err

    def test_no_file_and_no_engagement(self, run: Any) -> None:
        assert "usage.no-file" in run("recover", *ESTIMATORS, "--reduction", "65%").err


class TestNoise:
    def test_a_baseline_shorter_than_its_own_noise(self, run: Any) -> None:
        words = ("recover", EXPORT, "--segment", "Students", "--reduction", "5%", "--draws", "100")
        ran = run(*words)
        assert ran.status == 1
        # 119 churned: 1.96 / sqrt(119) = 18 %. (1.96 / 0.05)^2 = 1,537 churned, at 119 / 12 a month
        # 155 months.
        assert "±18 %" in ran.err
        assert "155 months" in ran.err
        assert "1,537 churned" in ran.err
        accepted = run(*words, "--accept", "baseline-short", "--json")
        assert accepted.status == 0
        assert "baseline-short" in accepted.codes

    def test_a_reduction_above_it_is_estimated(self, figures: Any) -> None:
        assert figures(EXPORT, "--segment", "Students", "--reduction", "19%")

    def test_less_than_a_year_is_told(self, run: Any) -> None:
        ran = run("recover", EXPORT, *ESTIMATORS, "--reduction", "65%", "--since", "2024-07",
                  "--draws", "100", "--json")  # fmt: skip
        assert "baseline-part-year" in ran.codes
        assert ran.json["result"]["baseline"]["whole"]["months"] == 6


class TestData:
    def lines(self, export: Any, rows: list[str]) -> Path:
        head = "customer_id,signup_date,segment,mrr,currency,churned,churn_date"
        found: Path = export("\n".join([head, *rows, ""]))
        return found

    def test_mixed_currencies_are_refused(self, run: Any, export: Any) -> None:
        rows = [
            f"C{n},2023-01-01,A,10,{'USD' if n % 2 else 'EUR'},Yes,2024-{n % 12 + 1:02}-28"
            for n in range(48)
        ]
        path = self.lines(export, rows)
        ran = run("recover", path, "--segment", "A", "--reduction", "65%")
        assert ran.status == 1
        assert "finding.mixed-currencies" in ran.err
        ran = run("recover", path, "--segment", "A", "--reduction", "65%", "--accept",
                  "mixed-currencies")  # fmt: skip
        assert (ran.status, "recover.no-money" in ran.err) == (1, True)

    def test_a_segment_that_lost_nobody(self, run: Any, export: Any) -> None:
        rows = [f"A{n},2023-01-01,A,10,USD,Yes,2024-{n % 12 + 1:02}-28" for n in range(48)]
        rows += [f"B{n},2023-01-01,B,10,USD,No," for n in range(10)]
        ran = run("recover", self.lines(export, rows), "--segment", "B", "--reduction", "65%")
        assert ran.status == 1
        assert "recover.no-loss" in ran.err
        assert "lost nobody" in ran.err

    def test_order_of_rows_and_currency_change_no_figure(self, figures: Any, export: Any) -> None:
        rows = [
            f"C{n},2023-01-01,{'A' if n % 3 else 'B'},{10 + n % 7},USD,"
            + (f"Yes,2024-{n % 12 + 1:02}-28" if n % 2 else "No,")
            for n in range(200)
        ]
        words = ("--segment", "A", "--reduction", "65%", "--cost", "500")
        first = figures(self.lines(export, rows), *words)
        turned = figures(self.lines(export, rows[::-1]), *words)
        euros = figures(self.lines(export, [each.replace("USD", "EUR") for each in rows]), *words)
        assert euros["currency"] == "EUR"
        for name in ("recovered_annual", "npv", "p10", "p90", "overall_churn_after", "roi"):
            assert turned[name] == pytest.approx(first[name])
            assert euros[name] == pytest.approx(first[name])

    @pytest.mark.parametrize("text", ["", "\n\n", "a,b\n", "customer_id\n\x00\n", "%PDF-1.4"])
    def test_no_table_is_an_error_in_words(self, run: Any, export: Any, text: str) -> None:
        ran = run("recover", export(text), "--segment", "A", "--reduction", "65%")
        assert ran.status in (1, 2)
        assert ran.err.startswith("error ")

    def test_names_from_files_are_data(self, run: Any, export: Any) -> None:
        bad = "[red]A\x1b[31m; DROP TABLE"
        rows = [f"C{n},2023-01-01,{bad},10,USD,Yes,2024-{n % 12 + 1:02}-28" for n in range(48)]
        ran = run("recover", self.lines(export, rows), "--segment", bad, "--reduction", "65%",
                  "--draws", "100")  # fmt: skip
        assert ran.status == 0
        assert "\x1b[31m" not in ran.out + ran.err
        assert "[red]A" in ran.out


class TestProject:
    @pytest.fixture
    def project(self, run: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        assert run("init", tmp_path / "acme").status == 0
        monkeypatch.chdir(tmp_path / "acme")
        assert run("project", "new", "Cut churn").status == 0

    def test_a_dataset_a_scenario_and_a_rerun(self, run: Any, project: None) -> None:
        assert run("data", "add", EXPORT, "--name", "2024").status == 0
        ran = run("recover", "--scenario", SAMPLE / "scenario.yaml", "--draws", "100")
        assert ran.status == 0
        assert "Saved as analysis" in ran.err
        (item,) = run("analysis", "list", "--json").json["result"]["items"]
        assert "API for exchange formats" in str(item)
        again = run("analysis", "rerun", item["id"])
        assert again.status == 0
        shown = run("analysis", "show", item["id"])
        assert "recovers $1.5M" in " ".join(shown.out.split())

    def test_figures_alone_are_saved_and_run_again(self, run: Any, project: None) -> None:
        ran = run("recover", "--segment", "X", "--reduction", "65%", "--baseline-loss", "$5M",
                  "--churn", "2.2%", "--share", "46.3%", "--draws", "100")  # fmt: skip
        assert "Saved as analysis" in ran.err
        (item,) = run("analysis", "list", "--json").json["result"]["items"]
        assert run("analysis", "rerun", item["id"]).status == 0


class TestExtreme:
    def test_a_rate_next_to_nothing_has_no_lifetime_value(self, figures: Any) -> None:
        found = figures("--segment", "a", "--reduction", "65%", "--baseline-loss", "5M", "--churn",
                        f"0.{'0' * 250}1", "--share", "40%", "--cost", "5")  # fmt: skip
        assert found["lifetime_value"] is None
        assert found["recovered_annual"] == pytest.approx(1_300_000)

    def test_a_result_holds_the_largest_segments_and_those_worked_on(self, figures: Any) -> None:
        found = figures(EXPORT, "--by", "customer_id", "--segment", "C100005", "--reduction", "65%",
                        "--accept", "baseline-short")  # fmt: skip
        names = [each["name"] for each in found["baseline"]["segments"]]
        assert "C100005" in names
        assert len(names) == 101

    def test_a_hint_names_no_option_that_figures_refuse(self, run: Any) -> None:
        given = ("recover", "--segment", "X", "--reduction", "65%", "--baseline-loss", "$5M",
                 "--churn", "2.2%", "--share", "46.3%")  # fmt: skip
        ran = run(*given, "--customers", "1")
        assert ran.status == 1
        assert "--accept" not in ran.err
        assert "without --customers" in " ".join(ran.err.split())
        assert run(*given).status == 0

    def test_too_many_solutions_are_counted(self, run: Any) -> None:
        given = [word for n in range(51) for word in ("--segment", f"S{n}", "--share", "1%")]
        ran = run("recover", *given, "--reduction", "50%", "--baseline-loss", "5M", "--churn", "2%")
        assert ran.status == 2
        assert "There are 51 solutions; at most 50" in " ".join(ran.err.split())
