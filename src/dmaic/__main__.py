"""`python -m dmaic`, the same as the command `dmaic`."""

from __future__ import annotations

from dmaic.cli.entry import run

if __name__ == "__main__":
    run()
