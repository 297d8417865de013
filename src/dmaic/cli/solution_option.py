"""Options that say solutions, and a baseline in figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Annotated, Any

import typer

from dmaic.errors import Problem, UsageError
from dmaic.text import plural

FIGURES = "A baseline in figures, without a file"


def _figure(flag: str, metavar: str, what: str) -> Any:  # noqa: ANN401  typer names no public type
    return typer.Option(flag, metavar=metavar, help=what, rich_help_panel=FIGURES)


@dataclass(frozen=True, slots=True)
class SolutionOptions:
    """What is said of each solution: once for all, or once for each segment, in their order."""

    reduction: Annotated[
        list[str] | None,
        typer.Option(
            "--reduction",
            metavar="SHARE|LOW,LIKELY,HIGH",
            help="Share of the segment's churn that goes: 65%, 40%,65%,80%, or "
            "pilot:9/120,31/118 (lost of all with the solution, then without).",
        ),
    ] = None
    cost: Annotated[
        list[str] | None,
        typer.Option("--cost", metavar="MONEY", help="Paid once: 120000, 120k, 90k,120k,160k."),
    ] = None
    running_cost: Annotated[
        list[str] | None,
        typer.Option("--running-cost", metavar="RATE", help="4000/month or 48000/year."),
    ] = None
    ramp: Annotated[
        list[int] | None,
        typer.Option(
            "--ramp", metavar="MONTHS", min=0, max=600, help="Months until it works in full; 0."
        ),
    ] = None
    win_back: Annotated[
        list[str] | None,
        typer.Option(
            "--win-back",
            metavar="SHARE",
            help="Of the customers lost in a year, who come back within a year.",
        ),
    ] = None
    starts: Annotated[
        list[int] | None,
        typer.Option(
            "--starts", metavar="MONTH", min=1, max=600, help="Month in which it begins to work; 1."
        ),
    ] = None
    recovers: Annotated[
        list[str] | None,
        typer.Option(
            "--recovers",
            metavar="RATE",
            help="What it is known to bring: 4480000/year, in place of a segment.",
        ),
    ] = None

    def solutions(self, segments: Sequence[str]) -> list[dict[str, Any]]:
        """The solutions, as they are written in a scenario.

        Args:
            segments: in their order.

        Raises:
            UsageError: a figure cannot be read; `usage.solutions`, the options do not match.
        """
        given = {field.name: getattr(self, field.name) or [] for field in fields(self)}
        count = len(segments) or len(given["recovers"])
        if not count:
            return _none(given)
        problems = [*_read(given)]
        if any(not each.strip() for each in segments):
            problems.append(
                Problem("usage.empty", "--segment is empty.", 'The blank cells are "(blank)".')
            )
        if segments and not (given["reduction"] or given["win_back"]):
            problems.append(
                Problem(
                    "usage.solutions",
                    "It is not said what share of the segment's churn goes.",
                    "Say --reduction 65%, or a range such as --reduction 40%,65%,80%.",
                )
            )
        if segments and given["recovers"]:
            problems.append(
                Problem(
                    "usage.solutions",
                    "--recovers gives the whole return, and --segment has it estimated.",
                    "Leave one out, or put both solutions into a scenario file (--scenario).",
                )
            )
        for name, values in given.items():
            if len(values) not in (0, 1, count):
                what = "segment" if segments else "known return"
                problems.append(
                    Problem(
                        "usage.solutions",
                        f"{_option(name)} is said {len(values)} times for {plural(count, what)}.",
                        "Say it once for each, in the same order, or once for all.",
                    )
                )
        if problems:
            raise UsageError.of(problems)
        found = []
        for place in range(count):
            words = {
                name: values[place if len(values) > 1 else 0]
                for name, values in given.items()
                if values
            }
            found.append({"segment": segments[place], **words} if segments else words)
        return found

    def shared(self, segments: Sequence[str]) -> tuple[str, ...]:
        """What is worth a word: costs that were said once, and are paid for each segment.

        Args:
            segments: in their order.
        """
        once = [
            _option(name)
            for name in ("cost", "running_cost")
            if len(segments) > 1 and len(getattr(self, name) or ()) == 1
        ]
        if not once:
            return ()
        verb = "is" if len(once) == 1 else "are"
        return (
            f"{' and '.join(once)} {verb} said once and counted for each of the {len(segments)} "
            "segments; 0 for all but one counts it once.",
        )


def _read(given: dict[str, list[Any]]) -> list[Problem]:
    """What is wrong with the figures, by their options."""
    from dmaic.money.quantity import Parser, parse_money, parse_rate, parse_share
    from dmaic.money.quantity_text import parse_quantity

    parsers: dict[str, Parser] = {
        "reduction": parse_share,
        "cost": parse_money,
        "running_cost": parse_rate,
        "win_back": parse_share,
        "recovers": parse_rate,
    }
    problems: list[Problem] = []
    for name, parse in parsers.items():
        for text in given[name]:
            try:
                parse_quantity(text, _option(name), parse)
            except UsageError as error:
                problems += error.problems
    return problems


def _none(given: dict[str, list[Any]]) -> list[dict[str, Any]]:
    said = [_option(name) for name, values in given.items() if values]
    if said:
        raise UsageError(
            f"{said[0]} is said of no segment.",
            "usage.solutions",
            'Name the segment: --segment "Auto body estimators"; `dmaic pareto FILE --by segment` '
            "shows the largest.",
        )
    return []


def _option(name: str) -> str:
    return f"--{name.replace('_', '-')}"


@dataclass(frozen=True, slots=True)
class FigureOptions:
    """A baseline in figures."""

    baseline_loss: Annotated[
        str | None, _figure("--baseline-loss", "MONEY", "What all churn costs a year: $5.0M.")
    ] = None
    churn: Annotated[
        str | None, _figure("--churn", "SHARE", "Monthly churn of all customers: 2.2%.")
    ] = None
    share: Annotated[
        list[str] | None,
        _figure("--share", "SHARE", "The segment's share of all churn; one for each segment."),
    ] = None
    segment_churn: Annotated[
        str | None,
        _figure("--segment-churn", "SHARE", "Monthly churn in the segment, where it is known."),
    ] = None
    customers: Annotated[
        float | None, _figure("--customers", "N", "Customers in all, where it is known.")
    ] = None

    def baseline(self, segments: Sequence[str]) -> dict[str, Any] | None:
        """The same as it is written in a scenario; None where nothing is said.

        Args:
            segments: in their order.

        Raises:
            UsageError: a figure cannot be read, or one is missing (`usage.figures`).
        """
        if all(getattr(self, field.name) in (None, []) for field in fields(self)):
            return None
        from dmaic.money.quantity import parse_money, parse_share

        missing = [
            option
            for option, value in (("--baseline-loss", self.baseline_loss), ("--churn", self.churn))
            if value is None
        ]
        if missing:
            raise UsageError(
                f"A baseline in figures needs {' and '.join(missing)}.",
                "usage.figures",
                "Such as --baseline-loss $5.0M --churn 2.2% --share 46.3%.",
            )
        if self.customers is not None and not 0 < self.customers <= 1e12:
            raise UsageError(
                "--customers is no number of customers.", "usage.figures", "Such as 16000."
            )
        shares = self.share or []
        if segments and len(shares) != len(segments):
            raise UsageError(
                f"There {'is' if len(shares) == 1 else 'are'} {plural(len(shares), 'share')} for "
                f"{plural(len(segments), 'segment')}.",
                "usage.figures",
                "Say --share once for each segment, in the same order.",
            )
        assert self.baseline_loss is not None
        assert self.churn is not None
        parse_money(self.baseline_loss, "--baseline-loss")
        every = [parse_share(share, "--share") for share in shares]
        if sum(dict(zip(segments, every, strict=False)).values()) > 1 + 1e-9:
            raise UsageError(
                "The shares add up to more than 100 %.", "usage.figures", "Check --share."
            )
        told = dict(zip(segments, every, strict=False))
        if any(told[name] != share for name, share in zip(segments, every, strict=False)):
            raise UsageError(
                "A segment that is named twice has two shares.", "usage.figures", "Check --share."
            )
        found: dict[str, Any] = {
            "loss": self.baseline_loss,
            "churn": parse_share(self.churn, "--churn"),
            "shares": told,
            "customers": self.customers,
        }
        if self.segment_churn is not None:
            found["segment_churn"] = parse_share(self.segment_churn, "--segment-churn")
        return found
