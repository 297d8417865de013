"""The pages of a portfolio, each made when it is asked for and kept until something changes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from threading import Lock

from dmaic.project.engagement.home import Home
from dmaic.reports.job import style_for
from dmaic.reports.place import drawn_in
from dmaic.reports.site import INDEX, Site

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
            # Read each time: a logo or a font may change, and the file that names it does not.
            style = style_for(self._home, view, None, self._style)
            last = view.last_operation()
            record = (last.seq, last.hash) if last is not None else ()
            state = (record, self._today(), style)
            if state != self._state:
                self._state, self._made, self._paths = state, {}, frozenset()
            if path in self._made:
                return self._made[path]
            if self._paths and path not in self._paths:
                return None
            kept = drawn_in(self._home)
            site = Site(view, self._today(), style, draft=self._draft, kept=kept)
            self._paths = frozenset(site.pages)
            if path not in site.pages:
                return None
            self._made[path] = site.page(path)
            return self._made[path]


def clean(path: str) -> str:
    """The path of a page as it is asked for: without the slash in front, `/` is the first page.

    Args:
        path: of a request, decoded.
    """
    return path.removeprefix("/") or INDEX
