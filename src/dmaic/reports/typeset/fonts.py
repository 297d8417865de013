"""The fonts that dmaic brings along, so that a report looks alike on every machine."""

from __future__ import annotations

import shutil
from importlib.util import find_spec
from pathlib import Path

BODY = "Source Sans Pro"
"""Of texts and headlines, where the client has no fonts of their own."""

WIDE = "DejaVu Sans"
"""For signs and scripts that the other does not have, and for charts."""

_SOURCE = ("Regular", "It", "Semibold", "Bold", "BoldIt")
_DEJAVU = ("", "-Bold", "-Oblique", "-BoldOblique")
_FILES = (
    ("font_source_sans_pro", "files", "SourceSansPro-{}.ttf", _SOURCE),
    ("matplotlib", "mpl-data/fonts/ttf", "DejaVuSans{}.ttf", _DEJAVU),
)
"""Package, folder in it, name of the files, variants."""


def gather(folder: Path) -> None:
    """Copy the fonts into a folder of their own.

    Typst takes all fonts of a folder, and those folders hold others that would stand in for
    missing letters.

    Args:
        folder: which exists.
    """
    for package, inside, pattern, variants in _FILES:
        spec = find_spec(package)
        for place in (spec.submodule_search_locations or ()) if spec else ():
            for variant in variants:
                file = Path(place) / inside / pattern.format(variant)
                if file.is_file():
                    shutil.copyfile(file, folder / file.name)
