"""Any command as questions: its own arguments and options, asked one by one.

The questions are made from the command's declaration, so a wizard and the flags cannot differ.
"""

from __future__ import annotations

import inspect
import re
import shlex
import types
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, Union, get_args, get_origin

from dmaic.cli.ask import Move
from dmaic.cli.form_field import Question, ask
from dmaic.documents.form import FormField, Shape, is_blank
from dmaic.documents.parse import parse, spell

if TYPE_CHECKING:
    from dmaic.cli.ask import Asker

_PLACEHOLDER = re.compile(r"(?:[A-Z][A-Z0-9 |,.:_-]*|\.\.\.)\Z")
"""A word that stands for one, as NAME and "..." do."""


SEVERAL = " Several are parted by a semicolon."


@dataclass(frozen=True, slots=True)
class Asked:
    """One argument or option of a command.

    Attributes:
        field: as a field of a form.
        flag: `--due`, or empty for an argument.
        off: the flag that says no, or empty.
        many: it may be given more than once.
        is_own: it is a fact of the thing, and none of the options that many commands have.
    """

    field: FormField
    flag: str
    off: str = ""
    many: bool = False
    is_own: bool = True

    def words(self, value: object) -> list[str]:
        """The value as it is typed."""
        if isinstance(value, bool):
            return [self.flag] if value else [self.off] if self.off else []
        values = value if self.many and isinstance(value, (tuple, list)) else (value,)
        texts = [spell(self.field, each) for each in values]
        if not self.flag:
            return texts
        return [word for text in texts for word in (self.flag, text)]


@dataclass(slots=True)
class Line:
    """A command line that is being put together.

    Attributes:
        path: words of the command, such as `("team", "add")`.
        asked: what it takes.
        given: name -> value.
        open: names of what it leaves to be said.
    """

    path: tuple[str, ...]
    asked: tuple[Asked, ...]
    given: dict[str, object] = field(default_factory=dict)
    open: set[str] = field(default_factory=set)

    def words(self) -> list[str]:
        """As it is typed after `dmaic`."""
        kept = [each for each in self.asked if not is_blank(self.given.get(each.field.name))]
        typed = [(each.flag, each.words(self.given[each.field.name])) for each in kept]
        options = [word for flag, words in typed if flag for word in words]
        arguments = [word for flag, words in typed if not flag for word in words]
        # What a person types may begin with a dash; it is no option for that.
        dash = ["--"] if any(word.startswith("-") for word in arguments) else []
        return [*self.path, *options, *dash, *arguments]

    def wanted(self) -> list[Asked]:
        """What is asked for: what it mentions, what it needs, and what is a thing's own."""
        return [
            each
            for each in self.asked
            if each.field.needed
            or (each.is_own and len(self.path) > 1 and each.field.shape != "yes-no")
            or each.field.name in self.open
            or each.field.name in self.given
        ]

    def lacks(self) -> bool:
        """Something that it needs is not said."""
        return any(
            each.field.needed and is_blank(self.given.get(each.field.name)) for each in self.asked
        )


def command_line(typed: str) -> Line:
    """A command as a template names it, with what it says already.

    Args:
        typed: such as `dmaic action add TITLE --phase improve`; words in capitals stand for
            answers.
    """
    words = shlex.split(typed)
    words = words[1:] if words[:1] == ["dmaic"] else words
    path, function = _find(words)
    line = Line(path, tuple(_asked(function)))
    _read(words[len(path) :], line)
    return line


def _find(words: Sequence[str]) -> tuple[tuple[str, ...], Callable[..., Any]]:
    from dmaic.cli.app import TREE
    from dmaic.cli.tree import Branch, path_of

    path = path_of(words, TREE)
    node = TREE[path[0]]
    if isinstance(node, Branch):
        node = node.leaves[path[1]]
    function = getattr(import_module(f"dmaic.cli.commands.{node.module}"), node.function)
    return tuple(path), function


