"""Beginning: an engagement, a project, the next cycle."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from dmaic.errors import StoreError, UsageError
from dmaic.output import write_text
from dmaic.project.entity import ENGAGEMENT, Stored
from dmaic.project.home import DATABASE, SETTINGS, Settings, find_folder, read_settings
from dmaic.project.project import Engagement, Project, TemplateMark
from dmaic.project.settings_file import IGNORED, settings_text
from dmaic.project.store import Store
from dmaic.project.work import Work

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
    database: str = DATABASE,
) -> Begun:
    """Make an engagement: a folder with settings and a database. Run again after an interruption.

    The database appears last and whole, so a folder with one is finished.

    Args:
        folder: made where it is missing; what is in it stays as it is.
        actor: who makes it.
        name: of the engagement; empty takes that of the folder.
        template: of new projects.
        database: path of the SQLite file within the folder, or an SQLAlchemy URL.

    Raises:
        StoreError: `store.exists` or `store.within`, there is an engagement here or above;
            `store.no-folder`, the place is a file or cannot be made.
    """
    _refuse_second(folder, database)
    _make(folder)
    kept = tuple(each for each in (SETTINGS, ".gitignore") if (folder / each).exists())
    name = name.strip() or folder.absolute().name or "engagement"
    settings = Settings(name=name, database=database, template=template)
    if SETTINGS in kept:
        settings = read_settings(folder)
    else:
        write_text(folder / SETTINGS, settings_text(settings))
        (folder / SETTINGS).chmod(0o600)
    if ".gitignore" not in kept:
        write_text(folder / ".gitignore", IGNORED)
    store = _database(folder, settings, Engagement(name=settings.name or name), actor)
    return Begun(folder, store, settings, kept)


def _refuse_second(folder: Path, database: str) -> None:
    above = find_folder(folder)
    if above is None:
        return
    if above != folder.absolute():
        raise StoreError(
            f"The folder lies in an engagement already: {above}.",
            "store.within",
            'Start a project in it with `dmaic project new "NAME"`, or choose another folder.',
            str(folder),
        )
    settings = read_settings(folder)
    if (folder / settings.database).exists() or (folder / DATABASE).exists():
        raise StoreError(
            "There is an engagement already.",
            "store.exists",
            'Start a project in it with `dmaic project new "NAME"`, or choose another folder.',
            str(folder),
        )
    del database


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


def _database(folder: Path, settings: Settings, engagement: Engagement, actor: str) -> Store:
    if "://" in settings.database:
        store = Store(settings.database, actor)
        store.create()
        with store.writing("init") as work:
            work.add(engagement, ENGAGEMENT, id=ENGAGEMENT)
        return store
    draft = folder / f".dmaic-{secrets.token_hex(8)}.tmp"
    try:
        store = Store(draft, actor)
        store.create()
        with store.writing("init") as work:
            work.add(engagement, ENGAGEMENT, id=ENGAGEMENT)
        draft.rename(folder / settings.database)
    finally:
        for each in (draft, *(Path(f"{draft}-{end}") for end in ("wal", "shm", "journal"))):
            each.unlink(missing_ok=True)
    return Store(folder / settings.database, actor)


def new_project(
    work: Work,
    name: str,
    *,
    template: str,
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
        template: name or path of the template it follows.
        sponsor: who asks for it and pays for it.
        start: first day.
        target_date: day by which it shall be closed.
        group: Pareto group it works on, or empty.
        currency: code of the currency of its figures.

    Raises:
        ConflictError: `project.exists`, the name is taken.
        UsageError: `project.dates`, it would end before it begins.
        NotFoundError: there is no such template.
    """
    check_dates(start, target_date)
    project = Project(
        name=name,
        template=_keep(work, template),
        sponsor=sponsor,
        start=start,
        target_date=target_date,
        group=group,
        currency=currency,
    )
    made = work.add(project, ENGAGEMENT)
    work.project = made.id
    return made


def check_dates(start: date | None, target_date: date | None) -> None:
    """Refuse a project that ends before it begins.

    Raises:
        UsageError: `project.dates`.
    """
    if start is not None and target_date is not None and target_date < start:
        raise UsageError(
            f"The target date {target_date} lies before the start {start}.",
            "project.dates",
            "Give another --start or --target-date.",
        )


def _keep(work: Work, template: str) -> TemplateMark:
    try:
        from dmaic.project.kept_template import keep
    except ImportError:  # until the template's keeping is there
        return TemplateMark(name=template, version="0.0.0", hash="0" * 64)
    return keep(work, template)
