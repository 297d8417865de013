"""The command tree."""

from __future__ import annotations

from typing import Annotated

import typer

from dmaic import __version__
from dmaic.cli.commands.inspect import inspect
from dmaic.cli.commands.pareto import pareto
from dmaic.cli.help import Command

app = typer.Typer(
    name="dmaic",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"dmaic {__version__}")
        raise typer.Exit


@app.callback()
def main(
    *,
    version: Annotated[
        bool,
        typer.Option("--version", help="Show the version.", callback=_version, is_eager=True),
    ] = False,
) -> None:
    """Lean Six Sigma against customer churn, from the export to the signed benefit."""


app.command(cls=Command)(pareto)
app.command(cls=Command)(inspect)
