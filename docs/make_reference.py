"""Write the pages of the reference that are made from the code: `python docs/make_reference.py`.

A test holds the pages to what this makes, so they are never behind the code.
"""

from __future__ import annotations

import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))

import reference_cases  # noqa: E402
import reference_criteria  # noqa: E402
import reference_documents  # noqa: E402

PAGES = {
    "cases.md": reference_cases.page,
    "criteria.md": reference_criteria.page,
    "documents.md": reference_documents.page,
}
"""Name of the page in `docs/reference` -> what makes it."""


def main() -> None:
    """Write every page."""
    folder = HERE / "reference"
    folder.mkdir(exist_ok=True)
    for name, make in PAGES.items():
        (folder / name).write_text(make(), "utf-8")


if __name__ == "__main__":
    main()
