"""A new template to begin with: a few small files that say how they are written."""

from __future__ import annotations

import re

from dmaic.engagements.find import built_in
from dmaic.engagements.package import QUESTIONS, TEMPLATE
from dmaic.errors import UsageError
from dmaic.text import printable

_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")

_TEMPLATE = """\
# An engagement template. `dmaic template lint .` says what is wrong with it, with file and line.
name: {name}
version: 0.1.0
# It has all that the template below has; here stands only what differs. `dmaic template show
# {base}` lists its phases.
extends: {base}
title: {title}
purpose: >-
  Say in two sentences for whom the template is and what it leaves out.

# Lists say what they do: add, remove, change or replace. Uncomment and try:
# phases:
#   change:
#     - name: define
#       gate:
#         criteria:
#           add:
#             - name: contract-signed
#               title: The engagement letter is signed
#               check: question
#               why: Nobody works without a mandate.
"""

_QUESTIONS = """\
# What is asked when a project begins. An answer is used in any text of the template, and of the
# documents that are filled in, as {{ answers.client }}.
sections:
  - name: client
    title: The client
    questions:
      client:
        type: str
        help: What is the client called?
        placeholder: Acme Ltd
"""

_CHARTER = """\
# Fields of the project charter that are filled in from the start. `dmaic doc export charter`
# writes a whole one to copy from.
problem: "{{ answers.client }} loses customers every month."
"""

_README = """\
# {title}

Try it: `dmaic template try .` fills it with made-up answers and builds its reports.
Use it: `dmaic project new "NAME" --template .`, or `dmaic template add .` and then by its name.

| file | what it holds |
| --- | --- |
| `template.yaml` | phases, steps, tollgates |
| `questions.yaml` | what is asked when a project begins |
| `documents/KIND.yaml` | a document that is filled in from the start |
| `reports/KIND.md.j2` | the layout of a report |
| `presets/NAME.yaml` | which column of an export is what |
| `style.toml`, `style/` | logo, colours, fonts |
"""


def scaffold(name: str, base: str, title: str = "") -> dict[str, str]:
    """The files of a new template: path within its folder -> text.

    Args:
        name: of the template.
        base: name of the template that it extends.
        title: as people read it; empty takes the name.

    Raises:
        UsageError: `template.name`, it cannot be called so.
    """
    check_name(name)
    words = {"name": name, "base": base, "title": _quoted(title or name.replace("-", " ").title())}
    return {
        TEMPLATE: _TEMPLATE.format_map(words),
        QUESTIONS: _QUESTIONS,
        "documents/charter.yaml": _CHARTER,
        "README.md": _README.format_map({"title": title or name}),
    }


def check_name(name: str) -> None:
    """Refuse what a template cannot be called.

    Args:
        name: as a person wrote it.

    Raises:
        UsageError: `template.name`.
    """
    if not _NAME.fullmatch(name):
        raise UsageError(
            f'A template cannot be called "{printable(name, 60)}".',
            "template.name",
            "Use small letters, figures and dashes, such as churn-audit.",
        )
    if name in built_in():
        raise UsageError(
            f'"{name}" is the name of a template that comes with dmaic.',
            "template.name",
            "Choose another name; --extends builds on that one.",
        )


def _quoted(text: str) -> str:
    """A text as YAML takes it."""
    import json

    return json.dumps(" ".join(text.split()), ensure_ascii=False)
