"""Formulas as a reader of a report has them: signs of printing, and words for names of fields."""

from __future__ import annotations

import re
from collections.abc import Collection

_SIGNS = {"+-": "±", "sqrt(": "√(", " x ": " × ", " - ": " − ", "_alpha": "α", "_beta": "β"}
_SIGN = re.compile("|".join(map(re.escape, _SIGNS)))
_POWER = re.compile(r"(?<=[\w)])\^(\d+)(?![\d.])")
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_NAME = re.compile(r"\b[a-z]+(?:_[a-z]+)+\b")


def printed(text: str, names: Collection[str] = ()) -> str:
    """A formula that was typed in plain letters, as it is printed.

    Args:
        text: such as `sum of w^2 +- 1.96 sqrt(n)`.
        names: of the figures of the result, which become words; any other name with a
            low line, such as that of a column, stays.
    """
    text = _NAME.sub(lambda found: found[0].replace("_", " ") if found[0] in names else found[0],
                     text)  # fmt: skip
    text = _POWER.sub(lambda found: found[1].translate(_RAISED), text)
    return _SIGN.sub(lambda found: _SIGNS[found[0]], text)
