"""Plain texts with values in them, such as `Churn at {{ answers.client }}`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dmaic.layout.run import compiled, run

_NAME = "text"


def render_text(template: str, names: Mapping[str, Any], where: str = "") -> str:
    """A text in which `{{ ... }}` and `{% ... %}` are filled from plain data.

    The same sandbox as that of layouts, without functions and without other layouts. Nothing is
    escaped: the text is data still, and what shows it escapes it. A value is filled in once: what
    it holds is not read as a template again.

    Args:
        template: the text.
        names: plain data, such as `{"answers": {"client": "Northwind"}}`.
        where: file and line of the text, for messages.

    Raises:
        DataError: `layout.syntax`, `layout.unknown-name` and the others of `fill`.
    """
    if "{" not in template:
        return template
    # Jinja drops one line end, which here is part of the text.
    return run(_NAME, {_NAME: template}, names, {}, None, where)


def evaluate(expression: str, names: Mapping[str, Any], where: str = "") -> Any:  # noqa: ANN401
    """The value of an expression, such as `answers.size > 100 and answers.region == "EU"`.

    Args:
        expression: without `{{ }}`; these may stand around it.
        names: plain data.
        where: file and line of the expression, for messages.

    Returns:
        Plain data.

    Raises:
        DataError: as `render_text`.
    """
    bare = expression.strip()
    if bare.startswith("{{") and bare.endswith("}}") and bare.count("{{") == 1:
        bare = bare[2:-2]
    return compiled(bare, names, where)
