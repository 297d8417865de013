"""Where an engagement lives: its folder, its settings, its database."""

from __future__ import annotations

import contextlib
import os
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import ValidationError

from dmaic.errors import NotFoundError, Problem, StoreError
from dmaic.file import expanded, read_small
from dmaic.project.engagement.project import Project
from dmaic.project.entity import Text
from dmaic.result import Frozen
from dmaic.settings import actor
from dmaic.text import printable

if TYPE_CHECKING:
    from dmaic.project.entity import Stored
    from dmaic.project.store.store import Store
    from dmaic.project.store.view import View

SETTINGS = "dmaic.toml"
DATABASE = "dmaic.db"

_LARGEST = 1_000_000
"""Bytes of settings; they have a few hundred."""


class Settings(Frozen):
    """What a person may edit in `dmaic.toml`.

    Attributes:
        name: what the engagement is called.
        database: path of the SQLite file, relative to the folder, or an SQLAlchemy URL.
        project: id or name of the project that commands use without `--project`.
        template: template of new projects.
        currency: code of the currency of new projects.
    """

    name: Text = ""
    database: Text = DATABASE
    project: Text = ""
    template: Text = "saas-churn"
    currency: Text = "USD"


@dataclass(frozen=True, slots=True)
class Home:
    """An opened engagement.

    Attributes:
        store: its database.
        folder: its folder, or None where only a database was named.
        settings: from `dmaic.toml`.
    """

    store: Store
    folder: Path | None
    settings: Settings

    def project(self, view: View, word: str | None = None) -> Stored[Project]:
        """The project that a command means.

        Args:
            view: to look in.
            word: id, name or the beginning of one; None takes `DMAIC_PROJECT`, then the project in
                use, then the only one there is.

        Raises:
            NotFoundError: `project.none`, `project.which`, `project.not-found` or
                `project.ambiguous`.
        """
        asked = word or os.environ.get("DMAIC_PROJECT")
        if asked:
            return view.find(Project, asked)
        if self.settings.project:
            return self._in_use(view)
        projects = view.all(Project)
        if not projects:
            raise NotFoundError(
                "There is no project yet.", "project.none", 'Start one: dmaic project new "NAME".'
            )
        still = [each for each in projects if each.body.state == "open"]
        if len(projects) == 1 or len(still) == 1:
            return (still or projects)[0]
        raise NotFoundError(
            f"There are {len(projects)} projects, and none is in use.",
            "project.which",
            "Choose one: dmaic project use NAME, or add --project NAME.",
        )

    def _in_use(self, view: View) -> Stored[Project]:
        used = self.settings.project
        try:
            return view.find(Project, used)
        except NotFoundError as error:
            raise NotFoundError(
                f'The project in use, "{printable(used, 60)}", is not here.',
                error.code,
                f"{error.hint} Choose one: dmaic project use NAME.",
                SETTINGS,
            ) from error


def open_home(db: str | None = None, *, start: Path | None = None) -> Home:
    """Open the engagement that a command works in.

    Args:
        db: path or URL as said by `--db`; None takes `DMAIC_DB`, then looks for `dmaic.toml` or
            `dmaic.db` in the folder and upwards, as Git does.
        start: where to look from; None takes the working folder.

    Raises:
        StoreError: `store.none`, there is no engagement here; `store.missing`, its database is
            not there; `settings.toml`, the settings cannot be read.
    """
    home = find_home(db, start=start)
    if home.store.path is not None and not home.store.path.is_file():
        raise StoreError(
            "There is no database.",
            "store.missing",
            "Make an engagement with `dmaic init`, or restore a backup: dmaic restore FILE.",
            str(home.store.path),
        )
    return home


def find_home(db: str | None = None, *, start: Path | None = None) -> Home:
    """The same, whether or not the database is there.

    Args:
        db: as for `open_home`.
        start: as for `open_home`.

    Raises:
        StoreError: `store.none` or `settings.toml`.
    """
    from dmaic.project.store.store import Store

    asked = db or os.environ.get("DMAIC_DB")
    if asked:
        store = Store(asked, actor())
        if store.path is None:
            folder = find_folder(start)
            return Home(store, folder, read_settings(folder) if folder is not None else Settings())
        path = expanded(store.path)
        if path.is_dir():
            settings = read_settings(path)
            return Home(_store_of(path, settings), path, settings)
        return Home(Store(path, actor()), path.parent, read_settings(path.parent))
    found = find_folder(start)
    if found is None:
        raise StoreError(
            "There is no engagement here, nor in the folders above.",
            "store.none",
            "Make one with `dmaic init`, or name its database with --db.",
            str(start or Path.cwd()),
        )
    settings = read_settings(found)
    return Home(_store_of(found, settings), found, settings)


def _store_of(folder: Path, settings: Settings) -> Store:
    from dmaic.project.store.store import Store

    said = settings.database
    return Store(said if "://" in said else folder / expanded(said), actor())


def find_folder(start: Path | None = None) -> Path | None:
    """The folder of the engagement: this one, or the nearest above it."""
    here = (start or Path.cwd()).absolute()
    for folder in (here, *here.parents):
        # A folder above that may not be looked into holds no engagement of this person's.
        with contextlib.suppress(OSError):
            if (folder / SETTINGS).is_file() or (folder / DATABASE).is_file():
                return folder
    return None


def read_settings(folder: Path) -> Settings:
    """The settings of an engagement; the defaults where there is no file.

    Args:
        folder: of the engagement.

    Raises:
        StoreError: `settings.toml`, with every problem of the file.
    """
    path = folder / SETTINGS
    try:
        content = tomllib.loads(settings_bytes(path).decode("utf-8"))
    except FileNotFoundError:
        return Settings()
    except SETTINGS_ERRORS as error:
        raise _unread(path, reason_of(error)) from error
    try:
        return Settings.model_validate(content)
    except ValidationError as error:
        raise StoreError.of(
            [
                Problem(
                    "settings.toml",
                    f"{'.'.join(map(str, each['loc']))}: {each['msg']}.",
                    f"Settings are {', '.join(Settings.model_fields)}.",
                    str(path),
                )
                for each in error.errors()
            ]
        ) from error


SETTINGS_ERRORS = (OSError, ValueError, RecursionError)
"""What reading the settings may raise: of the system, of UTF-8 and TOML, of what is too deep."""


def settings_bytes(path: Path) -> bytes:
    """The bytes of the settings' file.

    Args:
        path: of the file.

    Raises:
        OSError: it cannot be read, or is no settings' file for its size.
    """
    return read_small(path, _LARGEST)


def reason_of(error: Exception) -> str:
    """Why settings cannot be read, in words, without a full stop.

    Args:
        error: one of `SETTINGS_ERRORS`.
    """
    if isinstance(error, RecursionError):
        return "it is nested too deeply"
    return str(getattr(error, "strerror", None) or error)


def _unread(path: Path, reason: str) -> StoreError:
    return StoreError(
        f"The settings cannot be read: {reason}.", "settings.toml", "Mend the file.", str(path)
    )
