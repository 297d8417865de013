"""Checking what a template says: its shape, and every name that it mentions."""

from __future__ import annotations

from pydantic import ValidationError

from dmaic.engagements.mention import mentions
from dmaic.engagements.source import Source
from dmaic.engagements.template import Template
from dmaic.engagements.words import in_words, spoken
from dmaic.errors import DataError, Problem

_MOST = 200
"""Problems that are told at most."""


def checked(source: Source) -> Template:
    """The template that a text describes.

    Args:
        source: the text, read.

    Raises:
        DataError: `template.yaml` or `template.invalid`, with every problem of the text.
    """
    problems = list(source.problems)
    content = source.content
    if not isinstance(content, dict):
        problems.append(
            Problem(
                "template.invalid",
                "A template is a list of fields such as name, version, title and phases.",
                "Compare it with a built-in one.",
                source.place,
            )
        )
        raise DataError.of(problems)
    template = None
    try:
        template = Template.model_validate(content)
    except ValidationError as error:
        for each in error.errors():
            at = tuple(part for part in each["loc"] if part != "[key]")
            message, hint = in_words(dict(each), Template)
            told = f"{spoken(at, content)}{message}"
            problems.append(Problem("template.invalid", told, hint, source.where(at)))
    # Names are looked at even where the shape is wrong elsewhere, so that one run tells all.
    for mention in mentions(content):
        told = f"{spoken(mention.at, content)}{mention.message}"
        problems.append(Problem("template.invalid", told, mention.hint, source.where(mention.at)))
    if problems or template is None:
        problems.sort(key=lambda each: _line(each.where))
        raise DataError.of(problems[:_MOST])
    return template


def _line(where: str) -> tuple[str, int]:
    file, _, number = where.rpartition(", line ")
    return (file, int(number)) if number.isdecimal() else (where, 0)
