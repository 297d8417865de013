"""`dmaic project next-cycle`."""

from __future__ import annotations

from typing import Annotated

import typer

from dmaic.cli.answer import Answer, Face
from dmaic.cli.options import spread
from dmaic.cli.project_facts import Facts, Which, followed
from dmaic.cli.record import Writing, named, writing


@spread
def next_cycle(
    facts: Facts,
    face: Face,
    place: Writing,
    which: Which = None,
    name: Annotated[
        str, typer.Option("--name", metavar="TEXT", help="What the new project is called.")
    ] = "",
) -> Answer:
    """Start the project for the next Pareto group.

    Team, scope and baseline are carried over. Without --group the next of the vital few in the
    last saved Pareto is taken.

    Example: dmaic project next-cycle --group "Real-estate photos"
    """
    face.check()
    from dmaic.project.engagement.start import next_cycle as begin

    with writing(named(place, which), "project next-cycle", closed=True) as (home, work, found):
        begun = begin(
            work,
            found,
            name=name,
            group=facts.group or "",
            sponsor=facts.sponsor,
            currency=facts.currency,
            start=facts.start,
            target_date=facts.target_date,
        )
        reply = work.reply(
            f'Started "{begun.project.body.name}" ({begun.project.id}), the cycle after '
            f'"{found.body.name}".',
            begun.project,
            more=begun.sentences,
        )
    return Answer("project next-cycle", followed(reply, home, begun.project.id), face)
