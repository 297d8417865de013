"""Checks of the data: exports that are registered, and what was lost before and after."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from pydantic import Field

from dmaic import number
from dmaic.project.criterion.base import Check, Evidence, Verdict, shown
from dmaic.text import plural

if TYPE_CHECKING:
    from dmaic.project.data.analysis import SavedAnalysis
    from dmaic.project.entity import Stored


class DataCheck(Check):
    """Base of the checks that look at the registered exports."""

    DATA: ClassVar[bool] = True


class DatasetRegistered(DataCheck):
    """The dataset that analyses use covers enough months of churn dates."""

    months: int = Field(default=0, ge=0, le=600, description="months that the dates must cover")

    def judge(self, evidence: Evidence, criterion: str) -> Verdict:
        """Look at the dataset that analyses use."""
        del criterion
        add = "dmaic data add FILE --name NAME"
        if evidence.dataset is None:
            return Verdict("fail", "No export is registered.", add)
        dataset = evidence.dataset.body
        name = shown(dataset.name)
        if dataset.months < self.months:
            found = (
                f"covers {plural(dataset.months, 'month')}"
                if dataset.months
                else "has no churn dates"
            )
            return Verdict(
                "fail",
                f"The dataset {name} {found}; {plural(self.months, 'month')} are asked for.",
                add,
            )
        span = f", {plural(dataset.months, 'month')} of churn dates" if dataset.months else ""
        return Verdict("pass", f"The dataset {name} has {plural(dataset.rows, 'row')}{span}.")


class SegmentCoverage(DataCheck):
    """Enough of the rows name a segment: without it nobody knows which customers are lost."""

    share: float = Field(
        default=0.8, gt=0, le=1, description="least share of the rows that name a segment"
    )

    def judge(self, evidence: Evidence, criterion: str) -> Verdict:
        """Look at the dataset that analyses use."""
        del criterion
        dataset = evidence.dataset
        if dataset is None:
            return Verdict("fail", "No export is registered.", "dmaic data add FILE --name NAME")
        name, coverage = shown(dataset.body.name), dataset.body.coverage
        again = "dmaic data add FILE --name NAME --segment COLUMN"
        if coverage is None:
            return Verdict("fail", f"No column of the dataset {name} holds a segment.", again)
        told = f"{number.percent(coverage)} % of the rows of {name} name a segment"
        asked = f"{number.percent(self.share)} %"
        if coverage < self.share:
            return Verdict("fail", f"{told}; at least {asked} are asked for.", again)
        return Verdict("pass", f"{told}; {asked} are asked for.")


class ImprovementMeasured(DataCheck):
    """Before and after were compared on current data, and less is lost than before."""

    READS: ClassVar[tuple[str, ...]] = ("charter",)

    def judge(self, evidence: Evidence, criterion: str) -> Verdict:
        """Look at the newest comparison of two periods."""
        del criterion
        made = [each for each in evidence.analyses if _change(each.body) is not None]
        if not made:
            return Verdict(
                "fail",
                "Nobody compared the time before with the time after.",
                "dmaic pareto --by segment --compare AFTER",
            )
        newest = made[-1]
        title = f"{shown(newest.body.title)} ({newest.id})"
        rerun = f"dmaic analysis rerun {newest.id}"
        if newest.body.dataset is not None and is_stale(evidence, newest):
            return Verdict("fail", f"{title} is stale: its data changed since.", rerun)
        change = _change(newest.body)
        assert change is not None
        told = f"{title}: the loss changed by {number.percent(change, sign=True)} %"
        if change >= 0:
            return Verdict("fail", f"{told}. It is no improvement.", "dmaic gate return improve "
                           '--reason "..."')  # fmt: skip
        asked = _asked(evidence)
        if asked is not None and asked < 0 and change > asked + 0.0005:
            return Verdict(
                "warn",
                f"{told}; the charter asks for {number.percent(asked, sign=True)} %.",
                "dmaic doc show charter",
            )
        return Verdict("pass", f"{told}.")


def _change(analysis: SavedAnalysis) -> float | None:
    """Relative change of the loss from before to after; None where these were not compared."""
    totals = analysis.result.get("totals")
    # Periods within one export, and the groups of a column, are no before and after.
    if analysis.result.get("split") != "files" or not isinstance(totals, list) or len(totals) < 2:
        return None
    # Only another column than the usual two is told as what was measured.
    usual = {"customers": "churned", "value": "value"}
    field = usual.get(str(analysis.result.get("measure")), "measured")
    try:
        first, last = (float(totals[place][field]) for place in (0, -1))
    except (KeyError, TypeError, ValueError):
        return None
    return last / first - 1 if first > 0 else None


def _asked(evidence: Evidence) -> float | None:
    from dmaic.documents.define.charter import Charter

    charter = evidence.papers.get(Charter)
    if not charter.baseline or charter.target is None:
        return None
    return charter.target / charter.baseline - 1


def is_stale(evidence: Evidence, analysis: Stored[SavedAnalysis]) -> bool:
    """Whether the data of an analysis changed since.

    Args:
        evidence: of the project.
        analysis: one of its analyses.
    """
    from dmaic.project.data.analysis import is_stale as changed

    return changed(analysis.body, evidence.datasets)
