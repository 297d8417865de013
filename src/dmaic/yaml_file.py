"""Small YAML files that people write, read into models; every error with its line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeVar, get_args

from pydantic import BaseModel, ValidationError

from dmaic.errors import DataError, Problem, UsageError, refusal, suggest
from dmaic.file import expanded
from dmaic.resource import templates_folder
from dmaic.settings import config_folder
from dmaic.text import printable

if TYPE_CHECKING:
    import yaml

LARGEST = 64 * 1024
"""Bytes that such a file may have."""

DEEPEST = 50
"""Lists and fields within each other; reading deeper ones takes minutes."""

At = tuple[str | int, ...]
"""Where in the file: names of fields and places in lists."""

M = TypeVar("M", bound=BaseModel)


def _no_words(at: At, error: dict[str, Any]) -> tuple[str, str] | None:
    return None


@dataclass(frozen=True, slots=True)
class Kind(Generic[M]):
    """One kind of file.

    Attributes:
        word: what it is called, such as `preset`; its errors' codes begin so.
        model: what it is read into.
        such_as: a few of its fields, in words.
        like: what to compare a file with that is wrong.
        explain: message and hint for an error of the model that needs its own words, or None.
    """

    word: str
    model: type[M]
    such_as: str
    like: str
    explain: Callable[[At, dict[str, Any]], tuple[str, str] | None] = _no_words

    def own_folder(self) -> Path:
        """Where a person keeps such files of their own."""
        return config_folder() / f"{self.word}s"

    def names(self, built_in: Sequence[str]) -> tuple[str, ...]:
        """The built-in ones and the person's own, in alphabetical order.

        Args:
            built_in: names of those that come with dmaic.
        """
        own = [path.stem for path in self.own_folder().glob("*.yaml")]
        return tuple(sorted({*built_in, *own}))

    def find(self, name_or_path: str | Path, built_in: Sequence[str]) -> Path:
        """The file: a path, one of the person's own, or a built-in one, in that order.

        A text that ends in `.yaml` or `.yml` or holds a slash is a path.

        Args:
            name_or_path: what the option says.
            built_in: names of those that come with dmaic, in `templates/`.

        Raises:
            UsageError: there is none of that name (`preset.unknown`).
        """
        text = str(name_or_path)
        is_path = isinstance(name_or_path, Path) or "/" in text or "\\" in text
        if is_path or text.casefold().endswith((".yaml", ".yml")):
            return expanded(text)
        if "\0" not in text and text:
            own = self.own_folder() / f"{text}.yaml"
            if own.is_file():
                return own
            if text in built_in:
                return templates_folder() / f"{self.word}s" / f"{text}.yaml"
        known = self.names(built_in)
        raise UsageError(
            f'There is no {self.word} "{printable(text, 60)}".',
            code=f"{self.word}.unknown",
            where=f"--{self.word}",
            hint=f"{suggest(text, known)} There are {', '.join(known)}; a path to a YAML file also "
            "does.".strip(),
        )

    def read(self, path: Path) -> M:
        """Read a file into the model.

        Args:
            path: of the file.

        Raises:
            DataError: the file cannot be read (`preset.read`), is too large (`preset.size`), is no
                YAML (`preset.yaml`), or says something that it cannot say (`preset.invalid`).
        """
        try:
            with path.open("rb") as file:
                raw = file.read(LARGEST + 1)
        except (OSError, ValueError) as error:
            raise DataError(
                f"The {self.word} cannot be read: {getattr(error, 'strerror', None) or error}.",
                code=f"{self.word}.read",
                where=printable(str(path)),
                hint="Check the path and its permissions.",
            ) from error
        if len(raw) > LARGEST:
            raise DataError(
                f"The {self.word} is larger than {LARGEST // 1024} kB.",
                code=f"{self.word}.size",
                where=printable(str(path)),
                hint=f"A {self.word} is a short text file; is this the right one?",
            )
        content, lines = self._parse(raw, path)
        try:
            return self.model.model_validate(content)
        except ValidationError as error:
            problems = [self._problem(dict(each), lines, path) for each in error.errors()]
            raise DataError.of(problems) from None

    def _parse(self, raw: bytes, path: Path) -> tuple[Any, dict[At, int]]:
        """The content of a YAML file, and the line of each of its parts.

        Raises:
            DataError: it is no YAML that may be used: aliases, tags or several documents.
        """
        import yaml

        where = printable(str(path))
        lines: dict[At, int] = {}
        try:
            text = raw.decode("utf-8-sig")
            # Aliases let a few bytes stand for gigabytes; no such file needs one.
            depth = 0
            for event in yaml.parse(text, Loader=yaml.SafeLoader):
                depth += isinstance(event, yaml.CollectionStartEvent)
                depth -= isinstance(event, yaml.CollectionEndEvent)
                if depth > DEEPEST:
                    raise ValueError("it is nested too deeply")
                if isinstance(event, yaml.AliasEvent):
                    mark = event.start_mark
                    raise DataError(
                        f"A {self.word} cannot use YAML aliases (*name).",
                        code=f"{self.word}.yaml",
                        where=f"{where}, line {mark.line + 1}" if mark is not None else where,
                        hint="Write the value out.",
                    )
            node = yaml.compose(text, Loader=yaml.SafeLoader)
            if node is not None:
                self._note_lines(node, (), lines, where)
            return yaml.safe_load(text), lines
        except UnicodeDecodeError as error:
            raise DataError(
                f"The {self.word} is not UTF-8 text.",
                code=f"{self.word}.yaml",
                where=where,
                hint="Save it as UTF-8.",
            ) from error
        except (yaml.YAMLError, ValueError, RecursionError) as error:
            mark = getattr(error, "problem_mark", None)
            said = getattr(error, "problem", None) or "it is nested too deeply or holds a bad value"
            raise DataError(
                f"The {self.word} is not YAML: {printable(str(said), 200)}.",
                code=f"{self.word}.yaml",
                where=f"{where}, line {mark.line + 1}" if mark is not None else where,
                hint=f"Compare it with {self.like}; texts with special characters go in quotes.",
            ) from None

    def _note_lines(self, node: yaml.Node, at: At, lines: dict[At, int], where: str) -> None:
        import yaml

        lines[at] = node.start_mark.line + 1
        if isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                name = str(key.value)
                if (*at, name) in lines:
                    raise DataError(
                        f'The {self.word} has the field "{printable(name, 60)}" twice.',
                        code=f"{self.word}.yaml",
                        where=f"{where}, line {key.start_mark.line + 1}",
                        hint="Leave one out.",
                    )
                self._note_lines(value, (*at, name), lines, where)
                lines[(*at, name)] = key.start_mark.line + 1
        elif isinstance(node, yaml.SequenceNode):
            for place, value in enumerate(node.value):
                self._note_lines(value, (*at, place), lines, where)

    def _problem(self, error: dict[str, Any], lines: dict[At, int], path: Path) -> Problem:
        at = tuple(part for part in error["loc"] if part != "[key]")
        spot = at
        while spot and spot not in lines:
            spot = spot[:-1]
        place = printable(str(path)) + (f", line {lines[spot]}" if spot in lines else "")
        name = printable(".".join(str(part) for part in at), 80)
        own = self.explain(at, error)
        if own is not None:
            message, hint = own
        elif error["type"] == "extra_forbidden":
            fields = _fields(self.model, at[:-1])
            message = f'A {self.word} has no field "{name}".'
            hint = suggest(str(at[-1]), fields)
            hint = hint or (f"The fields are {', '.join(fields)}." if fields else "")
        elif not at:
            message = f"A {self.word} is a list of fields such as {self.such_as}."
            hint = f"Compare it with {self.like}."
        else:
            message, hint = f'The field "{name}" is wrong: {refusal(error)}.', ""
        return Problem(f"{self.word}.invalid", message, hint, place)


def _fields(model: type[BaseModel], at: At) -> list[str]:
    """The fields there are at a place in the file; empty where it cannot be told."""
    for part in at:
        if isinstance(part, int):
            continue
        field = model.model_fields.get(part)
        inner = None if field is None else _inner(field.annotation)
        if inner is None:
            return []
        model = inner
    return list(model.model_fields)


def _inner(annotation: Any) -> type[BaseModel] | None:  # noqa: ANN401  any annotation
    """The one model in `Model | None`, `tuple[Model, ...]` and the like, or None."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    found = [model for part in get_args(annotation) if (model := _inner(part)) is not None]
    return found[0] if len(found) == 1 else None
