"""A measured benefit on ledgers whose truth is known."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest

from dmaic.analysis.treated import find_sides
from dmaic.block import Checks
from dmaic.errors import DmaicError
from dmaic.money.benefit_measure import BenefitMeasureResult, Group, Scale
from dmaic.money.ledger import Ledger
from dmaic.money.measure import measure
from dmaic.money.measure_finding import finding_of, window_findings
from dmaic.money.measure_side import Sides
from dmaic.result import Inputs

Month = tuple[int, int]
Make = Callable[..., Ledger]


def sides(before: Ledger, after: Ledger, *treated: str, whole: Ledger | None = None) -> Sides:
    return find_sides(before, after, whole, treated, ())


def measured(at: Sides, scale: Scale = "ratio") -> BenefitMeasureResult:
    return measure(at, scale, inputs=Inputs(source="made"))


def codes(at: Sides) -> set[str]:
    result = measured(at)
    return {each.code for each in (*window_findings(at), *finding_of(result, at))}


def flat(customers: int, lost: int, months: int = 12) -> Sequence[Month]:
    return [(customers, lost)] * months


def group(result: BenefitMeasureResult, name: str) -> Group:
    return next(each for each in (*result.groups, *result.segments) if each.name == name)


def test_a_market_that_halves_everywhere_is_not_claimed(ledger: Make) -> None:
    before = ledger("2024-01", {"fix": flat(1000, 50), "a": flat(2000, 40), "b": flat(500, 60)})
    after = ledger("2025-01", {"fix": flat(1000, 25), "a": flat(2000, 20), "b": flat(500, 30)})
    result = measured(sides(before, after, "fix"))
    assert result.market.value == pytest.approx(-0.5)
    assert result.customers is not None
    assert result.customers.raw.value == pytest.approx(12 * 25)
    assert result.customers.market == pytest.approx(12 * 25)
    assert result.customers.claimed.value == pytest.approx(0, abs=1e-9)
    assert not result.customers.claimed.proven
    assert result.run_rate is not None
    assert result.run_rate.value == pytest.approx(0, abs=1e-6)
    assert result.cash is not None
    assert result.cash.value == pytest.approx(0, abs=1e-6)


def test_a_fix_in_a_market_that_got_worse_is_claimed_in_full(ledger: Make) -> None:
    before = ledger("2024-01", {"fix": flat(1000, 50), "a": flat(2000, 40)})
    after = ledger("2025-01", {"fix": flat(1000, 50), "a": flat(2000, 60)})
    result = measured(sides(before, after, "fix"))
    assert result.customers is not None
    # Without the fix 7.5 % would have left a month: 25 more in each of twelve months.
    assert result.customers.counterfactual_rate.value == pytest.approx(0.075)
    assert result.customers.raw.value == pytest.approx(0)
    assert result.customers.claimed.value == pytest.approx(300)
    assert result.customers.market == pytest.approx(-300)
    assert "got worse" in str(result.answer())


def test_a_market_within_chance_is_not_said_to_be_worse(ledger: Make) -> None:
    # 24 lost to 36 lost: a ratio of 1.5 with the 95 % interval 0.89 to 2.52, which holds 1:
    # exp(ln 1.5 -+ 1.96 sqrt(1/24 + 1/36)).
    before = ledger("2024-01", {"fix": flat(1000, 50), "a": flat(100, 2)})
    after = ledger("2025-01", {"fix": flat(1000, 10), "a": flat(100, 3)})
    result = measured(sides(before, after, "fix"))
    assert result.market.low == pytest.approx(-0.105, abs=0.001)
    told = str(result.answer())
    assert "got worse" not in told
    assert "No change of the market is shown: by its figures 300 customers more" in told


def test_every_figure_of_a_plain_case(ledger: Make) -> None:
    # 5 % to 2 % where the fix reached, 2 % to 1.6 % elsewhere: 4 % without the fix, 20 saved a
    # month, 240 in the year; everybody pays 100.
    before = ledger("2024-01", {"fix": flat(1000, 50), "a": flat(5000, 100)})
    after = ledger("2025-01", {"fix": flat(1000, 20), "a": flat(5000, 80)})
    result = measured(sides(before, after, "fix"))
    assert result.customers is not None
    assert result.mrr is not None
    assert result.market.value == pytest.approx(-0.2)
    assert result.customers.counterfactual_rate.value == pytest.approx(0.04)
    assert result.customers.reduction.value == pytest.approx(0.5)
    assert result.customers.raw.value == pytest.approx(360)
    assert result.customers.market == pytest.approx(120)
    assert result.customers.claimed.value == pytest.approx(240)
    assert result.mrr.claimed.value == pytest.approx(24_000)
    assert result.run_rate is not None
    assert result.run_rate.value == pytest.approx(288_000)
    # What is saved leaves again at 4 %: 20 (1 - 0.96^12) / 0.04 are still there.
    assert result.customers.standing.value == pytest.approx(20 * (1 - 0.96**12) / 0.04)
    standing = [2000 * (1 - 0.96**k) / 0.04 for k in range(13)]
    paid = sum((standing[k] + standing[k + 1]) / 2 for k in range(12))
    assert result.cash is not None
    assert result.cash.value == pytest.approx(paid)
    assert sum(each.cash or 0 for each in result.months) == pytest.approx(paid)
    last = result.months[-1]
    assert last.standing_mrr == pytest.approx(standing[12])
    # In points: 5 % - 0.4 points = 4.6 %, so 26 a month.
    assert result.other_scale is not None
    assert result.other_scale.claimed.value == pytest.approx(12 * 26)
    # 12 x 12 x MRR lost in a month: (50 + 100) x 100 to (20 + 80) x 100.
    assert result.overall.topline == pytest.approx(144 * 5000)
    assert result.overall.without_fix == pytest.approx((1200 + 240) / 72_000)


def test_a_market_that_saved_more_than_was_saved_is_told_so(ledger: Make) -> None:
    before = ledger("2024-01", {"fix": flat(900, 45), "a": flat(900, 18)})
    after = ledger("2025-01", {"fix": flat(900, 40), "a": flat(900, 9)})
    told = str(measured(sides(before, after, "fix")).answer())
    assert "Worse than without the fix" in told
    assert "The market alone would have saved 270 customers" in told


def test_a_change_of_the_mix_alone_is_neither_a_rate_effect_nor_claimed(ledger: Make) -> None:
    before = ledger("2024-01", {"fix": flat(2000, 100), "a": flat(1000, 10), "b": flat(1000, 40)})
    after = ledger("2025-01", {"fix": flat(1000, 50), "a": flat(4000, 40), "b": flat(500, 20)})
    result = measured(sides(before, after, "fix"))
    assert result.overall.rate_effect == pytest.approx(0, abs=1e-12)
    overall = result.overall
    assert overall.before is not None
    assert overall.after is not None
    assert overall.mix_effect == pytest.approx(overall.after - overall.before)
    assert overall.mix_effect == pytest.approx(110 / 5500 - 150 / 4000)
    assert result.customers is not None
    assert result.customers.claimed.value == pytest.approx(0, abs=1e-9)
    # Pooled, the untouched seem to have improved; segment by segment they did not.
    assert group(result, "All untouched").change.value == pytest.approx(60 / 4500 / (50 / 2000) - 1)
    assert result.market.value == pytest.approx(0)


def test_the_blank_segment_is_left_out_unless_asked_for(ledger: Make) -> None:
    blank = "(blank)"
    before = ledger("2024-01", {"fix": flat(100, 5), "a": flat(100, 2), blank: flat(100, 2)})
    after = ledger("2025-01", {"fix": flat(100, 3), "a": flat(100, 2), blank: flat(100, 9)})
    plain = sides(before, after, "fix")
    assert plain.untouched == (("a",),)
    assert group(measured(plain), "All left out").after is not None
    wide = find_sides(before, after, None, ["fix"], (), with_blank=True)
    assert wide.untouched == (("a",), (blank,))


def test_a_segment_that_another_fix_reached_is_left_out(ledger: Make) -> None:
    # "other" was fixed too: among the untouched it would make a market that halved.
    before = ledger("2024-01", {"fix": flat(900, 45), "a": flat(900, 18), "other": flat(900, 90)})
    after = ledger("2025-01", {"fix": flat(900, 45), "a": flat(900, 18), "other": flat(900, 9)})
    plain = measured(sides(before, after, "fix"))
    assert plain.customers is not None
    assert plain.customers.claimed.value is not None
    assert plain.customers.claimed.value < -100
    assert "In doubt: the untouched segments did not change alike" in str(plain.answer())
    apart = measured(find_sides(before, after, None, ["fix"], (), leave_out=["Other"]))
    assert apart.untouched == ("a",)
    assert group(apart, "other").role == "left out"
    assert apart.customers is not None
    assert apart.customers.claimed.value == pytest.approx(0, abs=1e-9)
    assert "In doubt" not in str(apart.answer())


def test_a_baseline_at_its_peak_is_told_with_what_all_months_would_say(ledger: Make) -> None:
    early, peak_, calm = flat(1000, 20, 9), flat(1000, 40, 3), flat(1000, 20, 12)
    whole = ledger("2024-01", {"fix": [*early, *peak_], "a": flat(5000, 100)})
    before = ledger("2024-10", {"fix": peak_, "a": flat(5000, 100, 3)})
    after = ledger("2025-01", {"fix": calm, "a": flat(5000, 100)})
    at = sides(before, after, "fix", whole=whole)
    result = measured(at)
    assert result.peak is not None
    assert result.peak.flagged
    assert (result.peak.rate, result.peak.other_rate) == pytest.approx((0.04, 0.02))
    # Against 2.5 %, the mean of all twelve months, 5 a month are saved and not 20.
    assert result.peak.claimed_customers is not None
    assert result.peak.claimed_customers.value == pytest.approx(60)
    assert "baseline-peak" in codes(at)
    assert {month.side for month in result.months} == {"outside", "before", "after"}


def test_a_highest_stretch_within_chance_is_not_said_to_be_none(ledger: Make) -> None:
    # 3 x 22 of 3,000 against 9 x 20 of 9,000: ln 1.1 / sqrt(1/66 + 1/180) = 0.66, one-sided 0.25.
    early, high = flat(1000, 20, 9), flat(1000, 22, 3)
    whole = ledger("2024-01", {"fix": [*early, *high], "a": flat(5000, 100)})
    before = ledger("2024-10", {"fix": high, "a": flat(5000, 100, 3)})
    after = ledger("2025-01", {"fix": flat(1000, 15), "a": flat(5000, 100)})
    result = measured(sides(before, after, "fix", whole=whole))
    assert result.peak is not None
    assert result.peak.highest
    assert not result.peak.flagged
    assert result.peak.p_value == pytest.approx(0.254, abs=0.001)
    lists = [block for block in result.answer() if isinstance(block, Checks)]
    (check,) = [row for each in lists for row in each.rows if "peak" in row.text]
    assert check.sign == "todo"
    assert check.detail.endswith("its highest stretch, p = 0.254")


@pytest.mark.parametrize(
    ("before", "after", "code"),
    [
        (("2024-01", 12), ("2025-01", 6), "season-differs"),
        (("2024-01", 12), ("2025-01", 24), "unequal-spans"),
        (("2025-01", 12), ("2024-01", 12), "after-not-later"),
        (("2024-01", 3), ("2025-01", 3), "trend-unchecked"),
        (("2024-01", 12), ("2025-01", 12), "peak-unchecked"),
    ],
)
def test_months_that_do_not_fit_are_told(
    ledger: Make, before: tuple[str, int], after: tuple[str, int], code: str
) -> None:
    one, other = (
        ledger(first, {"fix": flat(1000, 50, months), "a": flat(1000, 20, months)})
        for first, months in (before, after)
    )
    found = codes(sides(one, other, "fix"))
    assert code in found
    if code == "peak-unchecked":
        assert found == {code}


def test_what_makes_the_figures_doubtful_is_told(ledger: Make) -> None:
    rising: list[Month] = [(10_000, 200 + 20 * k) for k in range(12)]
    before = ledger("2024-01", {"fix": rising, "a": flat(9000, 200), "b": flat(9000, 200)})
    after = ledger("2025-01", {"fix": flat(10_000, 5), "a": flat(9000, 100), "b": flat(9000, 300)})
    assert codes(sides(before, after, "fix")) >= {"trends-differ", "untouched-differ"}
    before = ledger("2024-01", {"fix": flat(100, 30, 1), "a": flat(1000, 40, 1)}, arpa=None)
    after = ledger("2025-01", {"fix": flat(100, 4, 1), "a": flat(1000, 5, 1)})
    found = codes(sides(before, after, "fix"))
    assert found >= {"few-losses", "scale-matters", "money-one-sided"}


def test_no_effect_in_either_direction_is_told_as_none(ledger: Make) -> None:
    before = ledger("2024-01", {"fix": flat(900, 20), "a": flat(900, 18)})
    for lost, told in ((19, "12 customers saved"), (21, "12 more customers lost than without")):
        after = ledger("2025-01", {"fix": flat(900, lost), "a": flat(900, 18)})
        at = sides(before, after, "fix")
        assert f"No effect is shown: {told}" in str(measured(at).answer())
        # Where nothing is shown on either scale, it does not matter which.
        assert "scale-matters" not in codes(at)


def test_without_segments_nothing_is_claimed(ledger: Make) -> None:
    before = ledger("2024-01", {"a": flat(1000, 50), "b": flat(1000, 20)})
    after = ledger("2025-01", {"a": flat(1000, 20), "b": flat(1000, 20)})
    result = measured(sides(before, after))
    assert result.customers is None
    assert result.run_rate is None
    assert result.overall.change.value == pytest.approx(40 / 70 - 1)
    assert codes(sides(before, after)) >= {"no-counterfactual"}
    assert "cannot be told" in str(result.answer())


CASES: list[tuple[list[str], list[str], str]] = [
    (["a", "b", "fix"], [], "measure.no-untouched"),
    (["nope"], [], "measure.segment"),
    (["gone"], [], "measure.one-sided"),
    (["new"], [], "measure.one-sided"),
    (["fix"], ["FIX"], "measure.both"),
    ([], ["a"], "measure.no-treated"),
    (["Twin"], [], "measure.segment"),
]


@pytest.mark.parametrize(("treated", "untouched", "code"), CASES)
def test_what_cannot_be_compared_is_refused(
    ledger: Make, treated: list[str], untouched: list[str], code: str
) -> None:
    same: dict[str, Any] = {"fix": flat(100, 5), "a": flat(100, 5), "b": flat(100, 5)}
    if code == "measure.segment":
        same |= {"twin": flat(100, 5), "TWIN": flat(100, 5)}
    before = ledger("2024-01", {**same, "gone": flat(100, 5)})
    after = ledger("2025-01", {**same, "new": flat(100, 5)})
    with pytest.raises(DmaicError) as caught:
        find_sides(before, after, None, treated, untouched, with_blank=False)
    assert caught.value.code == code
    assert caught.value.hint


def test_nobody_at_the_start_of_a_month_has_no_rate(ledger: Make) -> None:
    empty = ledger("2025-01", {"fix": flat(0, 0), "a": flat(0, 0)})
    full = ledger("2024-01", {"fix": flat(10, 1), "a": flat(10, 1)})
    with pytest.raises(DmaicError) as caught:
        find_sides(full, empty, None, (), (), with_blank=False)
    assert caught.value.code == "measure.no-customers"


@pytest.mark.slow
def test_the_intervals_cover_the_truth_in_95_of_100_runs(ledger: Make) -> None:
    """Binomial losses around known rates; 400 runs, so 95 % ± 3.6 % (3.3 standard errors)."""
    import numpy as np

    random = np.random.default_rng(8)
    runs, n, m, pay = 400, 800, 3000, (20.0, 60.0, 250.0)
    rates = {"fix": (0.05, 0.02), "a": (0.02, 0.015)}
    would = 0.05 * 0.015 / 0.02
    truth = 12 * n * (would - 0.02)
    covered = {"customers": 0, "mrr": 0, "reduction": 0}

    def side(first: str, at: int) -> Ledger:
        from dataclasses import replace

        made = ledger(
            first,
            {name: [(size, int(random.binomial(size, rates[name][at]))) for _ in range(12)]
             for name, size in (("fix", n), ("a", m))},
        )  # fmt: skip
        flows = {}
        for category, months in made.flows.items():
            paid = [random.choice(pay, size=flow.churned) for flow in months]
            flows[category] = tuple(
                replace(
                    flow,
                    mrr_start=flow.customers_start * float(np.mean(pay)),
                    mrr_churned=float(each.sum()),
                    squares_churned=float((each**2).sum()),
                )
                for flow, each in zip(months, paid, strict=True)
            )
        return replace(made, flows=flows)

    for _ in range(runs):
        result = measured(sides(side("2024-01", 0), side("2025-01", 1), "fix"))
        assert result.customers is not None
        assert result.mrr is not None
        for name, estimate, true in (
            ("customers", result.customers.claimed, truth),
            ("mrr", result.mrr.claimed, truth * float(np.mean(pay))),
            ("reduction", result.customers.reduction, 1 - 0.02 / would),
        ):
            assert estimate.low is not None
            assert estimate.high is not None
            covered[name] += estimate.low <= true <= estimate.high
    for name, times in covered.items():
        assert 0.914 <= times / runs <= 0.986, (name, times / runs)


def test_one_customer_is_no_customers(ledger: Make) -> None:
    before = ledger("2024-01", {"fix": flat(900, 20, 1), "a": flat(900, 18, 1)})
    after = ledger("2025-01", {"fix": flat(900, 19, 1), "a": flat(900, 18, 1)})
    told = str(measured(sides(before, after, "fix")).answer())
    assert "No effect is shown: 1 customer saved" in told
