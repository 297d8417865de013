"""Writing a template as one file: the same files always make the same bytes."""

from __future__ import annotations

import io
import zipfile

from dmaic.engagements.package import Package

SUFFIX = ".zip"

_LONG_AGO = (1980, 1, 1, 0, 0, 0)
"""The first day that a zip file can name."""


def pack(package: Package) -> bytes:
    """A template as a zip file.

    Nothing is compressed: what a library of compression makes of a text differs by its version,
    and a template is small.

    Args:
        package: its files.
    """
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for path in sorted(package.files):
            entry = zipfile.ZipInfo(path, _LONG_AGO)
            entry.create_system = 3
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, package.files[path])
    return target.getvalue()
