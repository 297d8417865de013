"""Help keeps the sections that Typer calls panels, without what draws panels."""

from __future__ import annotations

from typing import Annotated

import typer
from typer.testing import CliRunner

from dmaic.cli.help import Command

app = typer.Typer(rich_markup_mode=None, add_completion=False)


@app.command(cls=Command)
def weigh(
    file: Annotated[str, typer.Argument(help="What to weigh.")],
    *,
    unit: Annotated[str, typer.Option(help="Of the figure.", rich_help_panel="Output")] = "kg",
    tare: Annotated[int, typer.Option(help="To take off.")] = 0,
    secret: Annotated[bool, typer.Option(hidden=True)] = False,
) -> None:
    """Weigh a file."""


def test_options_stand_under_their_panels() -> None:
    page = CliRunner().invoke(app, ["--help"], terminal_width=80).output
    heads = [line for line in page.splitlines() if line.endswith(":") and line[0] != " "]
    assert heads == ["Arguments:", "Options:", "Output:"]
    arguments, options, output = (page.index(head) for head in heads)
    assert arguments < page.index("What to weigh.") < options
    assert options < page.index("To take off.") < page.index("Show this message") < output
    assert output < page.index("Of the figure.")
    assert "secret" not in page
