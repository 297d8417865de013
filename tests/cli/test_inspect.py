"""`dmaic inspect` from the command line: what it prints and what it says as data."""

from __future__ import annotations

import os
from pathlib import Path

EXPECTED = Path(__file__).parent / "expected" / "inspect-80.txt"

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


def test_the_page_at_80_columns(run, export) -> None:
    """`UPDATE_GOLDEN=1 pytest` renews the expected page."""
    ran = run("inspect", export(SMALL))
    assert ran.status == 0
    page = f"{ran.out}--- stderr\n{ran.err}"
    if os.environ.get("UPDATE_GOLDEN"):
        EXPECTED.parent.mkdir(exist_ok=True)
        EXPECTED.write_bytes(page.encode())
    assert page == EXPECTED.read_bytes().decode()
    assert max(len(line) for line in ran.out.splitlines()) <= 80


def test_the_same_as_data(run, export) -> None:
    result = run("inspect", export(SMALL), "--json").json["result"]
    assert (result["rows"], result["churned"], result["unit"]) == (8, 4, "customers")
    # 10.50 + 20.25 + 7 + 1, by hand.
    assert (result["share_churned"], result["value_lost"]) == (0.5, 38.75)
    assert result["facts"]["format"].lower() == "csv"
    columns = {column["name"]: column for column in result["columns"]}
    assert (columns["segment"]["filled"], columns["segment"]["blank"]) == (7, 1)
    assert columns["segment"]["common"][0] in ("Agents", "Roofers")
    assert (columns["mrr"]["lowest"], columns["mrr"]["highest"]) == ("1", "40")
    assert [columns[name]["role"] for name in columns] == [
        "customer",
        "segment",
        "plan",
        "value",
        "churned",
        "signup",
        "churned_at",
    ]
    assert columns["churned"]["reading"] == "Yes/No"


def test_what_would_stop_an_analysis_does_not_stop_it(run, export) -> None:
    ran = run("inspect", export("id,churned,mrr\n1,Yes,$5\n1,No,€5\n"), "--json")
    assert ran.status == 0
    assert {"duplicate-customers", "mixed-currencies"} <= set(ran.codes)
    assert ran.json["result"]["value_lost"] is None


def test_roles_can_be_set(run, export) -> None:
    ran = run("inspect", export(SMALL), "--value", "none", "--segment", "plan", "--json")
    roles = ran.json["result"]["inputs"]["roles"]
    assert "value" not in roles
    assert roles["segment"] == "plan"


def test_a_column_that_is_not_there(run, export) -> None:
    ran = run("inspect", export(SMALL), "--value", "mmr", "--json")
    assert (ran.status, ran.json["error"]["code"]) == (2, "role.unknown-column")
    assert '"mrr"' in ran.json["error"]["hint"]


def test_columns_as_csv(run, export) -> None:
    ran = run("inspect", export(SMALL), "--format", "csv", "--quiet")
    header, *rows = ran.out.splitlines()
    assert header == "name,role,reading,filled,blank,distinct,lowest,highest,common"
    assert rows[1].startswith("segment,segment,,7,1,2,Agents,Roofers,")
    assert ran.err == ""
