"""`dmaic compare`: answers, faces and refusals."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import dmaic

from .conftest import Run

SAMPLE = Path(__file__).parents[2] / "sample_data"
BEFORE, AFTER = SAMPLE / "churn_export.csv", SAMPLE / "after" / "churn_export.csv"
Export = Callable[..., Path]


def people(*groups: tuple[int, int, str]) -> str:
    """Customers without dates: how many, how many of them lost, further cells."""
    rows, number = [], 0
    for total, lost, cells in groups:
        for at in range(total):
            number += 1
            rows.append(f"C{number},{'Yes' if at < lost else 'No'},{cells}")
    return "customer,churned,pilot,segment\n" + "\n".join(rows) + "\n"


def test_before_and_after_of_the_worked_case(run: Run) -> None:
    ran = run("compare", "--before", BEFORE, "--after", AFTER, "--json")
    result = ran.json["result"]
    assert result["mode"] == "before-after"
    assert result["status"] == "lower"
    assert result["matters"] is True
    assert result["reference"]["at_risk"] == 194177
    assert result["compared"]["churned"] == 2647
    assert result["relative_risk"]["value"] == pytest.approx(0.62, abs=1e-3)
    assert result["rate_effect"] + result["mix_effect"] == pytest.approx(
        result["difference"]["value"]
    )
    stages = result["control"]["stages"]
    assert [each["first"] for each in stages] == ["2024-01", "2025-01"]
    assert [each["points"] for each in stages] == [12, 12]
    assert "no-control-group" in ran.codes


def test_two_halves_of_a_quiet_year_show_no_effect(run: Run) -> None:
    ran = run("compare", "--before", BEFORE, "--until", "2024-06", "--after", BEFORE,
              "--after-since", "2024-07")  # fmt: skip
    assert ran.status == 0
    assert "No effect that matters" in ran.out
    assert "season-differs" in ran.err


def test_a_few_customers_are_too_little_data_and_it_says_how_many_would_do(
    run: Run, export: Export
) -> None:
    path = export(people((60, 12, "Yes,a"), (60, 15, "No,a")))
    ran = run("compare", path, "--pilot", "pilot", "--minimal-effect", "20%", "--json")
    result = ran.json["result"]
    assert result["status"] == "too-little-data"
    assert result["counted"] == "customers"
    # dmaic sample-size --from 25% --to 20% says the same.
    planned = dmaic.sample_size(from_rate=0.25, to_rate=0.20).to_frame()
    assert result["needed"] in planned.iloc[0].tolist()
    assert f"{result['needed']:,}" in result["verdict"]
    assert "no effect" not in result["verdict"].lower()


def test_one_loss_in_a_small_pilot_proves_nothing(run: Run, export: Export) -> None:
    # By hand: one loss, and 20 of 220 customers in the pilot: it falls there by chance in 20/220 of
    # all cases. The normal curve would say p = 0.0015, and Newcombe's interval leaves 0 out.
    path = export(people((20, 1, "Yes,a"), (200, 0, "No,a")))
    ran = run("compare", path, "--pilot", "pilot", "--json")
    result = ran.json["result"]
    assert result["test"] == "Fisher's exact test"
    assert result["p_value"] == pytest.approx(20 / 220)
    assert result["difference"]["low"] > 0
    assert result["status"] == "too-little-data"
    assert "Chance alone may well make as much" in result["verdict"]


def test_months_that_vary_beyond_chance_are_told(run: Run, export: Export) -> None:
    # By hand: 10 and 50 lost in turn of about 1,000 a month, so that the year after, which has the
    # same months but one good one more, looks better than it is.
    def year(name: int, losses: list[int]) -> Path:
        rows, number = [], 0
        for month, lost in enumerate(losses, 1):
            for _ in range(lost):
                rows.append(f"C{number},2020-01-01,Yes,{name}-{month:02}-15")
                number += 1
        rows += [f"C{at},2020-01-01,No," for at in range(number, 1200)]
        head = "customer,signup_date,churned,churn_date\n"
        return export(head + "\n".join(rows) + "\n", f"{name}.csv")

    before, after = year(2023, [10, 50] * 5 + [50, 50]), year(2024, [10, 50] * 4 + [10] * 4)
    ran = run("compare", "--before", before, "--after", after, "--json")
    result = ran.json["result"]
    assert result["status"] == "lower"
    [found] = [each for each in ran.json["findings"] if each["code"] == "months-vary"]
    assert "no more than chance makes" in found["hint"]
    steady = year(2025, [30] * 12)
    assert (
        "months-vary" not in run("compare", "--before", steady, "--after", steady, "--json").codes
    )


def test_simpson_is_said_right_below_the_verdict(run: Run, export: Export) -> None:
    """Charig et al. (1986), British Medical Journal 292, 879-882: kidney stones, failures."""
    path = export(people((87, 6, "Yes,small"), (263, 71, "Yes,large"), (270, 36, "No,small"),
                         (80, 25, "No,large")))  # fmt: skip
    ran = run("compare", path, "--pilot", "pilot", "--by", "segment")
    assert "The overall figure misleads: in every segment churn is lower" in " ".join(
        ran.out.split()
    )
    assert "simpson-reversal" in ran.err


def test_the_pilot_is_found_by_words_or_named(run: Run, export: Export) -> None:
    path = export(people((50, 5, "Variant B,x"), (50, 9, "Control,x"), (10, 1, ",x")))
    found = run("compare", path, "--pilot", "pilot", "--json")
    assert found.json["result"]["compared"]["name"] == "Variant B"
    assert "blank-left-out" in found.codes
    named = run("compare", path, "--pilot", "pilot", "--pilot-is", "control", "--json")
    assert named.json["result"]["compared"]["name"] == "Control"


def test_groups_are_shown_before_the_pilot(run: Run) -> None:
    ran = run("compare", "--before", BEFORE, "--after", AFTER, "--pilot", "segment", "--pilot-is",
              "Auto body estimators", "--by", "plan", "--json")  # fmt: skip
    result = ran.json["result"]
    assert result["mode"] == "pilot"
    assert result["reference"]["first"] == "2025-01"
    assert result["baseline"]["compared"]["rate"] == pytest.approx(0.0481, abs=5e-5)
    assert result["baseline"]["ratio"]["value"] == pytest.approx(0.18, abs=0.005)
    assert "unlike-groups" in ran.codes


def test_the_file_of_the_pilot_may_be_named_in_three_ways(run: Run, export: Export) -> None:
    path = export(people((60, 12, "Yes,a"), (60, 15, "No,a")))
    told = [
        run("compare", *said, "--pilot", "pilot", "--json").json["result"]["statistic"]
        for said in ((path,), ("--before", path), ("--after", path))
    ]
    assert len(set(told)) == 1


def test_the_first_of_many_looks_is_strict(run: Run, export: Export) -> None:
    path = export(people((200, 20, "Yes,a"), (200, 40, "No,a")))
    once = run("compare", path, "--pilot", "pilot", "--json").json["result"]
    first = run("compare", path, "--pilot", "pilot", "--looks", "4", "--look", "1", "--json")
    assert once["status"] == "lower"
    assert first.json["result"]["status"] == "too-little-data"
    assert "look 1 of 4: go on" in first.json["result"]["verdict"]
    assert first.json["result"]["plan"][0]["z"] == pytest.approx(4.049, abs=1e-3)


def test_months_and_not_files_are_compared(run: Run, export: Export) -> None:
    """Twice as long a time does not make twice the churn."""
    head = "customer,signed_up,churned_at\n"

    def write(name: str, losses: dict[str, int]) -> Path:
        days = [day for day, many in losses.items() for _ in range(many)]
        rows = [f"C{at},2023-06-15,{days[at] if at < len(days) else ''}" for at in range(100)]
        return export(head + "\n".join(rows) + "\n", name)

    before = write("before.csv", {"2024-01-31": 10, "2024-02-29": 9})
    after = write("after.csv", {"2025-01-31": 10})
    ran = run("compare", "--before", before, "--until", "2024-02", "--after", after,
              "--after-until", "2025-01", "--json")  # fmt: skip
    result = ran.json["result"]
    assert (result["reference"]["at_risk"], result["compared"]["at_risk"]) == (190, 100)
    assert result["difference"]["value"] == pytest.approx(0)
    assert result["control"] is None


@pytest.mark.parametrize(
    ("arguments", "status", "code"),
    [
        ((BEFORE,), 2, "compare.nothing"),
        ((BEFORE, "--pilot-is", "x", "--after", AFTER), 2, "compare.nothing"),
        ((BEFORE, "--pilot", "plan", "--after-since", "2024-02"), 2, "compare.nothing"),
        ((BEFORE, "--before", AFTER, "--pilot", "plan"), 2, "usage.file-and-before"),
        (("--before", BEFORE, "--after", BEFORE), 2, "measure.same-data"),
        ((BEFORE, "--pilot", "plan"), 2, "compare.which-pilot"),
        ((BEFORE, "--pilot", "currency"), 2, "compare.one-group"),
        ((BEFORE, "--pilot", "plan", "--pilot-is", "Prro"), 2, "compare.pilot"),
        ((BEFORE, "--pilot", "plna"), 2, "usage.unknown-column"),
        ((BEFORE, "--pilot", "plan", "--minimal-effect", "0"), 2, "usage.bounds"),
        ((BEFORE, "--pilot", "plan", "--minimal-effect", "x"), 2, "usage.share"),
        ((BEFORE, "--pilot", "plan", "--looks", "25"), 2, "usage.bounds"),
        ((BEFORE, "--pilot", "plan", "--look", "2"), 2, "usage.bounds"),
        ((BEFORE, "--pilot", "plan", "--alpha", "0"), 2, "usage.bounds"),
        ((BEFORE, "--pilot", "plan", "--power", "1"), 2, "usage.bounds"),
        (("--before", BEFORE, "--after", SAMPLE / "exit_survey.csv"), 1, "ledger.no-dates"),
        (("--before", BEFORE, "--after", "nothing.csv"), 1, "read.not-found"),
    ],
)
def test_what_cannot_be_answered_is_refused(
    run: Run, arguments: tuple[object, ...], status: int, code: str
) -> None:
    ran = run("compare", *arguments, "--json")
    assert ran.status == status
    assert ran.json["error"]["code"] == code


def test_all_churned_and_none_churned(run: Run, export: Export) -> None:
    every = run("compare", export(people((40, 40, "Yes,a"), (40, 39, "No,a"))), "--pilot", "pilot")
    assert every.status == 0
    none = run("compare", export(people((40, 0, "Yes,a"), (40, 0, "No,a"))), "--pilot", "pilot")
    assert none.status in (0, 1)
    assert "no effect" not in none.out.lower()


def test_from_python() -> None:
    result = dmaic.compare(BEFORE, after=AFTER, by="plan")
    frame = result.to_frame()
    assert frame["segment"].tolist()[0] == "(all)"
    assert set(frame["segment"][1:]) == {"Starter", "Pro", "Business"}
