"""`dmaic pareto` from the command line to the figures, on files as people have them."""

from __future__ import annotations

from pathlib import Path

import pytest

SMALL = """customer_id,segment,plan,mrr,churned,signup_date,churn_date
1,Roofers,Pro,10.50,Yes,2024-01-05,2024-03-01
2,Roofers,Pro,20.25,Yes,2024-01-09,2024-03-20
3,Roofers,Basic,5,No,2024-02-01,
4,Agents,Pro,7,Yes,2024-01-01,2024-04-02
5,Agents,Basic,8,No,2024-01-15,
6,Agents,Basic,9,No,2024-03-10,
7,,Basic,1,Yes,2024-01-20,2024-04-30
8,Agents,Pro,40,No,2024-04-11,
"""


def test_counts_and_money_by_segment(run, export) -> None:
    # By hand from SMALL: Roofers 2 of 3 lost, 30.75 of 35.75; Agents 1 of 4; blank 1 of 1.
    ran = run("pareto", export(SMALL), "--by", "segment", "--json")
    assert ran.status == 0
    result = ran.json["result"]
    assert (result["total_churned"], result["total_value"], result["total_exposure"]) == (
        4,
        38.75,
        8,
    )
    roofers, agents, blank = (ran.rows[name] for name in ("Roofers", "Agents", "(blank)"))
    assert (roofers["churned"], roofers["value"], roofers["exposure"]) == (2, 30.75, 3)
    assert (roofers["share"], roofers["rate"]) == (0.5, pytest.approx(2 / 3))
    # Rate of the rest: 2 of 5.
    assert roofers["relative_risk"] == pytest.approx((2 / 3) / (2 / 5))
    # Expected at the average rate of 4/8: 1.5 of 3.
    assert roofers["excess"] == pytest.approx(0.5)
    assert (agents["churned"], blank["churned"], blank["exposure"]) == (1, 1, 1)
    assert [row["category"] for row in result["rows"]] == [["Roofers"], ["(blank)"], ["Agents"]]
    assert "blank-categories" in ran.codes


def test_roles_are_told_in_one_line(run, export) -> None:
    ran = run("pareto", export(SMALL), "--by", "segment")
    told = ran.err.replace("\n", " ")
    assert "churned = churned (Yes/No)" in told
    assert "value = mrr" in told


def test_where_selects_rows(run, export) -> None:
    ran = run("pareto", export(SMALL), "--by", "plan", "--where", "segment = 'Agents'", "--json")
    # Agents: Pro 4 (lost), 8; Basic 5, 6.
    assert {name: (row["churned"], row["exposure"]) for name, row in ran.rows.items()} == {
        "Pro": (1, 2),
        "Basic": (0, 2),
    }
    assert ran.json["result"]["inputs"]["filters"] == ["where segment = 'Agents'"]


def test_a_window_counts_who_was_there_and_who_left_in_it(run, export) -> None:
    ran = run(
        "pareto",
        export(SMALL),
        "--by",
        "segment",
        "--since",
        "2024-04",
        "--until",
        "2024-04-02",
        "--json",
    )
    # Customers 1 and 2 left before April; 8 signed up after April 2; 7 left after it, so stayed.
    assert ran.json["result"]["total_churned"] == 1
    assert ran.json["result"]["total_exposure"] == 5
    assert ran.rows["Agents"]["churned"] == 1
    assert ran.rows["(blank)"]["churned"] == 0


def test_split_by_month_aligns_categories(run, export) -> None:
    ran = run("pareto", export(SMALL), "--by", "segment", "--split", "month", "--json")
    result = ran.json["result"]
    assert result["periods"] == ["2024-03", "2024-04"]
    rows = {row["category"][0]: row["cells"] for row in result["rows"]}
    assert [cell["churned"] for cell in rows["Roofers"]] == [2, 0]
    # At risk in March: signed up by then, all three Roofers; in April only customer 3 is left.
    assert [cell["exposure"] for cell in rows["Roofers"]] == [3, 1]
    assert [cell["exposure"] for cell in rows["Agents"]] == [3, 4]


def test_split_by_column(run, export) -> None:
    ran = run("pareto", export(SMALL), "--by", "segment", "--split", "plan", "--json")
    result = ran.json["result"]
    assert result["periods"] == ["Basic", "Pro"]
    assert [total["churned"] for total in result["totals"]] == [1, 3]


def test_compare_two_files(run, export) -> None:
    before = export(SMALL, "before.csv")
    after = export(SMALL.replace("2,Roofers,Pro,20.25,Yes", "2,Roofers,Pro,20.25,No"), "after.csv")
    ran = run("pareto", before, "--by", "segment", "--compare", after, "--json")
    rows = {row["category"][0]: row for row in ran.json["result"]["rows"]}
    assert rows["Roofers"]["change"] == -1
    assert rows["Roofers"]["change_rate"] == pytest.approx(-1 / 3)


