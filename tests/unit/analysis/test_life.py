"""Lives read from exports, counted by hand: when customers came into view and left it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

import dmaic
from dmaic.analysis.ledger_question import LedgerQuestion
from dmaic.analysis.life import Seen, read_lives
from dmaic.churn.table import ChurnTable
from dmaic.errors import DataError, UsageError
from dmaic.stats.survival.life import BIRTH, Lives

Opened = Callable[..., ChurnTable]

HEAD = "customer_id,signup_date,segment,churned,churn_date\n"


def read(table: ChurnTable, *by: str, unit: str = "month", **question: object) -> Seen:
    asked = LedgerQuestion(by=by, **question)  # type: ignore[arg-type]
    return read_lives(table, asked, unit, fingerprint=False)  # type: ignore[arg-type]


def whole(seen: Seen) -> Lives:
    (lives,) = seen.lives.values()
    return lives


def codes(seen: Seen) -> set[str]:
    return {each.code for each in seen.findings}


def test_ages_are_days_from_sign_up_to_loss_or_to_the_last_day_in_view(opened: Opened) -> None:
    seen = read(opened(HEAD + (
        "A,2024-01-01,X,Yes,2024-01-31\n"
        "B,2024-01-10,X,Yes,2024-01-10\n"  # left on the day of sign-up
        "C,2024-01-20,X,No,\n"
        "D,2024-02-05,X,No,\n"
    )))  # fmt: skip
    assert seen.unit == "day"
    assert seen.span == (date(2024, 1, 1), date(2024, 2, 5))
    assert whole(seen) == Lives({BIRTH: 4}, {16.0: 1, 0.0: 1}, {30.0: 1, 0.0: 1})
    assert "left-truncated" not in codes(seen)


def test_who_was_there_before_the_time_counts_from_the_age_then_reached(opened: Opened) -> None:
    seen = read(opened(HEAD + (
        "A,2023-12-22,X,Yes,2024-01-05\n"
        "B,2024-01-01,X,No,\n"
        "C,2023-06-01,X,Yes,2023-12-31\n"  # lost before: not at risk in it
    )), since="2024-01")  # fmt: skip
    assert whole(seen) == Lives({9.0: 1, BIRTH: 1}, {4.0: 1}, {14.0: 1})
    assert "left-truncated" in codes(seen)


def test_losses_after_the_time_are_customers_still_there(opened: Opened) -> None:
    seen = read(opened(HEAD + (
        "A,2024-01-01,X,Yes,2024-01-11\n"
        "B,2024-01-01,X,Yes,2024-03-01\n"
        "C,2024-02-10,X,No,\n"  # came after it
    )), until="2024-01")  # fmt: skip
    assert whole(seen) == Lives({BIRTH: 2}, {30.0: 1}, {10.0: 1})


def old_customers(count: int, losses: int) -> str:
    """Customers of ten years, of whom some leave in the last month only."""
    first, last = date(2014, 1, 1), date(2024, 1, 1)
    rows = []
    for number in range(count):
        came = first + timedelta(days=number * 30 % 3600)
        left = last + timedelta(days=number % 28) if number < losses else None
        rows.append(f"C{number},{came},X,{'Yes' if left else 'No'},{left or ''}")
    return HEAD + "\n".join(rows) + "\n"


def test_an_export_without_the_losses_of_earlier_years_is_found_out(opened: Opened) -> None:
    seen = read(opened(old_customers(100, 20)))
    assert seen.span is not None
    assert seen.span[0] == date(2024, 1, 1)
    assert whole(seen).late == 100
    assert "left-truncated" in codes(seen)


def test_a_short_time_without_losses_at_the_beginning_is_no_sign_of_missing_ones(
    opened: Opened,
) -> None:
    rows = "".join(f"C{n},2024-01-{n + 1:02},X,No,\n" for n in range(20))
    seen = read(opened(HEAD + rows + "Z,2024-01-01,X,Yes,2024-02-10\n"))
    assert seen.span is not None
    assert seen.span[0] == date(2024, 1, 1)
    assert whole(seen).late == 0


def test_losses_of_one_day_do_not_hide_the_days_before(opened: Opened) -> None:
    seen = read(opened(HEAD + "A,2024-01-01,X,Yes,2024-02-01\nB,2024-01-01,X,No,\n"))
    assert whole(seen) == Lives({BIRTH: 2}, {31.0: 1}, {31.0: 1})


def test_a_sign_up_years_ahead_does_not_make_everybody_years_older(opened: Opened) -> None:
    rows = "".join(f"C{n},2024-01-{n + 1:02},X,{'Yes' if n < 9 else 'No'},"
                   f"{f'2024-01-{n + 20}' if n < 9 else ''}\n" for n in range(20))  # fmt: skip
    seen = read(opened(HEAD + rows + "Z,2099-01-01,X,No,\n"))
    assert seen.span == (date(2024, 1, 1), date(2024, 1, 31))
    assert whole(seen).customers == 20


def test_ages_that_cannot_be_are_left_out_and_told(opened: Opened) -> None:
    seen = read(opened(HEAD + (
        "A,2024-01-01,X,Yes,2024-01-31\n"
        "B,2024-01-20,X,Yes,2024-01-10\n"  # backwards
        "C,,X,No,\n"
        "D,1905-01-01,X,No,\n"  # a date that stands for none
        "E,2024-01-02,X,No,\n"
    )))  # fmt: skip
    (unknown,) = [each for each in seen.findings if each.code == "unknown-age"]
    assert unknown.count == 3
    assert whole(seen).customers == 2
    assert {"end-before-start", "unknown-age"} <= codes(seen)


def test_groups_have_lives_of_their_own(opened: Opened) -> None:
    seen = read(opened(HEAD + (
        "A,2024-01-01,X,Yes,2024-01-31\n"
        "B,2024-01-01,,No,\n"
        "C,2024-01-01,X,No,\n"
    )), "segment")  # fmt: skip
    assert seen.lives == {
        ("(blank)",): Lives({BIRTH: 1}, {30.0: 1}, {}),
        ("X",): Lives({BIRTH: 2}, {30.0: 1}, {30.0: 1}),
    }


def test_a_customer_of_several_subscriptions_is_there_as_long_as_one_of_them_is(
    opened: Opened,
) -> None:
    head = "subscription_id,customer_id,signup_date,churned,churn_date\n"
    seen = read(opened(head + (
        "S1,A,2024-01-05,Yes,2024-02-10\n"
        "S2,A,2024-02-01,Yes,2024-04-10\n"
        "S3,B,2024-01-01,No,\n"
        "S4,C,2024-03-01,Yes,2024-04-29\n"
    )))  # fmt: skip
    assert seen.unit == "month"
    assert "ages-in-months" in codes(seen)
    # In view from February, the month of the first end of a row, to April.
    assert whole(seen) == Lives({BIRTH: 3}, {3.0: 1}, {3.0: 1, 1.0: 1})


def test_a_tenure_column_is_taken_as_it_is(opened: Opened) -> None:
    text = "id,weeks,gone\nA,6,1\nB,6,0\nC,7.5,1\nD,,1\nE,-1,0\n"
    seen = read(opened(text, tenure="weeks", churned="gone"), unit="week")
    assert seen.unit == "week"
    assert seen.span is None
    assert whole(seen) == Lives({BIRTH: 3}, {6.0: 1}, {6.0: 1, 7.5: 1})
    assert {"no-window", "unknown-age"} <= codes(seen)


def test_dates_go_before_a_tenure_that_nobody_named(opened: Opened) -> None:
    text = (
        "customer_id,signup_date,tenure,churned,churn_date\n"
        "A,2024-01-01,9,Yes,2024-01-31\nB,2024-01-01,9,No,\n"
    )
    assert read(opened(text)).unit == "day"
    assert read(opened(text, tenure="tenure")).unit == "month"
    named = {"tenure": "tenure", "signup": "signup_date", "churned_at": "churn_date"}
    assert read(opened(text, **named)).unit == "day"


def test_the_lost_alone_tell_nothing_unless_they_are_said_to_be_a_whole_cohort(
    opened: Opened,
) -> None:
    text = HEAD + "A,2024-01-01,X,Yes,2024-01-31\nB,2024-01-02,X,Yes,2024-01-30\n"
    with pytest.raises(DataError) as caught:
        read(opened(text))
    assert caught.value.code == "finding.only-lost"
    seen = read(opened(text), accept=("only-lost",))
    assert whole(seen).losses == 2
    assert [each.accepted for each in seen.findings if each.code == "only-lost"] == [True]


@pytest.mark.parametrize(("question", "code"), [
    ({"since": "2020-01"}, "ledger.outside"), ({"until": "2025-01"}, "ledger.outside"),
    ({"since": "2024-01-20", "until": "2024-01-10"}, "usage.window"),
])  # fmt: skip
def test_a_time_that_the_dates_do_not_cover_is_refused(
    opened: Opened, question: dict[str, str], code: str
) -> None:
    table = opened(HEAD + "A,2024-01-01,X,Yes,2024-01-31\nB,2024-01-02,X,No,\n")
    with pytest.raises(UsageError) as caught:
        read(table, **question)
    assert caught.value.code == code


def test_a_reading_that_later_rows_contradict_is_decided_again(
    opened: Opened, small_head: int
) -> None:
    rows = [f"C{n},02/0{n + 1}/2024,X,No,\n" for n in range(small_head)]
    late = "Z,15/02/2024,X,Yes,20/02/2024\n"  # only now it is clear that the day comes first
    seen = read(opened(HEAD + "".join(rows) + late))
    assert whole(seen).lost == {5.0: 1}
    assert whole(seen).customers == 6


def test_frames_are_read_like_files() -> None:
    import pandas

    frame = pandas.DataFrame(
        {"tenure": [1, 2, 3, 4], "churned": [True, False, True, False], "plan": list("aabb")}
    )
    result = dmaic.survival(frame, by="plan", tenure="tenure", churned="churned")
    assert isinstance(result, dmaic.SurvivalResult)
    assert [curve.group for curve in result.curves] == ["a", "b"]
    assert list(result.to_frame().columns)[:3] == ["group", "time", "survival"]
