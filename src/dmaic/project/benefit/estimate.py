"""What saved analyses say of a benefit: what it will bring, and what was measured."""

from __future__ import annotations

from collections.abc import Mapping
from math import isfinite
from typing import Any

from dmaic.errors import DataError, NotFoundError
from dmaic.project.benefit.benefit import LONGEST
from dmaic.project.benefit.month import after
from dmaic.project.data.analysis import SavedAnalysis
from dmaic.project.entity import Stored
from dmaic.project.store.view import View
from dmaic.result import Frozen
from dmaic.text import printable

ANALYSIS = "recover"
"""Kind of the analyses that estimate."""

LATEST = "latest"


class Estimate(Frozen):
    """What an estimate says.

    Attributes:
        analysis: id of the saved analysis.
        title: of it.
        recovered_annual: revenue a year that is recovered, as run-rate.
        benefit_annual: of it, and of who is won back, what stays after the cost to serve: the same
            money that the months of the estimate are in.
    """

    analysis: str
    title: str
    recovered_annual: float
    benefit_annual: float


class Measured(Frozen):
    """What a measurement (`dmaic benefit measure`) found, beside what was recorded.

    Attributes:
        analysis: id of the saved analysis.
        title: of it.
        run_rate: money a year that is claimed; None where it was measured without money.
        low, high: its 95 % interval, or None.
        cash: that came in until its last month, or None.
        cash_low, cash_high: its 95 % interval, or None.
    """

    analysis: str
    title: str
    run_rate: float | None = None
    low: float | None = None
    high: float | None = None
    cash: float | None = None
    cash_low: float | None = None
    cash_high: float | None = None


def measured_by(analysis: Stored[SavedAnalysis]) -> Measured:
    """What an analysis that serves as evidence says; of other kinds than a measurement no figure.

    Args:
        analysis: any saved analysis.
    """
    rate, cash = (_inner(analysis.body.result, name) for name in ("run_rate", "cash"))
    measures = analysis.body.analysis == "benefit-measure"
    return Measured(
        analysis=analysis.id,
        title=analysis.body.title,
        **{
            name: _figure(inner, field) if measures else None
            for name, inner, field in (
                ("run_rate", rate, "value"),
                ("low", rate, "low"),
                ("high", rate, "high"),
                ("cash", cash, "value"),
                ("cash_low", cash, "low"),
                ("cash_high", cash, "high"),
            )
        },
    )


def _inner(result: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    value = result.get(name)
    return value if isinstance(value, dict) else {}


def find_estimate(view: View, project: str, word: str) -> Stored[SavedAnalysis]:
    """The estimate that a person means.

    Args:
        view: to read from.
        project: id of the project.
        word: id or title, or the beginning of one; or `latest`.

    Raises:
        NotFoundError: `analysis.not-found`, `analysis.ambiguous`; `benefit.no-estimate`, the
            project has none.
        DataError: `benefit.estimate`, it is no estimate.
    """
    made = [each for each in view.all(SavedAnalysis, project) if each.body.analysis == ANALYSIS]
    if word.strip().casefold() == LATEST:
        if made:
            return made[-1]
        raise NotFoundError(
            "No estimate is saved in this project.",
            "benefit.no-estimate",
            "Make one: dmaic recover --segment NAME --reduction 65%",
        )
    found = view.find(SavedAnalysis, word, project)
    if found.body.analysis != ANALYSIS:
        raise DataError(
            f'"{printable(found.body.title, 60)}" ({found.id}) estimates no recovered revenue.',
            "benefit.estimate",
            "Name a saved `dmaic recover`, or latest.",
        )
    return found


def estimate_of(analysis: Stored[SavedAnalysis]) -> Estimate | None:
    """What an estimate says, or None where it says no figure.

    Args:
        analysis: any saved analysis.
    """
    result = analysis.body.result
    annual = _figure(result, "recovered_annual")
    if annual is None:
        return None
    benefit = _figure(result, "first_year_benefit")
    return Estimate(
        analysis=analysis.id,
        title=analysis.body.title,
        recovered_annual=annual,
        benefit_annual=annual if benefit is None else benefit,
    )


def estimated(analysis: Stored[SavedAnalysis], starts: str) -> dict[str, Any]:
    """Fields of a plan that an estimate gives: target, forecast, and the segment if it is one.

    Args:
        analysis: a saved estimate.
        starts: month that is the first of the estimate.

    Raises:
        DataError: `benefit.estimate`, it says no recovered revenue.
    """
    known = estimate_of(analysis)
    if known is None or known.benefit_annual <= 0:
        raise DataError(
            f'"{printable(analysis.body.title, 60)}" ({analysis.id}) says no recovered revenue.',
            "benefit.estimate",
            "Say the target with --target AMOUNT.",
        )
    rows = analysis.body.result.get("months")
    rows = [each for each in rows if isinstance(each, dict)] if isinstance(rows, list) else []
    given: dict[str, float] = {}
    for each in rows[:LONGEST]:
        month, cash = each.get("month"), _figure(each, "benefit")
        # Month 0 is when the money is spent, before anything comes in.
        if isinstance(month, int) and month >= 1 and cash is not None:
            given[after(starts, month - 1)] = cash
    fields = {"target": known.benefit_annual, "given": given, "estimate": analysis.id}
    segments = analysis.body.result.get("segments")
    if isinstance(segments, list) and len(segments) == 1 and isinstance(segments[0], dict):
        fields["segment"] = str(segments[0].get("name") or "")
    return fields


def _figure(result: Mapping[str, Any], name: str) -> float | None:
    value = result.get(name)
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not isfinite(value):
        return None
    return float(value)
