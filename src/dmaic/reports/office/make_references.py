"""Makes the reference documents that stand in `templates/dmaic/style`, for a client to begin with.

    python -m dmaic.reports.office.make_references [FOLDER]

Reports do not read them: each run makes its own from the style. Whoever wants more than colours,
fonts and a logo opens these in Word or PowerPoint, changes them and names them in the style.
"""

from __future__ import annotations

import sys
from pathlib import Path

from dmaic.output import whole_file
from dmaic.reports.office.archive import pack
from dmaic.reports.office.docx_reference import SHEETS
from dmaic.reports.office.docx_reference import reference as docx
from dmaic.reports.office.pptx_reference import reference as pptx
from dmaic.reports.style import Style
from dmaic.resource import templates_folder


def references(style: Style) -> dict[str, bytes]:
    """Name of each file -> its content.

    Args:
        style: that they show.
    """
    word = docx(style, SHEETS[style.paper], "Project", "Report, date")
    return {"reference.docx": pack(word), "reference.pptx": pack(pptx(style))}


def main(folder: Path) -> None:
    """Write the files.

    Args:
        folder: into which.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in references(Style()).items():
        with whole_file(folder / name) as path:
            path.write_bytes(content)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if sys.argv[1:] else templates_folder() / "dmaic" / "style")
