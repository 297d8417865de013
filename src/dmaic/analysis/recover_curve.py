"""The survival curves by which saved customers go on leaving."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from dmaic.analysis.exposure import read_exposure
from dmaic.analysis.stay import Stay, by_age
from dmaic.errors import DataError
from dmaic.money.baseline import Baseline, Retention
from dmaic.result import Finding
from dmaic.text import printable

if TYPE_CHECKING:
    from dmaic.analysis.ledger_question import LedgerQuestion
    from dmaic.churn.table import ChurnTable


def on_curves(
    table: ChurnTable, question: LedgerQuestion, base: Baseline, segments: Sequence[str]
) -> tuple[Baseline, tuple[Finding, ...]]:
    """The baseline with the curve of each segment that has one, and which have none.

    The shifted-beta-geometric curve is fitted to the segment's customers at risk and lost by age,
    in the months of the baseline.

    Args:
        table: the opened export.
        question: as the baseline was asked for.
        base: the baseline.
        segments: those that solutions work on.

    Raises:
        DataError: the export does not tell how long customers have been there.
    """
    window = replace(question, since=base.first, until=base.last)
    exposure = read_exposure(table, window, fingerprint=False)
    stays = {" / ".join(category): every for category, every in exposure.stays.items()}
    curves, flat = {}, []
    for name in segments:
        curve, why = _fitted(stays.get(name, ()))
        if curve is not None:
            curves[name] = curve
            continue
        flat.append(
            Finding(
                code="curve-constant",
                level="warning",
                message=f'"{printable(name, 60)}" has no survival curve ({why}), so those saved in '
                "it churn at a constant rate.",
            )
        )
    parts = tuple(
        each.model_copy(update={"retention": curves.get(each.name)}) for each in base.segments
    )
    return base.model_copy(update={"segments": parts}), tuple(flat)


def _fitted(stays: Sequence[Stay]) -> tuple[Retention | None, str]:
    """The curve of a segment, or None and why it has none."""
    from dmaic.money.sbg_fit import fit

    lost = [stay for stay in stays if stay.lost]
    count = sum(stay.customers for stay in lost)
    if not count:
        return None, "nobody was lost"
    try:
        found = fit(by_age(stays))
    except DataError as error:
        return None, error.message[:1].lower() + error.message[1:].rstrip(".")
    if found.shape != "sbg":
        return None, "its churn does not fall with age"
    age = sum(stay.exit * stay.customers for stay in lost) / count
    return Retention(rate=found.curve.rate, spread=found.curve.spread, age=age), ""
