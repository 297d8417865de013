"""The whole template that a project follows, kept in the engagement: what reports take from it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from dmaic.engagements.package import BASE
from dmaic.engagements.resolved import Resolved
from dmaic.project.engagement.kept import Kept, broken, keep_once
from dmaic.project.engagement.project import Project
from dmaic.project.entity import ENGAGEMENT, Stored
from dmaic.project.store.view import View
from dmaic.project.store.work import Work
from dmaic.resource import templates_folder

if TYPE_CHECKING:
    from dmaic.churn.preset import Preset


class KeptPackage(Kept):
    """A template with its answers open, as it was when a project began to follow it."""

    kind: ClassVar[str] = "package"


def keep_package(work: Work, resolved: Resolved) -> str:
    """Keep a template with its answers open, once.

    Args:
        work: to write with.
        resolved: the template.

    Returns:
        Its fingerprint.
    """
    body = KeptPackage(
        name=resolved.name,
        version=resolved.version,
        hash=resolved.hash,
        content=resolved.as_json(),
    )
    return keep_once(work, body)


def package_of(view: View, project: Stored[Project]) -> Resolved | None:
    """The template that a project follows, its answers open.

    Args:
        view: to read from.
        project: any.

    Returns:
        None for a project that was begun before templates were packages.

    Raises:
        StoreError: `template.lost`, it is not kept here; `template.changed`, it is not what the
            project began with.
    """
    mark = project.body.template
    if not mark.package:
        return None
    kept = view.keyed(KeptPackage, ENGAGEMENT, mark.package)
    if kept is None:
        told = f"The files of the template {mark.name} {mark.version} are not kept here."
        raise broken(told, code="template.lost")
    resolved = opened(kept.body, mark.source)
    if resolved is None:
        told = f"The files of the template {mark.name} were changed by hand."
        raise broken(told, code="template.changed")
    return resolved


def opened(kept: KeptPackage, source: str = "") -> Resolved | None:
    """A kept template as it was before; None where it was changed by hand.

    Args:
        kept: as it was read.
        source: how the template can be had again.
    """
    try:
        resolved = Resolved.of_json(kept.content, source)
        same = resolved.hash == kept.hash
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
    return resolved if same else None


def layouts_of(view: View, project: Stored[Project]) -> dict[str, str]:
    """The layouts of a project's reports: name of the file -> text.

    Those of its template, as they are kept with the project, and for all others the built-in ones.

    Args:
        view: to read from.
        project: any.

    Raises:
        StoreError: as `package_of`.
    """
    resolved = package_of(view, project)
    if resolved is not None:
        return {**built_in_layouts(BASE), **resolved.layouts}
    return built_in_layouts(BASE) | built_in_layouts(project.body.template.name)


def built_in_layouts(template: str) -> dict[str, str]:
    """The layouts of a template that comes with dmaic; none where it has none.

    Args:
        template: its name.
    """
    folder = templates_folder() / template / "reports"
    return {path.name: path.read_text("utf-8") for path in sorted(folder.glob("*.md.j2"))}


def style_of(view: View, project: Stored[Project]) -> tuple[dict[str, Any], Mapping[str, bytes]]:
    """How a project's template wants its reports to look.

    Args:
        view: to read from.
        project: any.

    Returns:
        What its `style.toml` says with the project's answers filled in, and the files of its
        folder `style/` by name. Both are empty where it says nothing.

    Raises:
        StoreError: as `package_of`.
    """
    resolved = package_of(view, project)
    if resolved is None:
        return {}, {}
    from dmaic.engagements.render import render_part

    said = render_part(resolved, resolved.style, project.body.template.answers)
    return said or {}, resolved.assets


def presets_of(view: View, project: Stored[Project]) -> dict[str, Preset]:
    """The column presets of a project's template: name -> preset.

    Args:
        view: to read from.
        project: any.

    Raises:
        StoreError: as `package_of`.
    """
    resolved = package_of(view, project)
    if resolved is None or not resolved.presets:
        return {}
    from dmaic.churn.preset import Preset
    from dmaic.engagements.render import render_part

    answers = project.body.template.answers
    return {
        name: Preset(**{**render_part(resolved, each, answers), "name": name})
        for name, each in resolved.presets.items()
    }
