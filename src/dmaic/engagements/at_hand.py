"""Which version of a template is at hand, told without reading all of it."""

from __future__ import annotations

import re
from pathlib import Path

from dmaic.engagements.find import shelf
from dmaic.engagements.package import TEMPLATE
from dmaic.engagements.version import figures
from dmaic.resource import templates_folder

_VERSION = re.compile(rb"^version\s*:\s*[\"']?(\d+\.\d+\.\d+)[\"']?\s*(?:#.*)?$", re.MULTILINE)
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")
_HEAD = 4_096
"""Bytes of `template.yaml` in which its version is looked for."""


def newer_version(name: str, version: str) -> str:
    """The version of a built-in template or of one's own, where it is newer; else an empty text.

    Only what is on this machine under the template's name is looked at: no address, and no path
    that a record names.

    Args:
        name: of a template.
        version: that is followed.
    """
    if not _NAME.fullmatch(name):
        return ""
    found = _version(templates_folder() / name) or _version(shelf() / name)
    return found if figures(found) > figures(version) else ""


def _version(folder: Path) -> str:
    try:
        with (folder / TEMPLATE).open("rb") as file:
            match = _VERSION.search(file.read(_HEAD))
    except OSError:
        return ""
    return match[1].decode() if match else ""
