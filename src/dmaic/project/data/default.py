"""What a project's template has an analysis take where the person says nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from dmaic.analysis.registry import said
from dmaic.project.engagement.kept_template import template_of

if TYPE_CHECKING:
    from dmaic.project.engagement.project import Project
    from dmaic.project.entity import Stored
    from dmaic.project.store.view import View


def with_defaults(
    view: View, project: Stored[Project], kind: str, asked: Mapping[str, Any]
) -> tuple[dict[str, Any], tuple[str, ...]]:
    """What was asked of an analysis, and what the template adds to it.

    Args:
        view: to read from.
        project: whose template.
        kind: name of the analysis.
        asked: as `dmaic.analysis.registry.asked` gives it; it goes before the template.

    Returns:
        The parameters, and what is said about those of the template: a figure that somebody else
        chose must not go unseen.
    """
    template = template_of(view, project)
    known = template.defaults.get(kind)
    added = {
        word: each
        for word, each in (known.parameters if known else {}).items()
        if word not in asked
    }
    if known is None or not added:
        return dict(asked), ()
    words = ", ".join(f"{word.replace('_', ' ')} {said(each)}" for word, each in added.items())
    why = f" {known.why}" if known.why else ""
    return {**added, **asked}, (
        f"From the template {template.name}, as nothing else was said: {words}.{why}",
    )
