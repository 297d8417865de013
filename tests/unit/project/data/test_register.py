"""A dataset answers as its export does: the same figures, findings and row numbers."""

from __future__ import annotations

import hashlib
import hmac
import json
import random
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

from dmaic.analysis.inspect import inspect
from dmaic.analysis.pareto import pareto
from dmaic.churn.check import BlockedError
from dmaic.churn.snapshot import Snapshot
from dmaic.errors import DataError
from dmaic.project.data.dataset import Dataset
from dmaic.project.data.register import Request, read_dataset, request_again

TODAY = date(2026, 1, 31)
KEY = bytes(range(32))
SAMPLE = Path(__file__).parents[4] / "sample_data"


def register(
    folder: Path, *files: Path, key: bytes | None = KEY, **asked: Any
) -> tuple[Dataset, Snapshot]:
    said = asked.pop("said", {})
    request = Request("q3", tuple(map(str, files)), said, keep_ids=key is None, **asked)
    dataset, new = read_dataset(request, folder, key, TODAY)
    assert new is not None
    assert dataset.understood is not None
    return dataset, Snapshot(new, dataset.understood)


def rows_of(snapshot: Snapshot) -> list[dict[str, Any]]:
    table = duckdb.connect().execute(f"SELECT * FROM '{snapshot.path}'")
    names = [each[0] for each in table.description or []]
    return [dict(zip(names, row, strict=True)) for row in table.fetchall()]


MESSY = (
    "Quarterly churn report;;;;;\n"
    ";;;;;\n"
    "Kundennummer;Segment;MRR (EUR);Status;Kündigungsdatum;Anmeldung\n"
    + "".join(
        f" {n:04} ;{('Ärzte', 'ärzte ', '', 'n/a', 'Büros')[n % 5]};"
        f"{('1.234,50', '19,00', '', '-', '99,90')[n % 5]};"
        f"{('gekündigt', 'aktiv', 'aktiv')[n % 3]};"
        f"{f'{n % 28 + 1:02}.{n % 12 + 1:02}.2024' if n % 3 == 0 else ''};15.0{n % 9 + 1}.2023\n"
        + (";;;;;\n" if n % 50 == 7 else "")
        for n in range(300)
    )
    + "Summe;;;;;\n"
)
IRREGULAR = "id,segment,mrr,churned\n" + "".join(
    f'{n},"a ""b"" {n % 4}",{n % 30},{"yes" if n % 4 == 0 else "no"}\n' + ("\n" if n == 40 else "")
    for n in range(120)
)
STRIPE = (
    "id,Customer ID,Status,Plan,Amount,Interval,Canceled At (UTC),Start Date (UTC)\n"
    + "".join(
        f"sub_{n},cus_{n // 2},{('canceled', 'active', 'unpaid')[n % 3]},{'AB'[n % 2]},"
        f"{(1900, 22800)[n % 2]},{('month', 'year')[n % 2]},"
        f"{'2024-05-0' + str(n % 9 + 1) if n % 3 == 0 else ''},2023-01-01\n"
        for n in range(200)
    )
)
CENTS = "account_id,industry,amount_cents,state,gone\n" + "".join(
    f"{n},{'xyz'[n % 3]},{n * 100 + 99},{('active', 'left', 'paused')[n % 3]},\n" for n in range(90)
)

