"""What is known of a project beside its course: the goal, the money, the churn as last analysed."""

from __future__ import annotations

from math import isfinite
from typing import Any

from dmaic.project.data.analysis import is_stale
from dmaic.project.data.dataset import Dataset, used_dataset
from dmaic.project.engagement.project import Project
from dmaic.project.engagement.vital import last_pareto, ranking, vital_few
from dmaic.project.entity import Stored
from dmaic.project.people.team import Member
from dmaic.project.store.view import View
from dmaic.result import Frozen

PLANNED = "cost of the problem a year × (1 − target / baseline), from the charter"
"""How the planned money is computed, in words."""


class Goal(Frozen):
    """What the charter promises.

    Attributes:
        metric, unit: what is measured, and in which unit.
        baseline, target: the metric at the start and at the end, or None.
        by: day by which the target is reached, ISO, or None.
        planned: money a year that the target is worth; None where the charter does not say.
        formula: how that is computed.
    """

    metric: str
    unit: str = ""
    baseline: float | None = None
    target: float | None = None
    by: str | None = None
    planned: float | None = None
    formula: str = PLANNED


class Churn(Frozen):
    """What the last saved Pareto says.

    Attributes:
        analysis: its id.
        title: what was asked.
        run_on: the day on which it was run, ISO.
        stale: the data changed since.
        unit: what is counted.
        churned: how many were lost.
        exposure: among how many, or None.
        rate: churned / exposure, or None.
        groups: the vital few, the largest first: name and share of the loss.
        of: which loss that is: `the loss`, counted as above, or `the lost revenue`.
        share: of the vital few together, or None.
        categories: how many there are in all.
    """

    analysis: str
    title: str
    run_on: str
    stale: bool
    unit: str
    churned: float
    exposure: float | None = None
    rate: float | None = None
    groups: tuple[tuple[str, float | None], ...] = ()
    of: str = "the loss"
    share: float | None = None
    categories: int = 0


class DataNotes(Frozen):
    """What was found in the data that analyses use.

    Attributes:
        dataset: its name.
        codes: of the findings that are more than information.
    """

    dataset: str
    codes: tuple[str, ...]


def sponsor_of(view: View, project: Stored[Project]) -> str:
    """Who asks and pays for a project: as the project says, else who has the role on its team.

    Args:
        view: the record.
        project: of the record.

    Returns:
        A name, several apart by commas, or an empty text.
    """
    if project.body.sponsor:
        return project.body.sponsor
    team = (each.body for each in view.all(Member, project.id))
    return ", ".join(each.name for each in team if "sponsor" in each.roles)


def goal_of(view: View, project: str) -> Goal | None:
    """What the charter promises, or None where it names no metric.

    Args:
        view: to read from.
        project: id of the project.
    """
    # As it is kept: the charter's own model is more than a screen of status needs.
    rows = view.rows(project, ["document"], "charter")
    fields: dict[str, Any] = rows[0].body.get("fields", {}) if rows else {}
    if not fields.get("metric"):
        return None
    baseline, target = _figure(fields, "baseline"), _figure(fields, "target")
    cost = _figure(fields, "annual_cost")
    return Goal(
        metric=str(fields["metric"]),
        unit=str(fields.get("unit") or ""),
        baseline=baseline,
        target=target,
        by=fields.get("by"),
        planned=_planned(cost, baseline, target),
    )


def _planned(cost: float | None, baseline: float | None, target: float | None) -> float | None:
    """Money a year; None where it is not known, or is more than a figure can hold."""
    if not cost or not baseline or target is None:
        return None
    planned = cost * (1 - target / baseline)
    return planned if isfinite(planned) else None


def _figure(fields: dict[str, Any], name: str) -> float | None:
    value = fields.get(name)
    return float(value) if isinstance(value, (int, float)) else None


def churn_of(view: View, project: Stored[Project]) -> Churn | None:
    """What the last saved Pareto says, or None where there is none.

    Args:
        view: to read from.
        project: any; the cycles before it are looked at as well.
    """
    found = last_pareto(view, project)
    if found is None:
        return None
    result = ranking(found.body)
    shares = {" / ".join(map(str, row["category"])): row.get("share") for row in result["rows"]}
    concentration = result.get("concentration") or {}
    groups = tuple((name, shares[name]) for name in vital_few(found.body))
    known = [share for _, share in groups if share is not None]
    churned, exposure = result.get("total_churned") or 0, result.get("total_exposure")
    return Churn(
        analysis=found.id,
        title=found.body.title,
        run_on=found.body.run_at[:10],
        stale=is_stale(found.body, view.all(Dataset, found.parent)),
        unit=str(result.get("unit") or "customers"),
        churned=churned,
        exposure=exposure,
        rate=churned / exposure if exposure else None,
        groups=groups,
        of="the lost revenue" if result.get("measure") == "value" else "the loss",
        # Of the groups that are named: the blanks, which no project can work on, are not in it.
        share=sum(known) if known else None,
        categories=int(concentration.get("categories") or 0),
    )


def notes_of(view: View, project: Stored[Project]) -> DataNotes | None:
    """What was found in the data that analyses use, or None where there is no dataset.

    Args:
        view: to read from.
        project: any.
    """
    used = used_dataset(view.all(Dataset, project.id), project.body.default_dataset)
    if used is None:
        return None
    told = [each for each in used.body.findings if each.level != "info"]
    return DataNotes(dataset=used.body.name, codes=tuple(dict.fromkeys(each.code for each in told)))
