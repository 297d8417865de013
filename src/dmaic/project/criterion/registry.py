"""Which checks there are: name -> where it is. Nothing is imported before it is used."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Any, cast

from pydantic import ValidationError

from dmaic.errors import StoreError
from dmaic.text import printable

if TYPE_CHECKING:
    from dmaic.project.criterion.base import Check

CHECKS: dict[str, tuple[str, str]] = {
    "question": ("question", "Question"),
    "document-complete": ("document", "DocumentComplete"),
    "smart-goal": ("document", "SmartGoal"),
    "team-covers": ("team", "TeamCovers"),
    "role-filled": ("team", "RoleFilled"),
    "risks-owned": ("promise", "RisksOwned"),
    "actions-not-overdue": ("promise", "ActionsNotOverdue"),
    "dataset-registered": ("data", "DatasetRegistered"),
    "segment-coverage": ("data", "SegmentCoverage"),
    "analysis-on-current-data": ("analysis", "AnalysisOnCurrentData"),
    "analysis": ("analysis", "AnalysisSaved"),
    "improvement-measured": ("data", "ImprovementMeasured"),
    "causes-verified": ("cause", "CausesVerified"),
    "solutions-address-verified-causes": ("cause", "SolutionsAddressVerifiedCauses"),
    "benefits-agreed": ("benefit", "BenefitsAgreed"),
    "benefits-realised": ("benefit", "BenefitsRealised"),
    "pilot-decided": ("control", "PilotDecided"),
    "ctqs-controlled": ("control", "CtqsControlled"),
}
"""Name in a template -> (module in this package, class), in the order of the reference."""


def check_class(name: str) -> type[Check]:
    """The check with this name; an empty one is the question that a person answers.

    Raises:
        KeyError: there is none.
    """
    module, wanted = CHECKS[name or "question"]
    found = getattr(import_module(f"dmaic.project.criterion.{module}"), wanted)
    return cast("type[Check]", found)


def make_check(name: str, parameters: Mapping[str, Any]) -> Check:
    """A check with its parameters, of a template that was checked when it was loaded.

    Args:
        name: of the check; empty for the question that a person answers.
        parameters: as the template gives them.

    Raises:
        StoreError: `template.newer`, this dmaic does not know the check or its parameters.
    """
    try:
        return check_class(name).model_validate(dict(parameters))
    except (KeyError, ValidationError) as error:
        raise StoreError(
            f'The project\'s template asks for the check "{printable(name, 60)}" in a way that '
            "this dmaic does not know.",
            "template.newer",
            "It was probably begun with a newer one: pip install --upgrade dmaic.",
        ) from error
