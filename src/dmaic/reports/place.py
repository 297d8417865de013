"""Where the files of reports lie."""

from __future__ import annotations

import re
from itertools import takewhile
from pathlib import Path

from dmaic.project.engagement.home import Home
from dmaic.project.engagement.project import Project
from dmaic.project.entity import Stored
from dmaic.project.store.view import View

PORTFOLIO = "portfolio"
"""The report of all projects."""

FOLDER = "reports"
"""Within the engagement; each project has a folder of its own in it."""

_DEVICE = re.compile(r"con|prn|aux|nul|(com|lpt)\w")
"""Names that no folder has on Windows."""


def drawn_in(home: Home) -> Path | None:
    """Where charts that were drawn before are kept; Git leaves it alone.

    Args:
        home: the engagement.
    """
    return home.folder / ".dmaic-charts" if home.folder is not None else None


def folder_of(view: View, project: Stored[Project]) -> str:
    """Name of the folder of a project's reports, that of no other project.

    Args:
        view: of the record.
        project: which.
    """
    name = folder_name(project)
    earlier = takewhile(lambda each: each.id != project.id, view.all(Project))
    return f"{name}-{project.id}" if name in map(folder_name, earlier) else name


def folder_name(project: Stored[Project]) -> str:
    """A project's name in small letters and dashes.

    Args:
        project: which.
    """
    words = re.findall(r"\w+", project.body.name.casefold())
    name = "-".join(words)[:60].strip("-")
    is_free = name and name != PORTFOLIO and not _DEVICE.fullmatch(name)
    return name if is_free else f"{name}-{project.id}".strip("-")


def near(folder: Path) -> Path:
    """The folder as it is named from where the person stands, if it is below.

    Args:
        folder: any.
    """
    here = Path.cwd()
    return folder.relative_to(here) if folder.is_relative_to(here) else folder