def _asked(function: Callable[..., Any]) -> Iterator[Asked]:
    """What a command takes."""
    for name, parameter in inspect.signature(function, eval_str=True).parameters.items():
        if get_origin(parameter.annotation) is not Annotated:
            continue
        kind, info = get_args(parameter.annotation)[:2]
        if info.hidden:
            continue
        needed = parameter.default in (inspect.Parameter.empty, ...)
        shape, choices, many = _shape(kind)
        flags = [each for word in info.param_decls or () for each in word.split("/")]
        flags = [each for each in flags if each.startswith("--")]
        is_option = type(info).__name__.startswith("Option")
        if is_option and not flags:
            flags = [f"--{name.strip('_').replace('_', '-')}"]
        label = flags[0].lstrip("-") if is_option else name
        yield Asked(
            FormField(
                name=name,
                label=label.replace("_", " ").replace("-", " ").strip().capitalize(),
                help=f"{info.help or ''}{SEVERAL if many and shape == 'texts' else ''}",
                example=None,
                unit="",
                shape=shape,
                needed=needed,
                least=0,
                long=False,
                choices=choices,
                # One after the other, parted by commas or blanks, is enough for a flag's values.
                refers=("",) if many and choices else (),
            ),
            flags[0] if is_option else "",
            flags[1] if is_option and len(flags) > 1 else "",
            many,
            not info.rich_help_panel,
        )


_SHAPES: Mapping[object, Shape] = types.MappingProxyType(
    {bool: "yes-no", int: "whole", float: "number", date: "date", datetime: "date"}
)


def _shape(kind: Any) -> tuple[Shape, tuple[str, ...], bool]:  # noqa: ANN401  any annotation
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        return _shape(next(each for each in get_args(kind) if each is not type(None)))
    if origin is Literal:
        return "choice", tuple(str(each) for each in get_args(kind)), False
    if origin in (list, tuple):
        shape, choices, _ = _shape(get_args(kind)[0])
        del shape
        return "texts", choices, True
    if kind is Path:
        return "text", (), False
    return _SHAPES.get(kind, "text"), (), False


def _read(words: Sequence[str], line: Line) -> None:
    """Take what a command line says; placeholders leave it open."""
    flags = {each.flag: each for each in line.asked if each.flag}
    free = [each for each in line.asked if not each.flag]
    rest = iter(words)
    for word in rest:
        flag, _, value = word.partition("=")
        if flag in flags:
            each = flags[flag]
            if each.field.shape == "yes-no":
                line.given[each.field.name] = True
                continue
            value = value or next(rest, "")
        elif word.startswith("--") or not free:
            continue
        else:
            each, value = free[0], word
            free = free if each.many else free[1:]
        name = each.field.name
        if _PLACEHOLDER.match(value):
            line.open.add(name)
            continue
        told, old = parse(each.field, value), line.given.get(name, ())
        line.given[name] = (*old, *told) if each.many and isinstance(old, tuple) else told


def ask_line(asker: Asker, line: Line) -> Move:
    """Ask for what a command leaves open; what it says already stands there to be kept.

    Args:
        asker: whom to ask.
        line: gets the answers.

    Returns:
        KEEP when it is ready to be run, BACK or ON when the person left it.
    """
    wanted, at = line.wanted(), 0
    while at < len(wanted):
        each = wanted[at].field
        move = ask(asker, _question(line, each))
        if move is Move.ON:
            return Move.ON if line.lacks() else Move.KEEP
        if move is Move.KEEP and each.needed and is_blank(line.given.get(each.name)):
            return Move.BACK  # Enter where something is needed: the person wants none
        if move is Move.BACK and at == 0:
            return move
        at += -1 if move is Move.BACK else 1
    return Move.KEEP


def _question(line: Line, each: FormField) -> Question:
    def put(value: object) -> None:
        line.given[each.name] = value

    def known() -> dict[str, str]:
        return dict.fromkeys(each.choices, "") if each.shape == "texts" else {}

    return Question(each, lambda: line.given.get(each.name), put, known)