def test_drill_opens_the_vital_few(run, export) -> None:
    ran = run(
        "pareto", export(SMALL), "--by", "segment", "--drill", "plan", "--cutoff", "50", "--json"
    )
    (drill,) = ran.json["result"]["drills"]
    assert drill["category"] == ["Roofers"]
    assert [row["category"] for row in drill["result"]["rows"]] == [["Pro"], ["Basic"]]


def test_two_columns_make_one_category(run, export) -> None:
    ran = run("pareto", export(SMALL), "--by", "segment", "--by", "plan", "--json")
    assert ran.json["result"]["rows"][0]["category"] == ["Roofers", "Pro"]


@pytest.mark.parametrize(
    ("by", "labels"),
    [
        ("mrr:0,8,20", {"0-8", "8-20", "20+"}),
        ("signup_date:quarter", {"2024-Q1", "2024-Q2"}),
        ("mrr:tertiles", None),
    ],
)
def test_bands(run, export, by: str, labels: set[str] | None) -> None:
    ran = run("pareto", export(SMALL), "--by", by, "--json")
    assert ran.status == 0, ran.err
    assert labels is None or set(ran.rows) == labels
    assert sum(row["exposure"] for row in ran.rows.values()) == 8


# Issue's reference figures: NIST-like failures with their cost each.
FAILURES = """failure,n,cost
Contamination,14,3.0
Oxide,8,9.5
Misc,3,1.0
Corrosion,2,2.5
Metallization,2,8.5
Doping,1,3.6
Silicon,1,3.4
"""


def test_a_frequency_table_by_count_and_by_cost(run, export) -> None:
    file = export(FAILURES)
    counted = run("pareto", file, "--category", "failure", "--count", "n", "--json")
    shares = [round(100 * row["share"], 2) for row in counted.json["result"]["rows"]]
    assert shares == [45.16, 25.81, 9.68, 6.45, 6.45, 3.23, 3.23]
    names = [row["category"][0] for row in counted.json["result"]["rows"]]
    assert names[3:] == ["Corrosion", "Metallization", "Doping", "Silicon"]
    costed = run(
        "pareto",
        file,
        "--category",
        "failure",
        "--count",
        "n",
        "--value-each",
        "cost",
        "--measure",
        "value",
        "--json",
    )
    assert [(row["category"][0], row["value"]) for row in costed.json["result"]["rows"]] == [
        ("Oxide", 76.0),
        ("Contamination", 42.0),
        ("Metallization", 17.0),
        ("Corrosion", 5.0),
        ("Doping", 3.6),
        ("Silicon", 3.4),
        ("Misc", 3.0),
    ]


def test_the_defects_of_the_reference_print_their_figures(run, export) -> None:
    # Issue's reference figures: 94, 80, 66, 33, 27 of 300.
    counts = {"contact num.": 94, "price code": 80, "supplier code": 66, "part num.": 33}
    counts["schedule date"] = 27
    table = "defect;count\n" + "".join(f"{name};{n}\n" for name, n in counts.items())
    ran = run("pareto", export(table), "--category", "defect", "--count", "count")
    for share, cumulative in (
        ("31.33", "31.33"),
        ("26.67", "58.00"),
        ("22.00", "80.00"),
        ("11.00", "91.00"),
        ("9.00", "100.00"),
    ):
        assert any(share in line and cumulative in line for line in ran.out.splitlines())


def test_with_brings_the_segment_in(run, export) -> None:
    billing = export("account,mrr,churned\n1,10,Yes\n2,20,No\n3,30,Yes\n")
    accounts = export("id,industry\n1,Roofing\n2,Roofing\n9,Other\n", "accounts.csv")
    ran = run(
        "pareto", billing, "--with", accounts, "--on", "account=id", "--by", "industry", "--json"
    )
    assert ran.rows["Roofing"]["exposure"] == 2
    assert ran.rows["(blank)"]["churned"] == 1
    assert {"unmatched-rows", "unused-rows"} <= set(ran.codes)


def test_a_many_to_many_join_is_refused(run, export) -> None:
    main = export("account,churned\n1,Yes\n1,No\n")
    other = export("account,region\n1,North\n1,South\n", "other.csv")
    ran = run("pareto", main, "--with", other, "--on", "account", "--by", "region", "--json")
    assert ran.status == 1
    assert ran.json["error"]["code"] == "join.many-to-many"


