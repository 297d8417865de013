"""Whether this dmaic is one that a template asks for."""

from __future__ import annotations

import operator
import re

from dmaic.errors import DataError
from dmaic.text import printable

_PART = re.compile(r"\s*(>=|<=|==|!=|>|<)\s*([0-9]{1,9}(?:\.[0-9]{1,9}){0,3})\s*")
_TESTS = {
    ">=": operator.ge, "<=": operator.le, "==": operator.eq,
    "!=": operator.ne, ">": operator.gt, "<": operator.lt,
}  # fmt: skip


def check_version(asked: str, where: str, *, present: str = "") -> None:
    """Refuse a template that is made for another dmaic.

    Args:
        asked: such as `>=0.3` or `>=0.3, <2`.
        where: file and line, for messages.
        present: version of dmaic; empty takes this one.

    Raises:
        DataError: `template.version`, this dmaic is not one of them; `template.invalid`, the text
            says no versions.
    """
    from dmaic import __version__

    present = present or __version__
    for part in asked.split(","):
        found = _PART.fullmatch(part)
        if found is None:
            raise DataError(
                f'"{printable(asked, 60)}" says no version of dmaic.',
                "template.invalid",
                "Write it as >=0.3, or as >=0.3, <2.",
                where,
            )
        if not _TESTS[found[1]](figures(present), figures(found[2])):
            raise DataError(
                f"The template needs dmaic {printable(asked, 60)}, and this is {present}.",
                "template.version",
                "Update dmaic: pip install --upgrade dmaic.",
                where,
            )


def figures(version: str) -> tuple[int, ...]:
    """A version as figures that compare in its order; what follows, such as `rc1`, is left out.

    Args:
        version: such as `1.2.0`.
    """
    leading = re.match(r"\d+(?:\.\d+)*", version)
    found = [int(each) for each in leading[0].split(".")] if leading else [0]
    return tuple([*found, 0, 0, 0, 0][:4])
