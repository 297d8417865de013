"""Which analyses there are: name -> the function that runs it, and what comes out.

A new analysis that takes an export and gives a `Result` needs one entry here; then it runs on
datasets, is saved, listed, shown, run again and compared like the others.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType


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