def test_output_files(run, export, tmp_path: Path) -> None:
    file = export(SMALL)
    for name in ("out.json", "out.csv", "out.md", "out.txt", "out.xlsx"):
        ran = run("pareto", file, "--by", "segment", "-o", tmp_path / name)
        assert ran.status == 0, ran.err
        assert ran.out == ""
        assert (tmp_path / name).stat().st_size > 100
    for name in ("chart.png", "chart.svg", "chart.pdf"):
        ran = run("pareto", file, "--by", "segment", "--chart", tmp_path / name, "-q")
        assert ran.status == 0
        assert ran.err == ""
        assert (tmp_path / name).stat().st_size > 1000


def test_python_api_takes_paths_and_frames(export) -> None:
    import pandas
    import polars
    import pyarrow

    import dmaic

    path = export(SMALL)
    by_path = dmaic.pareto(path, by="segment")
    frame = pandas.read_csv(path)
    for source in (frame, polars.from_pandas(frame), pyarrow.Table.from_pandas(frame)):
        result = dmaic.pareto(source, by="segment")
        assert [row.model_dump() for row in result.rows] == [
            row.model_dump() for row in by_path.rows
        ]
    assert list(by_path.to_frame()["segment"]) == ["Roofers", "(blank)", "Agents"]
    assert "Roofers" in by_path._repr_html_()
    assert by_path.plot().axes


def test_bands_of_time_have_rates_that_are_compared_with_nothing(run, export) -> None:
    # Who stays passes through every band, so nobody can be said to be at risk in one.
    text = "id,tenure,churned,mrr\n1,1,Yes,5\n2,2,No,5\n3,5,Yes,5\n4,9,No,5\n5,30,No,5\n6,1,Yes,5\n"
    ran = run("pareto", export(text), "--by", "tenure:0,3,12", "--json")
    assert "band-of-time" in ran.codes
    assert ran.json["result"]["total_exposure"] == 6
    assert {name: (row["churned"], row["exposure"]) for name, row in ran.rows.items()} == {
        "0-3": (2, 3),
        "3-12": (1, 2),
        "12+": (0, 1),
    }
    assert ran.rows["0-3"]["rate"] == pytest.approx(2 / 3)
    assert {row["relative_risk"] for row in ran.rows.values()} == {None}
    assert {row["excess"] for row in ran.rows.values()} == {None}
    assert ran.json["result"]["concentration"]["test"] == "equal shares"
    folded = run("pareto", export(text), "--by", "tenure:0,3,12", "--top", "1", "--json")
    assert folded.rows["Other"]["exposure"] == 3


def test_reasons_are_counted_without_rates(run, export) -> None:
    text = "id,churned,reason,mrr\n1,Yes,price,5\n2,Yes,price,5\n3,Yes,,5\n4,No,price,5\n5,No,,5\n"
    ran = run("pareto", export(text), "--by", "reason", "--json")
    assert "lost-only" in ran.codes
    assert {name: row["churned"] for name, row in ran.rows.items()} == {"price": 2, "(blank)": 1}
    # Of the lost one in three gives no reason; those who stayed are not asked.
    (blank,) = (each for each in ran.json["findings"] if each["code"] == "blank-categories")
    assert blank["count"] == 1


def test_the_flag_cannot_rank_the_loss(run, export) -> None:
    ran = run("pareto", export(SMALL), "--by", "churned", "--json")
    assert (ran.status, ran.json["error"]["code"]) == (2, "usage.by-churned")


def test_compared_exports_of_different_length_are_told(run, export) -> None:
    before = export(SMALL, "before.csv")
    after = export(
        SMALL.replace("2024-04-30", "2024-03-03").replace("2024-04-02", "2024-03-02"), "after.csv"
    )
    ran = run("pareto", before, "--by", "segment", "--compare", after, "--json")
    assert "unequal-spans" in ran.codes


def test_large_whole_counts_stay_whole(run, export) -> None:
    # 10^14 + 1 times 10^9 is not a double; the sum must be exact all the same.
    ran = run(
        "pareto",
        export("c,n\nA,100000000000001\nB,3\nB,0.5\n"),
        "--category",
        "c",
        "--count",
        "n",
        "--json",
    )
    assert ran.rows["A"]["churned"] == 100000000000001
    assert ran.rows["B"]["churned"] == 3.5


@pytest.mark.parametrize("option", ["--by", "--drill", "--split"])
def test_an_unknown_column_is_told_with_its_option(run, export, option: str) -> None:
    by = () if option == "--by" else ("--by", "segment")
    ran = run("pareto", export(SMALL), *by, option, "segmnet", "--json")
    error = ran.json["error"]
    assert (ran.status, error["code"]) == (2, "usage.unknown-column")
    assert error["message"].startswith(option)
    assert '"segment"' in error["hint"]
