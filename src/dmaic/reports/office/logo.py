"""A client's logo as a picture that Word and PowerPoint can show."""

from __future__ import annotations

import tempfile
from pathlib import Path

from dmaic.reports.style import Logo

_PIXELS = 900
"""Wide enough for print at the size at which logos are shown."""


def bitmap(logo: Logo) -> tuple[bytes, str]:
    """The logo's bytes and their media type; a drawing is turned into PNG.

    Args:
        logo: of the client.
    """
    if logo.media_type != "image/svg+xml":
        return logo.content, logo.media_type
    import typst

    with tempfile.TemporaryDirectory(prefix="dmaic-logo-") as folder:
        (Path(folder) / "logo.svg").write_bytes(logo.content)
        source = Path(folder) / "logo.typ"
        source.write_text(
            "#set page(width: auto, height: auto, margin: 0pt, fill: none)\n"
            '#image("logo.svg", width: 200pt)\n',
            "utf-8",
        )
        ppi = _PIXELS / 200 * 72
        made = typst.compile(source, root=Path(folder), format="png", ppi=ppi)
    return bytes(made), "image/png"
