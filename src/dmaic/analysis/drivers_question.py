"""What `drivers` is asked, and which questions make no sense."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from dmaic.errors import UsageError
from dmaic.text import printable

Choice = Literal["logistic", "cox", "auto"]
MODELS = ("logistic", "cox", "auto")
BOUNDS = ("wald", "profile")


@dataclass(frozen=True, slots=True)
class DriversQuestion:
    """The fields are those of `drivers`."""

    terms: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    reference: tuple[str, ...] = ()
    model: Choice = "auto"
    bounds: Literal["wald", "profile"] = "wald"
    seed: int = 1
    count: str | None = None
    where: str | None = None
    within: str | None = None
    since: str | None = None
    until: str | None = None
    accept: tuple[str, ...] = ()

    @property
    def condition(self) -> str | None:
        """`where` and `within` together."""
        both = [each for each in (self.where, self.within) if each is not None]
        return (
            " and ".join(f"({each})" for each in both)
            if len(both) > 1
            else both[0]
            if both
            else None
        )


def check_question(question: DriversQuestion) -> None:
    """Refuse a question before any file is opened.

    Raises:
        UsageError: says what does not fit.
    """
    for option, word, known in (
        ("--model", question.model, MODELS),
        ("--bounds", question.bounds, BOUNDS),
    ):
        if word not in known:
            raise UsageError(
                f'{option} is "{printable(str(word), 40)}", not one of {", ".join(known)}.',
                "usage.choice",
            )
    if not 0 <= question.seed < 2**32:
        raise UsageError(
            "--seed is no whole number from 0 to 4,294,967,295.",
            "drivers.seed",
            "Such as --seed 1.",
        )
    if question.model == "cox" and question.bounds == "profile":
        raise UsageError(
            "--bounds profile is for logistic regression; those of Cox regression are Wald's.",
            "drivers.bounds",
            "Leave --bounds out, or --model logistic.",
        )
    for each in question.reference:
        parse_reference(each)


def parse_reference(text: str) -> tuple[str, str]:
    """`plan=Pro` as the column and the level.

    Raises:
        UsageError: `drivers.reference`, it is not so.
    """
    name, sign, level = text.partition("=")
    if not sign or not name.strip() or not level.strip():
        raise UsageError(
            f'--reference "{printable(text, 60)}" does not say which level of which column.',
            "drivers.reference",
            "Write --reference plan=Pro.",
        )
    return name.strip(), level.strip()
