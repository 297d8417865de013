"""The text of a template's file: YAML, read as plain data; each of its parts knows its line."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from math import isfinite
from typing import TYPE_CHECKING, Any

from dmaic.errors import DataError, Problem
from dmaic.text import printable

if TYPE_CHECKING:
    import yaml

LARGEST = 1024 * 1024
"""Bytes a file may have."""

MOST_PARTS = 50_000
"""Parts a file may have, its aliases written out: a few bytes can stand for gigabytes."""

DEEPEST = 40
"""Levels that parts may lie in one another."""

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Node:
    """Something that stands in a file.

    Attributes:
        value: a text, a figure, a flag, a day or None; a list of nodes; nodes by name.
        where: file and line.
    """

    value: Any
    where: str

    @property
    def plain(self) -> Any:  # noqa: ANN401
        """The value as plain data."""
        if isinstance(self.value, dict):
            return {name: each.plain for name, each in self.value.items()}
        if isinstance(self.value, list):
            return [each.plain for each in self.value]
        return self.value

    def walk(self, at: Path = ()) -> Iterator[tuple[Path, Node]]:
        """Every node below, this one first.

        Args:
            at: path of this node.
        """
        yield at, self
        inner: Any = ()
        if isinstance(self.value, dict):
            inner = self.value.items()
        elif isinstance(self.value, list):
            inner = enumerate(self.value)
        for part, each in inner:
            yield from each.walk((*at, part))


def node_of(content: Any, where: str) -> Node:  # noqa: ANN401
    """Plain data as nodes that all stand in one place.

    Args:
        content: plain data.
        where: the place.
    """
    if isinstance(content, dict):
        return Node({str(name): node_of(each, where) for name, each in content.items()}, where)
    if isinstance(content, list | tuple):
        return Node([node_of(each, where) for each in content], where)
    # Days of TOML, and figures that are none, are no plain data.
    plain = content is None or isinstance(content, str | int) or _is_figure(content)
    return Node(content if plain else str(content), where)


def _is_figure(value: object) -> bool:
    return isinstance(value, float) and isfinite(value)


@dataclass
class Source:
    """A file of a template as it was written.

    Attributes:
        place: name of the file, for messages.
        node: what stands in it; None where it is empty.
        problems: what is wrong with the text itself.
    """

    place: str
    node: Node | None = None
    problems: list[Problem] = field(default_factory=list)
    _places: dict[Path, str] = field(default_factory=dict)

    @property
    def content(self) -> Any:  # noqa: ANN401
        """Plain data."""
        return None if self.node is None else self.node.plain

    def where(self, at: Path) -> str:
        """File and line of a part, or of the nearest part around it."""
        if not self._places and self.node is not None:
            self._places = {path: each.where for path, each in self.node.walk()}
        while at and at not in self._places:
            at = at[:-1]
        return self._places.get(at, self.place)


def parse(raw: bytes, place: str, *, texts: bool = False) -> Source:
    """Read the text of a file of a template.

    Args:
        raw: the bytes of the file.
        place: name of the file, for messages.
        texts: every scalar but null stays the text that stands there.

    Raises:
        DataError: `template.size`, or `template.yaml`: it is no YAML that a template may use.
    """
    import yaml

    place = printable(place)
    if len(raw) > LARGEST:
        raise DataError(
            f"The template is larger than {LARGEST // 1024} kB.",
            "template.size",
            "A template is a text file; is this the right one?",
            place,
        )
    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        text = raw.decode("utf-8-sig")
        _limit(text, loader, place)
        node = yaml.compose(text, Loader=loader)
    except UnicodeDecodeError as error:
        raise DataError(
            "The template is not UTF-8 text.", "template.yaml", "Save it as UTF-8.", place
        ) from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        said = getattr(error, "problem", None) or str(error).splitlines()[0]
        raise DataError(
            f"The template is not YAML: {printable(str(said), 200)}.",
            "template.yaml",
            "Compare it with a built-in one; texts with special characters go in quotes.",
            f"{place}, line {mark.line + 1}" if mark is not None else place,
        ) from None
    source = Source(place)
    if node is not None:
        source.node = _Reader(source, texts=texts).read(node, 0)
    return source


def _limit(text: str, loader: Any, place: str) -> None:  # noqa: ANN401
    """Refuse what is nested too deeply, before anything recurses over it."""
    import yaml

    depth = 0
    for event in yaml.parse(text, Loader=loader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > DEEPEST:
                line = event.start_mark.line + 1 if event.start_mark else 1
                raise DataError(
                    "The template is nested too deeply.",
                    "template.yaml",
                    "Compare it with a built-in one.",
                    f"{place}, line {line}",
                )
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1


class _Reader:
    """Turns YAML into plain data; nothing in the text can make an object of any other kind."""

    def __init__(self, source: Source, *, texts: bool) -> None:
        self.source = source
        self.texts = texts
        self.parts = 0

    def read(self, node: yaml.Node, depth: int) -> Node:
        import yaml

        self.parts += 1
        if self.parts > MOST_PARTS or depth > DEEPEST:
            raise DataError(
                f"The template has more than {MOST_PARTS:,} parts.",
                "template.size",
                "Aliases (*name) are written out before they are counted.",
                self.source.place,
            )
        where = self._where(node)
        if isinstance(node, yaml.MappingNode):
            return Node(self._mapping(node, depth), where)
        if isinstance(node, yaml.SequenceNode):
            return Node([self.read(each, depth + 1) for each in node.value], where)
        return Node(self._scalar(node), where)

    def _mapping(self, node: yaml.MappingNode, depth: int) -> dict[str, Node]:
        content: dict[str, Node] = {}
        for key, value in node.value:
            name = str(key.value)
            where = self._where(key)
            if name in content:
                self._problem(f'"{printable(name, 60)}" is said twice.', "Leave one out.", where)
                continue
            # A field's place is that of its name: a block of text begins a line later.
            content[name] = Node(self.read(value, depth + 1).value, where)
        return content

    def _scalar(self, node: yaml.Node) -> Any:  # noqa: ANN401
        import yaml

        text = str(node.value)
        kind = node.tag.removeprefix("tag:yaml.org,2002:")
        if self.texts:
            # Only a bare null, or nothing at all, is empty; what is in quotes is a text.
            return None if kind == "null" and not getattr(node, "style", None) else text
        if kind in ("str", "timestamp", "value"):
            # A date stays the text it is: a parameter says itself what it wants.
            return text
        with suppress(yaml.YAMLError, ValueError, OverflowError):
            value = yaml.constructor.SafeConstructor().construct_object(node)
            if value is None or isinstance(value, str | int) or _is_figure(value):
                return value
        self._problem(
            f'The value "{printable(text, 60)}" cannot be read.',
            "Put it in quotes.",
            self._where(node),
        )
        return text

    def _where(self, node: yaml.Node) -> str:
        return f"{self.source.place}, line {node.start_mark.line + 1}"

    def _problem(self, message: str, hint: str, where: str) -> None:
        self.source.problems.append(Problem("template.yaml", message, hint, where))
