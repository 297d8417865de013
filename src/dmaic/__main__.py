"""`python -m dmaic` is the command `dmaic`."""

from __future__ import annotations

import sys

from dmaic.cli.entry import main

if __name__ == "__main__":
    sys.exit(main())
