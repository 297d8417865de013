"""An option to decide on: what may come of it, and how likely."""

from __future__ import annotations

from collections.abc import Iterable
from math import fsum, isfinite
from typing import Annotated, Any, Self

from pydantic import (
    AfterValidator,
    AliasChoices,
    BeforeValidator,
    Field,
    StringConstraints,
    ValidationError,
    field_validator,
    model_validator,
)

from dmaic.errors import Problem, UsageError, refusal
from dmaic.money.quantity import MOST_MONEY, currency_in, parse_share, parse_signed_money
from dmaic.result import Frozen, Text, no_nul
from dmaic.text import folded, printable

MOST_OPTIONS = 100
"""More are no choice that anybody weighs."""

MOST_OUTCOMES = 1000

_TOLERANCE = 1e-6
"""How far the sum of typed probabilities may be from one; they are then scaled to it."""


def _share(value: object) -> float:
    if isinstance(value, str):
        return _typed(parse_share, value)
    figure = _number(value)
    if not 0 <= figure <= 1:
        hint = f"; write {figure:g}%" if 1 < figure <= 100 else ""
        raise ValueError(f"{figure:g} is no probability, which lies between 0 and 1{hint}")
    return figure


def _amount(value: object) -> float:
    if isinstance(value, str):
        return _typed(parse_signed_money, value)
    figure = _number(value)
    if abs(figure) > MOST_MONEY:
        raise ValueError(f"{figure:g} is more money than there is")
    return figure


def _typed(parse: Any, text: str) -> float:  # noqa: ANN401  a parser of `quantity`
    try:
        figure: float = parse(text, "the text")
    except UsageError as error:
        said = error.message.removeprefix("the text ").rstrip(".")
        raise ValueError(f"{said}; {error.hint[:1].lower()}{error.hint[1:].rstrip('.')}") from None
    return figure


def _number(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise ValueError("it is no number")
    try:
        figure = float(value)
    except OverflowError:
        figure = float("inf")
    if not isfinite(figure):
        raise ValueError("it is not a finite number")
    # The negative zero of a file is a zero.
    return figure or 0.0


Name = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=200),
    AfterValidator(no_nul),
]
Share = Annotated[float, BeforeValidator(_share)]
Amount = Annotated[float, BeforeValidator(_amount)]


_SHORT = AliasChoices("probability", "p")


class Outcome(Frozen):
    """One thing that may come of an option.

    Attributes:
        probability: of it, between 0 and 1.
        amount: money won, or lost if negative, against what one has today.
    """

    probability: Share = Field(validation_alias=_SHORT)
    amount: Amount


