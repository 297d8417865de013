"""Help pages that are shown at once: `Typer(rich_markup_mode=None)`, `app.command(cls=Command)`.

Typer's own pages with panels import a Markdown parser and a syntax highlighter first, which doubles
the time to `dmaic --help`. These show the same panels as headed sections of plain text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from typer.core import TyperCommand

if TYPE_CHECKING:
    from typer._click import Context, HelpFormatter


class Command(TyperCommand):
    """A command whose options are listed under the names of their panels."""

    def format_options(self, ctx: Context, formatter: HelpFormatter) -> None:
        """Arguments, options without a panel, then each panel in the order of its first option."""
        sections: dict[str, list[tuple[str, str]]] = {"Arguments": [], "Options": []}
        for parameter in self.get_params(ctx):
            record = parameter.get_help_record(ctx)
            if record is not None:
                kind = "Arguments" if parameter.param_type_name == "argument" else "Options"
                panel = getattr(parameter, "rich_help_panel", None) or kind
                sections.setdefault(panel, []).append(record)
        for name, records in sections.items():
            if records:
                with formatter.section(name):
                    formatter.write_dl(records)
