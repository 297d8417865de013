"""Who was at risk at which age, counted by hand."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from dmaic.analysis.exposure import read_exposure
from dmaic.analysis.ledger import read_ledger
from dmaic.analysis.ledger_question import LedgerQuestion
from dmaic.analysis.said import opening
from dmaic.analysis.stay import Exposure, Stay, arpa, by_age, still_there
from dmaic.churn.export import open_export
from dmaic.errors import DataError, UsageError
from dmaic.money.sbg import Age

SAMPLE = Path(__file__).parents[3] / "sample_data" / "churn_export.csv"

HEADER = "customer_id,signup_date,segment,mrr,churned,churn_date"


def read(path: Path, *by: str, said: dict[str, str] | None = None, **question: str) -> Exposure:
    with open_export(str(path), opening(**said or {})) as table:
        asked = LedgerQuestion(by=by, **question)  # type: ignore[arg-type]
        return read_exposure(table, asked, fingerprint=False)


def write(folder: Path, *rows: str, header: str = HEADER) -> Path:
    path = folder / "export.csv"
    lines = (f"C{number},{row}" for number, row in enumerate(rows))
    path.write_text("\n".join((header, *lines)) + "\n", "utf-8")
    return path


STAYS = (
    # Losses from January to March 2024 make these the months looked at.
    "2023-11-10,A,10,Yes,2024-01-31",  # age 2 in January: came into view at 1, lost in it
    "2023-10-01,A,20,No,",  # ages 3, 4 and 5
    "2024-01-15,A,30,No,",  # ages 1 and 2, seen from the beginning
    "2024-01-20,A,40,Yes,2024-02-02",  # lost in period 1
    "2024-01-05,A,50,Yes,2024-01-25",  # came and went within January: lost in period 1
    "2023-12-31,B,60,Yes,2024-03-31",  # ages 1 to 3, lost in the third
    "2024-03-02,B,70,No,",  # came in the last month: no period of age seen whole
    "2024-03-02,B,80,Yes,2024-03-30",  # came and went in the last month: nothing seen whole
    "2023-02-01,B,90,Yes,2023-12-31",  # lost before
)


def test_ages_are_counted_as_far_as_they_were_in_view(tmp_path: Path) -> None:
    # December's loss is taken out of view by --since.
    found = read(write(tmp_path, *STAYS), since="2024-01")
    assert found.span is not None
    assert [span.name for span in found.span] == ["2024-01", "2024-03"]
    assert by_age(found.whole()) == (
        Age(4, 2),  # rows 3, 4, 5 and 6; lost 4 and 5
        Age(3, 1),  # rows 1, 3 and 6; lost 1
        Age(2, 1),  # rows 2 and 6; lost 6
        Age(1, 0),
        Age(1, 0),
    )
    assert still_there(found.whole()) == {0: 1, 2: 1, 5: 1}


def test_categories_add_up_to_the_whole(tmp_path: Path) -> None:
    path = write(tmp_path, *STAYS)
    parts, whole = read(path, "segment", since="2024-01"), read(path, since="2024-01")
    assert set(parts.stays) == {("A",), ("B",)}
    assert sorted(map(repr, merge(parts.whole()))) == sorted(map(repr, whole.whole()))


def merge(stays: tuple[Stay, ...]) -> list[Stay]:
    from dmaic.analysis.stay import merged

    return list(merged(stays))


def test_what_customers_pay_is_weighed_by_their_months(tmp_path: Path) -> None:
    found = read(write(tmp_path, *STAYS), since="2024-01")
    months = {10: 1, 20: 3, 30: 2, 40: 1, 50: 1, 60: 3}
    paid = sum(mrr * count for mrr, count in months.items())
    assert arpa(found.whole()) == pytest.approx(paid / sum(months.values()))
    assert arpa(()) is None
    assert arpa((Stay(0, 3, False, 2),)) is None


def test_the_order_of_rows_changes_nothing(tmp_path: Path) -> None:
    rows = list(STAYS)
    before = read(write(tmp_path, *rows), "segment", since="2024-01").stays
    random.Random(5).shuffle(rows)
    assert read(write(tmp_path, *rows), "segment", since="2024-01").stays == before


def test_customers_of_unknown_age_are_left_out_and_told(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        *STAYS,
        ",A,10,No,",
        "2024-02-20,A,10,Yes,2024-01-10",  # left before it came
        "1900-01-01,A,10,No,",  # a date that stands for none
    )
    found = read(path, since="2024-01")
    (told,) = (each for each in found.findings if each.code == "unknown-age")
    assert told.count == 3
    assert "signup-missing" not in [each.code for each in found.findings]
    assert by_age(found.whole())[0] == Age(4, 2)


def test_the_last_partial_month_is_set_aside_and_its_losses_are_not_losses_yet(
    tmp_path: Path,
) -> None:
    path = write(
        tmp_path,
        "2023-10-10,A,10,Yes,2024-01-31",
        "2023-12-10,A,10,Yes,2024-02-28",
        "2023-12-10,A,10,Yes,2024-03-05",
    )
    found = read(path)
    assert found.span is not None
    assert [span.name for span in found.span] == ["2024-01", "2024-02"]
    assert by_age(found.whole()) == (Age(2, 0), Age(2, 1), Age(1, 1))
    assert still_there(found.whole()) == {2: 1}


def test_at_risk_and_lost_are_those_of_the_ledger() -> None:
    question = LedgerQuestion(by=("segment",))
    with open_export(str(SAMPLE), opening()) as table:
        exposure = read_exposure(table, question, fingerprint=False)
        ledger = read_ledger(table, question, fingerprint=False)
    for category, stays in exposure.stays.items():
        flow, ages = ledger.of(category), by_age(stays)
        # Nobody in the sample data comes and goes within a month.
        assert sum(age.at_risk for age in ages) == flow.customers_start
        assert sum(age.lost for age in ages) == flow.churned
        assert arpa(stays) == pytest.approx(flow.arpa)


TENURES = "id,tenure,plan,price,churn"


def test_a_column_of_tenure_takes_everybody_as_seen_from_sign_up(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        "0,Pro,10,No",  # signed up just now
        "2,Pro,20,No",
        "2.5,Pro,30,No",  # the third month is not over
        "2,Pro,40,Yes",  # did not outlive the second month
        "1.2,Pro,50,Yes",  # nor did this one
        "0,Pro,60,Yes",  # lost in the first
        "-3,Pro,70,No",
        ",Pro,80,No",
        "1e300,Pro,90,No",
        header=TENURES,
    )
    found = read(path, said={"tenure": "tenure", "churned": "churn", "value": "price"})
    assert found.span is None
    assert by_age(found.whole()) == (Age(5, 1), Age(4, 2))
    assert still_there(found.whole()) == {0: 1, 2: 2}
    codes = {each.code: each for each in found.findings}
    assert codes["unknown-age"].count == 3
    assert "no-window" in codes


def test_ages_that_nothing_tells_are_refused(tmp_path: Path) -> None:
    path = write(tmp_path, "Pro,Yes", "Pro,No", header="id,plan,churned")
    with pytest.raises(DataError, match="how long customers have been there") as caught:
        read(path)
    assert caught.value.code == "exposure.no-age"


@pytest.mark.parametrize("by", ["lifecycle", "reason"])
def test_groups_that_customers_pass_through_or_have_once_lost_are_refused(
    tmp_path: Path, by: str
) -> None:
    path = write(
        tmp_path,
        "2023-01-10,Yes,2024-01-31,price",
        "2023-12-10,Yes,2024-02-28,support",
        *("2023-12-10,No,," for _ in range(5)),
        header="id,signup_date,churned,churn_date,reason",
    )
    with pytest.raises(UsageError) as caught:
        read(path, by)
    assert caught.value.code == "exposure.by"


def test_a_window_needs_dates(tmp_path: Path) -> None:
    path = write(tmp_path, "2,Pro,20,No", "3,Pro,20,Yes", header=TENURES)
    with pytest.raises(UsageError) as caught:
        read(path, said={"tenure": "tenure", "churned": "churn"}, since="2024-01")
    assert caught.value.code == "exposure.window"
