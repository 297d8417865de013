"""The text of a template: YAML, read as plain data with the line of each of its parts."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from dmaic.errors import DataError, Problem
from dmaic.text import printable

if TYPE_CHECKING:
    import yaml

LARGEST = 1024 * 1024
"""Bytes a template may have."""

MOST_PARTS = 50_000
"""Parts a template may have, its aliases written out: a few bytes can stand for gigabytes."""

DEEPEST = 40
"""Levels that parts may lie in one another."""

Path = tuple[str | int, ...]


@dataclass
class Source:
    """A template as it was written.

    Attributes:
        place: name of the file, for messages.
        content: plain data.
        lines: path of a part -> its line.
        problems: what is wrong with the text itself.
    """

    place: str
    content: Any = None
    lines: dict[Path, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def where(self, at: Path) -> str:
        """File and line of a part, or of the nearest part around it."""
        while at and at not in self.lines:
            at = at[:-1]
        return f"{self.place}, line {self.lines[at]}" if at in self.lines else self.place


def parse(raw: bytes, place: str) -> Source:
    """Read the text of a template.

    Args:
        raw: the bytes of the file.
        place: name of the file, for messages.

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
        source.content = _Reader(source).read(node, ())
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
    """Turns nodes into plain data; nothing in the text can make an object of any other kind."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.parts = 0

    def read(self, node: yaml.Node, at: Path) -> Any:  # noqa: ANN401
        import yaml

        self.parts += 1
        if self.parts > MOST_PARTS or len(at) > DEEPEST:
            raise DataError(
                f"The template has more than {MOST_PARTS:,} parts.",
                "template.size",
                "Aliases (*name) are written out before they are counted.",
                self.source.place,
            )
        self.source.lines.setdefault(at, node.start_mark.line + 1)
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, at)
        if isinstance(node, yaml.SequenceNode):
            return [self.read(each, (*at, place)) for place, each in enumerate(node.value)]
        return self._scalar(node, at)

    def _mapping(self, node: yaml.MappingNode, at: Path) -> dict[str, Any]:
        content: dict[str, Any] = {}
        for key, value in node.value:
            name = str(key.value)
            line = key.start_mark.line + 1
            if name in content:
                self._problem(f'"{printable(name, 60)}" is said twice.', "Leave one out.", (), line)
                continue
            self.source.lines[(*at, name)] = line
            content[name] = self.read(value, (*at, name))
        return content

    def _scalar(self, node: yaml.Node, at: Path) -> Any:  # noqa: ANN401
        import yaml

        text = str(node.value)
        kind = node.tag.removeprefix("tag:yaml.org,2002:")
        if kind in ("str", "timestamp", "value"):
            # A date stays the text it is: a parameter says itself what it wants.
            return text
        try:
            return yaml.constructor.SafeConstructor().construct_object(node)
        except (yaml.YAMLError, ValueError, OverflowError):
            self._problem(
                f'The value "{printable(text, 60)}" cannot be read.', "Put it in quotes.", at
            )
            return text

    def _problem(self, message: str, hint: str, at: Path, line: int | None = None) -> None:
        where = f"{self.source.place}, line {line}" if line else self.source.where(at)
        self.source.problems.append(Problem("template.yaml", message, hint, where))
