"""`dmaic sample-size`."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Annotated, Any

import typer

from dmaic.cli.alone import analyse_alone
from dmaic.cli.answer import Answer, ChartFace
from dmaic.cli.dataset import Saving
from dmaic.cli.options import spread
from dmaic.errors import UsageError
from dmaic.text import printable

SURVEY = "A survey"
SHARES = "A pilot: shares of customers lost"
MEANS = "Means"
HAZARDS = "How fast customers leave"
BOTH = "Any comparison"


@spread
def sample_size(
    *,
    n: Annotated[
        str | None,
        typer.Option(
            "--n",
            metavar="N,N,...",
            help="The other way: answers, or customers of the control group, that there are. "
            "Gives the margin, the power, or the smallest effect that is seen.",
        ),
    ] = None,
    margin: Annotated[
        str | None,
        typer.Option(
            "--margin",
            metavar="SHARE,...",
            rich_help_panel=SURVEY,
            help="How exactly the share shall be known: 5% is plus or minus 5 points. "
            "With --deviation it is of a mean, in its unit.",
        ),
    ] = None,
    population: Annotated[
        str | None,
        typer.Option(
            "--population", metavar="N", rich_help_panel=SURVEY, help="Customers that there are."
        ),
    ] = None,
    share: Annotated[
        str | None,
        typer.Option(
            "--share",
            metavar="SHARE",
            rich_help_panel=SURVEY,
            help="Share expected. [default: 50%, which needs the most]",
        ),
    ] = None,
    confidence: Annotated[
        str | None,
        typer.Option(
            "--confidence",
            metavar="SHARE",
            rich_help_panel=SURVEY,
            help="Confidence of the interval. [default: 95%]",
        ),
    ] = None,
    response_rate: Annotated[
        str | None,
        typer.Option(
            "--response-rate",
            metavar="SHARE",
            rich_help_panel=SURVEY,
            help="Of those asked, who answers; gives how many to ask.",
        ),
    ] = None,
    from_: Annotated[
        str | None,
        typer.Option(
            "--from", metavar="SHARE", rich_help_panel=SHARES, help="Lost without the fix: 4.8%."
        ),
    ] = None,
    to: Annotated[
        str | None,
        typer.Option(
            "--to", metavar="SHARE,...", rich_help_panel=SHARES, help="Lost with it: 3.6%."
        ),
    ] = None,
    continuity: Annotated[
        bool,
        typer.Option(
            "--continuity", rich_help_panel=SHARES, help="With continuity correction: a few more."
        ),
    ] = False,
    difference: Annotated[
        str | None,
        typer.Option(
            "--difference",
            metavar="X,...",
            rich_help_panel=MEANS,
            help="Difference of two means that shall be seen, in their unit.",
        ),
    ] = None,
    deviation: Annotated[
        str | None,
        typer.Option("--deviation", metavar="X", rich_help_panel=MEANS, help="Standard deviation."),
    ] = None,
    hazard_ratio: Annotated[
        str | None,
        typer.Option(
            "--hazard-ratio",
            metavar="X,...",
            rich_help_panel=HAZARDS,
            help="Hazard of leaving with the fix over that without: 0.7 is 30 % less.",
        ),
    ] = None,
    event_share: Annotated[
        str | None,
        typer.Option(
            "--event-share",
            metavar="SHARE",
            rich_help_panel=HAZARDS,
            help="Share of all customers lost while they are watched.",
        ),
    ] = None,
    power: Annotated[
        str | None,
        typer.Option(
            "--power",
            metavar="SHARE",
            rich_help_panel=BOTH,
            help="Chance of seeing the effect. [default: 80%]",
        ),
    ] = None,
    alpha: Annotated[
        str | None,
        typer.Option(
            "--alpha",
            metavar="SHARE",
            rich_help_panel=BOTH,
            help="Chance of seeing one where there is none. [default: 5%]",
        ),
    ] = None,
    ratio: Annotated[
        str | None,
        typer.Option(
            "--ratio",
            metavar="X",
            rich_help_panel=BOTH,
            help="Customers of the pilot for one of the control group. [default: 1]",
        ),
    ] = None,
    one_sided: Annotated[
        bool,
        typer.Option(
            "--one-sided",
            rich_help_panel=BOTH,
            help="Look only for the effect hoped for; a harm would not be seen.",
        ),
    ] = False,
    one_group: Annotated[
        bool,
        typer.Option(
            "--one-group",
            rich_help_panel=BOTH,
            help="No control group: what the pilot is compared with is known.",
        ),
    ] = False,
    face: ChartFace,
    place: Saving,
) -> Answer:
    """How many customers a survey or a pilot needs, and what so many tell.

    Several margins or effects, parted by commas, give a table. Example:
    dmaic sample-size --margin 5% --population 4270 --response-rate 4%; of a pilot:
    dmaic sample-size --from 4.8% --to 3.6%; the other way: --n 500 --from 4.8% --to 3.6%
    """
    from dmaic.money.quantity import parse_share

    parse_margin = parse_share if deviation is None else _number
    given: dict[str, Any] = {
        "n": _each(n, "--n", _count),
        "margin": _each(margin, "--margin", parse_margin),
        "population": _one(population, "--population", _count),
        "share": _one(share, "--share", parse_share),
        "confidence": _one(confidence, "--confidence", parse_share),
        "response_rate": _one(response_rate, "--response-rate", parse_share),
        "from_rate": _one(from_, "--from", parse_share),
        "to_rate": _each(to, "--to", parse_share),
        "continuity": continuity,
        "difference": _each(difference, "--difference", _number),
        "deviation": _one(deviation, "--deviation", _number),
        "hazard_ratio": _each(hazard_ratio, "--hazard-ratio", _number),
        "event_share": _one(event_share, "--event-share", parse_share),
        "power": _one(power, "--power", parse_share),
        "alpha": _one(alpha, "--alpha", parse_share),
        "ratio": _one(ratio, "--ratio", _number),
        "one_sided": one_sided,
        "one_group": one_group,
    }
    return analyse_alone("sample-size", place, face, given)


Parse = Callable[[str, str], float]


def _one(text: str | None, option: str, parse: Parse) -> float | None:
    return None if text is None else parse(_filled(text, option), option)


def _each(text: str | None, option: str, parse: Parse) -> list[float]:
    """Several figures, parted by commas, semicolons or spaces."""
    if text is None:
        return []
    # A per cent sign may stand apart from its figure.
    joined = re.sub(r"\s+%", "%", _filled(text, option))
    return [parse(word, option) for word in re.split(r"[,;\s]+", joined) if word]


def _filled(text: str, option: str) -> str:
    if not re.sub(r"[,;\s]", "", text):
        raise UsageError(
            f"{option} is empty.", "usage.empty", "Leave the option out, or say what it should be."
        )
    return text


def _number(text: str, option: str) -> float:
    if not re.fullmatch(r"\s*[-−+]?(\d{1,15}(\.\d*)?|\.\d+)\s*", text):
        raise _wrong(text, option, "is no number", "0.7 or 25")
    return float(text.replace("−", "-"))


def _count(text: str, option: str) -> int:
    if not re.fullmatch(r"\s*\d{1,15}\s*", text):
        raise _wrong(text, option, "is no count of customers", "500")
    return int(text)


def _wrong(text: str, option: str, what: str, example: str) -> UsageError:
    return UsageError(
        f'{option} "{printable(text, 60)}" {what}.', "sample.figure", f"Such as {example}."
    )
