"""Everything `inspect` looks for in one export."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

import dmaic
from dmaic.result import Finding

HEAD = "id,segment,mrr,churned,signup_date,churn_date\n"


def told(result: dmaic.InspectResult) -> dict[str, Finding]:
    return {each.code: each for each in result.findings}


@pytest.fixture
def inspected(write):
    return lambda rows, **said: dmaic.inspect(write(HEAD + rows), **said)


def test_a_clean_export_has_no_findings(inspected) -> None:
    rows = (
        "1,A,10,Yes,2024-01-01,2024-03-30\n2,B,20,No,2024-02-01,\n3,B,5,Yes,2024-02-02,2024-03-29\n"
    )
    result = inspected(rows)
    assert result.findings == ()
    assert (result.rows, result.churned, result.value_lost) == (3, 2, 15)
    assert result.share_churned == pytest.approx(2 / 3)
    assert [(each.role, each.first, each.last) for each in result.periods] == [
        ("signup", "2024-01-01", "2024-02-02"),
        ("churned_at", "2024-03-29", "2024-03-30"),
    ]


def test_rows_that_end_before_they_begin(inspected) -> None:
    found = told(
        inspected(
            "1,A,1,Yes,2024-03-01,2024-02-01\n2,B,1,Yes,2024-03-01,2024-03-31\n3,B,1,No,2024-01-01,\n"
        )
    )
    assert (found["end-before-start"].count, found["end-before-start"].rows) == (1, (2,))


@pytest.mark.parametrize(("days", "fires"), [(-1, False), (0, False), (1, True), (400, True)])
def test_dates_in_the_future(inspected, days: int, fires: bool) -> None:
    when = date.today() + timedelta(days=days)
    found = told(inspected(f"1,A,1,Yes,2020-01-01,{when}\n2,B,1,No,2020-01-01,\n"))
    assert ("future-dates" in found) is fires
    if fires:
        assert (found["future-dates"].count, found["future-dates"].rows) == (1, (2,))


# Five quiet days at the end of a month say that the export ended before it.
@pytest.mark.parametrize(
    ("last", "fires"),
    [
        ("2024-02-24", True),
        ("2024-02-25", False),  # 2024 is a leap year: four days to the 29th
        ("2023-02-23", True),
        ("2023-02-24", False),
        ("2024-12-01", True),
        ("2024-12-31", False),
    ],
)
def test_a_last_month_that_is_not_complete(inspected, last: str, fires: bool) -> None:
    found = told(inspected(f"1,A,1,Yes,2020-01-01,{last}\n2,B,1,No,2020-01-01,\n"))
    assert ("partial-last-period" in found) is fires


def test_everyone_and_nobody(inspected) -> None:
    everyone = told(inspected("1,A,1,Yes,2020-01-01,2024-01-31\n2,B,1,Yes,2020-01-01,2024-01-31\n"))
    assert (everyone["everyone-churned"].level, everyone["everyone-churned"].count) == (
        "warning",
        2,
    )
    nobody = told(inspected("1,A,1,No,2020-01-01,\n2,B,1,No,2020-01-01,\n"))
    assert nobody["no-churn"].level == "blocking"


def test_constant_and_empty_columns_are_named(write) -> None:
    file = write("id,churned,country,fax\n1,Yes,DE,\n2,No,DE,\n")
    found = told(dmaic.inspect(file))
    assert '"country"' in found["constant-columns"].message
    assert '"fax"' in found["empty-columns"].message
    assert (found["constant-columns"].count, found["empty-columns"].count) == (1, 1)
    # One row has nothing to be constant with.
    assert "constant-columns" not in told(dmaic.inspect(write("id,churned,country\n1,Yes,DE\n")))


def test_blank_roles_are_told_with_their_share(write) -> None:
    file = write("id,segment,plan,churned\n1,A,P,Yes\n2,,P,Yes\n3,,Q,No\n4,B,Q,No\n")
    (blank,) = (x for x in dmaic.inspect(file).findings if x.code == "blank-categories")
    assert (blank.column, blank.count) == ("segment", 2)


def test_reasons_are_asked_of_the_lost_alone(write) -> None:
    file = write("id,reason,churned\n1,price,Yes\n2,,Yes\n3,,No\n4,,No\n")
    (blank,) = (x for x in dmaic.inspect(file).findings if x.code == "blank-categories")
    # Who stays gives no reason for leaving: one of the two lost says nothing.
    assert blank.count == 1


def test_what_would_stop_an_analysis_is_a_finding(inspected) -> None:
    result = inspected("1,A,1,Yes,2024-01-01,02/03/2024\n2,B,1,No,2024-01-01,\n")
    ambiguous = told(result)["read.ambiguous-date"]
    assert (ambiguous.level, result.churned) == ("blocking", 1)
    assert "--date-order" in ambiguous.hint


def test_nothing_tells_who_is_lost(write) -> None:
    result = dmaic.inspect(write("id,colour\n1,red\n2,blue\n"))
    assert (result.churned, result.share_churned, result.value_lost) == (None, None, None)
    assert told(result)["role.churned-missing"].level == "blocking"


def test_findings_are_told_once_however_often_readings_are_decided(write, small_head: int) -> None:
    rows = "".join(f"{n},A,10,Yes,2024-01-01,02/2{n}/2024\n" for n in range(8))
    result = dmaic.inspect(write(HEAD + rows + '9,B,"1,200.5",YES,2024-01-01,25/02/2024\n'))
    codes = [each.code for each in result.findings]
    assert codes.count("read.mixed-date-order") == 1
    assert len(codes) == len(set(codes))
    assert (result.churned, result.value_lost) == (9, 1280.5)
