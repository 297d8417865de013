"""The analyses there are, by name: which function runs each, and what comes out.

A new analysis that takes an export and gives a `Result` needs one line here; then it runs on
datasets, is saved, listed, shown, run again and compared like the others.
"""

from __future__ import annotations

import inspect
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from types import MappingProxyType
from typing import Any, cast

from pydantic import ValidationError

from dmaic.errors import DataError, NotFoundError, refusal, suggest
from dmaic.result import Result
from dmaic.text import printable


@dataclass(frozen=True, slots=True)
class Analysis:
    """One analysis.

    Attributes:
        name: as on the command line.
        title: in words.
        function: `module:function`; takes a source and keywords.
        results: kind of a result -> `module:Class`.
        keys: columns of the result's records that name a row; empty: all that hold text.
        main: column of the records that is set side by side where two results are compared; empty:
            the first that differs.
        figures: paths of figures within the result, compared beside those of its own fields.
        marks: true-or-false columns of the records -> what it means when they become true, and
            when they no longer are.
        other: keyword that takes a second export, or empty.
        alone: it can be computed from its keywords alone, with None as its source.
        baseline: what it is run on is a baseline; it is told where that was read anew since.
        wide: keyword that names columns; left out, all that there are are looked at, so it is told
            where a snapshot holds only some. Or empty.
    """

    name: str
    title: str
    function: str
    results: Mapping[str, str]
    keys: tuple[str, ...] = ()
    main: str = ""
    figures: tuple[str, ...] = ()
    marks: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    other: str = ""
    alone: bool = False
    baseline: bool = False
    wide: str = ""


