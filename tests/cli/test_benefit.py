"""`dmaic benefit`: planned, recorded, locked, listed, shown."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

EXPECTED = Path(__file__).parent / "expected" / "benefit-show-80.txt"
PLAN = ("benefit", "plan", "API", "--target", "$1.2M", "--segment", "Estimators")


@pytest.fixture
def firm(run, mini: Path) -> Path:
    """Dana of Finance, Sam, and a benefit of $100,000 a month from October on."""
    assert run("team", "add", "Dana", "--function", "Finance", "--role", "approver").status == 0
    assert run("team", "add", "Sam").status == 0
    assert run(*PLAN, "--starts", "2026-10", "--owner", "sam").status == 0
    return mini


def one(run, title: str = "API") -> dict[str, Any]:
    found: dict[str, Any] = run("benefit", "show", title, "--json").json["result"]
    return found


def flat(text: str) -> str:
    return " ".join(text.split())


def test_a_plan_begins_next_month_unless_said(run, firm: Path) -> None:
    ran = run("benefit", "plan", "Calls", "--target", "24k", "--soft", "--one-off")
    assert "$24,000 once; forecast: $24,000 in 2026-12." in flat(ran.out)
    body = one(run, "calls")["benefit"]
    assert (body["nature"], body["rhythm"], body["starts"]) == ("soft", "one-off", "2026-12")


def test_the_same_title_changes_what_is_said_and_keeps_the_rest(run, firm: Path) -> None:
    ran = run("benefit", "plan", "api", "--ramp", "2", "--json")
    assert ran.json["result"]["touched"][0]["fields"] == {"ramp": ["0", "2"]}
    body = one(run)["benefit"]
    assert (body["title"], body["target"], body["owner"]) == ("API", 1_200_000, "Sam")


def test_a_mistyped_title_is_told(run, firm: Path) -> None:
    ran = run("benefit", "plan", "APIs", "--target", "5")
    assert 'It is a new one. Did you mean "API"?' in flat(ran.out)


def test_record_lock_show(run, firm: Path) -> None:
    assert "signed the plan" in run("benefit", "lock", "api", "--by", "Dana (Finance)").out
    ran = run("benefit", "record", "API", "2026-10", "90,000", "--note", "ledger 4711")
    assert ran.status == 0
    shown = one(run)
    assert shown["standing"] == "recorded"
    assert shown["figures"]["run_rate"] == 1_080_000
    assert shown["figures"]["variance"] == -10_000
    assert run("benefit", "lock", "api", "--by", "dana").status == 0
    page = flat(run("benefit", "show", "api").out)
    assert "$1,080,000 a year as run-rate, 90.00 % of the target of $1,200,000 a year." in page
    assert "$90,000 in cash until 2026-10, $10,000 less than planned until then." in page
    assert "by Dana (approver (Finance)) on 2026-11-21, 1 month, the last 2026-10" in page
    assert "ledger 4711" in page
    assert "Over and not recorded" not in page


def test_correcting_a_month_shows_before_and_after(run, firm: Path) -> None:
    run("benefit", "record", "API", "2026-10=12000")
    ran = run("benefit", "record", "API", "2026-10=15000", "2026-09=1")
    assert "Corrected: 2026-10 $12,000 → $15,000." in flat(ran.out)
    assert "Before the plan begins (2026-10): 2026-09." in flat(ran.out)
    fields = run("undo", "--json").json["result"]["touched"][0]["fields"]
    assert fields["actuals.2026-10.amount"] == ["15000", "12000"]


def test_a_month_that_is_not_over_is_told_and_makes_no_run_rate(run, firm: Path) -> None:
    ran = run("benefit", "record", "API", "2026-11=500")
    assert "2026-11 is not over yet." in ran.out
    found = one(run)["figures"]
    assert (found["run_rate"], found["cash"]) == (None, 500)


def test_changing_what_is_locked_needs_a_reason_and_shows_it(run, firm: Path) -> None:
    run("benefit", "lock", "api", "--by", "Dana")
    refused = run("benefit", "plan", "API", "--target", "2M")
    assert refused.status == 1
    assert "error benefit.locked: Dana locked" in refused.err
    ran = run("benefit", "plan", "API", "--target", "2M", "--reason", "A second release")
    assert "It waits for the signature of Finance again." in flat(ran.out)
    assert "A second release" in run("benefit", "show", "api").out
    assert "A second release" in flat(run("log", "show").out)
    assert one(run)["standing"] == "planned"


def test_what_a_reason_is_asked_for_is_named_as_people_type_it(run, firm: Path, export) -> None:
    file = export("month,amount\n2026-10,1000\n", "forecast.csv")
    run("benefit", "lock", "api", "--by", "Dana")
    refused = run("benefit", "plan", "API", "--forecast", file, "--soft")
    assert "this would change hard or soft; forecast." in flat(refused.err)
    run("benefit", "plan", "API", "--soft", "--reason", "No account shows it")
    assert "changed hard or soft: hard → soft" in flat(run("benefit", "show", "api").out)


def test_a_file_of_months(run, firm: Path, export) -> None:
    file = export('Month;Amount;Note\n2026-09;1,000;a\n\n2026-10;"2000";\'=b\n', "actuals.csv")
    assert run("benefit", "record", "API", "--file", file).status == 0
    assert one(run)["benefit"]["actuals"] == {
        "2026-09": {"amount": 1000.0, "note": "a"},
        "2026-10": {"amount": 2000.0, "note": "=b"},
    }
    assert "'=b" in run("benefit", "show", "API", "--format", "csv").out
    given = run("benefit", "plan", "Calls", "--target", "9k", "--forecast", file)
    assert "forecast: $1,000 in 2026-09 to $2,000 in 2026-10" in flat(given.out)


def test_everything_wrong_with_a_file_is_told_at_once(run, firm: Path, export) -> None:
    file = export("month,amount\n2026-09,12,000\n2026-10,x\nfoo,1\n", "actuals.csv")
    ran = run("benefit", "record", "API", "--file", file)
    assert ran.status == 1
    for row, code in ((2, "benefit.entry"), (3, "usage.money"), (4, "benefit.month")):
        assert f"row {row}" in ran.err
        assert code in ran.err
    assert one(run)["benefit"]["actuals"] == {}


@pytest.mark.parametrize(
    ("words", "code", "status"),
    [
        (["plan", "New"], "usage.missing", 2),
        (["plan", "", "--target", "5"], "field.value", 2),
        (["plan", "New", "--target", "much"], "usage.money", 2),
        (["plan", "New", "--target", "0"], "benefit.target", 2),
        (["plan", "New", "--target", "-5"], "benefit.target", 2),
        (["plan", "New", "--target", "€5k"], "benefit.currency", 2),
        (["plan", "New", "--target", "5", "--starts", "May"], "benefit.month", 2),
        (["plan", "New", "--target", "5", "--ramp", "-1"], "field.value", 2),
        (["plan", "New", "--target", "5", "--months", "121"], "field.value", 2),
        (["plan", "New", "--target", "5", "--owner", "bob"], "member.not-found", 1),
        (["plan", "New", "--target", "5", "--evidence", "x"], "analysis.not-found", 1),
        (["plan", "New", "--from-analysis", "latest"], "benefit.no-estimate", 1),
        (["plan", "New", "--forecast", "a.csv", "--from-analysis", "latest"],
         "benefit.two-forecasts", 2),
        (["plan", "API", "--target", "5", "--reason", " "], "usage.empty", 2),
        (["record", "API"], "benefit.entry", 2),
        (["record", "API", "2026-10"], "benefit.entry", 2),
        (["record", "API", "2026-10=1", "2026-10=2"], "benefit.month-twice", 2),
        (["record", "API", "2026-12=1"], "benefit.future", 2),
        (["record", "API", "1926-01=1"], "benefit.early", 2),
        (["record", "API", "2026-10="], "benefit.no-month", 1),
        (["record", "nothing", "2026-10=1"], "benefit.not-found", 1),
        (["record", "API", "2026-10=1", "--file", "a.csv"], "benefit.entry", 2),
        (["record", "API", "--file", "missing.csv"], "read.not-found", 1),
        (["lock", "API", "--by", "Sam"], "benefit.may-not-lock", 1),
        (["lock", "API", "--by", ""], "member.not-found", 1),
        (["lock", "API"], "usage.options", 2),
        (["show", "nothing"], "benefit.not-found", 1),
        (["show", "API", "--chart", "x.bmp"], "usage.chart-format", 2),
        (["rm", "nothing"], "benefit.not-found", 1),
    ],
)  # fmt: skip
def test_what_cannot_be_is_told(run, firm: Path, words: list[str], code: str, status: int) -> None:
    before = len(run("log", "show", "--json").json["result"]["items"])
    ran = run("benefit", *words)
    assert ran.status == status
    assert f"error {code}:" in ran.err
    assert len(run("log", "show", "--json").json["result"]["items"]) == before


def test_dry_run_writes_nothing(run, firm: Path) -> None:
    ran = run("benefit", "record", "API", "2026-10=5", "--dry-run")
    assert "Would do: Recorded 1 month" in ran.out
    assert one(run)["benefit"]["actuals"] == {}


def test_rm_and_undo(run, firm: Path) -> None:
    run("benefit", "lock", "api", "--by", "Dana")
    assert run("benefit", "rm", "api").status == 1
    assert run("benefit", "rm", "api", "--reason", "Part of another").status == 0
    assert run("benefit", "list", "--json").json["result"]["benefits"] == []
    assert run("undo").status == 0
    assert one(run)["standing"] == "agreed"


def test_a_closed_project_keeps_its_benefits_as_they_are(run, firm: Path) -> None:
    assert run("project", "close", "--reason", "Over").status == 0
    for words in (PLAN, ("benefit", "record", "API", "2026-10=1"),
                  ("benefit", "lock", "API", "--by", "Dana")):  # fmt: skip
        assert "error project.closed:" in run(*words).err
    assert run("benefit", "show", "API").status == 0


def test_words_are_data(run, firm: Path) -> None:
    title = "\x1b[31m[bold]{{7*7}}'; DROP TABLE item;--"
    assert run("benefit", "plan", title, "--target", "5", "--segment", "=1+1").status == 0
    out = run("benefit", "list").out
    assert "\x1b" not in out
    assert "[bold]{{7*7}}" in flat(out).replace(" ", "")
    assert one(run, "\x1b[31m")["benefit"]["title"] == title
    assert run("benefit", "list", "--chart", "b.svg").status == 0
    assert "'=1+1" in run("benefit", "list", "--format", "csv").out


@pytest.mark.parametrize("words", [("benefit", "list"), ("benefit", "show", "API")])
def test_charts_and_faces(run, firm: Path, words: tuple[str, ...]) -> None:
    run("benefit", "record", "API", "2026-10=90000")
    for name in ("a.png", "a.svg", "a.pdf"):
        assert run(*words, "--chart", name).status == 0
        assert Path(name).stat().st_size > 1000
    for name in ("a.json", "a.csv", "a.md", "a.xlsx", "a.txt"):
        assert run(*words, "-o", name).status == 0
        assert Path(name).stat().st_size > 100
    assert max(map(len, run(*words).out.splitlines())) <= 80


def test_the_page_at_80_columns(run, firm: Path) -> None:
    """`UPDATE_GOLDEN=1 pytest` renews the expected page."""
    run("benefit", "lock", "api", "--by", "Dana")
    run("benefit", "record", "API", "2026-10=90000", "--note", "ledger")
    run("benefit", "plan", "API", "--ramp", "3", "--reason", "Sales began later")
    ran = run("benefit", "show", "API")
    page = ran.out.replace(one(run)["id"], "********")
    if os.environ.get("UPDATE_GOLDEN"):
        EXPECTED.write_text(page, "utf-8")
    assert page == EXPECTED.read_text("utf-8")


def test_target_and_forecast_of_an_estimate_are_the_same_money(run, firm: Path, export) -> None:
    """Of $7,200 a year recovered and $1,440 won back (a tenth), 80 % stay after the cost to serve.

    Revenue as the target and margin as the forecast would make every month fall short of its plan.
    """
    lost = [f"C{n},Estimators,10,Yes,2023-01-01,2024-{n % 12 + 1:02d}-15\n" for n in range(120)]
    rows = "".join([*lost, *(f"S{n},Estimators,10,No,2023-01-01,\n" for n in range(200))])
    file = export(f"customer,segment,mrr,churned,signup_date,churn_date\n{rows}")
    assert run("data", "add", file, "--name", "before").status == 0
    ran = run("recover", "--segment", "Estimators", "--reduction", "50%", "--cost", "100",
              "--win-back", "10%", "--margin", "80%")  # fmt: skip
    assert ran.status == 0, ran.err
    run("benefit", "plan", "Net", "--from-analysis", "latest", "--starts", "2026-01")
    shown = one(run, "Net")
    assert shown["estimate"]["recovered_annual"] == pytest.approx(7_200)
    assert shown["benefit"]["target"] == pytest.approx(0.8 * (7_200 + 1_440))
    # Saved in January: 0.6 of ten customers at $10, of which 80 % is margin, paid in February.
    assert shown["benefit"]["given"]["2026-02"] == pytest.approx(0.8 * 0.6 * 100)
    assert "after margin, with win-back" in run("benefit", "show", "Net").out


def test_there_is_nothing_to_draw_without_a_benefit(run, mini: Path) -> None:
    assert "error benefit.no-chart:" in run("benefit", "list", "--chart", "a.png").err


def test_an_estimate_becomes_the_plan(run, firm: Path, export) -> None:
    """Ten customers at $10 are lost each month: $14,400 a year, of which a fix takes half."""
    lost = [f"C{n},Estimators,10,Yes,2023-01-01,2024-{n % 12 + 1:02d}-15\n" for n in range(120)]
    rows = "".join([*lost, *(f"S{n},Estimators,10,No,2023-01-01,\n" for n in range(200))])
    file = export(f"customer,segment,mrr,churned,signup_date,churn_date\n{rows}")
    assert run("data", "add", file, "--name", "before").status == 0
    ran = run("recover", "--segment", "Estimators", "--reduction", "50%", "--cost", "100")
    assert ran.status == 0, ran.err
    ran = run("benefit", "plan", "Estimated", "--from-analysis", "latest", "--starts", "2026-01")
    assert ran.status == 0, ran.err
    shown = one(run, "Estimated")
    assert shown["benefit"]["segment"] == "Estimators"
    assert shown["estimate"]["recovered_annual"] == pytest.approx(7_200)
    assert shown["benefit"]["target"] == shown["estimate"]["recovered_annual"]
    assert next(iter(shown["benefit"]["given"])) == "2026-01"
    # Another target is spread anew: the forecast of the estimate was for its own.
    run("benefit", "plan", "Estimated", "--target", "1200")
    assert set(one(run, "Estimated")["benefit"]["given"]) == set()
    refused = run("benefit", "plan", "Other", "--from-analysis", "nothing")
    assert "error analysis.not-found:" in refused.err


def test_what_to_do_next_can_be_typed_for_a_title_like_an_option(run, firm: Path) -> None:
    ran = run("benefit", "plan", "--target", "5", "--", "-dash")
    words = ran.err.split("Next: dmaic ")[1].split("\n")[0].replace("NAME", "Dana").split()
    assert run(*words).status == 0
