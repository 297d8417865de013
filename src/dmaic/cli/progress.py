"""Progress on stderr for scans that take more than a moment."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID


@contextmanager
def reporting(*, quiet: bool) -> Iterator[Callable[[float | None], None] | None]:
    """A callback that draws a progress bar on stderr from its first call on.

    Args:
        quiet: give None instead. So it is where stderr is not a terminal.
    """
    import sys

    if quiet or not sys.stderr.isatty():
        yield None
        return
    bar: list[tuple[Progress, TaskID]] = []

    def report(fraction: float | None) -> None:
        if not bar:
            bar.append(_start())
        progress, task = bar[0]
        total: Any = None if fraction is None else 1.0
        progress.update(task, completed=fraction or 0.0, total=total)

    try:
        yield report
    finally:
        if bar:
            bar[0][0].stop()


def _start() -> tuple[Progress, TaskID]:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    progress = Progress(
        TextColumn("Reading"),
        BarColumn(),
        TimeElapsedColumn(),
        console=Console(stderr=True),
        transient=True,
    )
    task = progress.add_task("", total=None)
    progress.start()
    return progress, task
