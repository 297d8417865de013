"""A separation in words: which terms part the lost from the others, and where."""

from __future__ import annotations

from dmaic.stats.drivers.design import Design
from dmaic.stats.drivers.pattern import Patterns
from dmaic.stats.drivers.regression import Regression
from dmaic.stats.drivers.result import SeparatedTerm, Separation
from dmaic.text import plural


def explain(patterns: Patterns, design: Design, fit: Regression) -> Separation | None:
    """The separation that a fit found; None where there was none.

    Args:
        patterns: what was fitted to.
        design: its columns.
        fit: of them.
    """
    if fit.parting is None:
        return None
    places = [at - 1 for at in fit.parting.columns if at > 0]
    # A level that is all lost or all kept is the plain reason; terms that only take part are not.
    told = {at: _of_level(patterns, design, at) for at in places}
    plain = [at for at in places if told[at]]
    return Separation(
        kind=fit.parting.kind,
        terms=tuple(
            SeparatedTerm(name=design.names[at], told=told[at] or _of_number(patterns, design, at))
            for at in plain or places
        ),
    )


def _of_level(patterns: Patterns, design: Design, at: int) -> str:
    level = design.level[at]
    if level is None:
        return ""
    here = patterns.values[design.owner[at]] == level
    rows, lost = round(patterns.rows[here].sum()), round(patterns.lost[here].sum())
    if lost == 0:
        return f"none of {plural(rows, 'row')} is lost"
    return f"all {plural(rows, 'row')} are lost" if lost == rows else ""


def _of_number(patterns: Patterns, design: Design, at: int) -> str:
    if design.level[at] is not None:
        return "with others it parts the lost from those who stay"
    values = patterns.values[design.owner[at]]
    gone, kept = values[patterns.lost > 0], values[patterns.lost < patterns.rows]
    if gone.min() >= kept.max():
        return f"nobody below {gone.min():g} is lost, and nobody above {kept.max():g} stays"
    if gone.max() <= kept.min():
        return f"nobody above {gone.max():g} is lost, and nobody below {kept.min():g} stays"
    return "with others it parts the lost from those who stay"