ANALYSES: Mapping[str, Analysis] = MappingProxyType(
    {
        each.name: each
        for each in (
            Analysis(
                "pareto",
                "Pareto",
                "dmaic.analysis.pareto:pareto",
                {
                    "pareto": "dmaic.stats.pareto:ParetoResult",
                    "pareto-comparison": "dmaic.stats.pareto:ParetoComparison",
                },
                marks={"vital_few": ("joins the vital few", "leaves the vital few")},
                other="compare",
            ),
            Analysis(
                "inspect",
                "Inspection",
                "dmaic.analysis.inspect:inspect",
                {"inspect": "dmaic.analysis.inspect:InspectResult"},
                keys=("name",),
            ),
            Analysis(
                "churn",
                "Churn",
                "dmaic.analysis.churn:churn",
                {"churn": "dmaic.money.churn:ChurnResult"},
            ),
            Analysis(
                "cost",
                "Cost of churn",
                "dmaic.analysis.cost:cost",
                {"cost": "dmaic.money.cost:CostResult"},
            ),
            Analysis(
                "clv",
                "Lifetime value",
                "dmaic.analysis.clv:clv",
                {"clv": "dmaic.money.clv:ClvResult"},
                alone=True,
            ),
            Analysis(
                "recover",
                "Recovered revenue",
                "dmaic.analysis.recover:recover",
                {"recover": "dmaic.money.recover:RecoverResult"},
                keys=("month",),
                alone=True,
                baseline=True,
            ),
            Analysis(
                "decide",
                "Decision",
                "dmaic.analysis.decide:decide",
                {"decide": "dmaic.money.decide:DecideResult"},
                keys=("name",),
                marks={
                    "best_expected_value": (
                        "is now first by expected value",
                        "is no longer first by expected value",
                    ),
                    "best_prospect_value": (
                        "is now what a loss-averse committee prefers",
                        "is no longer what a loss-averse committee prefers",
                    ),
                },
                alone=True,
            ),
            Analysis(
                "benefit-measure",
                "Realised benefit",
                "dmaic.analysis.benefit_measure:benefit_measure",
                {"benefit-measure": "dmaic.money.benefit_measure:BenefitMeasureResult"},
                keys=("segment",),
                other="after",
                baseline=True,
            ),
            Analysis(
                "control",
                "Control chart",
                "dmaic.analysis.control:control",
                {"control": "dmaic.stats.control.result:ControlResult"},
                keys=("label",),
                main="value",
                other="baseline",
            ),
            Analysis(
                "capability",
                "Capability",
                "dmaic.analysis.capability:capability",
                {
                    "capability": "dmaic.stats.capability.result:CapabilityResult",
                    "capability-attribute": "dmaic.stats.capability.attribute_result:"
                    "AttributeCapability",
                },
                main="value",
                alone=True,
            ),
            Analysis(
                "test",
                "Test",
                "dmaic.analysis.test:test",
                {"test": "dmaic.stats.test.tested:TestResult"},
                keys=("column",),
                main="value",
                figures=("effect.value", "effect.low", "effect.high"),
            ),
            Analysis(
                "drivers",
                "Drivers",
                "dmaic.analysis.drivers:drivers",
                {"drivers": "dmaic.stats.drivers.result:DriversResult"},
                keys=("name", "reference"),
                main="odds_ratio",
                figures=("auc.value", "fit.pseudo_r2"),
                wide="terms",
            ),
            Analysis(
                "correlate",
                "Correlation",
                "dmaic.analysis.correlate:correlate",
                {"correlate": "dmaic.stats.correlate.result:CorrelateResult"},
            ),
            Analysis(
                "agreement",
                "Agreement",
                "dmaic.analysis.agreement:agreement",
                {"agreement": "dmaic.stats.agreement.result:AgreementResult"},
                keys=("sort", "first", "second"),
                main="kappa",
            ),
            Analysis(
                "sample-size",
                "Sample size",
                "dmaic.analysis.sample_size:sample_size",
                {"sample-size": "dmaic.stats.sampling.plan:SampleSizeResult"},
                keys=("margin", "from_rate", "to_rate", "difference", "hazard_ratio"),
                alone=True,
                main="n",
            ),
            Analysis(
                "gage",
                "Gage R&R",
                "dmaic.analysis.gage:gage",
                {"gage": "dmaic.stats.gage.result:GageResult"},
                keys=("way", "name"),
            ),
            Analysis(
                "survival",
                "Survival",
                "dmaic.analysis.survival:survival",
                {
                    "survival": "dmaic.stats.survival.result:SurvivalResult",
                    "survival-cohort": "dmaic.stats.survival.retention:CohortResult",
                },
                keys=("group", "cohort"),
                main="median",
                figures=(
                    "overall.median",
                    "overall.restricted_mean",
                    "logrank.statistic",
                    "logrank.p_value",
                ),
            ),
            Analysis(
                "survey",
                "Exit survey",
                "dmaic.analysis.survey:survey",
                {"survey": "dmaic.stats.sampling.survey:SurveyResult"},
                keys=("reason",),
                other="population",
                main="share",
                figures=("response.rate",),
            ),
            Analysis(
                "compare",
                "Comparison",
                "dmaic.analysis.compare:compare",
                {"compare": "dmaic.stats.compare.result:CompareResult"},
                keys=("segment",),
                main="difference",
                figures=(
                    "reference.rate",
                    "compared.rate",
                    "difference.value",
                    "difference.low",
                    "difference.high",
                    "relative_risk.value",
                    "relative_risk.low",
                    "relative_risk.high",
                ),
                other="after",
            ),
        )
    }
)
"""All of them."""

_FIRST = ("by", "category")
"""Keywords whose values follow the title without their names."""

_MOST = 12
"""Parts of a list that are told."""


def find_analysis(name: str) -> Analysis:
    """The analysis of that name.

    Raises:
        NotFoundError: `analysis.unknown`, this dmaic has none, as a newer one may.
    """
    if name not in ANALYSES:
        raise NotFoundError(
            f'There is no analysis "{printable(name, 40)}".',
            "analysis.unknown",
            suggest(name, ANALYSES) or f"There are {', '.join(ANALYSES)}; a newer dmaic has more.",
        )
    return ANALYSES[name]