CASES: dict[str, tuple[str, str, Mapping[str, Any], Mapping[str, Any]]] = {
    "a preamble, semicolons, decimal commas, blank rows, a total": (
        MESSY,
        "cp1252",
        {},
        {"by": "segment", "measure": "value"},
    ),
    "tenure in bands, a window of time": (
        MESSY,
        "utf-8",
        {},
        {"by": ["segment", "Anmeldung:quarter"], "since": "2024-03", "until": "2024-10"},
    ),
    "quotes and a blank row": (IRREGULAR, "utf-8", {}, {"by": "segment"}),
    "a preset with a condition": (STRIPE, "utf-8", {}, {"by": "plan", "measure": "value"}),
    "a preset that was named": (
        STRIPE,
        "utf-8",
        {"preset": "stripe-subscriptions"},
        {"by": "plan", "until": "2024-05-06"},
    ),
    "no preset, a scale, a condition": (
        CENTS,
        "utf-8",
        {
            "preset": "none",
            "churned_when": "state in (left, paused) and amount_cents > 300",
            "value": "amount_cents",
            "value_scale": 0.01,
        },
        {"by": "industry", "measure": "value", "where": "amount_cents < 8000"},
    ),
    "a role that no column shall play": (
        IRREGULAR,
        "utf-8",
        {"customer": "none", "decimal": "."},
        {"by": "segment", "rank_by": "excess", "top": 2},
    ),
}


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("keep_ids", [True, False], ids=["ids kept", "ids hashed"])
def test_a_pareto_of_the_dataset_is_that_of_the_file(
    tmp_path: Path, case: str, keep_ids: bool
) -> None:
    text, encoding, said, asked = CASES[case]
    file = tmp_path / "export.csv"
    file.write_bytes(text.encode(encoding))
    accept = ["duplicate-customers"]
    of_file = pareto(file, **asked, accept=accept, **said)
    key = None if keep_ids else KEY
    _, snapshot = register(tmp_path, file, said=said, key=key, accept=tuple(accept))
    assert pareto(snapshot, **asked, accept=accept).to_dict() == of_file.to_dict()


@pytest.mark.parametrize("by", [["segment"], ["plan", "region"], ["tenure:quartiles"]])
def test_the_worked_case_is_the_same_to_the_digit(tmp_path: Path, by: list[str]) -> None:
    file = SAMPLE / "churn_export.csv"
    _, snapshot = register(tmp_path, file)
    asked: Any = {"by": by, "measure": "value", "drill": "plan" if by == ["segment"] else None}
    if by[0].startswith("tenure"):
        asked = {"by": ["signup_date:quarter"], "split": "month"}
    assert pareto(snapshot, **asked).to_dict() == pareto(file, **asked).to_dict()


def test_a_related_file_is_joined_into_the_snapshot(tmp_path: Path) -> None:
    said = {"related": [(SAMPLE / "exit_survey.csv", "customer_id")]}
    file = SAMPLE / "churn_export.csv"
    dataset, snapshot = register(tmp_path, file, said=said)
    assert dataset.roles["reason"] == "reason"
    asked: Any = {"by": "reason", "measure": "value"}
    one, other = pareto(file, **asked, **said).to_dict(), pareto(snapshot, **asked).to_dict()
    # With a joined file the dataset's fingerprint covers both files.
    assert other["inputs"].pop("sha256") != one["inputs"].pop("sha256")
    assert one == other


def test_several_files_keep_the_row_numbers_of_each(tmp_path: Path) -> None:
    head = "id,segment,mrr,churned\n"
    for name, bad in (("a.csv", 5), ("b.csv", 7)):
        rows = (
            f"{name}{n},s,{'oops' if n == bad else n},{'yes' if n % 2 else 'no'}\n"
            + ("\n\n" if n == 3 else "")
            for n in range(60)
        )
        (tmp_path / name).write_text(head + "".join(rows), "utf-8")
    files = [str(tmp_path / "a.csv"), str(tmp_path / "b.csv")]
    accept = ["unreadable-cells"]
    of_files = pareto(files, "segment", measure="value", accept=accept)
    _, snapshot = register(tmp_path, *map(Path, files), accept=("unreadable-cells",))
    of_snapshot = pareto(snapshot, "segment", measure="value", accept=accept)
    assert of_snapshot.to_dict() == of_files.to_dict()
    (finding,) = [each for each in of_files.findings if each.code == "unreadable-cells"]
    # Row 1 is the header; two blank rows stand after the fourth row.
    assert finding.rows == (9, 11)


def test_a_long_file_keeps_order_and_numbers(tmp_path: Path) -> None:
    draw = random.Random(1)
    rows = [
        f"{n},{draw.choice('abcde')},{'x' if n == 29_999 else draw.randint(1, 900)},"
        f"{draw.choice(['yes', 'no'])}\n" + ("\n" if n % 9_000 == 1 else "")
        for n in range(30_000)
    ]
    file = tmp_path / "long.csv"
    file.write_text("id,segment,mrr,churned\n" + "".join(rows), "utf-8")
    accept = ("unreadable-cells",)
    of_file = pareto(file, "segment", measure="value", accept=accept)
    dataset, snapshot = register(tmp_path, file, accept=accept)
    assert dataset.rows == 30_000
    assert (
        pareto(snapshot, "segment", measure="value", accept=accept).to_dict() == of_file.to_dict()
    )


