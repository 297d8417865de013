"""`dmaic recover`."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from dmaic.cli.alone import analyse_alone
from dmaic.cli.analyse import Files, analyse
from dmaic.cli.answer import Answer, ChartFace
from dmaic.cli.column_option import column_option
from dmaic.cli.dataset import FromData
from dmaic.cli.ledger_option import LedgerColumns
from dmaic.cli.options import Export, Rows, spread
from dmaic.cli.solution_option import FigureOptions, SolutionOptions
from dmaic.errors import UsageError
from dmaic.text import printable

TERMS = "What it is reckoned by"


@spread
def recover(
    file: Files = None,
    *,
    segment: Annotated[
        list[str] | None,
        typer.Option(
            "--segment",
            metavar="NAME",
            help="Segment whose churn a solution reduces; repeatable, each with its own "
            "--reduction, --cost ... in the same order.",
        ),
    ] = None,
    solution: SolutionOptions,
    scenario: Annotated[
        Path | None,
        typer.Option(
            "--scenario",
            metavar="FILE",
            help="YAML file of solutions and terms, in place of the options.",
        ),
    ] = None,
    by: Annotated[
        str | None,
        column_option(
            "--by",
            "Column that the segment is in. Left out: the one recognised as the segment.",
            None,
        ),
    ] = None,
    margin: Annotated[
        str | None,
        typer.Option(
            "--margin",
            metavar="SHARE",
            rich_help_panel=TERMS,
            help="Of revenue, what stays after the cost to serve: 80%, or a range; 100%.",
        ),
    ] = None,
    discount: Annotated[
        str | None,
        typer.Option(
            "--discount", metavar="SHARE", rich_help_panel=TERMS, help="Discount a year; 10%."
        ),
    ] = None,
    horizon: Annotated[
        int | None,
        typer.Option(
            "--horizon",
            metavar="MONTHS",
            min=1,
            max=600,
            rich_help_panel=TERMS,
            help="Months of cash that are looked at; 24.",
        ),
    ] = None,
    draws: Annotated[
        int | None,
        typer.Option(
            "--draws",
            metavar="N",
            min=1,
            max=1_000_000,
            rich_help_panel=TERMS,
            help="Draws of the simulation; 50,000.",
        ),
    ] = None,
    seed: Annotated[
        int | None,
        typer.Option(
            "--seed",
            metavar="N",
            min=0,
            rich_help_panel=TERMS,
            help="Seed of the simulation, which gives the same draws again; 1.",
        ),
    ] = None,
    curve: Annotated[
        Literal["constant", "sbg"] | None,
        typer.Option(
            "--curve",
            rich_help_panel=TERMS,
            help="Saved customers churn at a constant rate, or on their segment's survival curve.",
        ),
    ] = None,
    definition: Annotated[
        str | None,
        typer.Option(
            "--definition",
            metavar="NAME|PATH",
            rich_help_panel=TERMS,
            help="What churn means; see `dmaic churn --help`.",
        ),
    ] = None,
    figures: FigureOptions,
    export: Export,
    columns: LedgerColumns,
    face: ChartFace,
    rows: Rows,
    place: FromData,
) -> Answer:
    """What a fix would recover, what it costs, and when it pays back.

    Recovered run-rate a year, cash month by month, and 50,000 draws of what is not certain.
    Example: dmaic recover export.csv --segment Students --reduction 40%,65%,80% --cost 120k
    """
    files = file or []
    _refuse_scenario(files)
    segments = segment or []
    solutions = solution.solutions(segments)
    figures_given = figures.baseline(segments)
    if scenario is not None:
        face.check([*files, scenario])
    from dmaic.analysis.recover import gather
    from dmaic.money.quantity import parse_share
    from dmaic.money.quantity_text import parse_quantity

    if margin is not None:
        parse_quantity(margin, "--margin", parse_share)
    terms = {
        "margin": margin,
        "discount": None if discount is None else parse_share(discount, "--discount"),
        "horizon": horizon,
        "draws": draws,
        "seed": seed,
        "curve": curve,
        "baseline": figures_given,
    }
    given = gather(solutions, scenario, terms)
    beside = {"by": by, "definition": definition, **columns.said(), **rows.said()}
    alone = given["baseline"] is not None or (
        given["solutions"] and not any(each.get("segment") for each in given["solutions"])
    )
    read = [] if scenario is None else [scenario]
    if alone and not files:
        _refuse_reading({**beside, **export.said()})
        answer = analyse_alone("recover", place, face, given, read=read)
    else:
        answer = analyse("recover", file, place, export, face, {**given, **beside})
    return replace(answer, notes=(*solution.shared(segments), *answer.notes))


def _refuse_scenario(files: list[str]) -> None:
    for each in files:
        if each.casefold().endswith((".yaml", ".yml")):
            name = printable(each, 80)
            raise UsageError(
                f'"{name}" is a scenario, not an export.',
                "usage.scenario-file",
                f"dmaic recover FILE --scenario {name}",
            )


def _refuse_reading(said: dict[str, Any]) -> None:
    words = [name for name, each in said.items() if each not in (None, (), [])]
    if words:
        raise UsageError(
            f"--{words[0].replace('_', '-').replace('related', 'with')} says how an export is "
            "read, and the figures are given without one.",
            "usage.figures-alone",
            "Leave it out, or name an export in place of the figures.",
        )
