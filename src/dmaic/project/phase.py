"""The phase that a person means."""

from __future__ import annotations

from dmaic.engagements.template import Template, TemplatePhase
from dmaic.errors import NotFoundError, suggest
from dmaic.text import printable


def phase_named(template: Template, word: str) -> TemplatePhase:
    """A phase by its name or title, or the beginning of either.

    Args:
        template: that the project follows.
        word: what the person wrote.

    Raises:
        NotFoundError: `phase.not-found`.
    """
    said = word.strip().casefold()
    names = [each.name for each in template.phases]
    for begun in (False, True):
        found = [
            each
            for each in template.phases
            for name in (each.name.casefold(), each.title.casefold())
            if said and (name.startswith(said) if begun else name == said)
        ]
        if len({each.name for each in found}) == 1:
            return found[0]
    raise NotFoundError(
        f'There is no phase "{printable(word, 60)}".',
        "phase.not-found",
        suggest(said, names) or f"Phases are {', '.join(names)}.",
    )
