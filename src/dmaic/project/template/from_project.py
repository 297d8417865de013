"""A template made of a project: its method stays, what is the client's own is taken out."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from dmaic.documents.base import Document
from dmaic.documents.form import form, is_blank
from dmaic.documents.registry import KINDS, document_class
from dmaic.engagements.find import is_name
from dmaic.engagements.load import load_resolved, load_template
from dmaic.engagements.package import QUESTIONS, TEMPLATE
from dmaic.engagements.resolved import Resolved
from dmaic.errors import ConflictError, DmaicError, Problem
from dmaic.project.engagement.kept_package import package_of
from dmaic.project.engagement.kept_template import template_of
from dmaic.project.engagement.project import Project
from dmaic.project.entity import Stored
from dmaic.project.paper.paper import Paper, opened
from dmaic.project.store.view import View
from dmaic.project.template.client_data import ClientWords, client_words
from dmaic.project.template.drawn_papers import draw_papers
from dmaic.project.template.generalise import METHOD, General, told
from dmaic.project.template.update import followed
from dmaic.text import printable

_NEVER = {
    "member": "team", "action": "actions", "risk": "risks", "issue": "issues",
    "decision": "decisions", "dataset": "datasets", "analysis": "analyses",
    "benefit": "benefits", "gate": "answers, waivers and signatures of tollgates",
}  # fmt: skip
"""Kinds of items that are the client's own, and never go into a template."""


_ASIDES = ("example", "why")
"""Fields of a template that explain and may be left out."""


@dataclass(frozen=True)
class Drawn:
    """A template drawn from a project.

    Attributes:
        name, title: of the template.
        words: that give the client away.
        documents: kind -> what stays of the document.
        dropped: kind of document -> why it stays behind whole.
        untouched: kind of document -> fields that are as the template filled them in.
        counts: what else stays behind -> how many.
        base: name of the built-in template that it extends, or empty where it is written whole.
        resolved: the template that the project follows; None where only its phases are kept.
        phases: what its `template.yaml` says.
    """

    name: str
    title: str
    words: ClientWords
    documents: Mapping[str, General]
    dropped: Mapping[str, str]
    untouched: Mapping[str, Collection[str]]
    counts: Mapping[str, int]
    base: str
    resolved: Resolved | None
    phases: Mapping[str, Any] = field(default_factory=dict)

    def stays(self, kind: str) -> list[tuple[str, str]]:
        """What stays of a document: path and words."""
        return told(self.documents[kind].document)


def draw(
    view: View,
    project: Stored[Project],
    name: str,
    *,
    title: str = "",
    more: Iterable[str] = (),
    allowed: Collection[str] = (),
    only: Collection[str] | None = None,
    also: Collection[str] = (),
) -> Drawn:
    """Draw a template from a project.

    Args:
        view: to read from.
        project: a finished one, as a rule.
        name: of the template.
        title: as people read it.
        more: further words that give the client away.
        allowed: words that do not, although they are names of something in the project.
        only: kinds of documents that may stay; None: those that say how the work is done.
        also: kinds of documents that may stay beside them.
    """
    template = template_of(view, project)
    words = client_words(view, project, template.functions, more).without(allowed)
    wanted = {*(METHOD if only is None else only), *also}
    kept = {each.body.document: opened(each.body) for each in view.all(Paper, project.id)}
    papers = draw_papers(kept, followed(view, project).documents, wanted, words)
    resolved = package_of(view, project)
    counts = {
        word: count
        for kind, word in _NEVER.items()
        if (count := len(view.rows(project.id, [kind])))
    }
    phases = resolved.template.plain if resolved is not None else _plain(template)
    return Drawn(
        name=name,
        title=title or name.replace("-", " ").title(),
        words=words,
        documents=papers.documents,
        dropped=papers.dropped,
        untouched=papers.untouched,
        counts=counts,
        base=_base(project, resolved),
        resolved=resolved,
        phases=phases,
    )


def _plain(template: Any) -> dict[str, Any]:  # noqa: ANN401
    said: dict[str, Any] = template.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    return said


def _base(project: Stored[Project], resolved: Resolved | None) -> str:
    """The template that a name brings again just as the project follows it."""
    mark = project.body.template
    word = mark.source or mark.name
    if not is_name(word):
        return ""
    try:
        if resolved is None:
            return word if load_template(word)[1] == mark.hash else ""
        return word if load_resolved(word).hash == resolved.hash else ""
    except DmaicError:
        return ""


