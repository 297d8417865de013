"""Options shared by the commands, declared once as dataclasses and spread into signatures."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Sequence
from dataclasses import MISSING, dataclass, fields, is_dataclass, replace
from pathlib import Path
from typing import Annotated, Any, Literal, get_type_hints

import typer

from dmaic.cli.answer import Answer
from dmaic.cli.column_option import ROLES, column_option
from dmaic.cli.completion import complete_preset
from dmaic.cli.record import Place

READING = "Reading the file"
ROWS = "Which rows"


@dataclass(frozen=True)
class Roles:
    """Which column of an export is what."""

    customer: Annotated[str | None, column_option("--customer", "Customer id.")] = None
    subscription: Annotated[
        str | None,
        column_option("--subscription", "Subscription id, where one row is a subscription."),
    ] = None
    churned: Annotated[str | None, column_option("--churned", "Flag of the lost customers.")] = None
    churned_at: Annotated[str | None, column_option("--churned-at", "Churn date.")] = None
    churned_when: Annotated[
        str | None,
        typer.Option(
            "--churned-when",
            metavar="COND",
            rich_help_panel=ROLES,
            help='Condition that tells a lost customer, such as "status in (canceled, unpaid)".',
        ),
    ] = None
    signup: Annotated[str | None, column_option("--signup", "Sign-up date.")] = None
    segment: Annotated[str | None, column_option("--segment", "Market segment.")] = None
    plan: Annotated[str | None, column_option("--plan", "Plan or product.")] = None
    region: Annotated[str | None, column_option("--region", "Region or country.")] = None
    reason: Annotated[str | None, column_option("--reason", "Reason for leaving.")] = None
    value: Annotated[
        str | None, column_option("--value", "What the customer pays (MRR, amount).")
    ] = None
    currency: Annotated[str | None, column_option("--currency", "Currency of the value.")] = None
    interval: Annotated[
        str | None, column_option("--interval", "Billing interval of the value.")
    ] = None
    tenure: Annotated[str | None, column_option("--tenure", "Months as a customer.")] = None
    value_scale: Annotated[
        float | None,
        typer.Option(
            "--value-scale",
            metavar="FACTOR",
            rich_help_panel=ROLES,
            help="Factor on the value, such as 0.01 for cents.",
        ),
    ] = None
    preset: Annotated[
        str | None,
        typer.Option(
            "--preset",
            metavar="NAME|PATH",
            rich_help_panel=ROLES,
            help="Known export format, or your own YAML file; none for none.",
            autocompletion=complete_preset,
        ),
    ] = None


@dataclass(frozen=True)
class Reading:
    """How a file is read, on every command that opens one."""

    input_format: Annotated[
        Literal["csv", "xlsx", "xls", "ods", "parquet", "json", "jsonl"] | None,
        typer.Option("--input-format", help="Format of the file.", rich_help_panel=READING),
    ] = None
    encoding: Annotated[
        str | None,
        typer.Option(
            "--encoding", metavar="NAME", help="Encoding, such as cp1252.", rich_help_panel=READING
        ),
    ] = None
    delimiter: Annotated[
        str | None,
        typer.Option(
            "--delimiter",
            metavar="CHAR",
            help="Delimiter: one character, or tab.",
            rich_help_panel=READING,
        ),
    ] = None
    decimal: Annotated[
        Literal[".", ","] | None,
        typer.Option(
            "--decimal", help="Decimal sign of numbers and money.", rich_help_panel=READING
        ),
    ] = None
    date_order: Annotated[
        Literal["ymd", "mdy", "dmy"] | None,
        typer.Option("--date-order", help="Order of year, month, day.", rich_help_panel=READING),
    ] = None
    header_row: Annotated[
        int | None,
        typer.Option(
            "--header-row",
            metavar="ROW",
            min=0,
            rich_help_panel=READING,
            help="Row of the header, counted from 1; 0 for no header.",
        ),
    ] = None
    skip_last: Annotated[
        int | None,
        typer.Option(
            "--skip-last",
            metavar="ROWS",
            min=0,
            rich_help_panel=READING,
            help="Rows to leave out at the bottom.",
        ),
    ] = None
    sheet: Annotated[
        str | None,
        typer.Option(
            "--sheet", metavar="NAME", help="Worksheet, by name or number.", rich_help_panel=READING
        ),
    ] = None

    @property
    def beside(self) -> Sequence[Path]:
        """Further files that are read."""
        return ()

    def said(self) -> dict[str, Any]:
        """The same as keywords of an analysis."""
        return {field.name: getattr(self, field.name) for field in fields(self)}


@dataclass(frozen=True)
class Export(Reading, Roles):
    """What may be said about an export, on every command that opens one."""

    with_: Annotated[
        list[Path] | None,
        typer.Option(
            "--with",
            metavar="FILE",
            rich_help_panel=READING,
            help="Related export to join; repeatable, each with its --on.",
        ),
    ] = None
    on: Annotated[
        list[str] | None,
        typer.Option(
            "--on",
            metavar="KEY",
            rich_help_panel=READING,
            help="Key of the join: account_id, or name here=name there.",
        ),
    ] = None

    @property
    def beside(self) -> Sequence[Path]:
        """Further files that are read."""
        return self.with_ or ()

    def said(self) -> dict[str, Any]:
        """The same as keywords of an analysis."""
        from dmaic.churn.export import related_from

        words = Reading.said(self)
        files, keys = words.pop("with_"), words.pop("on")
        related = related_from([str(file) for file in files or ()], keys or ())
        return {**words, "related": related}


@dataclass(frozen=True, slots=True)
class Conditions:
    """Which rows of a table are looked at, and which findings do not stop it."""

    where: Annotated[
        str | None,
        typer.Option(
            "--where",
            metavar="COND",
            rich_help_panel=ROWS,
            help="SQL condition over the columns: \"plan = 'Pro' and mrr > 20\".",
        ),
    ] = None
    accept: Annotated[
        list[str] | None,
        typer.Option(
            "--accept",
            metavar="CODE",
            rich_help_panel=ROWS,
            help="Go on in spite of this blocking finding; repeatable.",
        ),
    ] = None

    def said(self) -> dict[str, Any]:
        """The same as keywords of an analysis."""
        words = {field.name: getattr(self, field.name) for field in fields(self)}
        return {**words, "accept": tuple(self.accept or ())}


@dataclass(frozen=True, slots=True)
class Rows(Conditions):
    """The same of an export, with the time that is looked at."""

    since: Annotated[
        str | None,
        typer.Option(
            "--since",
            metavar="DATE",
            rich_help_panel=ROWS,
            help="First churn date looked at: 2025-12-31, 2025-12 or 2025.",
        ),
    ] = None
    until: Annotated[
        str | None,
        typer.Option(
            "--until",
            metavar="DATE",
            rich_help_panel=ROWS,
            help="Last churn date looked at, included.",
        ),
    ] = None


def spread(command: Callable[..., Any]) -> Callable[..., Any]:
    """Let a command take dataclasses of options as parameters.

    Each parameter whose annotation is a dataclass is replaced, in the signature that the command
    line sees, by the dataclass's fields; the command gets the dataclass made of them. A parameter
    of the command's own takes the place of a field of its name, which keeps its default.
    """
    hints = get_type_hints(command, include_extras=True)
    groups: dict[str, type] = {}
    seen: list[inspect.Parameter] = []
    for name, parameter in inspect.signature(command).parameters.items():
        kind = hints[name]
        if not (isinstance(kind, type) and is_dataclass(kind)):
            seen.append(parameter.replace(annotation=kind))
            continue
        groups[name] = kind

    @functools.wraps(command)
    def run(**given: object) -> object:
        for name, kind in groups.items():
            asked = [field.name for field in fields(kind) if field.name not in own]
            given[name] = kind(**{each: given.pop(each) for each in asked})
        answer = command(**given)
        place = next((each for each in given.values() if isinstance(each, Place)), None)
        return replace(answer, place=place) if isinstance(answer, Answer) else answer

    own = {parameter.name for parameter in seen}
    # The command's own options come first on its help page.
    seen += [
        parameter
        for kind in groups.values()
        for parameter in _parameters(kind)
        if parameter.name not in own
    ]
    run.__signature__ = inspect.Signature(seen)  # type: ignore[attr-defined]
    return run


def _parameters(kind: type) -> Sequence[inspect.Parameter]:
    hints = get_type_hints(kind, include_extras=True)
    return [
        inspect.Parameter(
            field.name,
            inspect.Parameter.KEYWORD_ONLY,
            default=None if field.default is MISSING else field.default,
            annotation=hints[field.name],
        )
        for field in fields(kind)
    ]
