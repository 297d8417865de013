"""dmaic: Lean Six Sigma against customer churn.

The public Python API. Names are imported when first used, so that `import dmaic` costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dmaic.analysis.agreement import agreement as agreement
    from dmaic.analysis.benefit_measure import benefit_measure as benefit_measure
    from dmaic.analysis.capability import capability as capability
    from dmaic.analysis.churn import churn_rates as churn_rates
    from dmaic.analysis.clv import clv as clv
    from dmaic.analysis.compare import compare as compare
    from dmaic.analysis.control import control as control
    from dmaic.analysis.correlate import correlate as correlate
    from dmaic.analysis.cost import cost as cost
    from dmaic.analysis.decide import decide as decide
    from dmaic.analysis.drivers import drivers as drivers
    from dmaic.analysis.gage import gage as gage
    from dmaic.analysis.inspect import InspectResult as InspectResult
    from dmaic.analysis.inspect import inspect as inspect
    from dmaic.analysis.pareto import pareto as pareto
    from dmaic.analysis.recover import recover as recover
    from dmaic.analysis.sample_size import sample_size as sample_size
    from dmaic.analysis.survey import survey as survey
    from dmaic.analysis.survival import survival as survival
    from dmaic.analysis.test import test as test
    from dmaic.errors import DmaicError as DmaicError
    from dmaic.money.benefit_measure import BenefitMeasureResult as BenefitMeasureResult
    from dmaic.money.churn import ChurnResult as ChurnResult
    from dmaic.money.clv import ClvResult as ClvResult
    from dmaic.money.cost import CostResult as CostResult
    from dmaic.money.decide import DecideResult as DecideResult
    from dmaic.money.recover import RecoverResult as RecoverResult
    from dmaic.stats.agreement.result import AgreementResult as AgreementResult
    from dmaic.stats.capability.attribute_result import AttributeCapability as AttributeCapability
    from dmaic.stats.capability.result import CapabilityResult as CapabilityResult
    from dmaic.stats.compare.result import CompareResult as CompareResult
    from dmaic.stats.control.result import ControlResult as ControlResult
    from dmaic.stats.correlate.result import CorrelateResult as CorrelateResult
    from dmaic.stats.drivers.result import DriversResult as DriversResult
    from dmaic.stats.gage.result import GageResult as GageResult
    from dmaic.stats.pareto import ParetoComparison as ParetoComparison
    from dmaic.stats.pareto import ParetoResult as ParetoResult
    from dmaic.stats.sampling.plan import SampleSizeResult as SampleSizeResult
    from dmaic.stats.sampling.survey import SurveyResult as SurveyResult
    from dmaic.stats.survival.result import SurvivalResult as SurvivalResult
    from dmaic.stats.survival.retention import CohortResult as CohortResult
    from dmaic.stats.test.tested import TestResult as TestResult

__version__ = "0.1.0"

_PLACES = {
    "CorrelateResult": "dmaic.stats.correlate.result",
    "correlate": "dmaic.analysis.correlate",
    "CompareResult": "dmaic.stats.compare.result",
    "compare": "dmaic.analysis.compare",
    "SurveyResult": "dmaic.stats.sampling.survey",
    "TestResult": "dmaic.stats.test.tested",
    "survey": "dmaic.analysis.survey",
    "test": "dmaic.analysis.test",
    "GageResult": "dmaic.stats.gage.result",
    "gage": "dmaic.analysis.gage",
    "AgreementResult": "dmaic.stats.agreement.result",
    "agreement": "dmaic.analysis.agreement",
    "AttributeCapability": "dmaic.stats.capability.attribute_result",
    "BenefitMeasureResult": "dmaic.money.benefit_measure",
    "CapabilityResult": "dmaic.stats.capability.result",
    "ClvResult": "dmaic.money.clv",
    "ChurnResult": "dmaic.money.churn",
    "ControlResult": "dmaic.stats.control.result",
    "CostResult": "dmaic.money.cost",
    "DecideResult": "dmaic.money.decide",
    "CohortResult": "dmaic.stats.survival.retention",
    "DmaicError": "dmaic.errors",
    "DriversResult": "dmaic.stats.drivers.result",
    "InspectResult": "dmaic.analysis.inspect",
    "ParetoComparison": "dmaic.stats.pareto",
    "ParetoResult": "dmaic.stats.pareto",
    "RecoverResult": "dmaic.money.recover",
    "SurvivalResult": "dmaic.stats.survival.result",
    "benefit_measure": "dmaic.analysis.benefit_measure",
    "capability": "dmaic.analysis.capability",
    "churn_rates": "dmaic.analysis.churn",
    "control": "dmaic.analysis.control",
    "cost": "dmaic.analysis.cost",
    "decide": "dmaic.analysis.decide",
    "clv": "dmaic.analysis.clv",
    "drivers": "dmaic.analysis.drivers",
    "inspect": "dmaic.analysis.inspect",
    "pareto": "dmaic.analysis.pareto",
    "recover": "dmaic.analysis.recover",
    "survival": "dmaic.analysis.survival",
    "sample_size": "dmaic.analysis.sample_size",
    "SampleSizeResult": "dmaic.stats.sampling.plan",
}

__all__ = ["__version__", *_PLACES]


def __getattr__(name: str) -> object:
    if name not in _PLACES:
        raise AttributeError(f"module 'dmaic' has no attribute {name!r}")
    found = globals()[name] = getattr(import_module(_PLACES[name]), name)
    return found


def __dir__() -> list[str]:
    return sorted(__all__)
