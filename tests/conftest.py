"""What all tests share: an environment that does not depend on whose machine this is."""

from __future__ import annotations

import os

from hypothesis import settings

# Typer reads some of these when it is imported, so they go before any test module is.
for name in list(os.environ):
    if name.startswith(("DMAIC_", "_DMAIC_", "COMP_", "_TYPER_")) or name in {
        "CLICOLOR",
        "CLICOLOR_FORCE",
        "COLUMNS",
        "FORCE_COLOR",
        "GITHUB_ACTIONS",
        "LINES",
        "NO_COLOR",
        "PY_COLORS",
        "TERMINAL_WIDTH",
        "TYPER_USE_RICH",
    }:
        del os.environ[name]

# A busy machine is not a failing test.
# In CI the same examples every time, so that a change is blamed for what it broke and nothing else;
# elsewhere new ones at every run.
settings.register_profile("dmaic", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("dmaic")
