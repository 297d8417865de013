"""Figures as people type them."""

from __future__ import annotations

from typing import Any

import pytest

from dmaic.errors import UsageError
from dmaic.money.quantity import (
    Counts,
    Quantity,
    currency_in,
    parse_money,
    parse_rate,
    parse_share,
    parse_signed_money,
)
from dmaic.money.quantity_text import parse_quantity


@pytest.mark.parametrize(
    ("text", "share"),
    [("65%", 0.65), ("65 %", 0.65), ("0.65", 0.65), (".65", 0.65), (" 2.2% ", 0.022), ("100%", 1),
     ("1", 1), ("0", 0), ("0%", 0), ("-0%", 0)],
)  # fmt: skip
def test_a_share_as_typed(text: str, share: float) -> None:
    assert parse_share(text, "--x") == share


@pytest.mark.parametrize(
    ("text", "says", "hint"),
    [
        ("165%", "more than 100 %", "65%"),
        ("65", "more than 100 %", "65% or 0.65"),
        ("-5%", "negative", "65%"),
        ("", "no share", "65%"),
        ("nan", "no share", "65%"),
        ("1e-2", "no share", "65%"),
        ("65%%", "no share", "65%"),
        ("٦٥%", "", ""),
    ],
)
def test_no_share(text: str, says: str, hint: str) -> None:
    if text == "٦٥%":
        # Digits of other scripts are digits.
        assert parse_share(text, "--x") == 0.65
        return
    with pytest.raises(UsageError, match=says) as caught:
        parse_share(text, "--reduction")
    assert caught.value.code == "usage.share"
    assert caught.value.message.startswith("--reduction")
    assert hint in caught.value.hint


@pytest.mark.parametrize(
    ("text", "amount"),
    [("120000", 120_000), ("120,000", 120_000), ("120k", 120_000), ("$1.5M", 1_500_000),
     ("1.5 M", 1_500_000), ("1500 EUR", 1500), ("€1,234.50", 1234.5), ("USD 5", 5), ("2bn", 2e9),
     ("0", 0), ("1,500,000", 1_500_000)],
)  # fmt: skip
def test_money_as_typed(text: str, amount: float) -> None:
    assert parse_money(text, "--x") == amount


@pytest.mark.parametrize(
    "text",
    ["-5", "−5", "-$120k", "", "12,00", "1,2345", "1e9", "inf", "nan", "5 dollars", "9" * 60,
     "$5 EUR"],
)  # fmt: skip
def test_no_money(text: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse_money(text, "--cost")
    assert caught.value.code == "usage.money"
    assert "--cost" in caught.value.message


@pytest.mark.parametrize(("text", "amount"), [("-120000", -120_000), ("-$120k", -120_000)])
def test_signed_money_may_be_negative(text: str, amount: float) -> None:
    assert parse_signed_money(text, "--x") == amount


@pytest.mark.parametrize(
    ("text", "monthly"),
    [("4000/month", 4000), ("48000/year", 4000), ("$12k per quarter", 4000), ("4k/mo", 4000),
     ("48,000 per year", 4000), ("0", 0), ("$0", 0)],
)  # fmt: skip
def test_a_rate_is_money_a_month(text: str, monthly: float) -> None:
    assert parse_rate(text, "--x") == monthly


@pytest.mark.parametrize("text", ["4000", "4000/fortnight", "/month", "-5/month", "4000 a month"])
def test_no_rate(text: str) -> None:
    with pytest.raises(UsageError, match="--running-cost"):
        parse_rate(text, "--running-cost")


class TestRange:
    @pytest.mark.parametrize(
        ("text", "parse", "figures"),
        [
            ("40%,65%,80%", parse_share, (0.4, 0.65, 0.8)),
            ("0.4, 0.65, 0.8", parse_share, (0.4, 0.65, 0.8)),
            ("90k,120k,160k", parse_money, (90_000, 120_000, 160_000)),
            ("90,000; 120,000; 160,000", parse_money, (90_000, 120_000, 160_000)),
            ("3000,4000,6000/month", parse_rate, (3000, 4000, 6000)),
            ("3000,4000,6000 per month", parse_rate, (3000, 4000, 6000)),
            ("3000/month,48000/year,6000/month", parse_rate, (3000, 4000, 6000)),
            ("3,000;4,000;6,000/month", parse_rate, (3000, 4000, 6000)),
        ],
    )
    def test_three_figures_are_a_pert(self, text: str, parse: Any, figures: Any) -> None:
        found = parse_quantity(text, "--x", parse)
        assert (found.low, found.likely, found.high) == figures
        assert found.shape == "pert"
        assert not found.certain

    def test_one_figure_is_certain(self) -> None:
        assert parse_quantity("120,000", "--x", parse_money) == Quantity.fixed(120_000)
        assert parse_quantity("1,500,000", "--x", parse_money) == Quantity.fixed(1_500_000)
        assert parse_quantity("65%,65%,65%", "--x", parse_share).certain

    def test_another_shape(self) -> None:
        assert parse_quantity("triangular:40%,65%,80%", "--x", parse_share).shape == "triangular"

    def test_a_pilot_tells_its_reduction(self) -> None:
        # 1 - (9 / 120) / (30 / 100) = 1 - 0.075 / 0.3 = 0.75
        found = parse_quantity("pilot:9/120,30/100", "--x", parse_share)
        assert found.likely == pytest.approx(0.75)
        assert found.treated == Counts(lost=9, of=120)
        assert found.shape == "pilot"

    @pytest.mark.parametrize(
        ("text", "says"),
        [
            ("80%,65%,40%", "does not rise"),
            ("40%,65%", "neither one figure nor three"),
            ("40%,65%,80%,90%", "neither one figure nor three"),
            ("normal:40%,65%,80%", "none of pert, triangular and pilot"),
            ("pert:65%", "one figure"),
            ("pilot:9/120", "two groups"),
            ("pilot:9/2,31/118", "lost more than it had"),
            ("pilot:0/0,31/118", "of nobody"),
            ("pilot:30/100,9/120", "lost more with the solution"),
            ("pilot:0/100,0/120", "nobody was lost in the control group"),
            ("9" * 300, "too long"),
        ],
    )
    def test_no_range_of_shares(self, text: str, says: str) -> None:
        with pytest.raises(UsageError, match=says) as caught:
            parse_quantity(text, "--reduction", parse_share)
        assert caught.value.code == "usage.range"

    def test_what_may_be_one_amount_or_three_is_asked(self) -> None:
        with pytest.raises(UsageError, match="one amount or three"):
            parse_quantity("100,120,150", "--cost", parse_money)

    def test_it_can_be_written_and_read_again(self) -> None:
        for text in ("65%", "40%,65%,80%", "pilot:9/120,31/118"):
            found = parse_quantity(text, "--x", parse_share)
            assert Quantity.model_validate(found.model_dump(mode="json")) == found


@pytest.mark.parametrize(
    ("text", "code"),
    [("$5", "USD"), ("5€", "EUR"), ("1500 CHF", "CHF"), ("1500", None), ("4k/month", None)],
)
def test_the_currency_of_an_amount(text: str, code: str | None) -> None:
    assert currency_in(text) == code
