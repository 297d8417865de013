"""`dmaic benefit`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from dmaic.cli.answer import Answer, ChartFace, Face
from dmaic.cli.options import spread
from dmaic.cli.record import Place, Writing, check_reason, reading, writing
from dmaic.errors import UsageError
from dmaic.settings import today
from dmaic.text import printable

Which = Annotated[str, typer.Argument(metavar="TITLE", help="Title or id, or its beginning.")]
Reason = Annotated[
    str | None,
    typer.Option("--reason", metavar="WHY", help="Why what was signed or frozen is changed."),
]
Evidence = Annotated[
    str | None,
    typer.Option(
        "--evidence", metavar="ANALYSIS", help="Saved analysis that shows what was realised."
    ),
]


@spread
def plan(
    title: Annotated[str, typer.Argument(metavar="TITLE", help="What people call it.")],
    face: Face,
    place: Writing,
    target: Annotated[
        str | None,
        typer.Option(
            "--target", metavar="AMOUNT", help="Money a year; of a one-off benefit money in all."
        ),
    ] = None,
    hard: Annotated[
        bool | None,
        typer.Option(
            "--hard/--soft",
            help="Hard lands in the accounts; soft is cost or effort avoided. [default: hard]",
        ),
    ] = None,
    recurring: Annotated[
        bool | None,
        typer.Option("--recurring/--one-off", help="Every month, or once. [default: recurring]"),
    ] = None,
    segment: Annotated[
        str | None,
        typer.Option(
            "--segment",
            metavar="NAME",
            help="Customers that it comes from; those of one segment are counted once.",
        ),
    ] = None,
    column: Annotated[
        str | None,
        typer.Option("--column", metavar="COL", help="Column in which the segment stands."),
    ] = None,
    starts: Annotated[
        str | None,
        typer.Option("--starts", metavar="MONTH", help="First month, 2025-01; else the next."),
    ] = None,
    ramp: Annotated[
        int | None,
        typer.Option("--ramp", metavar="N", help="Months until the whole of it is reached."),
    ] = None,
    months: Annotated[
        int | None,
        typer.Option("--months", metavar="N", help="Months that are forecast. [default: 12]"),
    ] = None,
    forecast: Annotated[
        Path | None,
        typer.Option(
            "--forecast", metavar="FILE", help="Forecast by month: CSV with month and amount."
        ),
    ] = None,
    from_analysis: Annotated[
        str | None,
        typer.Option(
            "--from-analysis",
            metavar="ID|latest",
            help="Take target and forecast from a saved dmaic recover.",
        ),
    ] = None,
    evidence: Evidence = None,
    owner: Annotated[
        str | None, typer.Option("--owner", metavar="NAME", help="Who sees to it.")
    ] = None,
    reason: Reason = None,
) -> Answer:
    """Plan a benefit: its target and its forecast.

    With the title of one that is there its plan is changed. Example:
    dmaic benefit plan "API for estimators" --target 1500000 --segment "Auto body estimators"
    """
    face.check([forecast] if forecast else [])
    if reason is not None:
        check_reason(reason)
    if from_analysis is not None and forecast is not None:
        raise UsageError(
            "The forecast is to be taken from two places.",
            "benefit.two-forecasts",
            "Leave out --forecast or --from-analysis.",
        )
    given = {
        "title": title,
        "nature": None if hard is None else "hard" if hard else "soft",
        "rhythm": None if recurring is None else "recurring" if recurring else "one-off",
        "segment": segment,
        "column": column,
        "ramp": ramp,
        "months": months,
    }
    fields: dict[str, Any] = {name: each for name, each in given.items() if each is not None}
    from dmaic.project.benefit.benefit_page import next_command
    from dmaic.project.benefit.plan import Said, plan_benefit

    said = Said(fields, target, starts, forecast, from_analysis, evidence, owner)
    with writing(place, "benefit plan", note=reason or "") as (_, work, project):
        planned, more = plan_benefit(work, project, said, reason=reason or "", today=today())
        body = planned.body
        reply = work.reply(
            f'Planned "{printable(body.title, 80)}".',
            planned,
            next=(next_command(planned),),
            more=more,
        )
    return Answer("benefit plan", reply, face)


@spread
def record(
    which: Which,
    face: Face,
    place: Writing,
    months: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="MONTH AMOUNT | MONTH=AMOUNT...",
            help="What came in; MONTH= takes a month back.",
            show_default=False,
        ),
    ] = None,
    file: Annotated[
        Path | None,
        typer.Option("--file", metavar="FILE", help="CSV with month, amount and note."),
    ] = None,
    note: Annotated[
        str, typer.Option("--note", metavar="TEXT", help="Where the figures come from.")
    ] = "",
    evidence: Evidence = None,
    reason: Reason = None,
) -> Answer:
    """Record what a benefit brought in a month.

    A month that is there is corrected. Example:
    dmaic benefit record "API for estimators" 2025-07=12000 2025-08=15000
    """
    face.check([file] if file else [])
    if reason is not None:
        check_reason(reason)
    if bool(months) == (file is not None):
        raise UsageError(
            "Months are given both here and in a file." if file else "No month is given.",
            "benefit.entry",
            "Write 2025-01=12000 2025-02=15000, or --file actuals.csv.",
        )
    from dmaic.project.benefit.benefit import Benefit
    from dmaic.project.benefit.benefit_page import next_command
    from dmaic.project.benefit.change import record as write_down
    from dmaic.project.benefit.entry import from_file, typed
    from dmaic.project.benefit.told import told_record
    from dmaic.project.data.analysis import SavedAnalysis

    with writing(place, "benefit record", note=reason or "") as (_, work, project):
        found = work.find(Benefit, which, project.id)
        code = project.body.currency
        entries = from_file(file, code) if file else typed(months or (), code)
        shown = work.find(SavedAnalysis, evidence, project.id).id if evidence else None
        kept = write_down(
            work, found, entries, note=note, evidence=shown, reason=reason or "", today=today()
        )
        done, more = told_record(found.body, kept.body, entries, code, today())
        reply = work.reply(done, kept, next=(next_command(kept),), more=more)
    return Answer("benefit record", reply, face)


@spread
def list_(face: ChartFace, place: Place) -> Answer:
    """The benefits, planned against realised.

    Added up so that no customer is counted twice; hard and soft money apart. Example:
    dmaic benefit list --chart benefits.png
    """
    face.check()
    from dmaic.project.benefit.benefit_list import benefit_list

    with reading(place) as (_, view, project):
        reply = benefit_list(view, project, today())
    return Answer("benefit list", reply, face)


@spread
def show(which: Which, face: ChartFace, place: Place) -> Answer:
    """One benefit, month by month.

    Planned against realised, run-rate and cash apart, and who signed what. Example:
    dmaic benefit show "API for estimators" --chart benefit.png
    """
    face.check()
    from dmaic.project.benefit.benefit import Benefit
    from dmaic.project.benefit.benefit_page import benefit_page

    with reading(place) as (_, view, project):
        found = view.find(Benefit, which, project.id)
        reply = benefit_page(view, project, found, today())
    return Answer("benefit show", reply, face)


@spread
def lock(
    which: Which,
    by: Annotated[
        str,
        typer.Option("--by", metavar="NAME", help="Who signs: an approver of Finance."),
    ],
    face: Face,
    place: Writing,
) -> Answer:
    """Lock a benefit that Finance has validated.

    Signs what is there: the plan while nothing is recorded, afterwards every recorded month.
    Changing it then needs a reason, and a new signature. Example:
    dmaic benefit lock "API for estimators" --by Dana
    """
    face.check()
    from dmaic.project.benefit.benefit import Benefit
    from dmaic.project.benefit.benefit_page import next_command
    from dmaic.project.benefit.change import lock as sign
    from dmaic.project.benefit.told import told_lock

    with writing(place, "benefit lock") as (_, work, project):
        found = work.find(Benefit, which, project.id)
        kept = sign(work, project, found, by, today=today())
        reply = work.reply(
            told_lock(kept.body, project.body.currency), kept, next=(next_command(kept),)
        )
    return Answer("benefit lock", reply, face)


@spread
def rm(which: Which, face: Face, place: Writing, reason: Reason = None) -> Answer:
    """Remove a benefit.

    Example: dmaic benefit rm "API for estimators" --reason "It is part of another one"
    """
    face.check()
    if reason is not None:
        check_reason(reason)
    from dmaic.project.benefit.benefit import Benefit
    from dmaic.project.benefit.change import remove

    with writing(place, "benefit rm", note=reason or "") as (_, work, project):
        found = work.find(Benefit, which, project.id)
        remove(work, project, found, reason or "")
        reply = work.reply(
            f'Removed "{printable(found.body.title, 80)}".', next=("dmaic benefit list",)
        )
    return Answer("benefit rm", reply, face)
