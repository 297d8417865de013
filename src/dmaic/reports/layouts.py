"""Which layouts a project's reports are made of."""

from __future__ import annotations

from dmaic.resource import templates_folder

BASE = "dmaic"
"""Template whose layouts stand in where a template has none of its own."""


def layouts_of(template: str) -> dict[str, str]:
    """Name of the file -> text: the base's, then those of the template.

    Args:
        template: name of a built-in template.
    """
    found = {}
    for name in dict.fromkeys((BASE, template)):
        for path in sorted((templates_folder() / name / "reports").glob("*.md.j2")):
            found[path.name] = path.read_text("utf-8")
    return found
