"""`dmaic control`."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from dmaic.cli.analyse import Files, analyse
from dmaic.cli.answer import Answer, ChartFace
from dmaic.cli.completion import complete_column
from dmaic.cli.dataset import FromData
from dmaic.cli.options import Export, Rows, spread
from dmaic.errors import UsageError, suggest
from dmaic.text import printable

FINISHED = "Finished figures, one row a point"
LIMITS = "What makes the limits"
WEIGHTED = "EWMA and CUSUM charts"


def _finished(flag: str, what: str) -> Any:  # noqa: ANN401  typer names no public type for it
    return typer.Option(
        flag,
        metavar="COL",
        help=what,
        rich_help_panel=FINISHED,
        autocompletion=complete_column,
    )


def _limit(flag: str, metavar: str, what: str) -> Any:  # noqa: ANN401
    return typer.Option(flag, metavar=metavar, help=what, rich_help_panel=LIMITS)


def _weighted(flag: str, what: str) -> Any:  # noqa: ANN401
    return typer.Option(flag, metavar="NUMBER", help=what, rich_help_panel=WEIGHTED)


@dataclass(frozen=True, slots=True)
class Limits:
    """What makes the limits of a chart."""

    rules: Annotated[
        str,
        typer.Option(
            "--rules",
            metavar="SET|LIST",
            rich_help_panel=LIMITS,
            help="Run rules: shewhart, western-electric, nelson, minitab, anhoej, or a list with "
            "its own K such as 1,2=8,5. Left out: rule 1 and one run rule.",
        ),
    ] = ""
    constants: Annotated[
        Literal["exact", "table"],
        typer.Option(
            "--constants",
            rich_help_panel=LIMITS,
            help="d2, d3 and c4 exact, or rounded as tables of books have them.",
        ),
    ] = "exact"
    baseline: Annotated[
        str | None,
        _limit("--baseline", "FILE", "An earlier export whose points come first and make limits."),
    ] = None
    freeze_until: Annotated[
        str | None, _limit("--freeze-until", "DATE", "Last point that makes the limits.")
    ] = None
    stage: Annotated[
        list[str] | None,
        _limit("--stage", "DATE:REASON", "New limits from this point on, and why; repeatable."),
    ] = None
    exclude: Annotated[
        list[str] | None,
        _limit("--exclude", "DATE:REASON", "Point that makes no limits, and why; repeatable."),
    ] = None
    center: Annotated[
        str | None, _limit("--center", "NUMBER", "Known centre line; 2.2% or 0.022 for a share.")
    ] = None
    sigma: Annotated[
        str | None, _limit("--sigma", "NUMBER", "Known standard deviation of single values.")
    ] = None
    target: Annotated[str | None, _limit("--target", "NUMBER", "What the metric shall reach.")] = (
        None
    )
    direction: Annotated[
        Literal["lower", "higher"] | None,
        typer.Option(
            "--direction",
            rich_help_panel=LIMITS,
            help="Which way is better; lower where it is left out, for days between losses higher.",
        ),
    ] = None
    lambda_: Annotated[float, _weighted("--lambda", "EWMA: weight of the newest point.")] = 0.2
    start: Annotated[str | None, _weighted("--start", "EWMA: where it starts.")] = None
    ewma_limits: Annotated[
        Literal["asymptotic", "exact"],
        typer.Option(
            "--limits",
            rich_help_panel=WEIGHTED,
            help="EWMA: the limits that it tends to, or those of each point.",
        ),
    ] = "asymptotic"
    k: Annotated[
        float | None, _weighted("--k", "CUSUM: reference value, in the unit of the measure.")
    ] = None
    h: Annotated[
        float | None, _weighted("--h", "CUSUM: decision limit, in the unit of the measure.")
    ] = None

    def said(self) -> dict[str, Any]:
        """The same as keywords of an analysis."""
        from dmaic.analysis.control_figure import parse_figure

        words = {field.name: getattr(self, field.name) for field in fields(self)}
        for name in ("center", "sigma", "target", "start"):
            if words[name] is not None:
                words[name] = parse_figure(words[name], f"--{name}")
        return {**words, "stage": tuple(self.stage or ()), "exclude": tuple(self.exclude or ())}


@spread
def control(
    file: Files = None,
    *,
    export: Export,
    face: ChartFace,
    rows: Rows,
    place: FromData,
    limits: Limits,
    by: Annotated[
        str | None,
        typer.Option(
            "--by",
            metavar="PERIOD",
            help="What a point stands for: week, month, quarter or year; rows are added up.",
        ),
    ] = None,
    chart: Annotated[
        list[str] | None,
        typer.Option(
            "--chart",
            metavar="KIND|PATH",
            help="Kind of chart: p, np, c, u, laney-p, laney-u, xmr, xbar-r, xbar-s, ewma, cusum, "
            "g, t or auto. Also where to draw it: .png, .svg or .pdf; may be given twice.",
        ),
    ] = None,
    count: Annotated[str | None, _finished("--count", "Events counted.")] = None,
    size: Annotated[str | None, _finished("--size", "What they are counts of.")] = None,
    value: Annotated[
        str | None,
        _finished("--value", "Measures; with --by what a customer pays, for the MRR lost."),
    ] = None,
    subgroup: Annotated[
        str | None, _finished("--subgroup", "Which measures were taken together.")
    ] = None,
    label: Annotated[
        str | None, _finished("--label", "Names or dates of the points; found where left out.")
    ] = None,
) -> Answer:
    """Is the process stable, and which points have a special cause.

    Draws a control chart of churn by month or week, of MRR lost, or of finished figures; chooses
    the kind of chart by the data and says why.
    Example: dmaic control export.csv --by month --chart control.png
    """
    kind, picture = _kind_and_picture(chart or [])
    given: dict[str, Any] = {
        "by": by,
        "chart": kind,
        "count": count,
        "size": size,
        "value": value,
        "subgroup": subgroup,
        "label": label,
        **limits.said(),
        **rows.said(),
    }
    return analyse("control", file, place, export, replace(face, chart=picture), given)


def _kind_and_picture(said: list[str]) -> tuple[str, Path | None]:
    """What `--chart` says: a kind of chart, where it is drawn, or both.

    Raises:
        UsageError: `control.chart`, a word is neither, or there are two of one.
    """
    from dmaic.analysis.control import CHARTS
    from dmaic.charts.style import SUFFIXES

    kinds = [word for word in said if word.casefold() in CHARTS]
    pictures = [word for word in said if Path(word).suffix.lower() in SUFFIXES]
    odd = [word for word in said if word not in kinds and word not in pictures]
    if odd or len(kinds) > 1 or len(pictures) > 1:
        problem = (
            f'--chart "{printable(odd[0], 60)}" is neither a kind of chart nor a picture.'
            if odd
            else f"--chart names two {'kinds of chart' if len(kinds) > 1 else 'pictures'}."
        )
        raise UsageError(
            problem,
            "control.chart",
            f"{suggest(odd[0] if odd else '', CHARTS)} Kinds are {', '.join(CHARTS)}; a picture "
            f"ends in {', '.join(SUFFIXES)}; one of each may be given.".strip(),
        )
    kind = kinds[0].casefold() if kinds else "auto"
    return kind, Path(pictures[0]) if pictures else None
