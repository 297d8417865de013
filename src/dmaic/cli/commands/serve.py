"""`dmaic serve`."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

import typer

from dmaic.cli.options import spread
from dmaic.cli.record import Database
from dmaic.cli.report_option import StyleFile
from dmaic.errors import OutputError
from dmaic.settings import today

if TYPE_CHECKING:
    from dmaic.reports.serve import Server

PORT = 8321
"""Where it listens unless a port is named."""


@spread
def serve(
    port: Annotated[
        int | None,
        typer.Option(
            "--port",
            min=0,
            max=65_535,
            help="Port; 8321, or a free one where that is taken. 0 takes a free one.",
        ),
    ] = None,
    style: StyleFile = None,
    db: Database = None,
    *,
    draft: Annotated[bool, typer.Option("--draft", help="Mark every page as a draft.")] = False,
    open_: Annotated[bool, typer.Option("--open", help="Open it in the browser.")] = False,
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", help="A line on stderr for each page.")
    ] = False,
) -> None:
    """Show the portfolio in the browser of this machine.

    All projects, and the way down to their reports; nobody else's machine can see it. A page that
    is loaded again shows the record as it is then. Ctrl-C stops it.
    Example: dmaic serve --open
    """
    from dmaic.cli.entry import note_bug
    from dmaic.project.engagement.home import open_home
    from dmaic.reports.serve import Server
    from dmaic.reports.shelf import Shelf

    def told(line: str, grave: bool) -> None:
        if grave or verbose:
            typer.echo(line, err=True)

    home = open_home(db)
    shelf = Shelf(home, today, style=style, draft=draft)
    # The record can be read, before anybody is sent to a page.
    shelf.check()
    with _listening(
        lambda at: Server(shelf, at, told, lambda: note_bug(["serve"])), port
    ) as server:
        typer.echo(server.url)
        typer.echo("The portfolio, for this machine only. Ctrl-C stops it.", err=True)
        if open_:
            import webbrowser

            webbrowser.open(server.url)
        try:
            server.serve_forever(poll_interval=0.2)
        except KeyboardInterrupt:
            typer.echo("\nStopped.", err=True)


def _listening(listen: Callable[[int], Server], port: int | None) -> Server:
    """A server at the port named, or at the usual one, or at a free one."""
    if port is not None:
        return listen(port)
    try:
        return listen(PORT)
    except OutputError:
        return listen(0)
