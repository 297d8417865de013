"""How reports look: names, colours, fonts, logo and reference documents of a client."""

from __future__ import annotations

from dmaic.result import Frozen


class Style(Frozen):
    """A client's branding; see `client.toml` in docs.

    Attributes:
        organisation: name in header and footer.
        accent: colour of headlines and rules, `#rrggbb`.
    """

    organisation: str = ""
    accent: str = "#0B3C5D"
