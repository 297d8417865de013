"""The pages of a portfolio, each made when it is asked for and kept until something changes."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import date
from pathlib import Path
from threading import Lock

from dmaic.project.engagement.home import Home
from dmaic.project.store.view import View
from dmaic.reports.job import style_for
from dmaic.reports.place import drawn_in
from dmaic.reports.site import INDEX, Site
from dmaic.reports.style_file import NAME

State = tuple[object, ...]


class Shelf:
    """Pages by their path.

    Args:
        home: the engagement.
        today: tells the day as of which.
        style: file of the client's style, or None for the engagement's.
        draft: mark every page as a draft.
    """

    def __init__(
        self,
        home: Home,
        today: Callable[[], date],
        *,
        style: Path | None = None,
        draft: bool = False,
    ) -> None:
        self._home, self._today, self._style, self._draft = home, today, style, draft
        # Charts are drawn by one thread at a time; so pages are made one after the other.
        self._lock = Lock()
        self._state: State = ()
        self._paths: frozenset[str] = frozenset()
        self._made: dict[str, bytes] = {}

    def check(self) -> None:
        """Raise where the record or the style cannot be read."""
        with self._home.store.reading() as view:
            view.last_operation()
            style_for(self._home, view, None, self._style)

    def page(self, path: str) -> bytes | None:
        """A page as it is now.

        Args:
            path: within the site, such as `index.html`.

        Returns:
            None where there is no such page.

        Raises:
            DmaicError: it cannot be made.
        """
        with self._lock, self._home.store.reading() as view:
            state = self._read_state(view)
            if state != self._state:
                self._state, self._made, self._paths = state, {}, frozenset()
            if path in self._made:
                return self._made[path]
            if self._paths and path not in self._paths:
                return None
            style = style_for(self._home, view, None, self._style)
            kept = drawn_in(self._home)
            site = Site(view, self._today(), style, draft=self._draft, kept=kept)
            self._paths = frozenset(site.pages)
            if path not in site.pages:
                return None
            self._made[path] = site.page(path)
            return self._made[path]

    def _read_state(self, view: View) -> State:
        """What the pages are made from: the record, the day, the style."""
        last = view.last_operation()
        record = (last.seq, last.hash) if last is not None else ()
        folder = self._home.folder
        path = self._style or (folder / NAME if folder is not None else None)
        try:
            look = hashlib.sha256(path.read_bytes()).hexdigest() if path is not None else ""
        except OSError:
            look = ""
        return record, self._today(), look


def clean(path: str) -> str:
    """The path of a page as it is asked for: without the slash in front, `/` is the first page.

    Args:
        path: of a request, decoded.
    """
    return path.removeprefix("/") or INDEX
