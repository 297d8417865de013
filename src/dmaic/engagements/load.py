"""Loading a template: found, read, written out, checked, given the fingerprint of its content."""

from __future__ import annotations

from dmaic.engagements.content import content_hash, content_of
from dmaic.engagements.find import built_in, load_package, own_templates
from dmaic.engagements.package import TEMPLATE, Package
from dmaic.engagements.render import render
from dmaic.engagements.resolve import resolve
from dmaic.engagements.resolved import Resolved
from dmaic.engagements.template import Template

__all__ = [
    "built_in",
    "content_hash",
    "content_of",
    "load_resolved",
    "load_template",
    "own_templates",
    "parse_template",
]


def load_resolved(word: str) -> Resolved:
    """Load a template with all that it extends, its answers still open.

    Args:
        word: name, path or address; see `dmaic.engagements.find.load_package`.

    Raises:
        NotFoundError, DataError: as `load_package` and `resolve`.
    """
    return resolve(load_package(word))


def load_template(word: str) -> tuple[Template, str]:
    """Load a template with every answer at its default.

    Args:
        word: as for `load_resolved`.

    Returns:
        The template, and the SHA-256 of its content.

    Raises:
        NotFoundError: `template.unknown`, there is none of this name.
        UsageError: `answer.missing`, it asks a question that has no default.
        DataError: with every problem of its files; see `resolve` and `render`.
    """
    return _at_defaults(load_package(word))


def parse_template(raw: bytes, place: str) -> tuple[Template, str]:
    """A template from the bytes of its file alone.

    Args:
        raw: the bytes.
        place: name of the file, for messages.

    Returns:
        The template, and the SHA-256 of its content.

    Raises:
        UsageError, DataError: as `load_template`.
    """
    return _at_defaults(Package(place, place, {TEMPLATE: raw}))


def _at_defaults(package: Package) -> tuple[Template, str]:
    template = render(resolve(package), {}).template
    return template, content_hash(content_of(template))
