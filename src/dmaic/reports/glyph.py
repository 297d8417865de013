"""Letters that no font at hand has."""

from __future__ import annotations


class MissingGlyph(UserWarning):
    """A letter of a report is shown as a box, since no font on this machine has it.

    Attributes:
        text: the letters.
    """

    def __init__(self, text: str) -> None:
        super().__init__(f"No font has {text!r}.")
        self.text = text
