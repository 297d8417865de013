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
        "2023-12-20,A,10,No,",
    )
    found = read(path)
    assert found.span is not None
    assert [span.name for span in found.span] == ["2024-01", "2024-02"]
    assert by_age(found.whole()) == (Age(3, 0), Age(3, 1), Age(1, 1))
    assert still_there(found.whole()) == {2: 2}


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


SUBSCRIPTIONS = "subscription_id,customer_id,signup_date,segment,mrr,churned,churn_date"

ROWS = (
    # Two subscriptions after each other are one life: ages 1 to 4, lost in the fourth.
    "X,2023-12-05,A,10,Yes,2024-01-20",
    "X,2024-01-20,A,30,Yes,2024-04-30",
    # Two at a time: there until the last one ends.
    "Y,2023-11-10,A,5,Yes,2024-01-31",
    "Y,2023-12-10,A,5,No,",
    # Away for a month and back: a second life that begins anew.
    "Z,2023-12-01,B,20,Yes,2024-01-10",
    "Z,2024-03-01,B,40,No,",
)


def test_a_customer_with_several_rows_lives_as_long_as_one_of_them(tmp_path: Path) -> None:
    found = read(write(tmp_path, *ROWS, header=SUBSCRIPTIONS), "segment")
    assert found.unit == "customers"
    assert [span.name for span in found.span or ()] == ["2024-01", "2024-04"]
    assert by_age(found.stays["A",]) == (
        Age(1, 0),  # X in January
        Age(2, 0),  # X, and Y, who came into view at age 2
        Age(2, 0),
        Age(2, 1),  # X in April
        Age(1, 0),
    )
    assert by_age(found.stays["B",]) == (Age(2, 1),)
    assert still_there(found.whole()) == {1: 1, 5: 1}


def test_what_several_rows_pay_is_what_stood_at_the_start_of_each_month(tmp_path: Path) -> None:
    found = read(write(tmp_path, *ROWS, header=SUBSCRIPTIONS), "segment")
    # X: 10 in January, 30 from February on; Y: 10 in January, 5 from February on.
    assert arpa(found.stays["A",]) == pytest.approx((10 + 3 * 30 + 10 + 3 * 5) / 8)
    # Z: 20 in January, 40 in April, the month after that of sign-up.
    assert arpa(found.stays["B",]) == pytest.approx((20 + 40) / 2)


def test_several_rows_and_one_row_a_customer_agree_where_nobody_changes(tmp_path: Path) -> None:
    generator = random.Random(11)
    rows = []
    for _ in range(300):
        month, length = generator.randrange(24), generator.randrange(1, 30)
        end = month + length
        begun = f"{2022 + month // 12}-{month % 12 + 1:02}-{generator.randrange(1, 28):02}"
        left = f"{2022 + end // 12}-{end % 12 + 1:02}-28" if end < 30 else ""
        flag = "Yes" if left else "No"
        rows.append(f"{begun},A,{generator.randrange(5, 90)},{flag},{left}")
    one = read(write(tmp_path, *rows))
    many = [f"C{number},{row}" for number, row in enumerate(rows)]
    # A second row of one customer, of the same times, makes customers of rows.
    first = rows[0].split(",")
    path = write(tmp_path, *many, f"C0,{first[0]},A,0,{first[3]},{first[4]}", header=SUBSCRIPTIONS)
    several = read(path)
    assert several.unit == "customers"
    assert by_age(several.whole()) == by_age(one.whole())
    assert still_there(several.whole()) == still_there(one.whole())
    assert arpa(several.whole()) == pytest.approx(arpa(one.whole()))
