"""`dmaic control` from the command line: rows of an export, finished figures, datasets."""

from __future__ import annotations

from pathlib import Path

import pytest

SAMPLE = Path(__file__).parents[2] / "sample_data"
EXPORT = SAMPLE / "churn_export.csv"
AFTER = SAMPLE / "after" / "churn_export.csv"
TICKETS = SAMPLE / "support_tickets.csv"

# NIST/SEMATECH e-Handbook, section 6.3.2.2.
FLOW = (49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1)


def column(name: str, figures: tuple[float, ...]) -> str:
    return "\n".join([name, *map(str, figures), ""])


def test_individuals_of_the_handbook_through_the_command(run, export) -> None:
    ran = run("control", export(column("flow", FLOW)), "--value", "flow", "--constants", "table",
              "--json")  # fmt: skip
    assert ran.status == 0, ran.err
    result = ran.json["result"]
    assert result["chart"] == "xmr"
    assert result["center"] == pytest.approx(50.81)
    assert result["lower"] == pytest.approx(45.8159, abs=5e-5)
    assert result["upper"] == pytest.approx(55.8041, abs=5e-5)
    assert ran.codes == ["trial-limits"]
    assert {"label", "value", "size", "lower", "upper", "signals"} <= set(result["points"][0])


def test_months_of_an_export_are_those_of_dmaic_churn(run) -> None:
    chart = run("control", EXPORT, "--by", "month", "--json").json["result"]
    churn = run("churn", EXPORT, "--json").json["result"]
    assert chart["chart"] == "p"
    assert chart["center"] == pytest.approx(churn["overall"]["logo_churn"])
    assert [(each["label"], each["count"], each["size"]) for each in chart["points"]] == [
        (each["name"], each["churned"], each["customers_start"]) for each in churn["periods"]
    ]


def test_value_with_a_period_is_the_mrr_lost(run) -> None:
    chart = run("control", EXPORT, "--by", "month", "--value", "mrr", "--json").json["result"]
    churn = run("churn", EXPORT, "--json").json["result"]
    assert (chart["chart"], chart["unit"], chart["direction"]) == ("xmr", "USD", "lower")
    assert [each["value"] for each in chart["points"]] == pytest.approx(
        [each["mrr_churned"] for each in churn["periods"]]
    )


def test_a_kind_of_chart_and_a_picture_are_told_apart(run, export, tmp_path: Path) -> None:
    file, picture = export(column("flow", FLOW)), tmp_path / "flow.png"
    ran = run("control", file, "--value", "flow", "--chart", "ewma", "--chart", picture)
    assert ran.status == 0, ran.err
    assert "EWMA chart" in ran.out
    assert picture.read_bytes().startswith(b"\x89PNG")
    assert run("control", file, "--value", "flow", "--chart", picture).status == 0


@pytest.mark.parametrize(
    ("said", "hint"),
    [
        (["ewmma"], 'Did you mean "ewma"'),
        (["xmr", "ewma"], "one of each"),
        (["a.png", "b.svg"], "one of each"),
        (["a.gif"], "a picture ends in .png"),
    ],
)
def test_another_word_for_a_chart_is_refused(run, export, said: list[str], hint: str) -> None:
    options = [word for each in said for word in ("--chart", each)]
    ran = run("control", export(column("flow", FLOW)), "--value", "flow", *options)
    assert ran.status == 2
    assert "control.chart" in ran.err
    assert hint in " ".join(ran.err.split())


def test_baseline_stages_and_reasons_together(run) -> None:
    ran = run("control", AFTER, "--baseline", EXPORT, "--stage", "2025-04:called in a day",
              "--exclude", "2025-02:billing outage", "--target", "1.4%", "--json")  # fmt: skip
    assert ran.status == 0, ran.err
    result = ran.json["result"]
    assert [each["label"] for each in result["points"]][::23] == ["2024-01", "2025-12"]
    assert result["frozen_until"] == "2024-12"
    assert [each["reason"] for each in result["stages"]] == ["", "called in a day"]
    assert result["stages"][0]["center"] == pytest.approx(4270 / 194177)
    assert result["target"] == 0.014
    by_label = {each["label"]: each for each in result["points"]}
    assert by_label["2025-01"]["signals"] == [1]
    assert by_label["2025-01"]["better"] is True
    assert by_label["2025-02"]["excluded"] == "billing outage"
    assert by_label["2025-02"]["signals"] == []


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (("--stage", "2024-06"), "control.reason"),
        (("--stage", "2024-06:"), "control.reason"),
        (("--exclude", "2030-01:why"), "control.point"),
        (("--by", "segment"), "usage.choice"),
        (("--by", "month", "--count", "mrr"), "control.columns"),
        (("--center", "often"), "control.number"),
        (("--start", "0.02"), "control.start"),
        (("--rules", "nelsen"), "control.rules"),
        (("--value", "", "--by", "month"), "usage.empty"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_told_by_code(run, options: tuple[str, ...], code: str) -> None:
    ran = run("control", EXPORT, *options)
    assert ran.status == 2
    assert f"error {code}" in ran.err


def test_rows_with_dates_are_counted_or_measured_by_week(run) -> None:
    counts = run("control", TICKETS, "--by", "week", "--json").json["result"]
    hours = run("control", TICKETS, "--by", "week", "--value", "first_response_hours", "--json")
    measured = hours.json["result"]
    assert (counts["data"], measured["chart"]) == ("defects", "xbar-s")
    assert [each["size"] for each in measured["points"]] == [
        each["value"] for each in counts["points"]
    ]


def test_a_dataset_is_charted_saved_and_run_with_a_baseline(
    run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("init", ".").status == 0
    assert run("project", "new", "Cut churn").status == 0
    assert run("data", "add", EXPORT, "--name", "2024").status == 0
    assert run("data", "add", AFTER, "--name", "2025").status == 0
    ran = run("control", "--data", "2025", "--baseline", "2024", "--json")
    assert ran.status == 0, ran.err
    assert ran.json["result"]["frozen_until"] == "2024-12"
    ran = run("control", "--data", "2024", "--by", "month", "--value", "mrr")
    assert ran.status == 0, ran.err
    assert "Saved as analysis" in ran.err
    items = run("analysis", "list", "--json").json["result"]["items"]
    assert len(items) == 2
    assert run("analysis", "rerun", items[0]["id"]).status == 0


def test_many_special_causes_are_not_all_printed(run, export) -> None:
    # Every third point is far off.
    figures = tuple(50.0 if at % 3 else 90.0 + at for at in range(240))
    ran = run("control", export(column("flow", figures)), "--value", "flow", "--center", "50",
              "--sigma", "1")  # fmt: skip
    assert "The last 36 of 80 special causes" in ran.out


def test_the_level_of_the_last_stage_is_told(run, export) -> None:
    figures = (10.0, 12.0) * 8 + (40.0, 4.0) + (5.0, 7.0) * 7
    path = export(column("hours", figures))
    told = "Since 19 it is at 6.00, without one."
    for stage, there in (("19:triage", True), ("15:triage", False)):
        ran = run("control", path, "--value", "hours", "--stage", stage)
        assert "is not stable" in ran.out
        assert (told in " ".join(ran.out.split())) is there


def test_what_is_no_export_says_what_to_name(run, export) -> None:
    ran = run("control", export("a,b\n1,2\n3,4\n"))
    assert ran.status == 2
    assert "--count COL --size COL, or --value COL" in " ".join(ran.err.split())