def test_a_workbooks_types_stay(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["id", "segment", "mrr", "churned", "churn_date"])
    for n in range(60):
        left = date(2024, n % 12 + 1, 5) if n % 3 == 0 else None
        sheet.append([n, n % 4, n * 1.5, n % 3 == 0, left])
    file = tmp_path / "book.xlsx"
    book.save(file)
    dataset, snapshot = register(tmp_path, file)
    asked: Any = {"by": "segment", "measure": "value", "split": "quarter"}
    assert pareto(snapshot, **asked).to_dict() == pareto(file, **asked).to_dict()
    assert (dataset.first, dataset.last, dataset.months) == ("2024-01-05", "2024-10-05", 10)


def test_the_same_export_gives_the_same_bytes(tmp_path: Path) -> None:
    file = SAMPLE / "churn_export.csv"
    folders = tmp_path / "one", tmp_path / "two"
    for folder in folders:
        folder.mkdir()
    one, other = (register(folder, file)[0] for folder in folders)
    assert one == other


@pytest.fixture
def people(tmp_path: Path) -> Path:
    file = tmp_path / "people.csv"
    file.write_text(
        "customer_id,E-Mail,Phone,owner,segment,reason,mrr,churned\n"
        + "".join(
            f"C{n},p{n}@example.com,+49 30 {n:05},{f'o{n}@corp.example' if n % 3 else 'Ann'},"
            f"{'Shops'},{'call bob.smith@shop.example now' if n == 4 else 'price'},{n},"
            f"{'yes' if n % 2 else 'no'}\n"
            for n in range(40)
        ),
        "utf-8",
    )
    return file


ALSO = ("E-Mail", "Phone", "owner")


def test_persons_are_replaced_by_a_keyed_hash(tmp_path: Path, people: Path) -> None:
    dataset, snapshot = register(tmp_path, people, also=ALSO)
    # E-Mail and Phone by their headers, owner by its cells.
    assert dataset.hashed == ("customer_id", "E-Mail", "Phone", "owner")
    rows = rows_of(snapshot)
    expected = "h" + hmac.new(KEY, b"C7", hashlib.sha256).hexdigest()[:20]
    assert rows[7]["customer_id"] == expected
    assert len({row["customer_id"] for row in rows}) == 40
    assert rows[4]["reason"].startswith("h")
    assert rows[5]["reason"] == "price"
    (finding,) = [each for each in dataset.findings if each.code == "addresses-hashed"]
    assert (finding.column, finding.count) == ("reason", 1)
    assert "@" not in json.dumps([rows, dataset.model_dump(mode="json")])


def test_ids_of_text_and_of_numbers_meet(tmp_path: Path) -> None:
    csv = tmp_path / "text.csv"
    csv.write_text("customer_id,churned\n 17 ,yes\nn/a,no\n,no\n", "utf-8")
    lines = tmp_path / "numbers.jsonl"
    lines.write_text('{"customer_id": 17, "churned": "yes"}\n{"customer_id": 1, "churned": "no"}\n')
    text = rows_of(register(tmp_path, csv)[1])
    numbers = rows_of(register(tmp_path, lines)[1])
    assert text[0]["customer_id"] == numbers[0]["customer_id"]
    # What stands for no id stays so.
    assert [row["customer_id"] for row in text[1:]] == ["n/a", None]


def test_another_key_gives_other_hashes(tmp_path: Path, people: Path) -> None:
    one = rows_of(register(tmp_path, people)[1])
    other = rows_of(register(tmp_path, people, key=bytes(32))[1])
    assert {row["customer_id"] for row in one} & {row["customer_id"] for row in other} == set()


def test_keeping_ids_keeps_all_as_it_is(tmp_path: Path, people: Path) -> None:
    dataset, snapshot = register(tmp_path, people, key=None, also=ALSO)
    assert dataset.hashed == ()
    assert dataset.keeps_ids
    assert rows_of(snapshot)[4]["reason"] == "call bob.smith@shop.example now"
    assert rows_of(snapshot)[4]["E-Mail"] == "p4@example.com"


