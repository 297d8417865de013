"""A dataset gives the ledger that its export gives, by every definition."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any, get_args

import pytest

from dmaic.analysis.ledger import LedgerQuestion, open_ledger
from dmaic.churn.snapshot import Snapshot
from dmaic.money.definition import Definition
from dmaic.project.data.register import Request, read_dataset

SAMPLE = Path(__file__).parents[4] / "sample_data"
FIELDS = ("moment", "past_due", "trials", "free", "annual")
CHOICES = [
    {field: choice}
    for field in FIELDS
    for choice in get_args(Definition.model_fields[field].annotation)
]

SUBSCRIPTIONS = (
    "id,Customer ID,Status,Start Date (UTC),Canceled At (UTC),Current Period Start (UTC),"
    "Current Period End (UTC),Ended At (UTC),Amount,Interval,Currency,Card Note\n"
    + "".join(
        f"s{n},cus_{n // 2},{('canceled', 'active', 'past_due', 'trialing')[n % 4]},"
        f"2023-0{n % 9 + 1}-05,{f'2024-0{n % 3 + 1}-27' if n % 4 == 0 else ''},"
        f"2024-02-1{n % 9},2024-03-1{n % 9},"
        f"{f'2024-0{n % 3 + 1}-28' if n % 4 == 0 else ''},{n % 5 * 10},"
        f"{('month', 'year')[n % 2]},usd,note {n}\n"
        for n in range(60)
    )
)  # fmt: skip
MONTHS = "customer_id,month,mrr\n" + "".join(
    f"c{n},2024-{m:02},{n + m}\n" for n in range(9) for m in range(1, 9) if (n + m) % 5
)


def snapshot(folder: Path, source: Path, *accept: str) -> Snapshot:
    request = Request("q1", (str(source),), {}, accept=accept)
    dataset, new = read_dataset(request, folder, bytes(range(32)), date(2026, 1, 31))
    assert new is not None
    assert dataset.understood is not None
    return Snapshot(new, dataset.understood)


def same(folder: Path, source: Path, asked: list[dict[str, Any]], *accept: str) -> None:
    kept = snapshot(folder, source, *accept)
    for each in asked:
        question = LedgerQuestion(**each)
        first, second = open_ledger(source, question), open_ledger(kept, question)
        assert first.flows == second.flows, each
        assert first.spans == second.spans
        assert [each.code for each in first.findings] == [each.code for each in second.findings]
        assert first.inputs.roles == second.inputs.roles
        assert first.inputs.sha256 == second.inputs.sha256


def test_a_dataset_keeps_what_every_definition_asks(tmp_path: Path) -> None:
    path = tmp_path / "subscriptions.csv"
    path.write_text(SUBSCRIPTIONS)
    same(tmp_path, path, [{"definition": Definition(name="own", **each)} for each in CHOICES])


def test_a_dataset_of_customer_months_and_of_a_summary_answers_as_its_file(tmp_path: Path) -> None:
    path = tmp_path / "months.csv"
    path.write_text(MONTHS)
    accept = ("role.churned-missing", "duplicate-customers")
    same(tmp_path, path, [{"month": "month"}], *accept)
    summary = SAMPLE / "monthly_summary.csv"
    same(tmp_path, summary, [{}, {"since": "2024-06"}])


@pytest.mark.parametrize("year", ["", "after"])
def test_the_sample_as_a_dataset_answers_as_the_file(tmp_path: Path, year: str) -> None:
    same(tmp_path, SAMPLE / year / "churn_export.csv", [{"by": ("segment",)}])
