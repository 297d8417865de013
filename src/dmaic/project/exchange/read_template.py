"""The template in a project's file: whether it is the one that the project follows."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import ValidationError

from dmaic.errors import Problem, refusal
from dmaic.project.exchange.file import ProjectFile
from dmaic.text import printable


def template_problems(file: ProjectFile, name: str) -> Iterator[Problem]:
    """What is wrong with the template in a file; one that is not there is nothing wrong.

    Args:
        file: of a project.
        name: of the file, for messages.
    """
    from dmaic.engagements.content import content_hash
    from dmaic.engagements.template import Template
    from dmaic.project.engagement.kept_package import opened

    mark, hint = file.project.body.template, "Export the project again."
    told = "it is not the one that the project follows, or it was changed."
    package = file.package
    if package is not None and (package.hash != mark.package or opened(package) is None):
        yield Problem("exchange.template", f"package: {told}", hint, name)
    kept = file.template
    if kept is None:
        return
    if kept.hash != mark.hash or content_hash(kept.content) != kept.hash:
        yield Problem("exchange.template", f"template: {told}", hint, name)
        return
    try:
        Template.model_validate(kept.content)
    except ValidationError as error:
        for each in error.errors():
            place = ".".join(("template.content", *map(str, each["loc"])))
            yield Problem(
                "exchange.body", f"{printable(place, 120)}: {refusal(dict(each))}.", "", name
            )
