"""Which documents there are: kind -> where its model is. Nothing is imported before it is used."""

from __future__ import annotations

from importlib import import_module
from typing import cast

from dmaic.documents.base import Document
from dmaic.errors import NotFoundError, suggest
from dmaic.text import printable

KINDS: dict[str, tuple[str, str]] = {
    "charter": ("define.charter", "Charter"),
    "stakeholders": ("define.stakeholders", "Stakeholders"),
    "raci": ("define.raci", "Raci"),
    "sipoc": ("define.sipoc", "Sipoc"),
    "ctq": ("define.ctq", "CtqTree"),
    "communication": ("define.communication", "CommunicationPlan"),
    "definitions": ("measure.definitions", "OperationalDefinitions"),
    "data-collection": ("measure.data_collection", "DataCollectionPlan"),
    "process-map": ("measure.process_map", "ProcessMap"),
    "journey-map": ("measure.journey_map", "JourneyMap"),
    "reasons": ("analyze.reasons", "ReasonTaxonomy"),
    "fishbone": ("analyze.fishbone", "Fishbone"),
    "five-whys": ("analyze.five_whys", "FiveWhys"),
    "causes": ("analyze.causes", "CauseList"),
    "cause-effect": ("analyze.cause_effect", "CauseEffectMatrix"),
    "solutions": ("improve.solutions", "Solutions"),
    "selection": ("improve.selection", "Selection"),
    "fmea": ("improve.fmea", "Fmea"),
    "pilot": ("improve.pilot", "PilotPlan"),
    "implementation": ("improve.implementation", "ImplementationPlan"),
    "control-plan": ("control.control_plan", "ControlPlan"),
    "response-plan": ("control.response_plan", "ResponsePlan"),
    "handover": ("control.handover", "Handover"),
    "training": ("control.training", "TrainingPlan"),
    "lessons": ("control.lessons", "LessonsLearned"),
}
"""Name on the command line -> (module under `dmaic.documents`, class), in the order of the work."""


def document_class(kind: str) -> type[Document]:
    """The model of a kind of document.

    Args:
        kind: such as `control-plan`; case, spaces and underscores do not matter.

    Raises:
        NotFoundError: `document.unknown`.
    """
    name = "-".join(kind.replace("_", " ").replace("-", " ").casefold().split())
    if name not in KINDS:
        raise NotFoundError(
            f'There is no document "{printable(kind, 60)}".',
            "document.unknown",
            suggest(name, KINDS) or f"Documents are {', '.join(KINDS)}.",
        )
    module, wanted = KINDS[name]
    return cast("type[Document]", getattr(import_module(f"dmaic.documents.{module}"), wanted))
