"""Checking what a template says: its shape, and every name that it mentions."""

from __future__ import annotations

from pydantic import ValidationError

from dmaic.engagements.source import Source
from dmaic.engagements.template import Template
from dmaic.errors import DataError, Problem


def checked(source: Source) -> Template:
    """The template that a text describes.

    Raises:
        DataError: `template.yaml` or `template.invalid`, with every problem of the text.
    """
    problems = list(source.problems)
    try:
        template = Template.model_validate(source.content)
    except ValidationError as error:
        problems += [
            Problem("template.invalid", each["msg"], "", source.where(each["loc"]))
            for each in error.errors()
        ]
        raise DataError.of(problems) from None
    if problems:
        raise DataError.of(problems)
    return template
