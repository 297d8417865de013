"""A scenario: the solutions whose money is estimated, and by what they are reckoned.

Made of the options of a command, or read from a `scenario.yaml`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_validator

from dmaic.errors import refusal
from dmaic.money.option import Option
from dmaic.money.prospect import Attitude
from dmaic.money.quantity import Quantity
from dmaic.money.scenario_field import (
    MOST_MONTHS,
    Currency,
    Money,
    MoneyRange,
    Months,
    RateRange,
    Share,
    ShareRange,
    in_one_currency,
)
from dmaic.result import Frozen
from dmaic.text import printable
from dmaic.yaml_file import At, Kind

MOST_DRAWS = 1_000_000

MOST_SOLUTIONS = 50

NOTHING = Quantity.fixed(0.0)


class Solution(Frozen):
    """One fix: what it changes, where, from when on, and what it costs.

    Attributes:
        name: what people call it; by default the segment's.
        segment: whose churn it reduces; empty where only its return is known.
        reduction: share of the segment's churn that it takes away.
        cost: paid once, before it starts.
        running_cost: a month, from its first month on.
        ramp: months until it works in full; 0 or 1: at once.
        win_back: share of the customers lost in the baseline year who come back within a year.
        starts: month of the scenario in which it begins to work, from 1 on.
        recovers: what it brings a month where that is known, instead of a reduction.
        currency: that its money was written in, or None where it was not said.
    """

    name: str = Field(default="", max_length=200)
    segment: str = Field(default="", max_length=1_000)
    reduction: ShareRange = NOTHING
    cost: MoneyRange = NOTHING
    running_cost: RateRange = NOTHING
    ramp: Months = 0
    win_back: ShareRange = NOTHING
    starts: Annotated[int, Field(ge=1, le=MOST_MONTHS)] = 1
    recovers: RateRange | None = None
    currency: Currency | None = None

    @model_validator(mode="before")
    @classmethod
    def _one_currency(cls, content: object) -> object:
        return in_one_currency(content, ("cost", "running_cost", "recovers"))

    @property
    def content(self) -> dict[str, Any]:
        """As it is written in a file, without what was left out."""
        # Nought is said too: a segment without a reduction is no solution.
        nought = {"reduction": self.reduction.content} if self.segment else {}
        return nought | _content(self)

    @property
    def title(self) -> str:
        """Its name, or the segment's."""
        return self.name or self.segment or "solution"

    @model_validator(mode="after")
    def _does_something(self) -> Self:
        if not self.segment and self.recovers is None:
            raise ValueError("a solution names its segment, or what it recovers")
        if self.segment and not {"reduction", "win_back"} & self.model_fields_set:
            raise ValueError("it says no reduction: the share of the segment's churn that goes")
        if self.recovers is not None and self.segment:
            raise ValueError("a solution has a segment or a known return (recovers), not both")
        if self.recovers is not None and (self.reduction.high or self.win_back.high):
            raise ValueError(
                "a known return (recovers) holds all; leave reduction and win_back out"
            )
        return self


def _content(model: Frozen) -> dict[str, Any]:
    """The fields of a model that do not hold their default, as plain JSON types."""
    defaults = type(model).model_fields
    return {
        name: _plain(value)
        for name, value in model
        if value != defaults[name].get_default(call_default_factory=True)
    }


def _plain(value: object) -> Any:  # noqa: ANN401  plain JSON types
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if isinstance(value, (Quantity, Solution, Option)):
        return value.content
    if isinstance(value, Frozen):
        return value.model_dump(mode="json", exclude_defaults=True)
    return value


class Figures(Frozen):
    """A baseline in a few figures, where there is no export.

    Attributes:
        loss: annual run-rate of all churn, 12 x the MRR lost in twelve months.
        churn: monthly churn of all customers.
        share: the segment's share of all churn; `shares` where there are several.
        shares: segment -> its share.
        segment_churn: the segment's own monthly churn; the overall one where it is not said.
        customers: in all.
        currency: of the loss, or None where it is not said.
    """

    loss: Money
    churn: Share
    share: Share | None = None
    shares: dict[str, Share] = Field(default_factory=dict)
    segment_churn: Share | None = None
    customers: Annotated[float, Field(gt=0, le=1e12)] | None = None
    currency: Currency | None = None

    @model_validator(mode="before")
    @classmethod
    def _one_currency(cls, content: object) -> object:
        return in_one_currency(content, ("loss",))

    @model_validator(mode="after")
    def _within(self) -> Self:
        if sum(self.shares.values()) > 1 + 1e-9:
            raise ValueError("the shares add up to more than 100 %")
        lost = self.churn * (self.share if self.share is not None else sum(self.shares.values()))
        if self.segment_churn and lost > self.segment_churn * (1 + 1e-9):
            raise ValueError(
                f"a segment churn of {100 * self.segment_churn:.4g} % is too low: even if all "
                f"customers were in the segment, it takes {100 * lost:.4g} % for that share"
            )
        return self


