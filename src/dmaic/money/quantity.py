"""Figures as people type them: shares, money, money a month; certain or as a range.

`65%`, `65 %` and `0.65` are one share; `120000`, `120,000`, `120k` and `$0.12M` one amount;
`4000/month` and `48000/year` one rate. Ranges are read by `dmaic.money.quantity_text`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Literal, Self

from pydantic import Field, model_validator

from dmaic.errors import UsageError
from dmaic.result import Frozen
from dmaic.text import printable

Shape = Literal["fixed", "pert", "triangular", "pilot"]
Parser = Callable[[str, str], float]

MOST_MONEY = 1e15
"""Amounts above this are a slip of the pen."""

_STEPS = {"": 1.0, "k": 1e3, "m": 1e6, "mn": 1e6, "b": 1e9, "bn": 1e9}
_CURRENCIES = {"$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY"}
_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d*)?|\.\d+"
_MONEY = re.compile(
    rf"(?P<minus>[-−]?)\s*(?P<before>[$€£¥]|[A-Z]{{3}}\s)?\s*(?P<number>{_NUMBER})"
    rf"\s*(?P<step>[kKmMbB]n?)?\s*(?P<after>[€£¥$]|[A-Z]{{3}})?",
)
_PER = re.compile(r"(?P<money>.*?)\s*(?:/|\bper\b)\s*(?P<per>[a-z]+)\s*", re.IGNORECASE | re.DOTALL)
_PERIODS = {
    "month": 1, "months": 1, "mo": 1, "m": 1, "quarter": 3, "q": 3,
    "year": 12, "years": 12, "yr": 12, "y": 12, "a": 12,
}  # fmt: skip


class Counts(Frozen):
    """How many of a group were lost.

    Attributes:
        lost: of them.
        of: all in the group.
    """

    lost: int = Field(ge=0, le=10**9)
    of: int = Field(ge=1, le=10**9)

    @model_validator(mode="after")
    def _within(self) -> Self:
        if self.lost > self.of:
            raise ValueError(f"{self.lost} lost of {self.of} is more than there were")
        return self


class Quantity(Frozen):
    """A figure that may not be certain.

    Attributes:
        low: least it may be.
        likely: most likely; what is computed with where nothing is drawn.
        high: most it may be.
        shape: `fixed` (all three are one), `pert`, `triangular`, or `pilot`: the reduction that a
            pilot found, 1 - treated rate / control rate, drawn from the counts.
        treated: of the pilot, who got the solution.
        control: of the pilot, who did not.
    """

    low: float
    likely: float
    high: float
    shape: Shape = "fixed"
    treated: Counts | None = None
    control: Counts | None = None

    @classmethod
    def fixed(cls, figure: float) -> Quantity:
        """A certain figure."""
        return cls(low=figure, likely=figure, high=figure)

    @classmethod
    def pilot(cls, treated: Counts, control: Counts) -> Quantity:
        """The reduction that a pilot found: 1 - treated rate / control rate.

        Raises:
            ValueError: nobody was lost in the control group, so there is nothing to reduce; or more
                were lost with the solution than without.
        """
        if not control.lost:
            raise ValueError("nobody was lost in the control group, so no reduction can be told")
        found = 1 - (treated.lost / treated.of) / (control.lost / control.of)
        if found < 0:
            raise ValueError(
                f"the pilot lost more with the solution ({treated.lost} of {treated.of}) than "
                f"without it ({control.lost} of {control.of})"
            )
        return cls(low=0.0, likely=found, high=1.0, shape="pilot", treated=treated, control=control)

    @property
    def certain(self) -> bool:
        """Whether it is one figure."""
        return self.shape != "pilot" and self.low == self.high

    @property
    def content(self) -> float | dict[str, Any]:
        """As it is written in a file: one figure, or what there is of a range."""
        if self.certain:
            return self.likely
        return self.model_dump(mode="json", exclude_none=True)

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if not self.low <= self.likely <= self.high:
            raise ValueError("low, likely and high must rise")
        if (self.shape == "pilot") != (self.treated is not None and self.control is not None):
            raise ValueError("a pilot has counts of the treated and of the control group")
        if self.shape == "fixed" and self.low != self.high:
            raise ValueError("a fixed figure has no range")
        return self


def parse_share(text: str, option: str) -> float:
    """A share as a fraction of one: `65%`, `65 %`, `0.65`.

    Args:
        text: as typed.
        option: that it was typed for, for the message.

    Raises:
        UsageError: `usage.share`, it is no share, or not between 0 and 100 %.
    """
    found = re.fullmatch(r"\s*([-−]?)\s*(\d+(?:\.\d*)?|\.\d+)\s*(%?)\s*", text)
    if not found:
        raise bad_figure("usage.share", option, text, "is no share", "65% or 0.65")
    # 2.2% is 0.022 as typed, which 2.2 / 100 is not quite.
    figure = float(f"{found[2]}e-2" if found[3] else found[2])
    if found[1] and figure:
        raise bad_figure("usage.share", option, text, "is negative", "65% or 0.65")
    if figure > 1:
        hint = f"{found[2]}% or {figure / 100:g}" if not found[3] and figure <= 100 else "65%"
        raise bad_figure("usage.share", option, text, "is more than 100 %", hint)
    return figure


def parse_money(text: str, option: str) -> float:
    """An amount that is not negative: `120000`, `120,000`, `120k`, `$1.5M`, `1500 EUR`.

    Args:
        text: as typed.
        option: that it was typed for, for the message.

    Raises:
        UsageError: `usage.money`, it is no amount, is negative, or is beyond all reason.
    """
    figure = parse_signed_money(text, option)
    if figure < 0:
        raise bad_figure("usage.money", option, text, "is negative", "120000, 120k or $1.5M")
    return figure


def parse_signed_money(text: str, option: str) -> float:
    """An amount that may be negative, as the outcome of an option may: `-120000`, `-$120k`.

    Args:
        text: as typed.
        option: that it was typed for, for the message.

    Raises:
        UsageError: `usage.money`, it is no amount, or is beyond all reason.
    """
    found = _MONEY.fullmatch(text.strip())
    if not found:
        raise bad_figure(
            "usage.money", option, text, "is no amount of money", "120000, 120k or $1.5M"
        )
    if (
        found["before"]
        and found["after"]
        and currency_in(found["before"]) != currency_in(found["after"])
    ):
        raise bad_figure("usage.money", option, text, "is in two currencies", "$1.5M or 1.5M EUR")
    figure = float(found["number"].replace(",", "")) * _STEPS[(found["step"] or "").lower()]
    if figure > MOST_MONEY:
        raise bad_figure(
            "usage.money", option, text, "is more money than there is", "120000, 120k or $1.5M"
        )
    return -figure if found["minus"] and figure else figure


def is_money(text: str) -> bool:
    """Whether a text is one amount; commas may part its thousands."""
    return _MONEY.fullmatch(text.strip()) is not None


def parse_rate(text: str, option: str) -> float:
    """Money a month: `4000/month`, `48000/year`, `$12k per quarter`.

    Args:
        text: as typed.
        option: that it was typed for, for the message.

    Raises:
        UsageError: `usage.rate`, it does not say per month, quarter or year; `usage.money`.
    """
    found = _PER.fullmatch(text.strip())
    example = "4000/month or 48000/year"
    if not found:
        if re.fullmatch(r"[-−]?[$€£¥]?\s*0(\.0*)?", text.strip()):
            return 0.0
        raise bad_figure("usage.rate", option, text, "does not say per month or per year", example)
    months = _PERIODS.get(found["per"].lower())
    if months is None:
        raise bad_figure(
            "usage.rate", option, text, f'is per "{printable(found["per"], 20)}"', example
        )
    return parse_money(found["money"], option) / months


def currency_in(text: str) -> str | None:
    """The currency that an amount is written in, or None where it says none.

    Args:
        text: as typed, such as `$1.5M`.
    """
    sign = next((code for mark, code in _CURRENCIES.items() if mark in text), None)
    code = re.search(r"(?<![A-Za-z])([A-Z]{3})(?![A-Za-z])", text)
    return sign or (code[1] if code else None)


def bad_figure(code: str, option: str, text: str, what: str, example: str) -> UsageError:
    """The error that a text is no such figure.

    Args:
        code: of the error.
        option: that it was typed for.
        text: as typed.
        what: is wrong with it.
        example: of one that is right.
    """
    return UsageError(f'{option} "{printable(text, 60)}" {what}.', code, f"Such as {example}.")
