"""The vital few of the last saved Pareto, and the cycles that worked on them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from dmaic.project.data.analysis import SavedAnalysis
from dmaic.project.engagement.project import Project
from dmaic.project.entity import Stored
from dmaic.project.store.view import View
from dmaic.text import BLANK


def cycles_before(view: View, project: Stored[Project]) -> Iterator[Stored[Project]]:
    """The project and those of the cycles before it, the newest first.

    Args:
        view: to read from.
        project: where to begin.
    """
    known = {each.id: each for each in view.all(Project)}
    seen: set[str] = set()
    at: str | None = project.id
    while at is not None and at in known and at not in seen:
        seen.add(at)
        yield known[at]
        at = known[at].body.previous


def last_pareto(view: View, project: Stored[Project]) -> Stored[SavedAnalysis] | None:
    """The Pareto analysis that was saved last, in this project or the cycles before it.

    One that ranks the project's own group goes before one that ranks something else, such as
    lifecycle stages or reasons.

    Args:
        view: to read from.
        project: where to look first.
    """
    for each in cycles_before(view, project):
        found = [one for one in view.all(SavedAnalysis, each.id) if one.body.analysis == "pareto"]
        ranked = [one for one in found if ranks(one.body, each.body.group)]
        if found:
            return max(ranked or found, key=lambda one: one.body.run_at)
    return None


def ranks(pareto: SavedAnalysis, group: str) -> bool:
    """Whether a Pareto analysis is of groups of which this is one.

    Args:
        pareto: a saved Pareto.
        group: name of a group; empty is none.
    """
    return bool(group) and group.casefold() in map(str.casefold, _names(pareto))


def vital_few(pareto: SavedAnalysis) -> list[str]:
    """The categories that make most of the loss, the largest first; blank and folded ones left out.

    Args:
        pareto: a saved Pareto; of a comparison the newest period counts.
    """
    return [
        _name(row)
        for row in ranking(pareto).get("rows", ())
        if row.get("vital_few") and not row.get("other") and tuple(row["category"]) != (BLANK,)
    ]


def ranking(pareto: SavedAnalysis) -> Mapping[str, Any]:
    """The result that ranks; a comparison holds one a period, and the newest counts.

    Args:
        pareto: a saved Pareto.
    """
    periods: Sequence[Mapping[str, Any]] = pareto.result.get("results") or ()
    return periods[-1] if periods else pareto.result


def _names(pareto: SavedAnalysis) -> list[str]:
    return [_name(row) for row in ranking(pareto).get("rows", ())]


def _name(row: Mapping[str, Any]) -> str:
    return " / ".join(map(str, row["category"]))
