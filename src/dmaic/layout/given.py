"""Where the sandbox finds layouts. Import this within functions only; it imports Jinja2."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from jinja2 import BaseLoader, Environment, TemplateNotFound  # noqa: TID253


class Given(BaseLoader):
    """The layouts that were given, and no other.

    Args:
        layouts: name -> text.
    """

    def __init__(self, layouts: Mapping[str, str]) -> None:
        self._layouts = layouts

    def get_source(
        self, environment: Environment, template: str
    ) -> tuple[str, str | None, Callable[[], bool] | None]:
        """The text; its name is the file's, so that a traceback tells it."""
        del environment
        if template not in self._layouts:
            raise TemplateNotFound(template)
        return self._layouts[template], template, lambda: True
