"""Beginning: an engagement, a project, the next cycle."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any

from dmaic.engagements.load import load_resolved
from dmaic.engagements.render import render
from dmaic.engagements.resolved import Resolved
from dmaic.errors import StoreError
from dmaic.file import expanded
from dmaic.output import write_text
from dmaic.project.checked import argument, check_dates, checked
from dmaic.project.engagement.cycle import next_cycle
from dmaic.project.engagement.home import DATABASE, SETTINGS, Settings, find_folder, read_settings
from dmaic.project.engagement.kept_template import keep
from dmaic.project.engagement.prefill import fill_in
from dmaic.project.engagement.project import Engagement, Project
from dmaic.project.engagement.settings_file import IGNORED, settings_text
from dmaic.project.entity import ENGAGEMENT, Stored
from dmaic.project.store.store import Store
from dmaic.project.store.work import Work

__all__ = ["Begun", "init", "new_project", "next_cycle"]

FOLDERS = ("data", "reports")


@dataclass(frozen=True, slots=True)
class Begun:
    """A new engagement.

    Attributes:
        folder: where it is.
        store: its database.
        settings: from its `dmaic.toml`.
        kept: files that were there already and stay as they are.
    """

    folder: Path
    store: Store
    settings: Settings
    kept: tuple[str, ...]


def init(
    folder: Path,
    *,
    actor: str,
    name: str = "",
    template: str = "saas-churn",
    database: str | None = None,
) -> Begun:
    """Make an engagement: a folder with settings and a database. Run again after an interruption.

    The database appears last and whole, so a folder with one is finished.

    Args:
        folder: made where it is missing; what is in it stays as it is.
        actor: who makes it.
        name: of the engagement; empty takes that of the folder.
        template: of new projects: a built-in name, or a path.
        database: path of the SQLite file within the folder, or an SQLAlchemy URL.

    Raises:
        StoreError: `store.exists` or `store.within`, there is an engagement here or above;
            `store.no-folder`, the place is a file or cannot be made.
        UsageError: `field.value`, the name cannot be one.
        NotFoundError, DataError: there is no such template, or it is none.
    """
    folder = expanded(folder).resolve()
    _refuse_second(folder)
    # From a folder that was named, projects are begun elsewhere, too.
    template = load_resolved(template).source
    named = name.strip() or folder.name or "engagement"
    checked(Engagement, {"name": named})
    settings = Settings(name=named, database=database or DATABASE, template=template)
    kept = tuple(each for each in (SETTINGS, ".gitignore") if (folder / each).exists())
    if SETTINGS in kept:
        settings = read_settings(folder)
    # An address that is none shall leave nothing behind.
    store = Store(_place(folder, settings), actor)
    _make(folder)
    if SETTINGS not in kept:
        write_text(folder / SETTINGS, settings_text(settings))
        (folder / SETTINGS).chmod(0o600)
    if ".gitignore" not in kept:
        write_text(folder / ".gitignore", IGNORED)
    engagement = checked(Engagement, {"name": settings.name or named})
    store.create(lambda work: work.add(engagement, ENGAGEMENT, id=ENGAGEMENT))
    return Begun(folder, store, settings, kept)


def _place(folder: Path, settings: Settings) -> str | Path:
    return settings.database if "://" in settings.database else folder / settings.database


def _refuse_second(folder: Path) -> None:
    above = find_folder(folder)
    if above is None:
        return
    if above != folder:
        raise StoreError(
            f"The folder lies in an engagement already: {above}.",
            "store.within",
            'Start a project in it with `dmaic project new "NAME"`, or choose another folder.',
            str(folder),
        )
    place = _place(folder, read_settings(folder))
    if (isinstance(place, Path) and place.exists()) or (folder / DATABASE).exists():
        raise StoreError(
            "There is an engagement already.",
            "store.exists",
            'Start a project in it with `dmaic project new "NAME"`, or choose another folder.',
            str(folder),
        )


def _make(folder: Path) -> None:
    try:
        # Churn data is personal data: private from the start.
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for name in FOLDERS:
            (folder / name).mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise StoreError(
            f"The folder cannot be made: {(error.strerror or str(error)).lower()}.",
            "store.no-folder",
            "Choose another place.",
            str(folder),
        ) from error


def new_project(
    work: Work,
    name: str,
    *,
    template: str | Resolved,
    answers: Mapping[str, Any] = MappingProxyType({}),
    sponsor: str = "",
    start: date | None = None,
    target_date: date | None = None,
    group: str = "",
    currency: str = "USD",
) -> Stored[Project]:
    """Start a project.

    Args:
        work: to write in.
        name: what it is called; once an engagement.
        template: the template it follows, or its name, path or address.
        answers: to the questions that the template asks: key -> text or value.
        sponsor: who asks for it and pays for it.
        start: first day.
        target_date: day by which it shall be closed.
        group: Pareto group it works on, or empty.
        currency: code of the currency of its figures.

    Raises:
        ConflictError: `project.exists`, the name is taken.
        UsageError: `project.dates`, it would end before it begins; `field.value`.
        NotFoundError, DataError: there is no such template, or it is none.
        UsageError: `answer.missing` and others, as `render`.
    """
    check_dates(start, target_date)
    resolved = load_resolved(template) if isinstance(template, str) else template
    filled = render(resolved, answers)
    project = checked(
        Project,
        {
            "name": name,
            "template": keep(work, resolved, filled),
            "sponsor": sponsor,
            "start": start,
            "target_date": target_date,
            "group": group,
            "currency": currency,
        },
        where=argument("name"),
    )
    made = work.add(project, ENGAGEMENT)
    work.project = made.id
    fill_in(work, made.id, filled.documents)
    return made