class Scenario(Frozen):
    """Solutions, and by what they are reckoned.

    Attributes:
        solutions: the fixes.
        margin: of a dollar of revenue, what stays after the cost to serve.
        discount: a year.
        horizon: months that are looked at.
        draws: of the simulation.
        seed: of the simulation.
        currency: of all money in it, where it is said.
        curve: saved customers churn at a `constant` rate, or on the survival curve of their
            segment (`sbg`).
        baseline: in figures, where there is no export.
        options: to decide between.
        attitude: how gains and losses are felt by those who decide.
    """

    name: str = Field(default="", max_length=200)
    solutions: tuple[Solution, ...] = Field(default=(), max_length=MOST_SOLUTIONS)
    margin: ShareRange = Quantity.fixed(1.0)
    discount: Share = 0.1
    horizon: Annotated[int, Field(ge=1, le=MOST_MONTHS)] = 24
    draws: Annotated[int, Field(ge=1, le=MOST_DRAWS)] = 50_000
    seed: Annotated[int, Field(ge=0, le=2**63 - 1)] = 1
    currency: Currency | None = None
    curve: Literal["constant", "sbg"] = "constant"
    baseline: Figures | None = None
    options: tuple[Option, ...] = Field(default=(), max_length=100)
    attitude: Attitude = Field(default_factory=Attitude)

    @property
    def content(self) -> dict[str, Any]:
        """As it is written in a file, without what was left out."""
        return _content(self)

    @property
    def currencies(self) -> tuple[str, ...]:
        """Those that its money was written in, each once."""
        given = self.baseline.currency if self.baseline else None
        said = (self.currency, given, *(each.currency for each in self.solutions))
        return tuple(dict.fromkeys(each for each in said if each))

    @property
    def segments(self) -> tuple[str, ...]:
        """The segments that solutions work on, each once, as first named."""
        return tuple(dict.fromkeys(each.segment for each in self.solutions if each.segment))


def read_scenario(path: Path) -> Scenario:
    """Read a `scenario.yaml`.

    Args:
        path: of the file.

    Raises:
        DataError: it cannot be read (`scenario.read`), is too large (`scenario.size`), is no YAML
            (`scenario.yaml`), or says something wrong (`scenario.invalid`): everything wrong in it
            is told at once, each with its line.
    """
    return _KIND.read(path)


def _told(at: At, error: dict[str, Any]) -> tuple[str, str] | None:
    """What is wrong with a part of a list, counted as people count."""
    if error["type"] == "extra_forbidden" or (not at and error["type"] != "value_error"):
        return None
    words: list[str] = []
    for place, part in enumerate(at):
        # A number in place of a name counts nothing: `shares: {12: 50%}`.
        if isinstance(part, int) and words and at[place - 1] != "shares":
            words[-1] = f"{words[-1].removesuffix('s')} {part + 1}"
        else:
            words.append(str(part))
    said = refusal(error).removeprefix("it ")
    name = printable(", ".join(words), 80) or "The scenario"
    if error["type"] in ("model_type", "model_attributes_type", "dict_type", "float_type"):
        is_figure = error.get("ctx", {}).get("class_name", "Quantity") == "Quantity"
        return f"{name}: {'is no figure' if is_figure else 'takes fields, name: value'}.", ""
    if error["type"] == "missing":
        return f"{name}: the field is missing.", ""
    if error["type"] == "string_pattern_mismatch":
        return f"{name}: is no code of three capital letters.", "Such as USD or EUR."
    return f"{name}: {said[:1].lower()}{said[1:]}.", ""


_KIND = Kind(
    "scenario", Scenario, "solutions, margin and horizon", "sample_data/scenario.yaml", _told
)
