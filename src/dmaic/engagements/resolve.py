"""Writing out what a template extends, and checking that what comes out has the shape of one."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from pydantic import ValidationError

from dmaic.engagements.extend import extended
from dmaic.engagements.find import is_name, named_package
from dmaic.engagements.package import BASE, QUESTIONS, STYLE, TEMPLATE, Package
from dmaic.engagements.question import Questions
from dmaic.engagements.resolved import Resolved
from dmaic.engagements.source import Node, Source, node_of, parse
from dmaic.engagements.version import check_version
from dmaic.engagements.words import in_words
from dmaic.errors import DataError, Problem
from dmaic.file import read_toml
from dmaic.text import printable

DEEPEST = 5
"""Templates that may extend one another."""

_EMPTY = Node({}, "")


def resolve(package: Package, find: Callable[[str], Package] = named_package) -> Resolved:
    """A package with all that it extends written out.

    Args:
        package: as it was read.
        find: finds the template that one extends by its name.

    Raises:
        DataError: `template.extends`, it extends what it cannot; `template.version`, it asks for
            another dmaic; `template.yaml` or `template.invalid`, with every problem that was
            found, each with its file and line.
        NotFoundError: `template.unknown`, there is no template that it extends.
    """
    return _resolve(package, find, ())


def _resolve(package: Package, find: Callable[[str], Package], above: tuple[str, ...]) -> Resolved:
    problems: list[Problem] = []
    own = _read(package, TEMPLATE, problems)
    if not isinstance(own.value, dict):
        told = "A template is a list of fields such as name, version, title and phases."
        problems.append(
            Problem("template.invalid", told, "Compare it with a built-in one.",
                    own.where or package.where(TEMPLATE))
        )  # fmt: skip
        raise DataError.of(problems)
    fields = dict(own.value)
    asked, word = fields.pop("dmaic", None), fields.pop("extends", None)
    if asked is not None:
        check_version(str(asked.value), asked.where)
    said = _parts(package, Node(fields, own.where), problems)
    base = None
    if word is not None:
        base = _base(word, find, (*above, str(fields["name"].value) if "name" in fields else ""))
        for part, below in (
            ("template", base.template), ("style", base.style), ("questions", _asked(base))
        ):  # fmt: skip
            said[part] = extended(below, said[part], problems)
        for part, many in (("documents", base.documents), ("presets", base.presets)):
            both = Node(dict(many), ""), Node(said[part], "")
            said[part] = extended(*both, problems).value
    questions = _questions(said["questions"], problems)
    if problems:
        raise DataError.of(problems)
    named = said["template"].plain
    lent = package.source == BASE
    return Resolved(
        name=str(named.get("name", "")),
        version=str(named.get("version", "")),
        source=package.source,
        lineage=(f"{base.name} {base.version}", *base.lineage) if base else (),
        questions=questions,
        template=said["template"],
        documents=said["documents"],
        presets=said["presets"],
        style=said["style"],
        layouts={**(base.layouts if base else {}), **({} if lent else said["layouts"])},
        assets={**(base.assets if base else {}), **({} if lent else package.within("style"))},
    )


def _base(word: Node, find: Callable[[str], Package], above: tuple[str, ...]) -> Resolved:
    name = word.value
    hint = "It is the name of a built-in template or of one of yours: extends: saas-churn."
    if not isinstance(name, str) or not name or not is_name(name):
        raise DataError(
            f'A template cannot extend "{printable(str(name), 60)}".',
            "template.extends",
            hint,
            word.where,
        )
    if name in above or len(above) >= DEEPEST:
        told = "extends itself" if name in above else f"extends more than {DEEPEST} others"
        raise DataError(f"The template {told}.", "template.extends", hint, word.where)
    return _resolve(find(name), find, above)


def _parts(package: Package, template: Node, problems: list[Problem]) -> dict[str, Any]:
    """What the files of a package say."""
    said: dict[str, Any] = {"template": template, "layouts": {}}
    said["questions"] = _keyed(_read(package, QUESTIONS, problems))
    said["style"] = _style(package, problems)
    for folder in ("documents", "presets"):
        said[folder] = {
            name.removesuffix(".yaml"): _read(
                package, f"{folder}/{name}", problems, texts=folder == "documents"
            )
            for name in package.within(folder)
        }
    for name, raw in package.within("reports").items():
        try:
            said["layouts"][name] = raw.decode("utf-8-sig").replace("\r\n", "\n")
        except UnicodeDecodeError:
            told = "The layout is not UTF-8 text."
            problems.append(
                Problem("template.invalid", told, "Save it as UTF-8.",
                        package.where(f"reports/{name}"))
            )  # fmt: skip
    return said


def _read(package: Package, path: str, problems: list[Problem], *, texts: bool = False) -> Node:
    """A file of YAML; nothing where there is none."""
    if path not in package.files:
        return _EMPTY
    place = package.where(path)
    try:
        source: Source = parse(package.files[path], place, texts=texts)
    except DataError as error:
        if path == TEMPLATE:
            raise
        problems += error.problems
        return _EMPTY
    problems += source.problems
    return source.node or Node({}, place)


def _style(package: Package, problems: list[Problem]) -> Node:
    if STYLE not in package.files:
        return _EMPTY
    place = package.where(STYLE)
    raw = package.files[STYLE]
    try:
        return node_of(read_toml(raw), place)
    except ValueError as error:
        reason = str(error)
        found = re.search(r"at line (\d+)", reason)
        place = f"{place}, line {found[1]}" if found else place
        problems.append(
            Problem("template.invalid", f"The style is not TOML: {printable(reason, 200)}.",
                    "A style has lines such as accent = \"#0B3C5D\".", place)
        )  # fmt: skip
        return _EMPTY


def _keyed(said: Node) -> Node:
    """Questions by their key, as copier writes them, as a list in the same order."""
    sections = said.value.get("sections") if isinstance(said.value, dict) else None
    if sections is None:
        return said
    if isinstance(sections.value, dict):
        # A template that extends another says what it does to the list.
        verbs = {
            verb: Node([_section(each) for each in parts.value], parts.where)
            if isinstance(parts.value, list)
            else parts
            for verb, parts in sections.value.items()
        }
        return Node({**said.value, "sections": Node(verbs, sections.where)}, said.where)
    if not isinstance(sections.value, list):
        return said
    listed = Node([_section(each) for each in sections.value], sections.where)
    return Node({**said.value, "sections": listed}, said.where)


def _section(section: Node) -> Node:
    asked = section.value.get("questions") if isinstance(section.value, dict) else None
    if asked is None or not isinstance(asked.value, dict):
        return section
    if set(asked.value) <= {"replace", "add", "remove", "change"}:
        verbs = {
            verb: _list(each) if isinstance(each.value, dict) else each
            for verb, each in asked.value.items()
        }
        return Node({**section.value, "questions": Node(verbs, asked.where)}, section.where)
    return Node({**section.value, "questions": _list(asked)}, section.where)


def _list(asked: Node) -> Node:
    """`key: {type: str}` as `{key: key, type: str}`."""
    made = []
    for key, each in asked.value.items():
        fields = each.value if isinstance(each.value, dict) else {}
        named = Node({"key": Node(key, each.where), **fields}, each.where)
        made.append(named if each.value is None or isinstance(each.value, dict) else each)
    return Node(made, asked.where)


def _asked(base: Resolved) -> Node:
    said = base.questions.model_dump(mode="json", exclude_defaults=True)
    return node_of(said, f"{base.name}/{QUESTIONS}")


def _questions(said: Node, problems: list[Problem]) -> Questions:
    try:
        questions = Questions.model_validate(said.plain)
    except ValidationError as error:
        source = Source(said.where.partition(", line")[0] or QUESTIONS, said)
        for each in error.errors():
            at = tuple(part for part in each["loc"] if part != "[key]")
            message, hint = in_words(dict(each), Questions)
            told = f"{_spoken(at, said.plain)}{message}"
            problems.append(Problem("template.invalid", told, hint, source.where(at)))
        return Questions()
    seen: set[str] = set()
    for question in questions.all:
        if question.key in seen:
            told = f'The question "{question.key}" is asked twice.'
            problems.append(
                Problem("template.invalid", told, "Give each its own name.",
                        said.where.partition(", line")[0])
            )  # fmt: skip
        seen.add(question.key)
    return questions


def _spoken(at: tuple[Any, ...], content: Any) -> str:  # noqa: ANN401
    """`Question client: `, as people call it."""
    key = ""
    for part in at:
        try:
            content = content[part]
        except (KeyError, IndexError, TypeError):
            break
        if isinstance(content, dict) and "key" in content:
            key = str(content["key"])
    return f"Question {printable(key, 60)}: " if key else "The questions: "