def files_of(drawn: Drawn, purpose: str) -> dict[str, bytes]:
    """The files of a drawn template: path within its folder -> content.

    Args:
        drawn: the template.
        purpose: what it is for, in the words of whoever makes it.

    Raises:
        ConflictError: `template.client-data`, a file still gives the client away.
    """
    texts: dict[str, str] = {}
    beside: dict[str, bytes] = {}
    head = {"name": drawn.name, "version": "1.0.0", "title": drawn.title, "purpose": purpose}
    before = drawn.resolved.documents if drawn.resolved is not None else {}
    if drawn.base:
        texts[TEMPLATE] = _yaml({**head, "extends": drawn.base})
    else:
        phases = _without_asides(drawn.phases, drawn.words)
        rest = {name: each for name, each in phases.items() if name not in head}
        texts[TEMPLATE] = _yaml({**head, **rest})
        if drawn.resolved is not None:
            texts |= _whole(drawn.resolved)
            beside = {f"style/{name}": raw for name, raw in drawn.resolved.assets.items()}
    for kind in KINDS:
        own = drawn.documents[kind].document if kind in drawn.documents else None
        # With a base, what the team left as it was comes from there.
        raw = {} if drawn.base or kind not in before else before[kind].plain
        if own is not None and raw:
            raw = {name: each for name, each in raw.items() if name in drawn.untouched[kind]}
        said = {**raw, **(_fields(own, over=bool(drawn.base) and kind in before) if own else {})}
        if said:
            texts[f"documents/{kind}.yaml"] = f"# {document_class(kind).TITLE}\n{_yaml(said)}"
    texts["README.md"] = f"# {drawn.title}\n\n{purpose}\n"
    _refuse_client(texts, drawn.words)
    return {**{path: text.encode() for path, text in texts.items()}, **beside}


def _without_asides(content: Any, words: ClientWords) -> Any:  # noqa: ANN401
    """What a template says, without examples and reasons that give the client away."""
    if isinstance(content, list):
        return [_without_asides(each, words) for each in content]
    if not isinstance(content, dict):
        return content
    return {
        name: _without_asides(each, words)
        for name, each in content.items()
        if name not in _ASIDES or not words.found(str(each))
    }


def _whole(resolved: Resolved) -> dict[str, str]:
    """The files of the template that the project follows, but for its documents."""
    import json

    texts = {f"reports/{name}": text for name, text in resolved.layouts.items()}
    asked = resolved.questions.model_dump(mode="json", exclude_defaults=True)
    if asked:
        texts[QUESTIONS] = _yaml(asked)
    for name, preset in resolved.presets.items():
        texts[f"presets/{name}.yaml"] = _yaml(preset.plain)
    style = resolved.style.plain
    if style:
        lines = [f"{name} = {json.dumps(each)}" for name, each in style.items()
                 if not isinstance(each, dict)]  # fmt: skip
        for name, part in style.items():
            if isinstance(part, dict):
                lines += ["", f"[{name}]"]
                lines += [f"{key} = {json.dumps(each)}" for key, each in part.items()]
        texts["style.toml"] = "\n".join(lines) + "\n"
    return texts


def _yaml(content: Any) -> str:  # noqa: ANN401
    import yaml

    text: str = yaml.safe_dump(content, sort_keys=False, allow_unicode=True, width=100)
    return text


def _fields(document: Document, *, over: bool) -> dict[str, Any]:
    """The filled fields of a document; over one that is filled in, lists replace."""
    said: dict[str, Any] = {}
    body = document.model_dump(mode="json")
    for each in form(type(document)):
        if is_blank(getattr(document, each.name)):
            continue
        content = body[each.name]
        if each.line is not None:
            content = [_filled(line) for line in content]
        said[each.name] = {"replace": content} if over and isinstance(content, list) else content
    return said


def _filled(line: Mapping[str, Any]) -> dict[str, Any]:
    return {name: cell for name, cell in line.items() if not is_blank(cell) and cell != []}


def _refuse_client(texts: Mapping[str, str], words: ClientWords) -> None:
    """The last look: no file may hold a word that gives the client away."""
    problems = [
        Problem(
            "template.client-data",
            f'It says "{printable(word, 60)}", which may give the client away.',
            f'Where it does not: --allow "{printable(word, 60)}".',
            f"{path}, line {number}",
        )
        for path, text in texts.items()
        for number, line in enumerate(text.splitlines(), start=1)
        if (word := words.found(line))
    ]
    if problems:
        raise ConflictError.of(problems[:50])
