"""The page of the working documents, made from their models."""

from __future__ import annotations

import inspect

from dmaic.cli.render.markdown import escaped
from dmaic.documents.base import Document, Papers
from dmaic.documents.form import FormField, form
from dmaic.documents.parse import spell
from dmaic.documents.registry import KINDS, document_class
from dmaic.project.paper.reply import command_for, example_pair

_HEAD = """\
# The working documents

*Written by `docs/make_reference.py` from the models; change those instead.*

Every document can be filled by prompts (`dmaic walk`), by flags (`dmaic doc set`, `dmaic doc
add`), in your editor (`dmaic doc edit`) and from YAML, JSON, CSV or a workbook (`dmaic doc
import`). Every field may stay empty while the work goes on; `dmaic doc show` ends with what is
still missing, each with the command that fills it. A document is *complete* when nothing is
missing; weak points are told, and do not count.

Values are read by the shape of their field: figures with thousands separators, currency signs, a
per cent sign, K, M or B; dates as 2025-12-31; choices by their first letters; lists of texts
parted by `;`; figures by name as `Q1=9, Q2=3`. Lines of a list are given an id that never
changes, such as `M1`, and a field of a line is named by it: `M1.due`. A line that another
document refers to cannot be removed before that is changed.
"""


def page() -> str:
    """The whole page."""
    parts = [_HEAD]
    phase = ""
    for kind in KINDS:
        model = document_class(kind)
        if phase != model.PHASE:
            phase = model.PHASE
            parts.append(f"## {phase.capitalize()}\n")
        parts.append(_document(model))
    return "\n".join(parts)


def _document(model: type[Document]) -> str:
    fields = form(model)
    lines = [f"### {escaped(model.TITLE)} (`{model.KIND}`)", "", escaped(model.PURPOSE), ""]
    plain = [each for each in fields if each.line is None]
    if plain:
        lines += _table(plain)
    for each in fields:
        if each.line is not None:
            needed = f" At least {max(each.least, 1)}." if each.least or each.needed else ""
            ids = f"`{each.line.PREFIX}1`, `{each.line.PREFIX}2`, ..."
            lines += [f"**{escaped(each.label)}** (`{each.name}`, ids {ids}): {escaped(each.help)}"
                      f"{needed}", "", *_table(form(each.line))]  # fmt: skip
    figures = model.example().figures(Papers(load=lambda kind: document_class(kind).example()))
    if figures:
        lines += ["| figure | how it is computed | in the worked case |", "|---|---|---|"]
        lines += [
            f"| {escaped(each.label)} | {escaped(each.formula)} | {escaped(each.text)} |"
            for each in figures
        ]
        lines.append("")
    rule = inspect.getdoc(model.rules)
    if rule and "rules" in vars(model):
        lines += [f"*Complete when* every needed field is filled, and: {escaped(_one(rule))}", ""]
    else:
        lines += ["*Complete when* every needed field is filled.", ""]
    listed = next((each for each in fields if each.line is not None), None)
    lines += ["```console", f"$ dmaic doc set {model.KIND} {example_pair(model.KIND)}"]
    if listed is not None:
        lines.append(f"$ {command_for(model.KIND, listed.name)}")
    if model.HAS_CHART:
        lines.append(f"$ dmaic doc show {model.KIND} --chart {model.KIND}.png")
    return "\n".join([*lines, f"$ dmaic doc import {model.KIND} {model.KIND}.xlsx", "```", ""])


def _table(fields: tuple[FormField, ...] | list[FormField]) -> list[str]:
    lines = ["| field | label | what belongs there | example |", "|---|---|---|---|"]
    for each in fields:
        more = [each.help]
        if each.choices:
            more.append(f"One of: {', '.join(each.choices)}.")
        if each.low is not None and each.high is not None:
            more.append(f"From {each.low:g} to {each.high:g}.")
        if each.unit:
            more.append(f"In {each.unit}.")
        if each.refers:
            more.append(f"Ids of: {', '.join(each.refers)}.")
        example = "" if each.example is None else escaped(spell(each, each.example))
        name = f"**`{each.name}`**" if each.needed else f"`{each.name}`"
        lines.append(f"| {name} | {escaped(each.label)} | {escaped(' '.join(more))} | {example} |")
    return [*lines, ""]


def _one(text: str) -> str:
    """The first paragraph of a docstring on one line."""
    return " ".join(text.split("\n\n")[0].split())
