"""Which commands there are. A command's module is imported when the command is run or asked about.

So `dmaic --help` imports none of them, and a command does not pay for the others.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, MutableMapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import typer
from typer.core import TyperGroup

from dmaic.cli.help import Command
from dmaic.errors import suggest

if TYPE_CHECKING:
    from typer._click import Command as AnyCommand
    from typer._click import Context, HelpFormatter
    from typer._click.shell_completion import CompletionItem

HELP_NAMES = {"help_option_names": ["-h", "--help"]}


@dataclass(frozen=True, slots=True)
class Leaf:
    """A command.

    Attributes:
        module: under `dmaic.cli.commands`.
        function: in it.
        help: one line for the list of commands; the first sentence of the docstring without its
            full stop or question mark.
    """

    module: str
    function: str
    help: str


@dataclass(frozen=True, slots=True)
class Branch:
    """A noun with its verbs.

    Attributes:
        help: one line for the list of commands.
        leaves: verb -> command.
        default: the verb that is meant where options follow the noun, or nothing does; empty for
            none.
        named: some names that the default takes, for the help page; empty for none. Where it takes
            one, it is also meant where a word follows that is no verb; where nothing follows, help
            is.
    """

    help: str
    leaves: Mapping[str, Leaf]
    default: str = ""
    named: str = ""

    def means(self, words: Sequence[str]) -> bool:
        """Whether the default is meant.

        Args:
            words: what follows the noun; no request for help.
        """
        if not self.default:
            return False
        if not words:
            return not self.named
        if words[0].startswith("-"):
            return True
        return bool(self.named) and words[0] not in self.leaves and not self._mistyped(words)

    def _mistyped(self, words: Sequence[str]) -> bool:
        """`chek analyze`: a verb that is nearly one, before what the verb is about."""
        more = len(words) > 1 and not words[1].startswith("-")
        return more and bool(suggest(words[0], self.leaves))


Tree = Mapping[str, Leaf | Branch]


def branch(
    help: str,
    module: str,
    *,
    default: str = "",
    named: str = "",
    **verbs: str | tuple[str, str],
) -> Branch:
    """A noun with its verbs.

    Args:
        help: one line for the list of commands.
        module: under `dmaic.cli.commands`, where the verbs stand.
        default: verb that is meant where none is said.
        named: some names that the default takes, which may follow the noun.
        **verbs: verb -> its line for the list, or the module where this one stands and its line.
            An underscore stands for a dash. The function is called as the verb, with an underscore
            behind where that is a word of Python.
    """
    return Branch(
        help,
        {
            verb.rstrip("_").replace("_", "-"): (
                Leaf(module, verb, told) if isinstance(told, str) else Leaf(told[0], verb, told[1])
            )
            for verb, told in verbs.items()
        },
        default,
        named,
    )


class _Commands(MutableMapping[str, Any]):
    """Commands by name, each made when it is first asked for."""

    def __init__(self, tree: Tree) -> None:
        self._tree = tree
        self._made: dict[str, AnyCommand] = {}

    def __getitem__(self, name: str) -> AnyCommand:
        if name not in self._made:
            self._made[name] = _make(name, self._tree[name])
        return self._made[name]

    def __setitem__(self, name: str, command: AnyCommand) -> None:
        self._made[name] = command

    def __delitem__(self, name: str) -> None:
        raise TypeError("commands stay")

    def __iter__(self) -> Iterator[str]:
        return iter(self._tree)

    def __len__(self) -> int:
        return len(self._tree)

    def __contains__(self, name: object) -> bool:
        return name in self._tree


def _make(name: str, node: Leaf | Branch) -> AnyCommand:
    if isinstance(node, Branch):
        return Group(
            branch=node,
            name=name,
            help=f"{node.help}.{_told_default(name, node)}",
            no_args_is_help=not node.means(()),
            rich_markup_mode=None,
            context_settings=HELP_NAMES,
        )
    function = getattr(import_module(f"dmaic.cli.commands.{node.module}"), node.function)
    alone = typer.Typer(add_completion=False, rich_markup_mode=None, context_settings=HELP_NAMES)
    alone.command(name, cls=Command)(function)
    return typer.main.get_command(alone)


def _told_default(name: str, node: Branch) -> str:
    if not node.default:
        return ""
    if node.named:
        return f" `dmaic {name} NAME` is enough to {node.default} one: {node.named}."
    return f" Without a verb: {node.default}."


class Group(TyperGroup):
    """A group whose commands are made when they are asked for."""

    tree: Tree = MappingProxyType({})

    def __init__(
        self,
        *,
        branch: Branch | None = None,
        **attributes: Any,  # noqa: ANN401
    ) -> None:
        super().__init__(**attributes)
        self.branch = branch or Branch("", {})
        self.tree = branch.leaves if branch is not None else self.tree
        self.commands = _Commands(self.tree)

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        """Put in the verb that is meant where none is said."""
        asks_help = args[:1] and args[0] in ctx.help_option_names
        if not asks_help and self.branch.means(args):
            args = [self.branch.default, *args]
        elif not args:
            # A page to read, not an error of one long line.
            args = ["--help"]
        return super().parse_args(ctx, args)

    def shell_complete(self, ctx: Context, incomplete: str) -> list[CompletionItem]:
        """The verbs, and the names that the verb takes that may be left out."""
        offered = super().shell_complete(ctx, incomplete)
        if self.branch.named:
            name = next(
                each
                for each in self.commands[self.branch.default].params
                if each.param_type_name == "argument"
            )
            offered += name.shell_complete(ctx, incomplete)
        return offered

    def list_commands(self, ctx: Context) -> list[str]:
        """Names in the order in which they are declared."""
        del ctx
        return list(self.tree)

    def format_commands(self, ctx: Context, formatter: HelpFormatter) -> None:
        """The list of commands, from the tree alone."""
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl([(name, node.help) for name, node in self.tree.items()])


def path_of(words: Sequence[str], tree: Tree) -> list[str]:
    """The command that a command line names: `["project", "new"]`, or what there is of it.

    Args:
        words: the command line without the program's name.
        tree: the commands.
    """
    path, rest = _named(words)
    node = tree.get(path[0]) if path else None
    if isinstance(node, Branch):
        path += [node.default] if node.means(rest) else _named(rest)[0]
    return path


def _named(words: Sequence[str]) -> tuple[list[str], list[str]]:
    """The first word that is no option, if there is one, and what follows it."""
    at = next((at for at, word in enumerate(words) if word[:1] != "-"), len(words))
    return [*words[at : at + 1]], [*words[at + 1 :]]
