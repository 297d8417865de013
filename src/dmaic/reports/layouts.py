"""Which reports can be made of a project, and of which layouts."""

from __future__ import annotations

import re
from collections.abc import Mapping

from dmaic.project.engagement.kept_package import layouts_of
from dmaic.project.engagement.kept_template import template_of
from dmaic.project.engagement.project import Project
from dmaic.project.entity import Stored
from dmaic.project.store.view import View

_ENDING = ".md.j2"
_DECK = ".slides"
_PHASE = "phase"
_PARTS = ("parts", "macros")
"""Names of layouts that others are made of; so is each that begins with an underscore."""


def kinds(layouts: Mapping[str, str], view: View, project: Stored[Project]) -> dict[str, str]:
    """The reports that can be made of a project -> what each is, in the words of its layout.

    Args:
        layouts: name of the file -> text.
        view: of the record.
        project: which.
    """
    named = {
        name.removesuffix(_ENDING): _described(text)
        for name, text in layouts.items()
        if not name.removesuffix(_ENDING).endswith(_DECK)
    }
    whole = named.pop(_PHASE, "")
    found = {
        phase.name: named.pop(phase.name, "") or whole.replace("a phase", phase.title)
        for phase in template_of(view, project).phases
    }
    usual = {"define", "measure", "analyze", "improve", "control"}
    return found | {
        kind: told
        for kind, told in named.items()
        # A template without a phase has no report of it, though there is a layout.
        if kind not in usual and kind not in _PARTS and not kind.startswith("_")
    }


def kinds_of(view: View, project: Stored[Project]) -> dict[str, str]:
    """The reports that can be made of a project -> what each is, in the words of its layout.

    Args:
        view: of the record.
        project: which.
    """
    return kinds(layouts_of(view, project), view, project)


def layout_names(kind: str, layouts: Mapping[str, str]) -> tuple[str, str]:
    """The layouts of a report: of the document, and of the deck or an empty text.

    A phase without a layout of its own takes that of phases.

    Args:
        kind: of the report.
        layouts: name of the file -> text.
    """
    own = f"{kind}{_ENDING}" in layouts
    document = f"{kind}{_ENDING}" if own else f"{_PHASE}{_ENDING}"
    decks = [f"{kind}{_DECK}{_ENDING}"]
    text = layouts.get(document, "")
    if not own or re.search(rf'extends\s+["\']{_PHASE}{re.escape(_ENDING)}', text):
        decks.append(f"{_PHASE}{_DECK}{_ENDING}")
    return document, next((each for each in decks if each in layouts), "")


def _described(layout: str) -> str:
    comment = re.match(r"\s*\{#-?\s*(.*?)\s*-?#\}", layout, re.DOTALL)
    return " ".join(comment[1].split()).split(". ")[0].rstrip(".") if comment else ""
