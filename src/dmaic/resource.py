"""The files that come with dmaic: the built-in templates and the sample data."""

from __future__ import annotations

from pathlib import Path

from dmaic.errors import DmaicError

_PACKAGE = Path(__file__).resolve().parent


def templates_folder() -> Path:
    """The folder of the built-in templates.

    Raises:
        DmaicError: the installation is incomplete (`resource.missing`).
    """
    return _folder("templates")


def sample_data_folder() -> Path:
    """The folder of the sample data.

    Raises:
        DmaicError: the installation is incomplete (`resource.missing`).
    """
    return _folder("sample_data")


def _folder(name: str) -> Path:
    # In a wheel the folders lie inside the package. A checkout has them beside src/; there an
    # editable install reads them, so that an edit is seen at once.
    in_checkout = _PACKAGE.parent.name == "src"
    folder = _PACKAGE.parents[1] / name if in_checkout else _PACKAGE / "_data" / name
    if folder.is_dir():
        return folder
    raise DmaicError(
        f"The folder {name}, which comes with dmaic, is missing.",
        code="resource.missing",
        where=str(folder),
        hint="The installation is incomplete. Install dmaic again.",
    )
