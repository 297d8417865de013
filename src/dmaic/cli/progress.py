"""Progress on stderr for work that takes more than a moment."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock, Timer
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

PATIENCE = 1.0
"""Seconds of silence before anything is drawn."""


@contextmanager
def reporting(
    *, quiet: bool, what: str = "Reading"
) -> Iterator[Callable[[float | None], None] | None]:
    """Draw a bar on stderr from the first second on, and give the callback that moves it.

    Args:
        quiet: draw nothing and give None. So it is where stderr is no terminal, or one that cannot
            take a line back.
        what: word in front of the bar.
    """
    drawable = sys.stderr is not None and sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
    if quiet or not drawable:
        yield None
        return
    bar = _Bar(what)
    # By the clock, since unpacking and mending take their time before any query does.
    timer = Timer(PATIENCE, bar.show)
    timer.daemon = True
    timer.start()
    try:
        yield bar.move
    finally:
        timer.cancel()
        bar.stop()
        timer.join()


class _Bar:
    """A progress bar that appears when it is first wanted, and never after it was stopped."""

    def __init__(self, what: str) -> None:
        self._what = what
        self._lock = Lock()
        self._shown: tuple[Progress, TaskID] | None = None
        self._over = False

    def show(self) -> None:
        """Draw it."""
        with self._lock:
            if self._shown is None and not self._over:
                self._shown = _start(self._what)

    def move(self, fraction: float | None) -> None:
        """Draw it at a fraction of the whole; None: nobody knows.

        Args:
            fraction: 0 to 1.
        """
        self.show()
        with self._lock:
            if self._shown is not None:
                progress, task = self._shown
                total = None if fraction is None else 1.0
                progress.update(task, completed=fraction or 0.0, total=total)

    def stop(self) -> None:
        """Take it away."""
        with self._lock:
            self._over = True
            if self._shown is not None:
                self._shown[0].stop()


def _start(what: str) -> tuple[Progress, TaskID]:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    progress = Progress(
        TextColumn(what),
        BarColumn(),
        TimeElapsedColumn(),
        console=Console(stderr=True),
        transient=True,
    )
    task = progress.add_task("", total=None)
    progress.start()
    return progress, task