def asked(name: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """What was asked, as plain JSON types; what is said by default is left out.

    Args:
        name: of the analysis.
        given: keywords of its function.
    """
    defaults = _defaults(name)
    plain = {word: list(each) if isinstance(each, tuple) else each for word, each in given.items()}
    return {
        word: each
        for word, each in plain.items()
        if each is not None and each != [] and each != defaults.get(word)
    }


def run(
    name: str,
    source: object,
    parameters: Mapping[str, Any],
    *,
    accepted: Sequence[str] = (),
    **how: object,
) -> Result:
    """Run an analysis.

    Args:
        name: which.
        source: an export or a `Snapshot`; None for one that is computed from its keywords alone.
        parameters: keywords of its function.
        accepted: codes of blocking findings that were accepted with the data.
        **how: further keywords, such as `progress`.

    Raises:
        DmaicError: as the analysis itself; `analysis.parameter`, it knows no such keyword, as that
            of a newer dmaic may know.
    """
    words = dict(parameters)
    _refuse_unknown(name, words)
    if accepted and "accept" in _defaults(name):
        words["accept"] = tuple(dict.fromkeys((*words.get("accept", ()), *accepted)))
    result: Result = _load(find_analysis(name).function)(source, **words, **how)
    return result


def restore(name: str, data: Mapping[str, Any]) -> Result:
    """A result of its JSON.

    Args:
        name: of the analysis.
        data: as `to_dict` gave it.

    Raises:
        DataError: `analysis.result`, it is no such result, as one of a newer dmaic may be.
    """
    kinds = find_analysis(name).results
    kind = str(data.get("kind"))
    try:
        if kind not in kinds:
            raise ValueError(f"its kind is {printable(kind, 40)}")
        # By its JSON rules, so that a list is taken for a tuple.
        return cast("Result", _load(kinds[kind]).model_validate(dict(data)))
    except (ValidationError, ValueError) as error:
        said = str(error)
        if isinstance(error, ValidationError):
            first = error.errors()[0]
            field = ".".join(str(part) for part in first["loc"])
            said = f'its field "{field}" is wrong: {refusal(first)}'
        raise DataError(
            f"The saved result cannot be read: {printable(said, 200)}.",
            "analysis.result",
            "Run it again: dmaic analysis rerun.",
        ) from error


def result_classes(name: str) -> list[type[Result]]:
    """The classes of the results that an analysis gives.

    Args:
        name: of the analysis.
    """
    return [_load(place) for place in find_analysis(name).results.values()]


def words(name: str, parameters: Mapping[str, Any]) -> str:
    """What was asked, in words: `Pareto by segment, plan; since 2025-01`.

    Args:
        name: of the analysis.
        parameters: as `asked` gives them.
    """
    title = ANALYSES[name].title if name in ANALYSES else name
    for word in _FIRST:
        if word in parameters:
            title += f" by {said(parameters[word])}"
            break
    rest = [
        _named(word.replace("_", " "), said(each))
        for word, each in parameters.items()
        if word not in _FIRST
    ]
    return "; ".join([title, *rest])


def _named(word: str, text: str) -> str:
    """A parameter with what was said of it, once where both are the same."""
    return text if text.casefold() == word else f"{word} {text}"


def said(value: object) -> str:
    """A parameter in words, short.

    Args:
        value: plain JSON types.
    """
    if isinstance(value, Mapping):
        # A thing with a name, such as a solution, is told by it.
        name = value.get("name")
        parts = (f"{str(word).replace('_', ' ')} {said(each)}" for word, each in value.items())
        return printable(str(name) if name else ", ".join(parts), 80)
    if isinstance(value, (list, tuple)):
        shown = ", ".join(said(each) for each in value[:_MOST])
        return shown + (f" and {len(value) - _MOST} more" if len(value) > _MOST else "")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return printable(str(value), 80)


def _refuse_unknown(name: str, parameters: Mapping[str, Any]) -> None:
    """Refuse keywords that a saved analysis was asked with and this dmaic does not know."""
    _, *every = inspect.signature(_load(find_analysis(name).function)).parameters.values()
    known = {each.name for each in every if each.kind is not inspect.Parameter.VAR_KEYWORD}
    if any(each.kind is inspect.Parameter.VAR_KEYWORD for each in every):
        # Only an analysis that reads exports pays for importing how they are read.
        from dmaic.analysis.said import Said

        known |= {*Said.__annotations__}
    for word in parameters:
        if word not in known:
            raise NotFoundError(
                f'The analysis {name} knows no "{printable(word, 40)}".',
                "analysis.parameter",
                suggest(word, known) or "It was probably made with a newer dmaic.",
            )


def _defaults(name: str) -> dict[str, Any]:
    signature = inspect.signature(_load(find_analysis(name).function))
    return {
        each.name: list(each.default) if isinstance(each.default, tuple) else each.default
        for each in signature.parameters.values()
        if each.default is not inspect.Parameter.empty
    }


def _load(place: str) -> Any:  # noqa: ANN401  a function or a class
    module, _, thing = place.partition(":")
    return getattr(import_module(module), thing)