def test_only_columns_that_figures_rest_on_are_kept(tmp_path: Path) -> None:
    file = tmp_path / "export.csv"
    file.write_text(
        "id,note,state,level,mrr\n" + "".join(f"{n},x{n},{'ab'[n % 2]},{n},1\n" for n in range(9)),
        "utf-8",
    )
    said = {"churned_when": "state = 'a' or level > 6"}
    dataset, snapshot = register(tmp_path, file, said=said)
    assert dataset.columns == ("id", "state", "level", "mrr")
    assert dataset.left_out == ("note",)
    assert set(rows_of(snapshot)[0]) == {"id", "state", "level", "mrr", "row"}
    assert register(tmp_path, file, said=said, also=("NOTE",))[0].left_out == ()


def test_a_column_called_as_the_numbers_are(tmp_path: Path) -> None:
    file = tmp_path / "export.csv"
    file.write_text("id,Row,churned\n1,a,yes\n2,b,no\n3,a,yes\n", "utf-8")
    _, snapshot = register(tmp_path, file, also=("row",))
    assert pareto(snapshot, "Row").to_dict() == pareto(file, "Row").to_dict()


def test_facts_of_the_period_and_of_the_segment(tmp_path: Path) -> None:
    # 2024-01-01 to 2024-12-31 and 17,290 of 20,000 filled cells, counted with awk.
    dataset, _ = register(tmp_path, SAMPLE / "churn_export.csv")
    assert (dataset.first, dataset.last, dataset.months) == ("2024-01-01", "2024-12-31", 12)
    assert dataset.coverage == 17_290 / 20_000
    assert dataset.sha256 == hashlib.sha256((SAMPLE / "churn_export.csv").read_bytes()).hexdigest()
    assert dataset.added == "2026-01-31"


def test_blocking_findings_stop_unless_they_are_accepted(tmp_path: Path) -> None:
    file = tmp_path / "twice.csv"
    file.write_text("customer_id,segment,churned\n1,a,yes\n1,a,no\n2,b,no\n", "utf-8")
    with pytest.raises(BlockedError) as caught:
        register(tmp_path, file)
    assert caught.value.code == "finding.duplicate-customers"
    assert list(tmp_path.glob("data/*")) == []
    dataset, snapshot = register(tmp_path, file, accept=("duplicate-customers",))
    assert dataset.accepted == ("duplicate-customers",)
    (finding,) = [each for each in dataset.findings if each.code == "duplicate-customers"]
    assert finding.accepted
    assert inspect(snapshot).rows == 3


def test_a_table_that_tells_of_no_churn_can_be_kept_too(tmp_path: Path) -> None:
    file = SAMPLE / "support_tickets.csv"
    with pytest.raises(BlockedError) as caught:
        register(tmp_path, file)
    blocking = {problem.code: problem.hint for problem in caught.value.problems}
    # A customer has several tickets, so both stand in the way of a churn analysis.
    assert blocking.keys() == {"finding.duplicate-customers", "finding.role.churned-missing"}
    assert "--accept role.churned-missing" in blocking["finding.role.churned-missing"]
    accept = ("role.churned-missing", "duplicate-customers")
    dataset, _ = register(tmp_path, file, accept=accept, also=("first_response_hours",))
    assert dataset.lost == ""
    assert dataset.accepted == accept
    # What was accepted stays so when the file is read again, even where it is of no matter then.
    again = request_again(dataset, tmp_path, files=[str(SAMPLE / "churn_export.csv")])
    assert read_dataset(replace(again, also=()), tmp_path, KEY, TODAY)[0].rows == 20_000
    assert "first_response_hours" in dataset.columns


def test_a_table_of_which_nothing_would_be_kept_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "export.csv"
    file.write_text("a,b\n1,2\n3,4\n", "utf-8")
    accept = ("role.churned-missing",)
    with pytest.raises(DataError) as caught:
        register(tmp_path, file, accept=accept)
    assert caught.value.code == "dataset.no-columns"
    dataset, snapshot = register(tmp_path, file, accept=accept, also=("a",))
    assert dataset.columns == ("a",)
    assert inspect(snapshot).rows == 2