class Option(Frozen):
    """One option: a gain with a probability and otherwise a loss, or a list of outcomes.

    Attributes:
        name: what it is called.
        probability: of the gain, between 0 and 1; the loss has the rest. `p` for short.
        gain: what is won if it goes well.
        loss: what is lost otherwise, as a negative figure.
        outcomes: instead of these three, each with its probability; they add to one.
        currency: code of the currency that its amounts are written in, where they say one.
        source: where the figures come from, in words, or empty.
    """

    name: Name
    probability: Share | None = Field(default=None, validation_alias=_SHORT)
    gain: Amount | None = None
    loss: Amount | None = None
    outcomes: tuple[Outcome, ...] = Field(default=(), max_length=MOST_OUTCOMES)
    currency: str | None = Field(default=None, pattern=r"^[A-Z]{3}$")
    source: Text = ""

    @model_validator(mode="before")
    @classmethod
    def _in_one_currency(cls, content: object) -> object:
        if not isinstance(content, dict):
            return content
        listed = content.get("outcomes")
        amounts = [content.get("gain"), content.get("loss")]
        amounts += (
            [each.get("amount") for each in listed if isinstance(each, dict)]
            if isinstance(listed, (list, tuple))
            else []
        )
        found = {code for each in amounts if isinstance(each, str) and (code := currency_in(each))}
        if isinstance(content.get("currency"), str):
            found.add(content["currency"])
        if len(found) > 1:
            raise ValueError(f"its amounts are in different currencies: {', '.join(sorted(found))}")
        return {**content, "currency": next(iter(found))} if found else content

    @field_validator("gain")
    @classmethod
    def _won(cls, gain: float | None) -> float | None:
        if gain is not None and gain < 0:
            raise ValueError(f"{gain:g} is negative; what is lost belongs into loss")
        return gain

    @field_validator("loss")
    @classmethod
    def _lost(cls, loss: float | None) -> float | None:
        if loss is not None and loss > 0:
            raise ValueError(f"a loss is a negative figure; write -{loss:.15g}")
        return loss

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        pair = {"probability": self.probability, "gain": self.gain, "loss": self.loss}
        said = [name for name, each in pair.items() if each is not None]
        if self.outcomes:
            if said:
                raise ValueError(f"it has outcomes and {said[0]}; leave one of them out")
            whole = fsum(each.probability for each in self.outcomes)
            if abs(whole - 1) > _TOLERANCE:
                raise ValueError(
                    f"the probabilities of its outcomes add to {100 * whole:g} %, not to 100 %"
                )
            return self
        missing = [name for name in ("probability", "gain", "loss") if name not in said]
        if missing == ["loss"] and self.probability == 1:
            return self
        if missing:
            raise ValueError(
                f"{missing[0]} is missing; an option has probability, gain and loss, or outcomes"
            )
        return self

    @property
    def chances(self) -> tuple[tuple[float, float], ...]:
        """Probability and amount of each outcome that can happen."""
        if self.outcomes:
            every = [(each.probability, each.amount) for each in self.outcomes]
        else:
            chance = self.probability or 0.0
            every = [(chance, self.gain or 0.0), (1 - chance, self.loss or 0.0)]
        return tuple(each for each in every if each[0] > 0)

    @property
    def content(self) -> dict[str, Any]:
        """As it is written in a file, without what was left out."""
        return self.model_dump(mode="json", exclude_defaults=True)


def parse_option(text: str) -> Option:
    """An option as it is typed: `NAME:PROBABILITY:GAIN:LOSS`.

    Read from the right, so that a name may hold colons: `API:0.8:1500000:-120000`,
    `Phase 2: API:80%:$1.5M:-$120k`.

    Args:
        text: as typed.

    Raises:
        UsageError: `decide.option`.
    """
    parts = text.rsplit(":", 3)
    if len(parts) != 4:
        raise _bad(text, "does not have four parts")
    name, probability, gain, loss = (part.strip() for part in parts)
    given = {"name": name, "probability": probability, "gain": gain, "loss": loss}
    for word, each in given.items():
        if not each:
            raise _bad(text, f"has no {word}")
    try:
        return Option.model_validate(given)
    except ValidationError as error:
        first = error.errors()[0]
        said = refusal(first)
        field = f"{first['loc'][0]}: " if first["loc"] else ""
        raise _bad(text, f"cannot be read: {field}{said}") from None


def _bad(text: str, what: str) -> UsageError:
    return UsageError(
        f'--option "{printable(text, 80)}" {what}.',
        "decide.option",
        'Write NAME:PROBABILITY:GAIN:LOSS, such as "API:0.8:1500000:-120000".',
    )


def check_options(options: Iterable[Option]) -> list[Problem]:
    """What is wrong with the options together: too many, or two of one name.

    Args:
        options: in order.
    """
    every = list(options)
    if len(every) > MOST_OPTIONS:
        return [
            Problem(
                "decide.many",
                f"There are {len(every):,} options; at most {MOST_OPTIONS} are compared.",
                "Leave out those that nobody would choose.",
            )
        ]
    seen: set[str] = set()
    problems = []
    for each in every:
        if folded(each.name) in seen:
            problems.append(
                Problem(
                    "decide.twice",
                    f'The option "{printable(each.name, 60)}" is there twice.',
                    "Give each its own name.",
                )
            )
        seen.add(folded(each.name))
    return problems
