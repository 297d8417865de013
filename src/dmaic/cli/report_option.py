"""What the commands that make reports share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

StyleFile = Annotated[
    Path | None,
    typer.Option(
        "--style",
        metavar="FILE",
        help="Names, colours, fonts and logo; the engagement's client.toml if there is one.",
    ),
]
