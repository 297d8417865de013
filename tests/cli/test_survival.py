"""`dmaic survival`: answers, faces and refusals."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest

import dmaic

from .conftest import Run

SAMPLE = Path(__file__).parents[2] / "sample_data" / "churn_export.csv"
Export = Callable[..., Path]

# Freireich et al. (1963): weeks in remission, whether it ended, treatment.
REMISSION = "weeks,relapse,treatment\n" + "".join(
    f"{week},{lost},6-MP\n"
    for week, lost in [
        *((week, 1) for week in (6, 6, 6, 7, 10, 13, 16, 22, 23)),
        *((week, 0) for week in (6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35)),
    ]
) + "".join(
    f"{week},1,Placebo\n"
    for week in (1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23)
)  # fmt: skip
WEEKS = ("--tenure", "weeks", "--tenure-unit", "week", "--churned", "relapse")


@pytest.fixture
def remission(tmp_path: Path) -> Path:
    path = tmp_path / "remission.csv"
    path.write_text(REMISSION, "utf-8")
    return path


def test_the_json_holds_the_names_that_others_rely_on(run: Run, remission: Path) -> None:
    result = run("survival", remission, "--by", "treatment", *WEEKS, "--json").json["result"]
    drug, placebo = result["curves"]
    assert (drug["group"], placebo["group"]) == ("6-MP", "Placebo")
    assert drug["time"] == [0, 6, 7, 10, 13, 16, 22, 23]
    assert drug["survival"][1:] == pytest.approx(
        [0.8571, 0.8067, 0.7529, 0.6902, 0.6275, 0.5378, 0.4482], abs=5e-5
    )
    assert drug["at_risk"] == [21, 21, 17, 15, 12, 11, 7, 6]
    assert drug["events"] == [0, 3, 1, 1, 1, 1, 1, 1]
    assert all(low <= high for low, high in zip(drug["lower"], drug["upper"], strict=True))
    assert placebo["lower"][-1] is None  # all were lost
    assert result["logrank"]["statistic"] == pytest.approx(16.79, abs=5e-3)
    assert result["logrank"]["df"] == 1
    assert result["logrank"]["p_value"] == pytest.approx(4.2e-5, abs=1e-6)


def test_the_answer_comes_first_with_the_effect_before_the_p_value(
    run: Run, remission: Path
) -> None:
    ran = run("survival", remission, "--by", "treatment", *WEEKS)
    assert ran.status == 0
    told = " ".join(ran.out.split())
    assert (
        'those of "Placebo" leave 4.82 times as fast as those of "6-MP" (95 % interval 2.05 to '
        "11.34); log-rank p < 0.001" in told
    )
    assert told.index("Half of new customers are lost within 12 weeks") < told.index("By treatment")
    assert "How it was computed" in ran.out


def test_an_export_is_followed_in_days_from_the_month_of_the_first_loss(run: Run) -> None:
    ran = run("survival", SAMPLE, "--by", "segment", "--json")
    result = ran.json["result"]
    assert (result["unit"], result["first"], result["last"]) == ("day", "2024-01-01", "2024-12-31")
    overall = result["overall"]
    assert (overall["customers"], overall["lost"]) == (20_000, 4_270)
    assert overall["late"] > 16_000
    assert "left-truncated" in ran.codes
    assert len(result["curves"]) == len(result["groups"]) == 11
    assert result["logrank"]["df"] == 10
    assert len(result["pairwise"]) == 55
    # The early days are the dangerous ones in the worked case.
    early = overall["early"]
    assert early["verdict"] == "higher"
    assert 1 < early["low"] < early["ratio"] < early["high"]
    assert early["early_lost"] + early["later_lost"] == 4_270
    names = [each["name"] for each in overall["milestones"]]
    assert names[:4] == ["30 days", "90 days", "180 days", "1 year"]
    for row in (overall, *result["groups"]):
        assert sum(each["lost"] for each in row["hazard"]) == row["lost"]


def test_days_and_the_months_of_clv_tell_of_the_same_survival(run: Run) -> None:
    # `clv` counts in calendar months from the same export; a year is a year.
    ages = run("clv", SAMPLE, "--json").json["result"]["overall"]["observed"]
    overall = run("survival", SAMPLE, "--json").json["result"]["overall"]
    year = next(each for each in overall["milestones"] if each["name"] == "1 year")
    assert year["survival"] == pytest.approx(ages[11]["survived"], abs=0.01)


def test_that_groups_differ_is_not_denied_where_it_is_not_shown(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "same.csv"
    rows = "".join(f"{age},{age % 2},{group}\n" for age in range(1, 21) for group in "AB")
    path.write_text("tenure,churned,group\n" + rows, "utf-8")
    told = " ".join(run("survival", path, "--by", "group").out.split())
    assert "is not shown" in told
    assert "does not prove that they are alike" in told


def test_the_curves_are_rows_for_a_spreadsheet(run: Run, remission: Path) -> None:
    ran = run("survival", remission, "--by", "treatment", *WEEKS, "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(ran.out)))
    assert rows[1]["group"] == "6-MP"
    assert float(rows[1]["time"]) == 6
    assert float(rows[1]["survival"]) == pytest.approx(18 / 21)
    assert len(rows) == 8 + 13


def test_a_workbook_holds_curves_groups_and_hazards(
    run: Run, remission: Path, tmp_path: Path
) -> None:
    import openpyxl

    out = tmp_path / "out.xlsx"
    assert run("survival", remission, "--by", "treatment", *WEEKS, "-o", out).status == 0
    assert openpyxl.load_workbook(out).sheetnames[:3] == ["Curves", "Groups", "Hazard"]


def test_a_triangle_of_cohorts_is_told_and_drawn(run: Run, tmp_path: Path) -> None:
    picture = tmp_path / "triangle.svg"
    ran = run("survival", SAMPLE, "--cohort", "month", "--json", "--chart", picture)
    result = ran.json["result"]
    assert result["kind"] == "survival-cohort"
    assert [each["cohort"] for each in result["cohorts"]][:2] == ["2024-01", "2024-02"]
    first = result["cohorts"][0]
    assert len(first["remaining"]) == 12
    assert first["retention"][0] == first["remaining"][0] / first["customers"]
    assert picture.read_text("utf-8").startswith("<?xml")
    shown = run("survival", SAMPLE, "--cohort", "quarter").out
    assert "2024-Q1" in shown
    assert "in no cohort" in " ".join(shown.split())


def test_a_mean_life_is_told_up_to_the_horizon_that_is_asked(run: Run, remission: Path) -> None:
    asked = ("survival", remission, "--by", "treatment", *WEEKS, "--json", "--horizon")
    by_number = run(*asked, "10").json["result"]
    assert by_number["horizon"] == 10
    assert run(*asked, "70d").json["result"]["horizon"] == pytest.approx(10)
    assert by_number["groups"][1]["restricted_mean"] == pytest.approx(
        sum(min(week, 10) for week in (1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15,
                                       17, 22, 23)) / 21
    )  # fmt: skip
    far = run(*asked, "2y")
    assert far.json["result"]["groups"][1]["restricted_mean"] == pytest.approx(182 / 21)
    assert far.json["result"]["groups"][0]["restricted_mean"] is None
    assert "horizon-beyond" in far.codes


@pytest.mark.parametrize(("options", "status", "code"), [
    (("--horizon", "soon"), 2, "survival.age"), (("--horizon", "0"), 2, "survival.age"),
    (("--cohort", "month"), 1, "survival.no-dates"), (("--since", "2024"), 2, "exposure.window"),
    (("--cohort", "month", "--by", "treatment"), 2, "survival.cohort"),
    (("--by", "weeks"), 2, "exposure.by"), (("--by", "relapse"), 2, "usage.by-churned"),
    (("--where", "treatment = 'Placebo'"), 1, "finding.only-lost"),
    (("--where", "relapse = 0"), 1, "finding.no-churn"),
    (("--by", "no"), 2, "usage.unknown-column"),
])  # fmt: skip
def test_a_question_that_cannot_be_answered_is_refused_by_name(
    run: Run, remission: Path, options: tuple[str, ...], status: int, code: str
) -> None:
    ran = run("survival", remission, *WEEKS, *options, "--json")
    assert (ran.status, ran.json["error"]["code"]) == (status, code)


def test_a_unit_of_tenure_is_refused_where_dates_tell_the_ages(run: Run) -> None:
    ran = run("survival", SAMPLE, "--tenure-unit", "week", "--json")
    assert (ran.status, ran.json["error"]["code"]) == (2, "survival.tenure-unit")


def test_too_many_groups_are_refused(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "ids.csv"
    rows = "".join(f"{row % 9},{row % 2},G{row}\n" for row in range(61))
    path.write_text("tenure,churned,name\n" + rows, "utf-8")
    ran = run("survival", path, "--by", "name", "--json")
    assert ran.json["error"]["code"] == "survival.too-many-groups"


def test_nothing_that_tells_an_age_is_said_so(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "flags.csv"
    path.write_text("customer_id,churned\nA,Yes\nB,No\n", "utf-8")
    assert run("survival", path, "--json").json["error"]["code"] == "exposure.no-age"


def test_ages_that_nobody_new_was_seen_at_are_told(run: Run, tmp_path: Path) -> None:
    # All signed up years before the export begins, so nothing is known of early life.
    path = tmp_path / "old.csv"
    head = "customer_id,signup_date,churned,churn_date\n"
    lost = "".join(f"L{n},2020-01-{n + 1:02},Yes,2024-01-{n + 1:02}\n" for n in range(20))
    there = "".join(f"T{n},2020-02-{n % 28 + 1:02},No,\n" for n in range(80))
    path.write_text(head + lost + there, "utf-8")
    ran = run("survival", path, "--json")
    assert {"left-truncated", "unseen-ages"} <= set(ran.codes)
    assert ran.json["result"]["overall"]["early"]["verdict"] == "too-few"


def test_early_losses_that_come_from_the_mix_of_groups_are_told(run: Run, tmp_path: Path) -> None:
    # Each group leaves at its own steady rate: 40 % and 2 % a month, as whole customers.
    rows = ["tenure,churned,plan"]
    for plan, share, start in (("fast", 0.4, 500), ("slow", 0.02, 500)):
        left = float(start)
        for age in range(1, 13):
            gone = round(left * share)
            rows += [f"{age},1,{plan}"] * gone
            left -= gone
        rows += [f"12,0,{plan}"] * round(left)
    path = tmp_path / "mix.csv"
    path.write_text("\n".join(rows) + "\n", "utf-8")
    ran = run("survival", path, "--by", "plan", "--json")
    assert ran.json["result"]["overall"]["early"]["verdict"] == "higher"
    assert "early-by-mixture" in ran.codes
    assert "early-by-mixture" not in run("survival", path, "--json").codes


def test_groups_too_small_to_show_it_are_no_mixture(run: Run, tmp_path: Path) -> None:
    # Three groups alike, in each of whom early life is twice as dangerous, and none shows it alone.
    rows = ["tenure,churned,plan"]
    for plan in "abc":
        rows += [f"{age},1,{plan}" for age in (1, 2, 3)] * 3 + [f"{age},1,{plan}" for age in (5, 9)]
        rows += [f"{age},1,{plan}" for age in (6, 8, 11)] + [f"12,0,{plan}"] * 30
    path = tmp_path / "alike.csv"
    path.write_text("\n".join(rows) + "\n", "utf-8")
    ran = run("survival", path, "--by", "plan", "--json")
    assert ran.json["result"]["overall"]["early"]["verdict"] == "higher"
    assert "early-by-mixture" not in ran.codes


def test_curves_that_cross_are_told(run: Run, tmp_path: Path) -> None:
    # Half of one group leaves in the first three months and the rest hardly; the other leaves late.
    rows = ["tenure,churned,plan"]
    rows += [f"{1 + n % 3},1,early" for n in range(60)] + ["24,0,early"] * 60
    rows += [f"{12 + n % 10},1,late" for n in range(70)] + ["24,0,late"] * 50
    path = tmp_path / "cross.csv"
    path.write_text("\n".join(rows) + "\n", "utf-8")
    ran = run("survival", path, "--by", "plan", "--json")
    assert "curves-cross" in ran.codes


def test_of_many_groups_the_pair_told_is_said_to_be_picked(run: Run, tmp_path: Path) -> None:
    rows = ["tenure,churned,plan"]
    rows += [f"{1 + n * 7 % 12},{int(n * 5 % 11 < 6)},g{n % 4}" for n in range(120)]
    path = tmp_path / "many.csv"
    path.write_text("\n".join(rows) + "\n", "utf-8")
    told = " ".join(run("survival", path, "--by", "plan").out.split())
    assert "of 4 groups the two furthest apart" in told


def test_the_python_function_gives_what_the_command_gives(run: Run, remission: Path) -> None:
    result = dmaic.survival(remission, by="treatment", tenure="weeks", tenure_unit="week",
                            churned="relapse")  # fmt: skip
    ran = run("survival", remission, "--by", "treatment", *WEEKS, "--json")
    # The envelope holds the findings beside the result.
    assert ran.json["result"] | {"findings": ran.json["findings"]} == result.to_dict()


def test_two_survivals_are_set_side_by_side_by_group_and_not_by_day() -> None:
    result = dmaic.survival(SAMPLE, by="plan", fingerprint=False)
    header, rows = result.comparable()
    assert [row[0] for row in rows] == ["(all)", "Pro", "Starter", "Business"]
    assert {"median", "still_there_after_90_days", "early_over_later"} <= set(header)


def test_ages_at_which_nobody_was_in_view_are_not_told_as_survived(
    run: Run, export: Callable[..., Path]
) -> None:
    # All signed up in 2020, and the first loss in view is in 2024: nobody was seen under 36 months.
    rows = [
        f"c{n},2020-{n % 9 + 1:02d}-01,{f'2024-{n % 8 + 1:02d}-15' if n % 4 == 0 else ''}"
        for n in range(200)
    ]
    path = export("id,signup,churned_at\n" + "\n".join(rows) + "\n")
    ran = run("survival", path, "--json")
    milestones = ran.json["result"]["overall"]["milestones"]
    assert [each["survival"] for each in milestones if each["age"] < 1000] == [None] * 5
    shown = run("survival", path).out
    assert "who had been there for" in shown
    assert "100.0 %" not in shown
