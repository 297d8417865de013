"""`dmaic capability`."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from dmaic.cli.alone import analyse_alone
from dmaic.cli.analyse import Files, analyse
from dmaic.cli.answer import Answer, ChartFace
from dmaic.cli.column_option import column_option
from dmaic.cli.dataset import FromData
from dmaic.cli.options import Export, Rows, spread
from dmaic.errors import UsageError

MEASURES = "A measure with limits"
COUNTS = "Counted failures"
FIGURES = "From figures, without a file"


def _figure(flag: str, panel: str, what: str) -> Any:  # noqa: ANN401
    return typer.Option(flag, metavar="NUMBER", help=what, rich_help_panel=panel)


@spread
def capability(
    file: Files = None,
    *,
    export: Export,
    face: ChartFace,
    rows: Rows,
    place: FromData,
    value: Annotated[
        str | None, column_option("--value", "Column of measures, in the order of time.", MEASURES)
    ] = None,
    lsl: Annotated[
        float | None, _figure("--lsl", MEASURES, "Lower limit that the customer sets.")
    ] = None,
    usl: Annotated[
        float | None, _figure("--usl", MEASURES, "Upper limit that the customer sets.")
    ] = None,
    target: Annotated[float | None, _figure("--target", MEASURES, "Best value; gives Cpm.")] = None,
    subgroup: Annotated[
        str | None, column_option("--subgroup", "Measures taken together.", MEASURES)
    ] = None,
    label: Annotated[
        str | None,
        column_option("--label", "Column that names the points, such as the date.", MEASURES),
    ] = None,
    by: Annotated[
        str | None,
        typer.Option(
            "--by",
            metavar="PERIOD",
            rich_help_panel=COUNTS,
            help="Count lost customers of an export by week, month, quarter or year.",
        ),
    ] = None,
    count: Annotated[
        str | None, column_option("--count", "Finished counts of failures or defects.", COUNTS)
    ] = None,
    size: Annotated[
        str | None, column_option("--size", "Units they were found in.", COUNTS)
    ] = None,
    step: Annotated[
        str | None,
        column_option("--step", "Steps of a process, a row each; gives the rolled yield.", COUNTS),
    ] = None,
    opportunities: Annotated[
        int,
        typer.Option(
            "--opportunities",
            metavar="N",
            rich_help_panel=COUNTS,
            help="For a defect, a unit.",
        ),
    ] = 1,
    shift: Annotated[
        float,
        typer.Option(
            "--shift",
            metavar="SIGMA",
            rich_help_panel=COUNTS,
            help="Added to make the sigma level; 0 for none.",
        ),
    ] = 1.5,
    mean: Annotated[float | None, _figure("--mean", FIGURES, "Mean of a measure.")] = None,
    deviation: Annotated[float | None, _figure("--sd", FIGURES, "Its standard deviation.")] = None,
    n: Annotated[int | None, _figure("--n", FIGURES, "Of so many values.")] = None,
    defects: Annotated[int | None, _figure("--defects", FIGURES, "Defects found.")] = None,
    units: Annotated[int | None, _figure("--units", FIGURES, "Units looked at.")] = None,
    dpmo: Annotated[
        float | None, _figure("--dpmo", FIGURES, "Defects a million opportunities.")
    ] = None,
    confidence: Annotated[
        str, typer.Option("--confidence", metavar="SHARE", help="Confidence of the intervals.")
    ] = "95%",
) -> Answer:
    """How well does a process keep within its limits, or how often does it fail?

    Cp, Cpk, Pp, Ppk and Cpm of a measure; DPU, DPMO, yield and sigma level of counts; with
    intervals, behind a check of stability. Example: dmaic capability churn.csv --by month
    """
    from dmaic.money.quantity import parse_share

    both: dict[str, Any] = {
        "lsl": lsl, "usl": usl, "target": target, "opportunities": opportunities, "shift": shift,
        "confidence": parse_share(confidence, "--confidence"),
    }  # fmt: skip
    figures: dict[str, Any] = {
        "mean": mean, "deviation": deviation, "n": n, "defects": defects, "units": units,
        "dpmo": dpmo,
    }  # fmt: skip
    columns: dict[str, Any] = {
        "value": value, "subgroup": subgroup, "label": label, "by": by, "count": count,
        "size": size, "step": step, **rows.said(),
    }  # fmt: skip
    said = [name for name, figure in figures.items() if figure is not None]
    if not said:
        # The column of measures takes the place of what a customer pays.
        return analyse("capability", file, place, export, face, {**both, **columns})
    beside = ["FILE"] if file else []
    chosen = {**export.said(), **columns}
    beside += [f"--{name.replace('_', '-')}" for name, words in chosen.items() if words]
    if beside:
        option = "--sd" if said[0] == "deviation" else f"--{said[0]}"
        raise UsageError(
            f"{option} and {beside[0]} are two ways to say what is judged.",
            "usage.capability",
            "Leave one out.",
        )
    return analyse_alone("capability", place, face, {**both, **figures})
