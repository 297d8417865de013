"""Fields of a scenario as people write them: figures, ranges, and the currency of money."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from dmaic.errors import UsageError
from dmaic.money.quantity import (
    MOST_MONEY,
    Counts,
    Parser,
    Quantity,
    currency_in,
    parse_money,
    parse_rate,
    parse_share,
)
from dmaic.money.quantity_text import parse_quantity, ranged

MOST_MONTHS = 600
"""Months that a scenario may look ahead; nobody knows what is in fifty years."""


def _figure(parse: Parser) -> Any:  # noqa: ANN401  a validator
    """A validator of one figure as people type it."""

    def read(value: object) -> object:
        return _one(value, parse) if isinstance(value, (str, int, float)) else value

    return BeforeValidator(_plainly(read))


_BESIDE = frozenset({"shape", "treated", "control"})
"""Fields that stand beside low, likely and high."""


def _range(parse: Parser) -> Any:  # noqa: ANN401  a validator
    """A validator of a figure or a range: a text, a list of three, or fields low, likely, high."""

    def read(value: object) -> object:
        if isinstance(value, str):
            return parse_quantity(value, "it", parse)
        if isinstance(value, (int, float)):
            return Quantity.fixed(_one(value, parse))
        if isinstance(value, list) and len(value) == 3:
            return ranged([_one(each, parse) for each in value], "pert", "it")
        if isinstance(value, Quantity) or value is None:
            return value
        if isinstance(value, dict) and set(value) - _BESIDE <= {"low", "likely", "high"}:
            if value.get("treated") and value.get("control") and parse is parse_share:
                groups = (Counts.model_validate(value[who]) for who in ("treated", "control"))
                return Quantity.pilot(*groups)
            if {"low", "likely", "high"} <= set(value):
                figures = [_one(value[word], parse) for word in ("low", "likely", "high")]
                return ranged(figures, str(value.get("shape", "pert")), "it")
        raise ValueError(
            "is a figure, or fields low, likely and high"
            + (", or treated and control of a pilot" if parse is parse_share else "")
        )

    return BeforeValidator(_plainly(read))


def _plainly(read: Any) -> Any:  # noqa: ANN401  a function of one value
    """The same, with its refusals as errors of a value, so that all of a file are told at once."""

    def plain(value: object) -> object:
        try:
            return read(value)
        except UsageError as error:
            raise ValueError(f"{error.message} {error.hint}".strip()) from None

    return plain


def _one(value: object, parse: Parser) -> float:
    """One figure of a file: a text as people type it, or a number; that of a rate is a month's."""
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        raise ValueError("is no figure")
    if isinstance(value, str):
        return parse(value, "it")
    if 0 <= value <= (1 if parse is parse_share else MOST_MONEY):
        return float(value)
    return parse(f"{value}/month" if parse is parse_rate else str(value), "it")


def _currency(value: object) -> str | None:
    """The currency that a figure is written in, where it is."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        return next(filter(None, map(_currency, value)), None)
    return currency_in(value) if isinstance(value, str) else None


def in_one_currency(content: object, names: tuple[str, ...]) -> object:
    """The content with the currency that its money is written in.

    Raises:
        ValueError: there is more than one.
    """
    if not isinstance(content, dict):
        return content
    written = [content.get("currency"), *(_currency(content.get(name)) for name in names)]
    said = sorted({str(each) for each in written if each})
    if len(said) > 1:
        raise ValueError(f"its money is in {' and '.join(said)}; amounts are never converted")
    return {**content, "currency": said[0]} if said else content


Currency = Annotated[str, Field(pattern=r"^[A-Z]{3}$")]
Share = Annotated[float, _figure(parse_share), Field(ge=0, le=1)]
Money = Annotated[float, _figure(parse_money), Field(ge=0)]
Months = Annotated[int, Field(ge=0, le=MOST_MONTHS)]
ShareRange = Annotated[Quantity, _range(parse_share)]
MoneyRange = Annotated[Quantity, _range(parse_money)]
RateRange = Annotated[Quantity, _range(parse_rate)]
