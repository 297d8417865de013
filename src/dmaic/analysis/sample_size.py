"""`sample_size`: how many customers a survey or a pilot needs, and what so many tell."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from dmaic import __version__
from dmaic.analysis.sample_size_check import check_figures, find_design
from dmaic.errors import UsageError
from dmaic.result import Inputs
from dmaic.stats.sampling.comparison_plan import Comparison
from dmaic.stats.sampling.plan import Design, SampleSizeResult, Solved
from dmaic.stats.sampling.plan_word import assumptions, cautions, method
from dmaic.stats.sampling.power import Terms
from dmaic.stats.sampling.survey_plan import Survey

if TYPE_CHECKING:
    from dmaic.engines.duckdb import Progress

Some = float | Sequence[float]


def sample_size(
    source: None = None,
    *,
    margin: Some = (),
    population: int | None = None,
    share: float | None = None,
    confidence: float | None = None,
    response_rate: float | None = None,
    from_rate: float | None = None,
    to_rate: Some = (),
    difference: Some = (),
    deviation: float | None = None,
    hazard_ratio: Some = (),
    event_share: float | None = None,
    n: int | Sequence[int] = (),
    power: float | None = None,
    alpha: float | None = None,
    ratio: float | None = None,
    one_sided: bool = False,
    one_group: bool = False,
    continuity: bool = False,
    progress: Progress | None = None,
) -> SampleSizeResult:
    """Plan a sample: for a survey, or for a comparison of shares, means or hazards.

    What is left out is what comes out: the size; with `n` the margin of a survey, or the power of a
    comparison; with `n` and no effect, the smallest effect that is likely seen. All shares are
    fractions of one. Several margins, effects or sizes give a table.

    Args:
        source: None; nothing is read.
        margin: of a survey, half the width of the interval; in the unit of a mean where
            `deviation` is given.
        population: customers there are; None where they have no end.
        share: expected in a survey; 0.5, which needs the most, where it is left out.
        confidence: of the interval of a survey; 0.95.
        response_rate: of those asked, who answers.
        from_rate: share of the control group that is lost.
        to_rate: share of the pilot that is lost.
        difference: of two means.
        deviation: standard deviation of the measure.
        hazard_ratio: hazard of the pilot over that of the control group.
        event_share: share of all customers lost while they are watched.
        n: answers that there are; or customers of the control group, or of the only group.
        power: chance of seeing the effect; 0.8.
        alpha: chance of seeing one where there is none; 0.05.
        ratio: customers of the pilot for one of the control group; 1.
        one_sided: look only for the effect that is hoped for.
        one_group: there is no control group; what the pilot is compared with is known.
        continuity: correct a comparison of shares for continuity.
        progress: not called; nothing here takes long.

    Raises:
        UsageError: `usage.sample-size`, `sample.figure` or `sample.rows`.
    """
    del progress
    if source is not None:
        raise UsageError(
            "A sample size is computed from figures, without a file.",
            "usage.sample-size",
            "Leave the file out.",
        )
    said: dict[str, Any] = {
        "margin": _some(margin),
        "population": population,
        "share": share,
        "confidence": confidence,
        "response_rate": response_rate,
        "from_rate": from_rate,
        "to_rate": _some(to_rate),
        "difference": _some(difference),
        "deviation": deviation,
        "hazard_ratio": _some(hazard_ratio),
        "event_share": event_share,
        "n": tuple(int(each) if each == int(each) else each for each in _some(n)),
        "power": power,
        "alpha": alpha,
        "ratio": ratio,
        "one_sided": one_sided or None,
        "one_group": one_group or None,
        "continuity": continuity or None,
    }
    given = {name: each for name, each in said.items() if each is not None and each != ()}
    check_figures(given)
    design = find_design(given)
    planned = _survey(design, given) if design in ("share", "mean") else _comparison(design, given)
    result = planned.model_copy(update=_first(planned))
    return result.model_copy(
        update={
            "method": method(result),
            "assumptions": assumptions(result),
            "findings": tuple(cautions(result)),
        }
    )


def _some(figures: Some) -> tuple[float, ...]:
    return tuple(figures) if isinstance(figures, Sequence) else (figures,)


def _survey(design: Design, given: dict[str, Any]) -> SampleSizeResult:
    survey = Survey(
        share=given.get("share", 0.5) if design == "share" else None,
        deviation=given.get("deviation"),
        confidence=given.get("confidence", 0.95),
        population=given.get("population"),
        response=given.get("response_rate"),
    )
    if "margin" in given:
        solved: Solved = "n"
        rows = [survey.row(margin, None) for margin in given["margin"]]
    else:
        solved = "margin"
        rows = [survey.row(None, n) for n in given["n"]]
    return SampleSizeResult(
        inputs=_inputs(),
        design=design,
        solved=solved,
        confidence=survey.confidence,
        population=survey.population,
        share=survey.share,
        deviation=survey.deviation,
        response_rate=survey.response,
        rows=tuple(rows),
        curves=survey.curve(rows),
    )


def _comparison(design: Design, given: dict[str, Any]) -> SampleSizeResult:
    assert design in ("shares", "means", "hazards")
    terms = Terms(
        alpha=given.get("alpha", 0.05),
        sides=1 if given.get("one_sided") else 2,
        ratio=given.get("ratio", 1.0),
        one_group=bool(given.get("one_group")),
    )
    plan = Comparison(
        kind=design,
        terms=terms,
        power=given.get("power", 0.8),
        before=given.get("from_rate", 0.0),
        deviation=given.get("deviation", 0.0),
        lost=given.get("event_share"),
        continuity=bool(given.get("continuity")),
    )
    effects = next(
        (given[name] for name in ("to_rate", "difference", "hazard_ratio") if name in given), ()
    )
    sizes = given.get("n", ())
    told: tuple[float | None, ...] = effects
    if not sizes:
        solved: Solved = "n"
        rows = [plan.needed(effect) for effect in effects]
    elif effects:
        solved = "power"
        rows = [plan.reached(effect, n) for effect in effects for n in sizes]
    else:
        solved = "effect"
        rows = [plan.shown(n) for n in sizes]
        told = tuple(row.effect for row in rows)
    return SampleSizeResult(
        inputs=_inputs(),
        design=design,
        solved=solved,
        deviation=given.get("deviation"),
        wanted_power=None if solved == "power" else plan.power,
        alpha=terms.alpha,
        sides=1 if terms.sides == 1 else 2,
        ratio=None if terms.one_group else terms.ratio,
        one_group=terms.one_group,
        continuity=plan.continuity,
        event_share=plan.lost,
        rows=tuple(rows),
        curves=plan.curves(told, rows),
    )


def _first(result: SampleSizeResult) -> dict[str, Any]:
    """The figures of the first row, for the top level."""
    names = ("n", "pilot", "total", "to_ask", "events", "margin", "power")
    return {name: getattr(result.rows[0], name) for name in names}


def _inputs() -> Inputs:
    return Inputs(source="figures given", tool_version=__version__)
