"""Complaints of people who used it, each a test so that they need not complain twice."""

from __future__ import annotations

GERMAN = """Kunde;Segment;Kündigung am;Preis heute
1;A;03.04.2025;1.234,56 €
2;B;;99,00 €
3;A;;20,00 €
"""


def test_a_filled_churn_date_needs_no_date_order(run, export) -> None:
    text = "id,segment,cancel date,mrr\n1,A,,10\n2,B,03/04/2025,99\n3,A,12/11/2025,20\n"
    ran = run("pareto", export(text), "--by", "segment", "--json")
    assert ran.status == 0
    assert ran.json["result"]["total_churned"] == 2


def test_all_dates_in_doubt_are_told_once_each(run, export) -> None:
    text = (
        "id,segment,signup date,cancel date\n1,A,01/02/2024,\n2,B,02/03/2024,03/04/2025\n"
        "3,A,05/06/2024,12/11/2025\n"
    )
    ran = run("pareto", export(text), "--by", "segment", "--split", "month", "--json")
    problems = ran.json["error"]["problems"]
    assert [problem["code"] for problem in problems] == ["read.ambiguous-date"] * 2
    assert len({problem["where"] for problem in problems}) == 2


def test_money_does_not_disappear_without_a_word(run, export) -> None:
    ran = run("pareto", export(GERMAN), "--by", "Segment", "--json")
    (finding,) = (each for each in ran.json["findings"] if each["code"] == "value-not-recognised")
    assert finding["column"] == "Preis heute"
    named = run("pareto", export(GERMAN), "--by", "Segment", "--value", "Preis heute", "--json")
    assert named.json["result"]["total_value"] == 1234.56
    assert "value-not-recognised" not in named.codes
    none = run("pareto", export(GERMAN), "--by", "Segment", "--value", "none", "--json")
    assert "value-not-recognised" not in none.codes


def test_a_guessed_encoding_is_reported(run, export) -> None:
    file = export(GERMAN.replace(" €", ""), encoding="cp1252")
    assert "encoding-guessed" in run("pareto", file, "--by", "Segment").err


def test_inspect_names_the_currency_in_the_cells(run, export) -> None:
    text = GERMAN.replace("Preis heute", "MRR")
    assert "They paid EUR 1,234.56." in run("inspect", export(text)).out


def test_inspect_draws_no_chart(run, export, tmp_path) -> None:
    ran = run("inspect", export(GERMAN), "--chart", tmp_path / "x.png")
    assert ran.status == 2
    assert "--chart" in ran.err


def test_a_misspelt_option_is_answered_as_every_other_word(run, export) -> None:
    ran = run("pareto", export(GERMAN), "--bye", "Segment")
    assert (ran.status, "Did you mean --by" in ran.err) == (2, True)


def test_a_file_of_lost_customers_is_told_once(run, export) -> None:
    text = "id,reason,churn date\n1,price,2025-01-02\n2,price,2025-01-03\n3,,2025-02-03\n"
    ran = run("pareto", export(text), "--by", "reason", "--json")
    assert "everyone-churned" in ran.codes
    assert "lost-only" not in ran.codes
